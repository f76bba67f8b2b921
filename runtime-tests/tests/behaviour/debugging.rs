//! Messages for people, and the hooks of tools that embed a runtime.

use codec::Encode;
use pallet_contracts::{Error, debug::ExportedFunction};
use vellum_runtime_tests::{
    chain::{self, ALICE, call, deployed, instantiate, signed},
    fixture::wat,
    inputs::{Storage, forward, storage},
    runtime::{AccountId, Contracts, MaxDebugBufferLen, Test},
    watch::{Intercepted, Seen, Watching, Witnessed},
};

#[test]
fn messages_follow_each_other() {
    chain::run(|| {
        let result = call(&deployed("say")).debug().run();
        assert_eq!(String::from_utf8(result.debug_message).unwrap(), "One thing. Another thing.");
    });
}

#[test]
fn messages_survive_a_trap() {
    chain::run(|| {
        let result = call(&deployed("say")).bytes(&[1]).debug().run();
        assert_eq!(result.result, Err(Error::<Test>::ContractTrapped.into()));
        assert_eq!(String::from_utf8(result.debug_message).unwrap(), "One thing. Another thing.");
    });
}

#[test]
fn a_message_that_finds_no_room_is_left_out_and_the_contract_goes_on() {
    chain::run(|| {
        let contract = deployed("say");
        // A message is cut if it would not even fit into an empty buffer.
        let cases = [(25, "One thing. Another thing."), (24, "One thing."), (10, "One thing."), (9, "One thing")];
        for (room, expected) in cases {
            MaxDebugBufferLen::set(room);
            let result = call(&contract).debug().run();
            assert!(result.result.is_ok());
            assert_eq!(String::from_utf8(result.debug_message).unwrap(), expected, "{room}");
        }
    });
}

#[test]
fn blocks_collect_no_messages_and_cost_the_same() {
    chain::run(|| {
        let contract = deployed("say");
        let simulated = call(&contract).debug().run().gas_consumed;
        let post = Contracts::call(signed(&ALICE), contract.clone(), 0, chain::GAS_LIMIT, None, vec![]).unwrap();
        let base = <() as pallet_contracts::WeightInfo>::call();
        assert_eq!(post.actual_weight, Some(base + simulated));
    });
}

fn seen(contract: &AccountId, entry_point: ExportedFunction, input: &[u8], output: Option<&[u8]>) -> Seen {
    Seen { contract: contract.clone(), entry_point, input: input.to_vec(), output: output.map(<[u8]>::to_vec) }
}

#[test]
fn every_frame_is_seen_when_it_begins_and_when_it_returns() {
    chain::run(|| {
        Watching::set(true);
        let (caller, store) = (deployed("call"), deployed("storage"));
        let constructor = |contract, output| seen(contract, ExportedFunction::Constructor, &[], output);
        let ended = Some(&[][..]);
        assert_eq!(
            Witnessed::take(),
            [
                constructor(&caller, None),
                constructor(&caller, ended),
                constructor(&store, None),
                constructor(&store, ended),
            ]
        );

        let inner = storage(Storage::Get, b"key", b"");
        let outer = [forward(&store).bytes(), inner.clone()].concat();
        let output = call(&caller).bytes(&outer).output();
        let function = ExportedFunction::Call;
        assert_eq!(
            Witnessed::take(),
            [
                seen(&caller, function, &outer, None),
                seen(&store, function, &inner, None),
                // Nothing was found, which is the number 3.
                seen(&store, function, &inner, Some(&3u32.encode())),
                seen(&caller, function, &outer, Some(&output)),
            ]
        );
    });
}

#[test]
fn a_frame_that_fails_is_seen_to_begin_only() {
    chain::run(|| {
        let traps = deployed("traps");
        Watching::set(true);
        assert_eq!(call(&traps).bytes(&[0]).error(), Error::<Test>::ContractTrapped.into());
        assert_eq!(Witnessed::take(), [seen(&traps, ExportedFunction::Call, &[0], None)]);
    });
}

#[test]
fn a_call_can_be_replaced() {
    chain::run(|| {
        let nothing = deployed("nothing");
        let other = instantiate(&wat("nothing")).salt(b"other").address();
        let calls = |contract: &AccountId| {
            let gas = chain::GAS_LIMIT;
            Contracts::call(signed(&ALICE), contract.clone(), 0, gas, None, vec![]).map_err(|failed| failed.error)
        };
        assert!(calls(&nothing).is_ok());
        Intercepted::set(Some(nothing.clone()));
        assert_eq!(calls(&nothing), Err(Error::<Test>::ContractReverted.into()));
        assert!(calls(&other).is_ok());
    });
}
