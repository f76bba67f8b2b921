//! A contract's own storage, and its transient storage.

use super::Stack;
use crate::{
    Config,
    contract::{Key, WriteOutcome},
    meter::diff::Diff,
};
use alloc::vec::Vec;
use sp_runtime::DispatchError;

/// Reads and writes of a contract's own storage, and of its transient storage.
pub trait ContractData<T: Config> {
    /// The value under a key.
    fn get_storage(&mut self, key: &Key<T>) -> Option<Vec<u8>>;

    /// Bytes of the value under a key.
    fn get_storage_size(&mut self, key: &Key<T>) -> Option<u32>;

    /// Stores a value, or removes the one that is there, and records the deposit. With `take_old` the
    /// old value is returned.
    fn set_storage(
        &mut self,
        key: &Key<T>,
        value: Option<Vec<u8>>,
        take_old: bool,
    ) -> Result<WriteOutcome, DispatchError>;

    /// The value under a key in transient storage.
    fn get_transient_storage(&self, key: &Key<T>) -> Option<Vec<u8>>;

    /// Bytes of the value under a key in transient storage.
    fn get_transient_storage_size(&self, key: &Key<T>) -> Option<u32>;

    /// Stores a value in transient storage, or removes the one that is there. With `take_old` the old value
    /// is returned.
    fn set_transient_storage(
        &mut self,
        key: &Key<T>,
        value: Option<Vec<u8>>,
        take_old: bool,
    ) -> Result<WriteOutcome, DispatchError>;

    /// Records storage that a chain extension takes or frees on behalf of this contract.
    fn charge_storage(&mut self, diff: &Diff);
}

impl<T: Config> ContractData<T> for Stack<'_, T> {
    fn get_storage(&mut self, key: &Key<T>) -> Option<Vec<u8>> {
        self.top_frame_mut().info().read(key)
    }

    fn get_storage_size(&mut self, key: &Key<T>) -> Option<u32> {
        self.top_frame_mut().info().size(key)
    }

    fn set_storage(
        &mut self,
        key: &Key<T>,
        value: Option<Vec<u8>>,
        take_old: bool,
    ) -> Result<WriteOutcome, DispatchError> {
        let (info, meter) = self.top_frame_mut().info_and_meter();
        let (outcome, diff) = info.write(key, value, take_old);
        meter.charge(&diff);
        Ok(outcome)
    }

    fn get_transient_storage(&self, key: &Key<T>) -> Option<Vec<u8>> {
        self.transient_storage.read(&self.top_frame().account_id, key).cloned()
    }

    fn get_transient_storage_size(&self, key: &Key<T>) -> Option<u32> {
        let value = self.transient_storage.read(&self.top_frame().account_id, key)?;
        Some(u32::try_from(value.len()).unwrap_or(u32::MAX))
    }

    fn set_transient_storage(
        &mut self,
        key: &Key<T>,
        value: Option<Vec<u8>>,
        take_old: bool,
    ) -> Result<WriteOutcome, DispatchError> {
        let contract = self.top_frame().account_id.clone();
        self.transient_storage.write(&contract, key, value, take_old)
    }

    fn charge_storage(&mut self, diff: &Diff) {
        self.top_frame_mut().nested_storage.charge(diff);
    }
}
