//! Functions that few contracts import: those that may still change, those that only old code has, XCM.

use super::*;
use crate::PristineCode;
use codec::{Decode, Encode};
use frame_support::{assert_err, assert_ok};

/// The address space of the contracts here: the input's length at 0, the input at 4; outputs at 1000, their
/// length at 996.
const START: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\00\02")
    (data (i32.const 996) "\00\02")
"#;

/// A contract whose call runs `body` after its input was read.
fn calling(imports: &str, body: &str) -> Vec<u8> {
    let call = format!("(func (export \"call\") (call $input (i32.const 4) (i32.const 0)) {body})");
    contract(&format!("{imports} {START} {call}"))
}

/// What `body` wrote at 1000, as long as the number at 996 says.
const RETURN_OUTPUT: &str = "(call $return (i32.const 0) (i32.const 1000) (i32.load (i32.const 996)))";

/// Runs code that cannot be uploaded: it takes the place of code that was.
fn with_old_code<R>(code: Vec<u8>, test: impl FnOnce(&AccountId32) -> R) -> R {
    let salt = sp_io::hashing::blake2_256(&code).to_vec();
    let stand_in = deploy_with(contract("(import \"env\" \"memory\" (memory 1 1))"), 0, vec![], salt);
    let code_hash = info(&stand_in).code_hash;
    let pristine = PristineCode::<Test>::get(code_hash).expect("it was just stored");
    PristineCode::<Test>::insert(code_hash, crate::CodeVec::<Test>::try_from(code).expect("it is short"));
    let result = test(&stand_in);
    PristineCode::<Test>::insert(code_hash, pristine);
    result
}

mod transient_storage {
    use super::*;

    const IMPORTS: &str = r#"
        (import "seal0" "set_transient_storage" (func $set (param i32 i32 i32 i32) (result i32)))
        (import "seal0" "clear_transient_storage" (func $clear (param i32 i32) (result i32)))
        (import "seal0" "get_transient_storage" (func $get (param i32 i32 i32 i32) (result i32)))
        (import "seal0" "contains_transient_storage" (func $contains (param i32 i32) (result i32)))
        (import "seal0" "take_transient_storage" (func $take (param i32 i32 i32 i32) (result i32)))"#;

    /// Stores each answer behind the one before, from 1000 on.
    fn answers(calls: &[&str]) -> Vec<u8> {
        let stores: String = calls
            .iter()
            .enumerate()
            .map(|(place, call)| format!("(i32.store (i32.const {}) {call})", 1000 + 4 * place))
            .collect();
        calling(
            IMPORTS,
            &format!("{stores} (call $return (i32.const 0) (i32.const 1000) (i32.const {}))", 4 * calls.len()),
        )
    }

    fn numbers(result: CallResult) -> Vec<u32> {
        let output = output(result);
        output.chunks(4).map(|number| u32::from_le_bytes(number.try_into().expect("four bytes"))).collect()
    }

    #[test]
    fn is_like_storage_and_ends_with_the_call() {
        on_chain(|| {
            let contract = deploy(answers(&[
                "(call $contains (i32.const 200) (i32.const 3))",
                "(call $set (i32.const 200) (i32.const 3) (i32.const 4) (i32.const 5))",
                "(call $set (i32.const 200) (i32.const 3) (i32.const 4) (i32.const 2))",
                "(call $contains (i32.const 200) (i32.const 3))",
                "(call $get (i32.const 200) (i32.const 3) (i32.const 2000) (i32.const 996))",
                "(i32.load16_u (i32.const 2000))",
                "(call $take (i32.const 200) (i32.const 3) (i32.const 3000) (i32.const 996))",
                "(call $take (i32.const 200) (i32.const 3) (i32.const 3000) (i32.const 996))",
                "(call $get (i32.const 200) (i32.const 3) (i32.const 2000) (i32.const 996))",
                "(call $clear (i32.const 200) (i32.const 3))",
            ]));
            let none = crate::SENTINEL;
            for _ in 0..2 {
                let numbers = numbers(call(&contract, vec![7, 9, 0, 0, 0]));
                assert_eq!(numbers, [none, none, 5, 2, 0, 0x0907, 0, 3, 3, none]);
            }
            assert_eq!(stored(&info(&contract)), (0, 0));
        });
    }

