use super::*;
use crate::tests::{ALICE, BOB, Test, on_chain};
use frame_support::{Blake2_128Concat, StorageHasher, assert_err, assert_ok};
use sp_core::H256;
use sp_io::hashing::blake2_256;

fn info(nonce: u64) -> ContractInfo<Test> {
    ContractInfo::new(&ALICE, nonce, H256::zero()).unwrap()
}

#[test]
fn a_child_trie_is_named_by_account_and_nonce() {
    on_chain(|| {
        let mut bytes = [1; 32].to_vec();
        bytes.extend(7u64.to_le_bytes());
        assert_eq!(info(7).trie_id.to_vec(), blake2_256(&bytes).to_vec());
    });
}

#[test]
fn an_account_has_one_contract() {
    on_chain(|| {
        ContractInfoOf::<Test>::insert(ALICE, info(1));
        let duplicate = ContractInfo::<Test>::new(&ALICE, 2, H256::zero());
        assert_eq!(duplicate.err(), Some(Error::<Test>::DuplicateContract.into()));
        assert!(ContractInfo::<Test>::new(&BOB, 2, H256::zero()).is_ok());
        ContractInfoOf::<Test>::remove(ALICE);
    });
}

#[test]
fn fixed_keys_are_hashed_away_and_variable_ones_kept_behind_their_hash() {
    assert_eq!(Key::<Test>::Fix([5; 32]).hash(), blake2_256(&[5; 32]).to_vec());
    let key = Key::<Test>::try_from_var(vec![1, 2]).ok().unwrap();
    assert_eq!(key.hash(), Blake2_128Concat::hash(&[1, 2]));
    assert!(Key::<Test>::try_from_var(vec![0; 128]).is_ok());
    assert!(Key::<Test>::try_from_var(vec![0; 129]).is_err());
    assert!(Key::<Test>::try_from_fix(vec![0; 31]).is_err());
}

#[test]
fn a_write_says_what_was_there() {
    on_chain(|| {
        let (info, key) = (info(1), Key::Fix([1; 32]));
        let write = |value: Option<&[u8]>, take| info.write(&key, value.map(<[u8]>::to_vec), take).0;
        assert_eq!(write(Some(b"ab"), false), WriteOutcome::New);
        assert_eq!(write(Some(b""), false), WriteOutcome::Overwritten(2));
        assert_eq!(info.read(&key), Some(vec![]));
        assert_eq!(info.size(&key), Some(0));
        assert_eq!(write(Some(b"c"), true), WriteOutcome::Taken(vec![]));
        assert_eq!(write(None, true), WriteOutcome::Taken(b"c".to_vec()));
        assert_eq!(write(None, false), WriteOutcome::New);
        assert_eq!((info.read(&key), info.size(&key)), (None, None));
    });
}

#[test]
fn an_empty_value_is_told_from_none() {
    assert_eq!(WriteOutcome::New.old_len_with_sentinel(), u32::MAX);
    assert_eq!(WriteOutcome::Overwritten(0).old_len_with_sentinel(), 0);
    assert_eq!(WriteOutcome::New.old_len(), 0);
}

#[test]
fn dependencies_are_counted_and_unique() {
    on_chain(|| {
        let mut info = info(1);
        for index in 0..32 {
            assert_ok!(info.lock_delegate_dependency(H256::repeat_byte(index), index.into()));
        }
        let another = H256::repeat_byte(99);
        assert_err!(info.lock_delegate_dependency(another, 1), Error::<Test>::MaxDelegateDependenciesReached);
        assert_err!(info.unlock_delegate_dependency(&another), Error::<Test>::DelegateDependencyNotFound);
        assert_eq!(info.unlock_delegate_dependency(&H256::repeat_byte(7)), Ok(7));
        assert_ok!(info.lock_delegate_dependency(another, 1));
        assert_ok!(info.unlock_delegate_dependency(&H256::repeat_byte(8)));
        assert_err!(info.lock_delegate_dependency(another, 1), Error::<Test>::DelegateDependencyAlreadyExists);
    });
}

#[test]
fn it_is_encoded_as_pallet_contracts_does() {
    on_chain(|| {
        let mut info = info(1);
        info.storage_bytes = 0x0102_0304;
        info.storage_items = 5;
        info.storage_byte_deposit = 6;
        info.storage_item_deposit = 7;
        info.storage_base_deposit = 8;
        info.lock_delegate_dependency(H256([0xdd; 32]), 9).unwrap();
        let mut expected = vec![32 << 2];
        expected.extend(info.trie_id.iter());
        expected.extend([0; 32]);
        expected.extend([4, 3, 2, 1, 5, 0, 0, 0]);
        expected.extend([6u64, 7, 8].iter().flat_map(|deposit| deposit.to_le_bytes()));
        expected.push(1 << 2);
        expected.extend([0xdd; 32]);
        expected.extend(9u64.to_le_bytes());
        assert_eq!(info.encode(), expected);
    });
}
