use super::*;
use crate::tests::{ALICE, Test, call, contract, deploy, info};

/// A chain with one contract that has stored something, which is then damaged.
fn damaged(damage: impl FnOnce(CodeHash<Test>)) -> Result<(), TryRuntimeError> {
    sp_io::TestExternalities::default().execute_with(|| {
        frame_system::Pallet::<Test>::set_block_number(1);
        use frame_support::traits::fungible::Mutate;
        crate::tests::Balances::set_balance(&ALICE, 1_000_000);
        let address = deploy(contract(
            r#"
            (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 1))
            (func (export "call")
                (drop (call $set (i32.const 0) (i32.const 3) (i32.const 100) (i32.const 40))))"#,
        ));
        call(&address, Vec::new()).result.unwrap();
        assert_eq!(stored(&info(&address)), (1, 40));
        assert_eq!(check::<Test>(), Ok(()));
        damage(info(&address).code_hash);
        check::<Test>()
    })
}

fn change_info(change: impl Fn(&mut ContractInfo<Test>)) {
    let accounts: Vec<_> = ContractInfoOf::<Test>::iter_keys().collect();
    for account in accounts {
        ContractInfoOf::<Test>::mutate(account, |info| change(info.as_mut().unwrap()));
    }
}

#[test]
fn a_sound_state_passes() {
    assert_eq!(damaged(|_| ()), Ok(()));
}

#[test]
fn damage_is_found() {
    let found = |result: Result<(), TryRuntimeError>| assert!(result.is_err());
    found(damaged(CodeInfoOf::<Test>::remove));
    found(damaged(PristineCode::<Test>::remove));
    found(damaged(|code_hash| PristineCode::<Test>::mutate(code_hash, |code| code.as_mut().unwrap()[9] ^= 1)));
    found(damaged(|code_hash| {
        // The last field is the length.
        let key = CodeInfoOf::<Test>::hashed_key_for(code_hash);
        let mut info = sp_io::storage::get(&key).unwrap().to_vec();
        *info.last_mut().unwrap() ^= 1;
        sp_io::storage::set(&key, &info);
    }));
    found(damaged(|code_hash| crate::code::increment_refcount::<Test>(code_hash).unwrap()));
    found(damaged(crate::code::decrement_refcount::<Test>));
    found(damaged(|_| change_info(|info| info.storage_items = 0)));
    found(damaged(|_| change_info(|info| info.storage_bytes = 39)));
    found(damaged(|_| change_info(|info| info.code_hash = sp_core::H256::repeat_byte(7))));
}
