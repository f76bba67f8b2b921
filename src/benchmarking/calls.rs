//! Calls of other contracts, their input and output, and the end of a contract.
//!
//! What is called is empty and small: loading code is charged by its size, making an instance and running it by
//! the engine's prices. Of a call with nothing in it these take little, which is counted here once more.

use super::{
    modules,
    setup::{Instantiated, Memory, Setup, funded, upload},
};
use crate::{
    BalanceOf, Config, ContractInfoOf, Pallet as Contracts, SENTINEL,
    call_stack::CodeReferences,
    host_api::{ReturnData, TrapReason},
    schedule::PAGE_BYTES,
};
use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::traits::{
    Get,
    fungible::{Inspect, Mutate},
};

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

/// See `CallFlags` of `host_api::calls`.
const CLONE_INPUT: u32 = 2;

/// Bytes of a length, which a buffer for an output is headed by.
const LENGTH_BYTES: u32 = 4;

/// So many bytes that are not zero.
fn bytes(count: u32) -> Vec<u8> {
    vec![42; usize::try_from(count).unwrap_or(usize::MAX)]
}

/// Bytes of the largest input that a contract can have in memory, besides a page for all the rest.
fn beside_a_page<T: Config>() -> u32 {
    modules::memory_bytes::<T>().saturating_sub(PAGE_BYTES)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// `n`: bytes of the input.
    #[benchmark(pov_mode = Measured)]
    fn seal_input(n: Linear<0, { modules::memory_bytes::<T>() - LENGTH_BYTES }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        setup.input = bytes(n);
        let mut memory = Memory::default();
        let out = memory.buffer(n);
        let mut frame = setup.at_call(("seal0", "input"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out), bytes(n));
        Ok(())
    }

    /// `n`: bytes of the output.
    #[benchmark(pov_mode = Measured)]
    fn seal_return(n: Linear<0, { modules::memory_bytes::<T>() - LENGTH_BYTES }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let data = memory.put(&bytes(n));
        let mut frame = setup.at_call(("seal0", "seal_return"), &[0, data, n], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert!(matches!(result, Err(TrapReason::Return(ReturnData { flags: 0, data })) if data == bytes(n)));
        Ok(())
    }

    /// `n`: code that the contract has locked.
    #[benchmark(pov_mode = Measured)]
    fn seal_terminate(n: Linear<0, { T::MaxDelegateDependencies::get() }>) -> Result<(), BenchmarkError> {
        let beneficiary: T::AccountId = account("beneficiary", 0, 0);
        let uploader = funded::<T>(whitelisted_caller());
        let codes = (1..=n)
            .map(|number| upload::<T>(uploader.clone(), modules::empty(number)))
            .collect::<Result<Vec<_>, _>>()?;
        let mut setup = Setup::<T>::new()?;
        let contract = setup.contract.clone();
        let mut memory = Memory::default();
        let to = memory.encode(&beneficiary);
        let mut frame = setup.at_call(("seal1", "terminate"), &[to], &memory)?;
        for code in &codes {
            frame.stack.lock_delegate_dependency(*code)?;
        }
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert!(matches!(result, Err(TrapReason::Termination)));
        assert!(contract.info().is_err());
        assert!(codes.iter().all(|code| crate::CodeInfoOf::<T>::get(code).is_some_and(|info| info.refcount() == 0)));
        Ok(())
    }

    /// To an account that does not exist.
    #[benchmark(pov_mode = Measured)]
    fn seal_transfer() -> Result<(), BenchmarkError> {
        let receiver: T::AccountId = account("receiver", 0, 0);
        let value = Contracts::<T>::min_balance();
        let mut setup = Setup::<T>::new()?;
        T::Currency::set_balance(&setup.contract.account, value + value);
        let mut memory = Memory::default();
        let to = memory.encode(&receiver);
        let amount = memory.encode(&value);
        let mut frame = setup.at_call(("seal0", "transfer"), &[to, 0, amount, 0], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        assert_eq!(T::Currency::balance(&receiver), value);
        Ok(())
    }

    /// `t`: 1 if value moves with the call. `i`: bytes of the caller's input, of which the callee gets a copy.
    #[benchmark(pov_mode = Measured)]
    fn seal_call(t: Linear<0, 1>, i: Linear<0, { modules::memory_bytes::<T>() }>) -> Result<(), BenchmarkError> {
        let callee = Instantiated::<T>::empty(1)?;
        let (before, value) = (T::Currency::balance(&callee.account), BalanceOf::<T>::from(t));
        let mut setup = Setup::<T>::new()?;
        let min_balance = Contracts::<T>::min_balance();
        T::Currency::set_balance(&setup.contract.account, min_balance + min_balance + value);
        setup.input = bytes(i);
        let mut memory = Memory::default();
        let to = memory.encode(&callee.account);
        let deposit_limit = memory.encode(&BalanceOf::<T>::from(u32::MAX));
        let amount = memory.encode(&value);
        let args = [CLONE_INPUT, to, 0, 0, deposit_limit, amount, 0, 0, SENTINEL, 0];
        let mut frame = setup.at_call(("seal2", "call"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        assert_eq!(T::Currency::balance(&callee.account), before + value);
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_delegate_call() -> Result<(), BenchmarkError> {
        let code_hash = Instantiated::<T>::empty(1)?.info()?.code_hash;
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let code = memory.encode(&code_hash);
        let mut frame = setup.at_call(("seal0", "delegate_call"), &[0, code, 0, 0, SENTINEL, 0], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        Ok(())
    }

    /// `i`: bytes of the input. `s`: bytes of the salt. Both are hashed to make the address.
    #[benchmark(pov_mode = Measured)]
    fn seal_instantiate(
        i: Linear<0, { beside_a_page::<T>() }>,
        s: Linear<0, { beside_a_page::<T>() }>,
    ) -> Result<(), BenchmarkError> {
        let code_hash = Instantiated::<T>::empty(1)?.info()?.code_hash;
        let value = BalanceOf::<T>::from(1u32);
        let mut setup = Setup::<T>::new()?;
        let creator = setup.contract.account.clone();
        let min_balance = Contracts::<T>::min_balance();
        T::Currency::set_balance(&creator, min_balance + min_balance + value);

        let mut memory = Memory::default();
        let code = memory.encode(&code_hash);
        let no_limit = memory.encode(&BalanceOf::<T>::from(0u32));
        let amount = memory.encode(&value);
        // Both together do not fit into memory, but they may be the same bytes.
        let shared = memory.put(&bytes(i.max(s)));
        let args = [code, 0, 0, no_limit, amount, shared, i, SENTINEL, 0, SENTINEL, 0, shared, s];
        let mut frame = setup.at_call(("seal2", "instantiate"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        let created = Contracts::<T>::contract_address(&creator, &code_hash, &bytes(i), &bytes(s));
        assert!(ContractInfoOf::<T>::contains_key(&created));
        assert_eq!(T::Currency::balance(&created), min_balance + value);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}
