//! Storage that lives as long as a call stack.
//!
//! Functions are measured with one value in it. What a map with many of them makes of one access, and what it may
//! take to undo a write, is measured apart and charged with each function. None of it is ever in the proof.

use super::{
    setup::{Memory, Setup, len},
    storage::{key, key_bytes, new_value, old_value},
};
use crate::{
    AccountIdOf, Config,
    call_stack::ContractData,
    contract::{Key, WriteOutcome},
    transient_storage::TransientStorage,
};
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::traits::Get;

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

/// Bytes of the longest value.
fn value_bytes_max<T: Config>() -> u32 {
    T::Schedule::get().limits.payload_len
}

/// The contract whose data it is.
fn contract<T: Config>() -> AccountIdOf<T> {
    account("contract", 0, 0)
}

/// Storage without a limit, and nothing in it.
fn empty<T: Config>() -> TransientStorage<T> {
    TransientStorage::new(u32::MAX)
}

/// Storage without a limit, and in it as many values as the chain allows at most: they have nothing in them, and
/// different keys, the shortest first.
fn full<T: Config>() -> Result<TransientStorage<T>, BenchmarkError> {
    let mut limited = TransientStorage::<T>::new(T::MaxTransientStorageSize::get());
    let mut unlimited = empty::<T>();
    for number in 1u32.. {
        let digits = number.to_le_bytes();
        let bytes = digits.len().saturating_sub(usize::try_from(number.leading_zeros() / 8).unwrap_or(0));
        let new_key = || Key::<T>::try_from_var(digits[..bytes].to_vec()).map_err(|_| "a key is too long");
        if limited.write(&contract::<T>(), &new_key()?, Some(Vec::new()), false).is_err() {
            break;
        }
        unlimited.write(&contract::<T>(), &new_key()?, Some(Vec::new()), false)?;
    }
    Ok(unlimited)
}

/// A contract that has stored a value of so many bytes, and is about to call a function with the key and these
/// arguments.
fn store<T: Config>(stack: &mut crate::call_stack::Stack<'_, T>, bytes: u32) -> Result<(), BenchmarkError> {
    stack.set_transient_storage(&key::<T>()?, Some(old_value(bytes)), false)?;
    Ok(())
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark(pov_mode = Ignored)]
    fn set_transient_storage_empty() -> Result<(), BenchmarkError> {
        let (mut storage, account, key) = (empty::<T>(), contract::<T>(), key::<T>()?);
        let value = new_value(value_bytes_max::<T>());
        let outcome;
        #[block]
        {
            outcome = storage.write(&account, &key, Some(value), false);
        }
        assert_eq!(outcome, Ok(WriteOutcome::New));
        assert_eq!(storage.read(&account, &key), Some(&new_value(value_bytes_max::<T>())));
        Ok(())
    }

    #[benchmark(pov_mode = Ignored)]
    fn set_transient_storage_full() -> Result<(), BenchmarkError> {
        let (mut storage, account, key) = (full::<T>()?, contract::<T>(), key::<T>()?);
        let value = new_value(value_bytes_max::<T>());
        let outcome;
        #[block]
        {
            outcome = storage.write(&account, &key, Some(value), false);
        }
        assert_eq!(outcome, Ok(WriteOutcome::New));
        assert_eq!(storage.read(&account, &key), Some(&new_value(value_bytes_max::<T>())));
        Ok(())
    }

    #[benchmark(pov_mode = Ignored)]
    fn get_transient_storage_empty() -> Result<(), BenchmarkError> {
        let (mut storage, account, key) = (empty::<T>(), contract::<T>(), key::<T>()?);
        storage.write(&account, &key, Some(old_value(value_bytes_max::<T>())), false)?;
        let value;
        #[block]
        {
            value = storage.read(&account, &key).cloned();
        }
        assert_eq!(value, Some(old_value(value_bytes_max::<T>())));
        Ok(())
    }

    #[benchmark(pov_mode = Ignored)]
    fn get_transient_storage_full() -> Result<(), BenchmarkError> {
        let (mut storage, account, key) = (full::<T>()?, contract::<T>(), key::<T>()?);
        storage.write(&account, &key, Some(old_value(value_bytes_max::<T>())), false)?;
        let value;
        #[block]
        {
            value = storage.read(&account, &key).cloned();
        }
        assert_eq!(value, Some(old_value(value_bytes_max::<T>())));
        Ok(())
    }

    /// What undoing one write takes. Every write pays for it.
    #[benchmark(pov_mode = Ignored)]
    fn rollback_transient_storage() -> Result<(), BenchmarkError> {
        let (mut storage, account, key) = (full::<T>()?, contract::<T>(), key::<T>()?);
        storage.start_transaction();
        storage.write(&account, &key, Some(new_value(value_bytes_max::<T>())), false)?;
        #[block]
        {
            storage.end_transaction(false);
        }
        assert_eq!(storage.read(&account, &key), None);
        Ok(())
    }

    /// `n`: bytes of the value. `o`: bytes of the one that was there.
    #[benchmark(pov_mode = Measured)]
    fn seal_set_transient_storage(
        n: Linear<0, { value_bytes_max::<T>() }>,
        o: Linear<0, { value_bytes_max::<T>() }>,
    ) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let value = memory.put(&new_value(n));
        let args = [at, len(&key_bytes::<T>()), value, n];
        let mut frame = setup.at_call(("seal0", "set_transient_storage"), &args, &memory)?;
        store(&mut frame.stack, o)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(o.into()));
        assert_eq!(frame.stack.get_transient_storage(&key::<T>()?), Some(new_value(n)));
        Ok(())
    }

    /// `n`: bytes of the value.
    #[benchmark(pov_mode = Measured)]
    fn seal_clear_transient_storage(n: Linear<0, { value_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let args = [at, len(&key_bytes::<T>())];
        let mut frame = setup.at_call(("seal0", "clear_transient_storage"), &args, &memory)?;
        store(&mut frame.stack, n)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(n.into()));
        assert_eq!(frame.stack.get_transient_storage(&key::<T>()?), None);
        Ok(())
    }

    /// `n`: bytes of the value.
    #[benchmark(pov_mode = Measured)]
    fn seal_get_transient_storage(n: Linear<0, { value_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let out = memory.buffer(n);
        let args = [at, len(&key_bytes::<T>()), out[0], out[1]];
        let mut frame = setup.at_call(("seal0", "get_transient_storage"), &args, &memory)?;
        store(&mut frame.stack, n)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        assert_eq!(frame.output(out), old_value(n));
        Ok(())
    }

    /// `n`: bytes of the value.
    #[benchmark(pov_mode = Measured)]
    fn seal_contains_transient_storage(n: Linear<0, { value_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let args = [at, len(&key_bytes::<T>())];
        let mut frame = setup.at_call(("seal0", "contains_transient_storage"), &args, &memory)?;
        store(&mut frame.stack, n)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(n.into()));
        Ok(())
    }

    /// `n`: bytes of the value.
    #[benchmark(pov_mode = Measured)]
    fn seal_take_transient_storage(n: Linear<0, { value_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let out = memory.buffer(n);
        let args = [at, len(&key_bytes::<T>()), out[0], out[1]];
        let mut frame = setup.at_call(("seal0", "take_transient_storage"), &args, &memory)?;
        store(&mut frame.stack, n)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        assert_eq!(frame.output(out), old_value(n));
        assert_eq!(frame.stack.get_transient_storage(&key::<T>()?), None);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}
