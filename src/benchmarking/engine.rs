//! What the engine adds to a host function, and an instruction as pallet-contracts measured one.
//!
//! What instructions cost on Vellum is measured elsewhere, for every kind of them (`docs/weights.md`).

use super::{modules, setup::Setup};
use crate::{
    Config, execution,
    host_api::{self, HostContext},
};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use vellum_host::Exit;

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

/// The most calls of a host function in one go.
const CALLS_MAX: u32 = 1_600;
/// The most pairs of loads and stores in one go.
const PAIRS_MAX: u32 = 5_000;

#[benchmarks]
mod benchmarks {
    use super::*;

    /// `r`: calls of a host function that does nothing. Stopping, finding the function, charging for it, going on.
    #[benchmark(pov_mode = Measured)]
    fn noop_host_fn(r: Linear<0, CALLS_MAX>) -> Result<(), BenchmarkError> {
        let noop = [host_api::find("seal0", "noop").ok_or("the table has no `noop`")?];
        let mut setup = Setup::<T>::new()?;
        let mut execution = setup.begin(modules::calling::<T>(noop[0], &[], r), &noop)?;
        let (mut stack, input) = setup.stack()?;
        let mut context = HostContext::new(&mut stack, input);
        let before = context.gas_meter().gas_left();
        let result;
        #[block]
        {
            result = execution::run(&mut execution, &mut context, &noop);
        }
        assert!(result.is_ok());
        let per_call = crate::meter::gas::Token::<T>::weight(&host_api::RuntimeCosts::HostFn);
        let spent = before - context.gas_meter().gas_left();
        assert!(spent.all_gte(per_call.saturating_mul(r.into())), "all calls have been charged for");
        Ok(())
    }

    /// `r`: times that a byte is loaded from one place and stored at another, six instructions. For display only:
    /// `Schedule::instruction_weights` is made from it.
    #[benchmark(pov_mode = Ignored)]
    fn instr_i64_load_store(r: Linear<0, PAIRS_MAX>) -> Result<(), BenchmarkError> {
        let setup = Setup::<T>::new()?;
        let mut execution = setup.begin(modules::loading_and_storing::<T>(r), &[])?;
        let mut fuel = u64::MAX;
        // Once to translate it.
        assert!(matches!(execution.run(&mut fuel), Exit::Finished));
        execution = execution.into_instance().call(modules::CALL);
        let exit;
        #[block]
        {
            exit = execution.run(&mut fuel);
        }
        assert!(matches!(exit, Exit::Finished));
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}