    const CALL: &str = r#"
        (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))"#;

    #[test]
    fn of_a_call_that_reverts_is_undone() {
        // Stores its input's first byte, calls the contract whose address follows, if one does, with what is
        // behind it, and returns what is stored then. Reverts at the end if the byte is 2.
        let body = r#"
            (drop (call $set (i32.const 200) (i32.const 3) (i32.const 4) (i32.const 1)))
            (if (i32.gt_u (i32.load (i32.const 0)) (i32.const 32)) (then
                (drop (call $call (i32.const 8) (i32.const 5) (i64.const 0) (i32.const 500)
                    (i32.const 37) (i32.sub (i32.load (i32.const 0)) (i32.const 33)) (i32.const -1) (i32.const 0)))))
            (drop (call $get (i32.const 200) (i32.const 3) (i32.const 1000) (i32.const 996)))
            (call $return (i32.eq (i32.load8_u (i32.const 4)) (i32.const 2)) (i32.const 1000) (i32.const 1))"#;
        on_chain(|| {
            let contract = deploy(calling(&format!("{IMPORTS}{CALL}"), body));
            let itself = <[u8; 32]>::from(contract.clone());
            let nested = |inner: u8| {
                let mut input = vec![1];
                input.extend(itself);
                input.push(inner);
                output(call(&contract, input))
            };
            assert_eq!(nested(3), [3], "a call of the same contract writes to the same place");
            assert_eq!(nested(2), [1], "and leaves nothing if it reverts");
        });
    }

    #[test]
    fn is_limited() {
        let body = r#"
            (loop $again
                (i32.store (i32.const 200) (i32.add (i32.load (i32.const 200)) (i32.const 1)))
                (drop (call $set (i32.const 200) (i32.const 4) (i32.const 0) (i32.const 16384)))
                (br_if $again (i32.lt_u (i32.load (i32.const 200)) (i32.load (i32.const 4)))))"#;
        on_chain(|| {
            let contract = deploy(calling(IMPORTS, body));
            // 64 of 16 KiB are all of the mebibyte, and keys take some of it.
            assert_ok!(call(&contract, 63_u32.encode()).result);
            assert_err!(call(&contract, 64_u32.encode()).result, Error::<Test>::OutOfTransientStorage);
        });
    }
}

#[test]
fn contracts_can_count_their_frames() {
    const IMPORTS: &str = r#"
        (import "seal0" "reentrance_count" (func $count (result i32)))
        (import "seal0" "account_reentrance_count" (func $count_of (param i32) (result i32)))
        (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))"#;
    // Calls itself as often as the byte behind its address says.
    let body = r#"
        (i32.store (i32.const 996) (i32.const 8))
        (if (i32.load8_u (i32.const 36)) (then
            (i32.store8 (i32.const 36) (i32.sub (i32.load8_u (i32.const 36)) (i32.const 1)))
            (drop (call $call (i32.const 8) (i32.const 4) (i64.const 0) (i32.const 500)
                (i32.const 4) (i32.const 33) (i32.const 1000) (i32.const 996)))
            (call $return (i32.const 0) (i32.const 1000) (i32.const 8))))
        (i32.store (i32.const 1000) (call $count))
        (i32.store (i32.const 1004) (call $count_of (i32.const 4)))
        (call $return (i32.const 0) (i32.const 1000) (i32.const 8))"#;
    on_chain(|| {
        let contract = deploy(calling(IMPORTS, body));
        for depth in 0..3_u8 {
            let mut input = <[u8; 32]>::from(contract.clone()).to_vec();
            input.push(depth);
            let counts = <(u32, u32)>::decode(&mut &output(call(&contract, input))[..]).expect("two numbers");
            assert_eq!(counts, (depth.into(), u32::from(depth) + 1));
        }
    });
}

