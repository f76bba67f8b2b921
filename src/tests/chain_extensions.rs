//! Functions that a chain adds.

use super::*;
use crate::chain_extension::{
    ChainExtension, Environment, Ext, InitState, RegisteredChainExtension, Result, RetVal, ReturnFlags, SysConfig,
};
use frame_support::assert_ok;

/// Extension 1. It lives as long as a frame and counts its calls.
#[derive(Default)]
pub struct Tools {
    calls: u32,
}

impl ChainExtension<Test> for Tools {
    fn call<E: Ext<T = Test>>(&mut self, mut env: Environment<E, InitState>) -> Result<RetVal> {
        self.calls += 1;
        match env.func_id() {
            0 => {
                let mut env = env.buf_in_buf_out();
                env.charge_weight(Weight::from_parts(1_000_000, 0))?;
                let input = env.read(env.in_len())?;
                env.write(&input, true, Some(Weight::from_parts(1_000, 0)))?;
                Ok(RetVal::Converging(0))
            }
            1 => {
                let data = b"past the contract".to_vec();
                Ok(RetVal::Diverging { flags: ReturnFlags::REVERT, data })
            }
            2 => {
                let env = env.only_in();
                Ok(RetVal::Converging(env.val0() + 10 * env.val1() + 100 * env.val2() + 1_000 * env.val3()))
            }
            3 => Ok(RetVal::Converging(self.calls)),
            4 => {
                let address: <E::T as SysConfig>::AccountId = env.ext().address().clone();
                let balance = env.ext().balance();
                let limit = env.ext().gas_meter().gas_left();
                let known = env.ext().is_contract(&address) && balance == 0 && GAS_LIMIT.all_gte(limit);
                Ok(RetVal::Converging(u32::from(known && !env.ext().is_read_only())))
            }
            5 => {
                let charged = env.charge_weight(Weight::from_parts(1_000_000_000, 7))?;
                env.adjust_weight(charged, Weight::from_parts(500, 3));
                Ok(RetVal::Converging(0))
            }
            6 => {
                let mut env = env.buf_in_buf_out();
                let mut buffer = [0; 4];
                let mut slice = &mut buffer[..];
                env.read_into(&mut slice)?;
                let read = u32::try_from(slice.len()).unwrap();
                let compact: codec::Compact<u32> = env.read_as()?;
                Ok(RetVal::Converging(read * 100 + compact.0))
            }
            7 => {
                let mut env = env.buf_in_buf_out();
                let cost: u32 = env.read_as()?;
                env.charge_weight(Weight::from_parts(cost.into(), 0))?;
                Ok(RetVal::Converging(0))
            }
            _ => Err(DispatchError::Other("no such function")),
        }
    }

    fn enabled() -> bool {
        ChainExtensionsEnabled::get()
    }
}

impl RegisteredChainExtension<Test> for Tools {
    const ID: u16 = 1;
}

/// Extension 2, which fails.
#[derive(Default)]
pub struct Refusal;

impl ChainExtension<Test> for Refusal {
    fn call<E: Ext<T = Test>>(&mut self, _env: Environment<E, InitState>) -> Result<RetVal> {
        Err(DispatchError::Unavailable)
    }

    fn enabled() -> bool {
        ChainExtensionsEnabled::get()
    }
}

impl RegisteredChainExtension<Test> for Refusal {
    const ID: u16 = 2;
}

/// Extension 4, which nobody reaches.
#[derive(Default)]
pub struct SwitchedOff;

impl ChainExtension<Test> for SwitchedOff {
    fn call<E: Ext<T = Test>>(&mut self, _env: Environment<E, InitState>) -> Result<RetVal> {
        panic!("it is switched off")
    }

    fn enabled() -> bool {
        false
    }
}

impl RegisteredChainExtension<Test> for SwitchedOff {
    const ID: u16 = 4;
}

