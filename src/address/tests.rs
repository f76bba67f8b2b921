use super::*;
use crate::tests::{ALICE, Test};
use sp_core::H256;
use sp_io::hashing::blake2_256;

fn address(input: &[u8], salt: &[u8]) -> [u8; 32] {
    let code_hash = H256([9; 32]);
    DefaultAddressGenerator::contract_address_of(&ALICE, &code_hash, input, salt)
}

impl DefaultAddressGenerator {
    fn contract_address_of(
        deployer: &sp_runtime::AccountId32,
        code_hash: &H256,
        input: &[u8],
        salt: &[u8],
    ) -> [u8; 32] {
        <Self as AddressGenerator<Test>>::contract_address(deployer, code_hash, input, salt).into()
    }
}

#[test]
fn it_is_the_hash_of_the_parts_where_input_and_salt_carry_their_lengths() {
    let mut bytes = b"contract_addr_v1".to_vec();
    bytes.extend([1; 32]);
    bytes.extend([9; 32]);
    bytes.extend([3 << 2, 0xaa, 0xbb, 0xcc]);
    bytes.extend([1 << 2, 0xdd]);
    assert_eq!(address(&[0xaa, 0xbb, 0xcc], &[0xdd]), blake2_256(&bytes));
}

#[test]
fn a_byte_that_moves_from_input_to_salt_changes_it() {
    assert_ne!(address(&[1, 2], &[3]), address(&[1], &[2, 3]));
}
