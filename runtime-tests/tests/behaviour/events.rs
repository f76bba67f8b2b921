//! What contracts tell the world.

use frame_support::assert_ok;
use pallet_contracts::{Error, Event, Origin};
use sp_core::H256;
use vellum_runtime_tests::{
    chain::{self, ALICE, call, deployed, instantiate},
    fixture::wat,
    inputs::forward,
    runtime::{AccountId, RuntimeEvent, System, Test},
};

fn emit(contract: &AccountId, topics: &[H256], data: &[u8]) -> chain::Call {
    call(contract).bytes(&input(topics, data))
}

fn input(topics: &[H256], data: &[u8]) -> Vec<u8> {
    let topics = if topics.is_empty() { Vec::new() } else { codec::Encode::encode(&topics) };
    let len = u32::try_from(topics.len()).unwrap();
    [&len.to_le_bytes()[..], &topics, data].concat()
}

fn topic(byte: u8) -> H256 {
    H256::repeat_byte(byte)
}

#[test]
fn an_event_carries_data_and_topics() {
    chain::run(|| {
        let contract = deployed("event");
        System::reset_events();
        assert_ok!(emit(&contract, &[topic(1), topic(2)], b"happened").run().result);
        let records = System::events();
        assert_eq!(records[0].topics, [topic(1), topic(2)]);
        let emitted = Event::ContractEmitted { contract: contract.clone(), data: b"happened".to_vec() };
        assert_eq!(records[0].event, RuntimeEvent::Contracts(emitted));
        // The frame's own events come first, what the chain says about the call after them.
        let called = Event::Called { caller: Origin::Signed(ALICE), contract };
        assert_eq!(records[1].event, RuntimeEvent::Contracts(called));
    });
}

#[test]
fn a_constructor_may_emit_events_before_the_contract_is_announced() {
    chain::run(|| {
        System::reset_events();
        let contract = instantiate(&wat("event")).bytes(&input(&[], b"born")).address();
        let events = chain::contract_events();
        let emitted = Event::ContractEmitted { contract: contract.clone(), data: b"born".to_vec() };
        let announced = Event::Instantiated { deployer: ALICE, contract };
        let place = |wanted: &Event<Test>| events.iter().position(|event| event == wanted);
        assert!(place(&emitted).unwrap() < place(&announced).unwrap());
    });
}

#[test]
fn data_up_to_the_payload_limit_is_taken() {
    chain::run(|| {
        let contract = deployed("event");
        let limit = pallet_contracts::Schedule::<Test>::default().limits.payload_len as usize;
        assert_ok!(emit(&contract, &[], &vec![7; limit]).run().result);
        assert_eq!(emit(&contract, &[], &vec![7; limit + 1]).error(), Error::<Test>::ValueTooLarge.into());
    });
}

#[test]
fn more_than_four_topics_are_refused() {
    chain::run(|| {
        let contract = deployed("event");
        let topics: Vec<H256> = (1..=5).map(topic).collect();
        assert_ok!(emit(&contract, &topics[..4], &[]).run().result);
        assert_eq!(emit(&contract, &topics, &[]).error(), Error::<Test>::TooManyTopics.into());
    });
}

#[test]
fn topics_that_are_no_list_of_hashes_trap() {
    chain::run(|| {
        let contract = deployed("event");
        let broken = [&5u32.to_le_bytes()[..], &[4, 1, 2, 3, 4]].concat();
        assert_eq!(call(&contract).bytes(&broken).error(), Error::<Test>::DecodingFailed.into());
    });
}

#[test]
fn events_of_a_callee_that_fails_do_not_happen() {
    chain::run(|| {
        let (caller, event) = (deployed("call"), deployed("event"));
        System::reset_events();
        // The limit on topics is checked after the callee has been entered.
        let bad = input(&(1..=5).map(topic).collect::<Vec<_>>(), &[]);
        call(&caller).bytes(&[forward(&event).bytes(), bad].concat()).output();
        assert_eq!(chain::contract_events(), [Event::Called { caller: Origin::Signed(ALICE), contract: caller }]);
    });
}

#[test]
fn a_topic_may_come_twice() {
    chain::run(|| {
        let contract = deployed("event");
        System::reset_events();
        let topics = [topic(1), topic(2), topic(1), topic(4)];
        assert_ok!(emit(&contract, &topics, b"data").run().result);
        assert_eq!(System::events()[0].topics, topics);
    });
}
