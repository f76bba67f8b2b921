use super::*;
use crate::tests::{ALICE, ChainExtensionsEnabled, Test, call, contract, deploy, info};
use codec::Encode;

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

/// What is said of a damage.
fn found(damage: impl FnOnce(CodeHash<Test>)) -> &'static str {
    match damaged(damage) {
        Err(TryRuntimeError::Other(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn code_without_its_info_is_found() {
    assert_eq!(found(CodeInfoOf::<Test>::remove), "code without info");
}

#[test]
fn info_without_its_code_is_found() {
    assert_eq!(found(PristineCode::<Test>::remove), "info on code that is not stored");
}

#[test]
fn features_without_their_code_are_found() {
    let found = found(|code_hash| {
        let features = CodeFeatures::<Test>::get(code_hash).unwrap();
        CodeFeatures::<Test>::insert(sp_core::H256::repeat_byte(7), features);
    });
    assert_eq!(found, "features of code that is not stored");
}

#[test]
fn code_under_another_hash_is_found() {
    let found = found(|code_hash| PristineCode::<Test>::mutate(code_hash, |code| code.as_mut().unwrap()[9] ^= 1));
    assert_eq!(found, "code under another hash than its own");
}

#[test]
fn a_wrong_length_of_code_is_found() {
    let found = found(|code_hash| {
        // The last field is the length.
        let key = CodeInfoOf::<Test>::hashed_key_for(code_hash);
        let mut info = sp_io::storage::get(&key).unwrap().to_vec();
        *info.last_mut().unwrap() ^= 1;
        sp_io::storage::set(&key, &info);
    });
    assert_eq!(found, "code of another length than its info says");
}

#[test]
fn a_wrong_reference_count_is_found() {
    let reason = "a reference count differs from the number of users";
    assert_eq!(found(|code_hash| crate::code::increment_refcount::<Test>(code_hash).unwrap()), reason);
    assert_eq!(found(crate::code::decrement_refcount::<Test>), reason);
}

#[test]
fn a_contract_or_a_dependency_without_code_is_found() {
    let reason = "a contract refers to code that is not stored";
    let nowhere = sp_core::H256::repeat_byte(7);
    assert_eq!(
        found(|code_hash| {
            change_info(|info| info.code_hash = nowhere);
            crate::code::decrement_refcount::<Test>(code_hash);
        }),
        reason
    );
    assert_eq!(found(|_| change_info(|info| info.lock_delegate_dependency(nowhere, 0).unwrap())), reason);
}

#[test]
fn more_storage_than_is_recorded_is_found() {
    assert_eq!(found(|_| change_info(|info| info.storage_items = 0)), "a contract has more items than recorded");
    assert_eq!(found(|_| change_info(|info| info.storage_bytes = 39)), "a contract has more bytes than recorded");
}

#[test]
fn less_storage_than_is_recorded_is_found_unless_extensions_may_have_recorded_it() {
    ChainExtensionsEnabled::set(true);
    assert_eq!(damaged(|_| change_info(|info| info.storage_items = 2)), Ok(()));
    assert_eq!(damaged(|_| change_info(|info| info.storage_bytes = 41)), Ok(()));
    ChainExtensionsEnabled::set(false);
    assert_eq!(found(|_| change_info(|info| info.storage_items = 2)), "a contract has fewer items than recorded");
    assert_eq!(found(|_| change_info(|info| info.storage_bytes = 41)), "a contract has fewer bytes than recorded");
}

#[test]
fn less_than_is_recorded_on_hold_of_a_contract_is_found() {
    let reason = "less is held on a contract than is recorded";
    assert_eq!(found(|_| change_info(|info| info.storage_byte_deposit += 1)), reason);
    assert_eq!(found(|_| change_info(|info| info.storage_item_deposit += 1)), reason);
    assert_eq!(found(|_| change_info(|info| info.storage_base_deposit += 1)), reason);
    let a_dependency = |code_hash| {
        change_info(|info| info.lock_delegate_dependency(code_hash, 1).unwrap());
        crate::code::increment_refcount::<Test>(code_hash).unwrap();
    };
    assert_eq!(found(a_dependency), reason);
}

#[test]
fn more_than_is_recorded_on_hold_of_a_contract_is_no_damage() {
    // Contracts that are older than version 15 have their existential deposit on hold.
    assert_eq!(damaged(|_| change_info(|info| info.storage_byte_deposit -= 1)), Ok(()));
}

#[test]
fn less_than_is_recorded_on_hold_of_an_owner_is_found() {
    use frame_support::traits::{fungible::MutateHold, tokens::Precision};
    let found = found(|_| {
        let reason = HoldReason::CodeUploadDepositReserve.into();
        crate::tests::Balances::release(&reason, &ALICE, 1, Precision::Exact).unwrap();
    });
    assert_eq!(found, "less is held for codes than is recorded");
}

#[test]
fn a_deletion_queue_with_a_gap_or_too_much_is_found() {
    let reason = "the deletion queue is not what its counters say";
    let queue = |count: u8| {
        (0..count).for_each(|number| DeletionQueueManager::<Test>::load().insert(vec![number].try_into().unwrap()));
    };
    assert_eq!(damaged(|_| queue(3)), Ok(()));
    let gap = |_| {
        queue(3);
        DeletionQueue::<Test>::remove(1);
    };
    assert_eq!(found(gap), reason);
    let too_much = |_| {
        queue(3);
        DeletionQueue::<Test>::insert(3, TrieId::default());
    };
    assert_eq!(found(too_much), reason);
    let moved = |_| {
        queue(3);
        DeletionQueue::<Test>::remove(1);
        DeletionQueue::<Test>::insert(u32::MAX, TrieId::default());
    };
    assert_eq!(found(moved), reason);
}

#[test]
fn a_deletion_queue_whose_counters_have_wrapped_around_is_whole() {
    let wrapped = |_| {
        crate::DeletionQueueCounter::<Test>::set(codec::Decode::decode(&mut &(1_u32, u32::MAX).encode()[..]).unwrap());
        DeletionQueue::<Test>::insert(u32::MAX, TrieId::try_from(vec![1]).unwrap());
        DeletionQueue::<Test>::insert(0, TrieId::try_from(vec![2]).unwrap());
    };
    assert_eq!(damaged(wrapped), Ok(()));
}

#[test]
fn a_trie_that_is_to_be_deleted_while_a_contract_lives_in_it_is_found() {
    let reason = "two contracts have the same trie, or one has a trie that is to be deleted";
    assert_eq!(found(|_| change_info(|info| info.queue_trie_for_deletion())), reason);
}
