//! The code that a contract runs, and the code that it locks.

use super::setup::{Instantiated, Memory, Setup};
use crate::{
    CodeInfoOf, Config,
    call_stack::{CodeReferences, Context},
};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark(pov_mode = Measured)]
    fn seal_set_code_hash() -> Result<(), BenchmarkError> {
        let code_hash = Instantiated::<T>::empty(1)?.info()?.code_hash;
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let code = memory.encode(&code_hash);
        let mut frame = setup.at_call(("seal0", "set_code_hash"), &[code], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        assert_eq!(*frame.stack.own_code_hash(), code_hash);
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn lock_delegate_dependency() -> Result<(), BenchmarkError> {
        let code_hash = Instantiated::<T>::empty(1)?.info()?.code_hash;
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let code = memory.encode(&code_hash);
        let mut frame = setup.at_call(("seal0", "lock_delegate_dependency"), &[code], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.stack.locked_delegate_dependencies_count(), 1);
        assert_eq!(CodeInfoOf::<T>::get(code_hash).map(|info| info.refcount()), Some(2));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn unlock_delegate_dependency() -> Result<(), BenchmarkError> {
        let code_hash = Instantiated::<T>::empty(1)?.info()?.code_hash;
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let code = memory.encode(&code_hash);
        let mut frame = setup.at_call(("seal0", "unlock_delegate_dependency"), &[code], &memory)?;
        frame.stack.lock_delegate_dependency(code_hash)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.stack.locked_delegate_dependencies_count(), 0);
        assert_eq!(CodeInfoOf::<T>::get(code_hash).map(|info| info.refcount()), Some(1));
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}
