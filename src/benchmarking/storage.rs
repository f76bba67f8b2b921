//! A contract's own storage.
//!
//! Functions are measured on a trie that has one value, under the longest key. Under `full` and `empty` stands
//! what the depth of a trie makes of one access; the difference is charged with each function.

use super::setup::{Instantiated, Memory, Setup, len};
use crate::{Config, ContractInfo, contract::Key};
use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::{
    storage::child::{self, ChildInfo},
    traits::Get,
};

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

/// Nodes that the full trie has on the way to its value. A trie with more has more values than contracts have had,
/// since hashes spread them evenly.
const LAYERS: usize = 20;

/// The longest key, as a contract passes it.
pub fn key_bytes<T: Config>() -> Vec<u8> {
    vec![0; usize::try_from(T::MaxStorageKeyLen::get()).unwrap_or(usize::MAX)]
}

/// The longest key.
pub fn key<T: Config>() -> Result<Key<T>, BenchmarkError> {
    Key::try_from_var(key_bytes::<T>()).map_err(|_| "the longest key is too long".into())
}

/// A value that a contract has stored.
pub fn old_value(bytes: u32) -> Vec<u8> {
    vec![42; usize::try_from(bytes).unwrap_or(usize::MAX)]
}

/// A value that a contract stores.
pub fn new_value(bytes: u32) -> Vec<u8> {
    vec![43; usize::try_from(bytes).unwrap_or(usize::MAX)]
}

/// Bytes of the longest value.
fn value_bytes_max<T: Config>() -> u32 {
    T::Schedule::get().limits.payload_len
}

/// A contract that has stored a value of so many bytes.
fn setup_with_value<T: Config>(bytes: u32) -> Result<(Setup<T>, ContractInfo<T>), BenchmarkError> {
    let setup = Setup::<T>::new()?;
    let info = setup.contract.info()?;
    info.write(&key::<T>()?, Some(old_value(bytes)), false);
    Ok((setup, info))
}

/// A trie with one value of the largest size, and the key of that value.
fn empty_trie<T: Config>() -> Result<(ChildInfo, Vec<u8>), BenchmarkError> {
    let (trie, key) = (Instantiated::<T>::empty(0)?.info()?.child_trie_info(), key_bytes::<T>());
    child::put_raw(&trie, &key, &old_value(value_bytes_max::<T>()));
    Ok((trie, key))
}

/// The same with a full branch, fifteen other values of that size, at every half byte of the key's beginning.
fn full_trie<T: Config>() -> Result<(ChildInfo, Vec<u8>), BenchmarkError> {
    const HALVES: u8 = 16;
    let (trie, key) = empty_trie::<T>()?;
    if key.len() < LAYERS.div_ceil(2) {
        return Err("`MaxStorageKeyLen` is too short for a trie of so many layers".into());
    }
    let value = old_value(value_bytes_max::<T>());
    for layer in 0..LAYERS {
        for half in 1..HALVES {
            let mut other = key.clone();
            other[layer / 2] = if layer % 2 == 0 { half * HALVES } else { half };
            child::put_raw(&trie, &other, &value);
        }
    }
    Ok((trie, key))
}

/// A write as a contract's info does one.
fn write(trie: &ChildInfo, key: &[u8], value: &[u8]) -> Option<u32> {
    let old = child::len(trie, key);
    child::put_raw(trie, key, value);
    old
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark(skip_meta, pov_mode = Measured)]
    fn get_storage_empty() -> Result<(), BenchmarkError> {
        let (trie, key) = empty_trie::<T>()?;
        let value;
        #[block]
        {
            value = child::get_raw(&trie, &key);
        }
        assert_eq!(value, Some(old_value(value_bytes_max::<T>())));
        Ok(())
    }

    #[benchmark(skip_meta, pov_mode = Measured)]
    fn get_storage_full() -> Result<(), BenchmarkError> {
        let (trie, key) = full_trie::<T>()?;
        let value;
        #[block]
        {
            value = child::get_raw(&trie, &key);
        }
        assert_eq!(value, Some(old_value(value_bytes_max::<T>())));
        Ok(())
    }

    #[benchmark(skip_meta, pov_mode = Measured)]
    fn set_storage_empty() -> Result<(), BenchmarkError> {
        let (trie, key) = empty_trie::<T>()?;
        let value = new_value(value_bytes_max::<T>());
        let old;
        #[block]
        {
            old = write(&trie, &key, &value);
        }
        assert_eq!(old, Some(value_bytes_max::<T>()));
        assert_eq!(child::get_raw(&trie, &key), Some(value));
        Ok(())
    }

    #[benchmark(skip_meta, pov_mode = Measured)]
    fn set_storage_full() -> Result<(), BenchmarkError> {
        let (trie, key) = full_trie::<T>()?;
        let value = new_value(value_bytes_max::<T>());
        let old;
        #[block]
        {
            old = write(&trie, &key, &value);
        }
        assert_eq!(old, Some(value_bytes_max::<T>()));
        assert_eq!(child::get_raw(&trie, &key), Some(value));
        Ok(())
    }

    /// `n`: bytes of the value. `o`: bytes of the one that was there.
    #[benchmark(skip_meta, pov_mode = Measured)]
    fn seal_set_storage(
        n: Linear<0, { value_bytes_max::<T>() }>,
        o: Linear<0, { value_bytes_max::<T>() }>,
    ) -> Result<(), BenchmarkError> {
        let (mut setup, info) = setup_with_value::<T>(o)?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let value = memory.put(&new_value(n));
        let args = [at, len(&key_bytes::<T>()), value, n];
        let mut frame = setup.at_call(("seal2", "set_storage"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(o.into()));
        assert_eq!(info.read(&key::<T>()?), Some(new_value(n)));
        Ok(())
    }

    /// `n`: bytes of the value.
    #[benchmark(skip_meta, pov_mode = Measured)]
    fn seal_clear_storage(n: Linear<0, { value_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let (mut setup, info) = setup_with_value::<T>(n)?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let args = [at, len(&key_bytes::<T>())];
        let mut frame = setup.at_call(("seal1", "clear_storage"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(n.into()));
        assert_eq!(info.read(&key::<T>()?), None);
        Ok(())
    }

    /// `n`: bytes of the value.
    #[benchmark(skip_meta, pov_mode = Measured)]
    fn seal_get_storage(n: Linear<0, { value_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let (mut setup, _) = setup_with_value::<T>(n)?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let out = memory.buffer(n);
        let args = [at, len(&key_bytes::<T>()), out[0], out[1]];
        let mut frame = setup.at_call(("seal1", "get_storage"), &args, &memory)?;
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
    #[benchmark(skip_meta, pov_mode = Measured)]
    fn seal_contains_storage(n: Linear<0, { value_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let (mut setup, _) = setup_with_value::<T>(n)?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let args = [at, len(&key_bytes::<T>())];
        let mut frame = setup.at_call(("seal1", "contains_storage"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(n.into()));
        Ok(())
    }

    /// `n`: bytes of the value.
    #[benchmark(skip_meta, pov_mode = Measured)]
    fn seal_take_storage(n: Linear<0, { value_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let (mut setup, info) = setup_with_value::<T>(n)?;
        let mut memory = Memory::default();
        let at = memory.put(&key_bytes::<T>());
        let out = memory.buffer(n);
        let args = [at, len(&key_bytes::<T>()), out[0], out[1]];
        let mut frame = setup.at_call(("seal0", "take_storage"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        assert_eq!(frame.output(out), old_value(n));
        assert_eq!(info.read(&key::<T>()?), None);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}
