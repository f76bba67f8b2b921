//! Questions about the call, the contract and the chain.

use super::setup::{Instantiated, Memory, Setup, len};
use crate::{
    AccountIdOf, BalanceOf, CodeHash, Config, MomentOf, Origin,
    call_stack::{Calls, Context},
};
use codec::Encode;
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::{traits::Get, weights::Weight};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::Convert;

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark(pov_mode = Measured)]
    fn seal_caller() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let out = memory.buffer_for::<AccountIdOf<T>>();
        let mut frame = setup.at_call(("seal0", "caller"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out), frame.stack.caller().account_id()?.encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_is_contract() -> Result<(), BenchmarkError> {
        let other = Instantiated::<T>::empty(1)?;
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let account = memory.encode(&other.account);
        let mut frame = setup.at_call(("seal0", "is_contract"), &[account], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(1));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_code_hash() -> Result<(), BenchmarkError> {
        let other = Instantiated::<T>::empty(1)?;
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let account = memory.encode(&other.account);
        let out = memory.buffer_for::<CodeHash<T>>();
        let mut frame = setup.at_call(("seal0", "code_hash"), &[account, out[0], out[1]], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        assert_eq!(frame.output(out), other.info()?.code_hash.encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_own_code_hash() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let out = memory.buffer_for::<CodeHash<T>>();
        let own = setup.contract.info()?.code_hash;
        let mut frame = setup.at_call(("seal0", "own_code_hash"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out), own.encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_caller_is_origin() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut frame = setup.at_call(("seal0", "caller_is_origin"), &[], &Memory::default())?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(1));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_caller_is_root() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        setup.origin = Origin::Root;
        let mut frame = setup.at_call(("seal0", "caller_is_root"), &[], &Memory::default())?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(1));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_address() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let out = memory.buffer_for::<AccountIdOf<T>>();
        let own = setup.contract.account.clone();
        let mut frame = setup.at_call(("seal0", "address"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out), own.encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_gas_left() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        // `Weight::max_encoded_len` does not know that both numbers are compact.
        let out = memory.buffer(len(&Weight::MAX.encode()));
        // The newer one, which writes both dimensions.
        let mut frame = setup.at_call(("seal1", "gas_left"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out), frame.gas_left().encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_balance() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let out = memory.buffer_for::<BalanceOf<T>>();
        let mut frame = setup.at_call(("seal0", "balance"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        // What its owner has given it.
        assert_eq!(frame.output(out), crate::Pallet::<T>::min_balance().encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_value_transferred() -> Result<(), BenchmarkError> {
        let value = BalanceOf::<T>::from(42u32);
        let mut setup = Setup::<T>::new()?;
        setup.value = value;
        let mut memory = Memory::default();
        let out = memory.buffer_for::<BalanceOf<T>>();
        let mut frame = setup.at_call(("seal0", "value_transferred"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out), value.encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_minimum_balance() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let out = memory.buffer_for::<BalanceOf<T>>();
        let mut frame = setup.at_call(("seal0", "minimum_balance"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out), crate::Pallet::<T>::min_balance().encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_block_number() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let out = memory.buffer_for::<BlockNumberFor<T>>();
        let mut frame = setup.at_call(("seal0", "block_number"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out), frame.stack.block_number().encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_now() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let out = memory.buffer_for::<MomentOf<T>>();
        let mut frame = setup.at_call(("seal0", "now"), &out, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out), frame.stack.now().encode());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_weight_to_fee() -> Result<(), BenchmarkError> {
        let (ref_time, proof_size) = (500_000, 300_000);
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let out = memory.buffer_for::<BalanceOf<T>>();
        let args = [ref_time, proof_size, out[0], out[1]];
        let mut frame = setup.at_call(("seal1", "weight_to_fee"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        let weight = Weight::from_parts(ref_time.into(), proof_size.into());
        assert_eq!(frame.output(out), T::WeightPrice::convert(weight).encode());
        Ok(())
    }

    /// The longest subject that a contract may pass: chains allow a few bytes.
    #[benchmark(pov_mode = Measured)]
    fn seal_random() -> Result<(), BenchmarkError> {
        let subject_len = T::Schedule::get().limits.subject_len;
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let subject = memory.put(&alloc::vec![42; usize::try_from(subject_len).unwrap_or(usize::MAX)]);
        let out = memory.buffer_for::<(T::Hash, BlockNumberFor<T>)>();
        let args = [subject, subject_len, out[0], out[1]];
        let mut frame = setup.at_call(("seal1", "random"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.output(out).len(), <(T::Hash, BlockNumberFor<T>)>::default().encoded_size());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_reentrance_count() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut frame = setup.at_call(("seal0", "reentrance_count"), &[], &Memory::default())?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_account_reentrance_count() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let account = memory.encode(&setup.contract.account);
        let mut frame = setup.at_call(("seal0", "account_reentrance_count"), &[account], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(1));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_instantiation_nonce() -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut frame = setup.at_call(("seal0", "instantiation_nonce"), &[], &Memory::default())?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(frame.stack.nonce()));
        assert_eq!(frame.stack.nonce(), 1);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test,);
}
