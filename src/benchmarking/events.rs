//! Events and debug messages.

use super::{
    modules,
    setup::{Memory, Setup, len},
};
use crate::{Config, Event};
use alloc::{vec, vec::Vec};
use codec::Encode;
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::traits::Get;
use sp_runtime::traits::Hash;

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

/// The longest message that fits into both memory and buffer.
fn message_bytes_max<T: Config>() -> u32 {
    modules::memory_bytes::<T>().min(T::MaxDebugBufferLen::get())
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// `t`: topics. `n`: bytes of the data.
    #[benchmark(pov_mode = Measured)]
    fn seal_deposit_event(
        t: Linear<0, { T::Schedule::get().limits.event_topics }>,
        n: Linear<0, { T::Schedule::get().limits.payload_len }>,
    ) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let contract = setup.contract.account.clone();
        let topics: Vec<T::Hash> = (0..t).map(|number| T::Hashing::hash_of(&number)).collect();
        // Without topics there is no list of them either.
        let list = if topics.is_empty() { Vec::new() } else { topics.encode() };
        let payload = vec![42; usize::try_from(n).unwrap_or(usize::MAX)];
        let mut memory = Memory::default();
        let topics_at = memory.put(&list);
        let data = memory.put(&payload);
        let args = [topics_at, len(&list), data, n];
        let mut frame = setup.at_call(("seal0", "deposit_event"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        let event = <T as Config>::RuntimeEvent::from(Event::ContractEmitted { contract, data: payload });
        let last = frame_system::Pallet::<T>::read_events_no_consensus().last().ok_or("there is no event")?;
        assert_eq!(last.event, event.into());
        assert_eq!(last.topics, topics);
        Ok(())
    }

    /// `i`: bytes of the message. On chain there is no buffer, and nothing is copied.
    #[benchmark(pov_mode = Measured)]
    fn seal_debug_message(i: Linear<0, { message_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let printable: Vec<u8> = (b' '..=b'~').cycle().take(usize::try_from(i).unwrap_or(usize::MAX)).collect();
        let mut setup = Setup::<T>::new()?;
        setup.debug_message = Some(Default::default());
        let mut memory = Memory::default();
        let message = memory.put(&printable);
        let mut frame = setup.at_call(("seal0", "debug_message"), &[message, i], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        drop(frame);
        assert_eq!(result.unwrap(), Some(0));
        assert_eq!(setup.debug_message.unwrap_or_default().into_inner(), printable);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}
