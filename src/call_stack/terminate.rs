//! The end of a contract.
//!
//! It disappears from the chain's state at once. Its balance moves when the whole stack is done, and its
//! data is deleted in later blocks.

use super::Stack;
use crate::{AccountIdOf, Config, ContractInfoOf, Error, Event, Pallet, StorageDeposit, code};
use frame_support::dispatch::DispatchResult;

impl<T: Config> Stack<'_, T> {
    pub(super) fn terminate_top_contract(&mut self, beneficiary: &AccountIdOf<T>) -> DispatchResult {
        let account_id = self.top_frame().account_id.clone();
        // The other frame would run on without its contract.
        if self.frames().skip(1).any(|frame| frame.account_id == account_id) {
            return Err(Error::<T>::TerminatedWhileReentrant.into());
        }
        let frame = self.top_frame_mut();
        let info = frame.contract_info.terminate(&account_id);
        frame.nested_storage.terminate(&info, beneficiary.clone());

        info.queue_trie_for_deletion();
        ContractInfoOf::<T>::remove(&account_id);
        code::decrement_refcount::<T>(info.code_hash);
        for (code_hash, deposit) in info.delegate_dependencies() {
            code::decrement_refcount::<T>(*code_hash);
            frame.nested_storage.charge_deposit(account_id.clone(), StorageDeposit::Refund(*deposit));
        }
        Pallet::<T>::deposit_event(Event::Terminated { contract: account_id, beneficiary: beneficiary.clone() });
        Ok(())
    }
}