/// Passes the input behind its first four bytes, which are the number, to the extension, twice, and returns
/// the second result and the output.
const CALL: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
    (import "seal0" "call_chain_extension" (func $extension (param i32 i32 i32 i32 i32) (result i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\00\01")
    (data (i32.const 1000) "\00\01")
    (func $once (result i32)
        (i32.store (i32.const 1000) (i32.const 256))
        (call $extension (i32.load (i32.const 4))
            (i32.const 8) (i32.sub (i32.load (i32.const 0)) (i32.const 4)) (i32.const 2004) (i32.const 1000)))
    (func (export "call")
        (call $input (i32.const 4) (i32.const 0))
        (drop (call $once))
        (i32.store (i32.const 2000) (call $once))
        (call $return (i32.const 0) (i32.const 2000) (i32.const 16)))"#;

fn run(id: u32, data: &[u8]) -> CallResult {
    ChainExtensionsEnabled::set(true);
    let salt = crate::Nonce::<Test>::get().to_le_bytes().to_vec();
    let address = deploy_with(contract(CALL), 0, vec![], salt);
    call(&address, [&id.to_le_bytes(), data].concat())
}

fn number(result: CallResult) -> u32 {
    u32::from_le_bytes(output(result)[..4].try_into().unwrap())
}

const TOOLS: u32 = 1 << 16;

#[test]
fn an_extension_reads_input_and_writes_output() {
    on_chain(|| assert_eq!(output(run(TOOLS, b"bytes"))[4..9], *b"bytes"));
}

#[test]
fn an_extension_ends_the_call_past_the_contract() {
    on_chain(|| {
        let result = run(TOOLS + 1, b"").result.unwrap();
        assert!(result.did_revert());
        assert_eq!(result.data, b"past the contract");
    });
}

#[test]
fn an_extension_gets_four_numbers_in_order() {
    on_chain(|| assert_eq!(number(run(TOOLS + 2, b"")), 8 + 100 * 2_004 + 1_000 * 1_000));
}

#[test]
fn an_extension_lives_as_long_as_a_frame() {
    on_chain(|| {
        assert_eq!(number(run(TOOLS + 3, b"")), 2);
        assert_eq!(number(run(TOOLS + 3, b"")), 2);
    });
}

#[test]
fn an_extension_can_do_what_its_contract_can() {
    on_chain(|| assert_eq!(number(run(TOOLS + 4, b"")), 1));
}

#[test]
fn an_extension_pays_and_gets_back() {
    on_chain(|| {
        let result = run(TOOLS + 5, b"");
        assert!(result.gas_consumed.ref_time() < 1_000_000_000, "adjusted");
        assert!(result.gas_required.ref_time() > 1_000_000_000, "charged first");
        assert_ok!(result.result);
    });
}

#[test]
fn an_extension_reads_into_a_buffer_and_decodes() {
    on_chain(|| {
        assert_eq!(number(run(TOOLS + 6, &[4, 0])), 201);
        assert_eq!(number(run(TOOLS + 6, &[8, 0, 0, 0, 0, 0])), 402);
    });
}

#[test]
fn calls_go_to_the_extension_that_they_name_and_errors_come_from_it() {
    on_chain(|| {
        let error = |id| run(id, b"").result.unwrap_err();
        assert_eq!(error(2 << 16), DispatchError::Unavailable);
        assert_eq!(error(TOOLS + 99), DispatchError::Other("no such function"));
        assert_eq!(error(3 << 16), Error::<Test>::NoChainExtension.into());
        assert_eq!(error(0), Error::<Test>::NoChainExtension.into());
    });
}

#[test]
fn a_chain_that_switches_its_extensions_off_runs_no_code_that_imports_them() {
    on_chain(|| {
        ChainExtensionsEnabled::set(true);
        let address = deploy(contract(CALL));
        ChainExtensionsEnabled::set(false);
        assert_eq!(call(&address, vec![0; 4]).result, Err(Error::<Test>::CodeRejected.into()));
    });
}

#[test]
fn an_extension_that_is_switched_off_is_none() {
    on_chain(|| assert_eq!(run(4 << 16, b"").result, Err(Error::<Test>::NoChainExtension.into())));
}

#[test]
fn what_an_extension_charges_is_what_is_paid() {
    on_chain(|| {
        let used = |cost: u32| {
            let result = run(TOOLS + 7, &cost.to_le_bytes());
            assert_ok!(result.result);
            result.gas_consumed.ref_time()
        };
        let nothing = used(0);
        // It is called twice.
        assert_eq!([used(42), used(95)], [nothing + 2 * 42, nothing + 2 * 95]);
    });
}

#[test]
fn an_extension_cannot_charge_more_than_is_left() {
    on_chain(|| {
        ChainExtensionsEnabled::set(true);
        let address = deploy(contract(CALL));
        let input = [(TOOLS + 7).to_le_bytes(), u32::MAX.to_le_bytes()].concat();
        let limit = Weight::from_parts(u64::from(u32::MAX), GAS_LIMIT.proof_size());
        let result = call_with(&address, 0, limit, None, input);
        assert_eq!(result.result, Err(Error::<Test>::OutOfGas.into()));
        assert!(result.gas_consumed.all_lt(limit));
    });
}

/// A contract that calls itself in between: the inner frame has an extension of its own, and the outer one keeps its.
#[test]
fn each_frame_has_an_extension_of_its_own() {
    const NESTED: &str = r#"
        (import "seal0" "seal_input" (func $input (param i32 i32)))
        (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
        (import "seal0" "seal_address" (func $address (param i32 i32)))
        (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
        (import "seal0" "call_chain_extension" (func $extension (param i32 i32 i32 i32 i32) (result i32)))
        (import "env" "memory" (memory 1 1))
        (data (i32.const 0) "\20\00\00\00\20\00\00\00\10\00\00\00")
        ;; The third function of the first extension counts calls.
        (func $count (result i32)
            (call $extension (i32.const 65539) (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)))
        (func (export "call")
            (call $input (i32.const 100) (i32.const 0))
            (i32.store (i32.const 200) (call $count))
            (if (i32.load (i32.const 0)) (then
                (call $address (i32.const 300) (i32.const 4))
                (if (call $call (i32.const 8) (i32.const 300) (i64.const 0) (i32.const 400) (i32.const 0)
                    (i32.const 0) (i32.const 208) (i32.const 8)) (then unreachable))))
            (i32.store (i32.const 204) (call $count))
            (call $return (i32.const 0) (i32.const 200) (i32.const 16)))"#;
    on_chain(|| {
        ChainExtensionsEnabled::set(true);
        let address = deploy(contract(NESTED));
        let numbers: Vec<_> = output(call(&address, vec![1]))
            .chunks(4)
            .map(|number| u32::from_le_bytes(number.try_into().unwrap()))
            .collect();
        // Two answers of the outer frame, and then the beginning of what the inner one returned.
        assert_eq!(numbers, [1, 2, 1, 2]);
    });
}
