//! From the first line to the last: where it listens, what stays, and how it ends.

use crate::{
    common::{Chain, answer},
    served::Served,
    socket::Socket,
};
use serde_json::{Value, json};
use vellum_runtime::{RuntimeCall, SystemCall};

/// The states that stay readable, as `vellum serve --help` and the documentation have it.
const STATES: u64 = 256;

fn remark() -> RuntimeCall {
    RuntimeCall::System(SystemCall::remark { remark: vec![1, 2, 3] })
}

/// What is stored under no key ever set: nothing, if there is a state to look into.
fn look(served: &Served, block: &Value) -> Result<Value, Value> {
    served.try_ask("state_getStorage", json!(["0x00", block]))
}

#[test]
fn it_says_where_it_is_and_ends_when_told() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    assert_eq!(served.ready["ok"], true);
    assert_eq!(served.ready["placement"], "native");
    served.send(remark());
    // A client that stays connected does not keep it from ending.
    let mut socket = Socket::connect(&served.address);
    socket.ask("chain_subscribeNewHeads", json!([])).expect("it can be followed; qed");
    let (code, last) = served.end();
    assert_eq!(code, 0);
    assert_eq!((&last["block"], &last["blocks_made"]), (&json!(1), &json!(1)));
    assert_eq!(chain.json(&["info", "--verify"], 0)["verified"]["blocks"], 2);
}

#[test]
fn blocks_outlive_the_server_and_states_do_not() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let first = served.send(remark());
    let second = served.send(remark());
    assert_eq!(look(&served, &first), Ok(Value::Null));
    assert_eq!(served.end().0, 0);
    let served = Served::start(&chain);
    assert_eq!(served.ready["block"], 2);
    assert_eq!(served.ask("chain_getBlockHash", json!([])), second);
    assert_eq!(served.ask("chain_getHeader", json!([first]))["number"], "0x1");
    assert_eq!(look(&served, &second), Ok(Value::Null));
    let error = look(&served, &first).expect_err("that state is gone; qed");
    assert_eq!(error["code"], 4003);
    assert!(error["message"].as_str().is_some_and(|text| text.contains("State already discarded")), "{error}");
    // The runtime is one for all blocks, so this needs no state.
    assert_eq!(served.ask("state_getRuntimeVersion", json!([first]))["specVersion"], 1);
}

#[test]
fn so_many_states_stay_and_no_more() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let genesis = served.ask("chain_getBlockHash", json!([0]));
    for _ in 1..STATES {
        served.send(remark());
    }
    assert_eq!(look(&served, &genesis), Ok(Value::Null));
    served.send(remark());
    assert!(look(&served, &genesis).is_err());
    let oldest = served.ask("chain_getBlockHash", json!([1]));
    assert_eq!(look(&served, &oldest), Ok(Value::Null));
}

#[test]
fn a_chain_that_is_served_is_in_use() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let error = served.chain().json(&["info"], 8);
    assert!(error["error"]["message"].as_str().is_some_and(|text| text.contains("in use")), "{error}");
    let other = Chain::new();
    let port = served.address.rsplit(':').next().expect("an address ends in its port; qed");
    let answer = answer(other.command(&["serve", "--port", port]).output());
    assert_eq!(answer.code, 1, "{answer:?}");
    assert!(answer.stderr.contains("cannot listen") && answer.stderr.contains("--port"), "{answer:?}");
}
