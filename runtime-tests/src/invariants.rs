//! What holds of the state after whatever has happened (Law 8): sums re-add, and nothing points nowhere.
//!
//! [`crate::chain::run`] checks this after each test. It reads raw storage, so that it depends on nothing that it checks,
//! and then asks the pallet what it finds itself.

use crate::{
    chain::held,
    runtime::{AccountId, Balance, CodeHash, Contracts, System},
    state,
};
use frame_support::traits::Hooks;
use pallet_contracts::HoldReason;
use std::collections::BTreeMap;

/// Panics with what does not hold.
pub fn check() {
    let contracts = state::contracts();
    let codes = state::codes();
    let mut users: BTreeMap<CodeHash, u64> = BTreeMap::new();
    for (address, info) in &contracts {
        let used = info.delegate_dependencies.keys().chain([&info.code_hash]);
        used.for_each(|code_hash| *users.entry(*code_hash).or_default() += 1);
        check_contract(address, info);
    }
    let mut deposits: BTreeMap<AccountId, Balance> = BTreeMap::new();
    for code_hash in &codes {
        let info = state::code(code_hash).expect("stored code has its info");
        let code = state::pristine_code(code_hash).expect("it was listed; qed");
        assert_eq!(*code_hash, crate::chain::hash(&code), "code lies under another hash than its own");
        assert_eq!(info.code_len as usize, code.len());
        assert_eq!(info.refcount, users.remove(code_hash).unwrap_or_default(), "users of {code_hash:?}");
        *deposits.entry(info.owner).or_default() += info.deposit;
    }
    assert!(users.is_empty(), "contracts use code that is not stored: {users:?}");
    for (owner, deposit) in deposits {
        assert_eq!(held(HoldReason::CodeUploadDepositReserve, &owner), deposit, "held for codes of {owner:?}");
    }
    assert_eq!(Contracts::try_state(System::block_number()), Ok(()));
}

fn check_contract(address: &AccountId, info: &state::ContractInfo) {
    let values = info.values();
    let bytes: usize = values.values().map(Vec::len).sum();
    assert_eq!(info.storage_items as usize, values.len(), "values of {address:?}");
    assert_eq!(info.storage_bytes as usize, bytes, "bytes of {address:?}");
    let dependencies: Balance = info.delegate_dependencies.values().sum();
    assert_eq!(
        held(HoldReason::StorageDepositReserve, address),
        info.total_deposit() + dependencies,
        "held on {address:?}"
    );
}
