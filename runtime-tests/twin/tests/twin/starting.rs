//! What starting and growing cost under each pallet, by pairs of contracts of the same length that differ in nothing
//! else.

use crate::{
    ours, theirs,
    times::{INSTRUCTIONS_PER_BODY_BYTE, INSTRUCTIONS_PER_PAGE},
};
use vellum_engine::GasClass;
use vellum_runtime_tests::chain::{ALICE, hash};

/// What a call of the contract costs, ours and theirs.
fn cost(text: &str) -> [u64; 2] {
    let code = wat::parse_str(text).expect("it is WebAssembly");
    macro_rules! with {
        ($pallet:ident) => {{
            let code_hash = hash(&code);
            let opening = vec![
                $pallet::step::upload(&ALICE, code.clone()),
                $pallet::step::instantiate(&ALICE, code_hash, 0, Vec::new()),
            ];
            let mut run = $pallet::Run::of("pair", $pallet::Settings::default(), opening);
            while let Some(record) = run.next() {
                assert!(record.succeeded, "{text}: {:?}", record.facts);
            }
            let address = run.look(|| vellum_runtime_tests::state::contracts()[0].0.clone());
            run.then(vec![$pallet::step::call(&ALICE, &address, 0, Vec::new())]);
            let record = run.next().expect("there is a step");
            assert!(record.succeeded, "{text}: {:?}", record.facts);
            record.gas[0].1.ref_time()
        }};
    }
    [with!(ours), with!(theirs)]
}

/// How much more the second contract costs, ours and theirs.
fn difference(cheap: &str, dear: &str) -> [u64; 2] {
    let (cheap, dear) = (cost(cheap), cost(dear));
    [0, 1].map(|pallet| dear[pallet].checked_sub(cheap[pallet]).expect("nothing in it is cheaper"))
}

fn our_price(class: GasClass) -> u64 {
    u64::from(vellum_weights::host().price(class))
}

fn their_instruction() -> u64 {
    u64::from(theirs::capacity::instruction_base())
}

#[test]
fn the_first_call_of_a_function_is_paid_by_bytes_under_both_pallets() {
    const MORE: u64 = 500;
    // Both have a short function and a long one, and call one of them: nothing of what is longer is ever executed.
    let calling = |callee: &str| {
        let long = "nop ".repeat(MORE.try_into().expect("it is small"));
        format!(
            r#"(module (import "env" "memory" (memory 1 16)) (func (export "deploy"))
                (func $short (return)) (func $long (return) {long}) (func (export "call") (call ${callee})))"#
        )
    };
    let [ours, theirs] = difference(&calling("short"), &calling("long"));
    assert_eq!(ours, MORE * our_price(GasClass::FirstCallByte));
    assert_eq!(theirs, MORE * INSTRUCTIONS_PER_BODY_BYTE * their_instruction());
}

#[test]
fn memory_that_grows_is_paid_by_pages_under_both_pallets() {
    let growing = |pages: u32| {
        format!(
            r#"(module (import "env" "memory" (memory 1 16)) (func (export "deploy"))
                (func (export "call") (drop (memory.grow (i32.const {pages})))))"#
        )
    };
    let [ours, theirs] = difference(&growing(1), &growing(11));
    assert_eq!(ours, 10 * our_price(GasClass::PageGrown));
    assert_eq!(theirs, 10 * INSTRUCTIONS_PER_PAGE * their_instruction());
}

#[test]
fn an_instance_is_paid_by_what_it_has_here_and_not_at_all_there() {
    let starting = |pages: u32| {
        format!(
            r#"(module (import "env" "memory" (memory {pages} 16)) (func (export "deploy")) (func (export "call")))"#
        )
    };
    let [ours, theirs] = difference(&starting(1), &starting(11));
    assert_eq!(ours, 10 * our_price(GasClass::InstancePage));
    assert_eq!(theirs, 0);
}