#[test]
fn weight_left_and_its_price_have_both_dimensions() {
    const IMPORTS: &str = r#"
        (import "seal1" "gas_left" (func $gas_left (param i32 i32)))
        (import "seal1" "weight_to_fee" (func $fee (param i64 i64 i32 i32)))"#;
    on_chain(|| {
        let left =
            deploy(calling(IMPORTS, &format!("(call $gas_left (i32.const 1000) (i32.const 996)) {RETURN_OUTPUT}")));
        let outcome = call(&left, vec![]);
        let (required, left) = (outcome.gas_required, Weight::decode(&mut &output(outcome)[..]).expect("a weight"));
        assert!(left.all_gt(Weight::zero()) && left.all_lt(GAS_LIMIT), "{left}");
        assert!((GAS_LIMIT - left).all_lte(required));

        let body = format!("(call $fee (i64.const 77) (i64.const 5) (i32.const 1000) (i32.const 996)) {RETURN_OUTPUT}");
        let fee = deploy(calling(IMPORTS, &body));
        assert_eq!(output(call(&fee, vec![])), 77_u64.encode());
    });
}

mod deprecated {
    use super::*;

    fn asks_for(import: &str, body: &str) -> Vec<u8> {
        calling(import, &format!("{body} {RETURN_OUTPUT}"))
    }

    #[test]
    fn random_numbers_are_those_of_the_chain() {
        let random = |version: u8| {
            asks_for(
                &format!("(import \"seal{version}\" \"seal_random\" (func $random (param i32 i32 i32 i32)))"),
                "(call $random (i32.const 4) (i32.load (i32.const 0)) (i32.const 1000) (i32.const 996))",
            )
        };
        let expected = Dice::random(b"dice");
        on_chain(|| {
            with_old_code(random(0), |contract| {
                assert_eq!(output(call(contract, b"dice".to_vec())), expected.0.encode());
                assert_ok!(call(contract, vec![0; 32]).result);
                assert_err!(call(contract, vec![0; 33]).result, Error::<Test>::RandomSubjectTooLong);
            });
            with_old_code(random(1), |contract| {
                assert_eq!(output(call(contract, b"dice".to_vec())), expected.encode());
            });
        });
    }

    #[test]
    fn rent_is_gone() {
        let tombstone = asks_for(
            "(import \"seal0\" \"seal_tombstone_deposit\" (func $ask (param i32 i32)))",
            "(call $ask (i32.const 1000) (i32.const 996))",
        );
        let allowance = asks_for(
            "(import \"seal0\" \"rent_allowance\" (func $ask (param i32 i32)))",
            "(call $ask (i32.const 1000) (i32.const 996))",
        );
        let no_effect = calling(
            r#"(import "seal0" "set_rent_allowance" (func $set0 (param i32 i32)))
            (import "seal1" "set_rent_allowance" (func $set1 (param i32)))
            (import "seal0" "restore_to" (func $restore0 (param i32 i32 i32 i32 i32 i32 i32 i32)))
            (import "seal1" "seal_restore_to" (func $restore1 (param i32 i32 i32 i32 i32)))"#,
            // None of these pointers lies in memory.
            r#"(call $set0 (i32.const -1) (i32.const -1)) (call $set1 (i32.const -1))
            (call $restore0 (i32.const -1) (i32.const -1) (i32.const -1) (i32.const -1) (i32.const -1)
                (i32.const -1) (i32.const -1) (i32.const -1))
            (call $restore1 (i32.const -1) (i32.const -1) (i32.const -1) (i32.const -1) (i32.const -1))"#,
        );
        on_chain(|| {
            with_old_code(tombstone, |contract| assert_eq!(output(call(contract, vec![])), 0_u64.encode()));
            with_old_code(allowance, |contract| assert_eq!(output(call(contract, vec![])), u64::MAX.encode()));
            with_old_code(no_effect, |contract| assert!(output(call(contract, vec![])).is_empty()));
        });
    }

    #[test]
    fn functions_link_in_calls_and_nowhere_else() {
        on_chain(|| {
            for (module, name) in
                [("seal0", "random"), ("seal1", "random"), ("seal0", "seal_random"), ("seal1", "seal_random")]
            {
                let import = format!("(import \"{module}\" \"{name}\" (func $random (param i32 i32 i32 i32)))");
                let old = asks_for(&import, "");
                let upload = instantiate(Code::Upload(old.clone()), 0, vec![], vec![]);
                assert_err!(upload.result, Error::<Test>::CodeRejected);
                with_old_code(old, |contract| {
                    assert_ok!(call(contract, vec![]).result);
                    let code = Code::Existing(info(contract).code_hash);
                    assert_err!(instantiate(code, 0, vec![], vec![1]).result, Error::<Test>::CodeRejected);
                });
            }
        });
    }
}

#[test]
#[cfg(not(feature = "xcm"))]
fn a_chain_without_xcm_executes_nothing_and_sends_to_nowhere() {
    const IMPORTS: &str = r#"
        (import "seal0" "xcm_execute" (func $execute (param i32 i32) (result i32)))
        (import "seal0" "xcm_send" (func $send (param i32 i32 i32 i32) (result i32)))"#;
    let body = r#"
        (i64.store (i32.const 1008) (i64.const -1))
        (i32.store (i32.const 1000) (call $execute (i32.const 4) (i32.const 9)))
        (i32.store (i32.const 1004) (call $send (i32.const 4) (i32.const 4) (i32.const 9) (i32.const 1008)))
        (call $return (i32.const 0) (i32.const 1000) (i32.const 40))"#;
    on_chain(|| {
        let contract = deploy(calling(IMPORTS, body));
        let result = call(&contract, vec![]);
        assert!(result.gas_required.all_lt(GAS_LIMIT), "what a program could have taken is not required");
        let output = output(result);
        assert_eq!(output[..8], [13, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(output[8..], [0; 32]);
    });
}

#[test]
#[allow(deprecated, reason = "old calls are calls")]
fn calls_from_before_proofs_had_a_size_work_as_they_did() {
    use crate::Event;
    let code = contract("(import \"env\" \"memory\" (memory 1 1))");
    on_chain(|| {
        let (alice, gas) = (|| RuntimeOrigin::signed(ALICE), GAS_LIMIT.ref_time());
        assert_ok!(Contracts::instantiate_with_code_old_weight(alice(), 0, gas, None, code, vec![], vec![]));
        let instantiated = |events: Vec<Event<Test>>| {
            let found = events.into_iter().find_map(|event| match event {
                Event::Instantiated { contract, .. } => Some(contract),
                _ => None,
            });
            found.expect("a contract was instantiated")
        };
        let first = instantiated(events());
        let code_hash = info(&first).code_hash;
        assert_ok!(Contracts::instantiate_old_weight(alice(), 0, gas, None, code_hash, vec![], vec![1]));
        let second = instantiated(events());
        assert_ne!(first, second);
        assert_ok!(Contracts::call_old_weight(alice(), second.clone(), 0, gas, None, vec![]));
        assert_eq!(
            events().pop(),
            Some(Event::Called { caller: crate::Origin::Signed(ALICE), contract: second.clone() })
        );
        let too_little = Contracts::call_old_weight(alice(), second, 0, 1, None, vec![]);
        assert_err!(too_little.map_err(|error| error.error), Error::<Test>::OutOfGas);
    });
}
