//! Every host function, called with arguments that make sense and with ones that do not.
//!
//! `recorded/host_calls.txt` has what pallet-contracts 51 did, call by call: the error, or a digest of output, memory, events,
//! deposit, storage and `proof_size`. There is a line for each function and each way in which its contract is run. It is written anew where the mock runtime is built with pallet-contracts
//! (BEHAVIOURS.md says how) by `UPDATE_GOLDEN=1 cargo test -p vellum-runtime-tests --test behaviour host_calls`.

use codec::Encode;
use frame_support::weights::Weight;
use pallet_contracts::{ExecReturnValue, HoldReason};
use sp_core::{Pair, ecdsa, sr25519};
use sp_io::hashing::blake2_256;
use sp_runtime::DispatchError;
use std::{env, fmt::Write, fs};
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, balance, call, deployed, held, instantiate, instantiate_stored, uploaded},
    fixture::{project, wat},
    inputs::{flag, forward},
    runtime::{
        AccountId, ChainExtensionEnabled, CodeHash, Contracts, RuntimeCall, RuntimeOrigin, System, UnstableInterface,
    },
    state,
};

/// How contracts that make the call are run, and how often each function is called like that.
const WAYS: [(Way, u32); 4] = [(Way::Called, 48), (Way::ReadOnly, 8), (Way::DelegatedTo, 8), (Way::Constructor, 8)];
/// One argument in so many makes no sense.
const ODD: usize = 6;

/// Left out, with the reason.
const LEFT_OUT: &[(&str, &str)] = &[
    ("gas_left", "instructions have other prices"),
    ("xcm_execute", "without XCM a program is not decoded"),
    ("xcm_send", "without XCM a program is not decoded"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Called,
    /// By a contract, which lets it change nothing.
    ReadOnly,
    /// By a contract, as code of its own.
    DelegatedTo,
    Constructor,
}

/// A row of docs/HOST_API.md.
struct Function {
    module: String,
    name: String,
    /// Names, and whether they have 64 bits.
    params: Vec<(String, bool)>,
    /// Whether there is a result, and whether it has 64 bits.
    result: Option<bool>,
    is_deprecated: bool,
}

fn functions() -> Vec<Function> {
    let text = fs::read_to_string(project().join("docs/HOST_API.md")).expect("the document is there");
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains("| `seal"));
    let functions = rows.map(|line| {
        let cells: Vec<&str> = line.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let (module, name) = cells[2].split_once('.').expect("imports have a module");
        let (params, result) = cells[4].split_once(')').expect("types have parameters");
        let params = params.trim_start_matches('(').split(", ").filter(|param| !param.is_empty());
        let params = params.map(|param| param.split_once(": ").expect("parameters have types"));
        Function {
            module: module.to_owned(),
            name: name.to_owned(),
            params: params.map(|(name, ty)| (name.to_owned(), ty == "i64")).collect(),
            result: result.split_once("-> ").map(|(_, ty)| ty == "i64"),
            is_deprecated: cells[5].contains("deprecated"),
        }
    });
    functions.filter(|function| LEFT_OUT.iter().all(|(name, _)| *name != function.name)).collect()
}

/// Where the input lies in memory, and what is where in it.
mod place {
    pub const INPUT: u32 = 1024;
    pub const ECHO: u32 = INPUT;
    pub const CODE_HASH: u32 = INPUT + 32;
    pub const FIVE: u32 = INPUT + 64;
    pub const ZERO: u32 = INPUT + 80;
    pub const ITSELF: u32 = INPUT + 96;
    /// No flags, and four bytes.
    pub const DATA: u32 = INPUT + 128;
    pub const TOPICS: u32 = INPUT + 144;
    pub const KEY: u32 = INPUT + 192;
    pub const RUNTIME_CALL: u32 = INPUT + 256;
    pub const ECDSA: u32 = INPUT + 320;
    pub const ECDSA_HASH: u32 = ECDSA + 65;
    pub const ECDSA_KEY: u32 = ECDSA_HASH + 32;
    pub const SR25519: u32 = INPUT + 480;
    pub const SR25519_KEY: u32 = SR25519 + 64;
    pub const MESSAGE: u32 = SR25519_KEY + 32;
    pub const END: u32 = MESSAGE + 7;
    /// A capacity, which the module has from the start.
    pub const CAPACITY: u32 = 2048;
    pub const OUTPUT: u32 = 2100;
    pub const RESULT: u32 = 3200;
    /// All that is looked at.
    pub const LOOK: u32 = 3300;
}

fn input(echo: &AccountId, code_hash: &CodeHash, itself: &AccountId) -> Vec<u8> {
    let offset = |at: u32| usize::try_from(at - place::INPUT).expect("places are few");
    let mut input = vec![0; offset(place::END)];
    let mut put = |at: u32, bytes: &[u8]| {
        input[offset(at)..][..bytes.len()].copy_from_slice(bytes);
    };
    put(place::ECHO, echo.as_ref());
    put(place::CODE_HASH, code_hash.as_ref());
    put(place::FIVE, &5u128.encode());
    put(place::ITSELF, itself.as_ref());
    put(place::DATA + 4, b"data");
    put(place::TOPICS, &vec![CodeHash::repeat_byte(7)].encode());
    put(place::KEY, &[3; 32]);
    put(place::RUNTIME_CALL, &runtime_call());
    let (message, pair) = (b"message", ecdsa::Pair::from_seed(&[7; 32]));
    put(place::ECDSA, &pair.sign_prehashed(&blake2_256(message)).0);
    put(place::ECDSA_HASH, &blake2_256(message));
    put(place::ECDSA_KEY, &pair.public().0);
    let pair = sr25519::Pair::from_seed(&[7; 32]);
    put(place::SR25519_KEY, pair.public().as_ref());
    put(place::MESSAGE, message);
    input
}

fn runtime_call() -> Vec<u8> {
    RuntimeCall::System(frame_system::Call::remark_with_event { remark: b"remark".to_vec() }).encode()
}

/// What makes sense for a parameter of this name.
fn sensible(function: &str, param: &str) -> Vec<u32> {
    use place::*;
    let nowhere = u32::MAX;
    match param {
        "callee_ptr" | "account_ptr" | "beneficiary_ptr" | "dest_ptr" => vec![ECHO, ITSELF],
        "code_hash_ptr" => vec![CODE_HASH],
        "value_ptr" if function.contains("storage") => vec![DATA],
        "value_len" if function.contains("storage") => vec![8, 0],
        "value_ptr" | "rent_allowance_ptr" => vec![FIVE, ZERO],
        "deposit_ptr" => vec![nowhere, ZERO],
        "key_ptr" if function == "ecdsa_to_eth_address" => vec![ECDSA_KEY],
        "key_ptr" => vec![KEY],
        "key_len" => vec![32, 4],
        "out_ptr" => vec![OUTPUT],
        "output_ptr" | "address_ptr" => vec![OUTPUT, nowhere],
        "out_len_ptr" | "output_len_ptr" | "address_len_ptr" => vec![CAPACITY],
        "topics_ptr" => vec![TOPICS],
        "topics_len" => vec![33, 0],
        "call_ptr" => vec![RUNTIME_CALL],
        "call_len" => vec![u32::try_from(runtime_call().len()).expect("it is short")],
        "signature_ptr" if function == "sr25519_verify" => vec![SR25519],
        "signature_ptr" => vec![ECDSA],
        "message_hash_ptr" => vec![ECDSA_HASH],
        "pub_key_ptr" => vec![SR25519_KEY],
        "message_ptr" => vec![MESSAGE],
        "message_len" => vec![7],
        "flags" if function == "seal_return" => vec![0, 1],
        "flags" => vec![0, 0, 1, 2, 4, 8, 16],
        "id" => vec![7],
        _ if param.ends_with("_ptr") => vec![DATA],
        _ if param.starts_with("callee") || param.starts_with("account") || param.starts_with("value") => vec![32, 0],
        _ => vec![8, 4, 0],
    }
}

const ODD_VALUES: [u32; 14] =
    [0, 1, 31, 33, 1_000, 65_500, 65_504, 65_520, 65_535, 65_536, 65_537, 0x7fff_ffff, u32::MAX, u32::MAX - 1];
const LIMITS: [u64; 5] = [0, 0, 1, 50_000_000_000, u64::MAX];

/// The arguments of a call: always the same ones, and as good as random ones.
fn arguments(function: &Function, number: u32) -> Vec<String> {
    let argument = |(place, (param, is_long)): (u32, &(String, bool))| {
        let dice = blake2_256(&(&function.module, &function.name, number, place).encode());
        let throw = |at: usize, sides: usize| usize::from(u16::from_le_bytes([dice[at], dice[at + 1]])) % sides;
        if *is_long {
            return format!("(i64.const {})", LIMITS[throw(0, LIMITS.len())]);
        }
        let sensible = sensible(&function.name, param);
        let is_odd = number > 1 && throw(2, ODD) == 0;
        let from = if is_odd { &ODD_VALUES[..] } else { &sensible[..] };
        format!("(i32.const {})", from[throw(0, from.len())])
    };
    (0..).zip(&function.params).map(argument).collect()
}

/// A contract that makes the call and returns what its memory looks like afterwards.
fn module(function: &Function, number: u32, way: Way) -> Vec<u8> {
    let (entry_point, other) = if way == Way::Constructor { ("deploy", "call") } else { ("call", "deploy") };
    // What is there beforehand cannot be written where nothing may change.
    let prepare = if way == Way::ReadOnly {
        ""
    } else {
        "(drop (call $set (i32.const 100) (i32.const 4) (i32.const 104) (i32.const 5)))"
    };
    let (module, name) = (&function.module, &function.name);
    let ty = |is_long: bool| if is_long { "i64" } else { "i32" };
    let params: String = function.params.iter().map(|(_, is_long)| format!(" {}", ty(*is_long))).collect();
    let result = function.result.map(|is_long| format!("(result {})", ty(is_long))).unwrap_or_default();
    let arguments = arguments(function, number).join(" ");
    let call = match function.result {
        Some(is_long) => format!("({}.store (i32.const {}) (call $f {arguments}))", ty(is_long), place::RESULT),
        None => format!("(call $f {arguments})"),
    };
    let text = format!(
        r#"(module
            (import "{module}" "{name}" (func $f (param{params}) {result}))
            (import "seal0" "input" (func $input (param i32 i32)))
            (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
            (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
            (import "seal0" "set_transient_storage" (func $set_transient (param i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const {}) "\00\04")
            (data (i32.const 0) "\00\08")
            (data (i32.const 100) "\03\03\03\03value")
            (func (export "{other}"))
            (func (export "{entry_point}")
                {prepare}
                (drop (call $set_transient (i32.const 100) (i32.const 4) (i32.const 104) (i32.const 5)))
                (call $input (i32.const {}) (i32.const 0))
                {call}
                (call $return (i32.const 0) (i32.const 0) (i32.const {}))))"#,
        place::CAPACITY,
        place::INPUT,
        place::LOOK,
    );
    wat::parse_str(text).expect("the text is a module")
}

/// What the call did.
fn outcome(function: &Function, number: u32, way: Way) -> String {
    chain::new().execute_with(|| {
        UnstableInterface::set(true);
        ChainExtensionEnabled::set(true);
        let (echo, code_hash) = (deployed("echo"), uploaded(&wat("nothing")));
        // Deprecated functions are in stored code only, so it takes the place of other code.
        let code = module(function, number, way);
        let stand_in = if function.is_deprecated { wat("echo") } else { code.clone() };
        let stored = uploaded(&stand_in);
        if function.is_deprecated {
            state::put_pristine_code(&stored, &code);
        }
        let of = |itself: &AccountId| input(&echo, &code_hash, itself);
        if way == Way::Constructor {
            let new = instantiate_stored(stored).from(&BOB).value(1_000).bytes(&of(&echo)).salt(b"itself");
            System::reset_events();
            let created = new.run();
            let result = created.result.map(|created| created.result);
            return told(result, &echo, created.gas_consumed);
        }
        let itself = match way {
            Way::DelegatedTo => instantiate(&wat("delegate")),
            _ if function.is_deprecated => instantiate(&wat("nothing")),
            _ => instantiate_stored(stored),
        };
        let itself = itself.value(1_000).salt(b"itself").address();
        if function.is_deprecated && way != Way::DelegatedTo {
            Contracts::set_code(RuntimeOrigin::root(), itself.clone(), stored).expect("the code is stored");
        }
        let (contract, bytes) = match way {
            Way::ReadOnly => {
                let forwarded = forward(&itself).flags(flag::READ_ONLY).bytes();
                (deployed("call"), [forwarded, of(&itself)].concat())
            }
            Way::DelegatedTo => (itself.clone(), [(0u32, stored).encode(), of(&itself)].concat()),
            Way::Called | Way::Constructor => (itself.clone(), of(&itself)),
        };
        System::reset_events();
        let result = call(&contract).from(&BOB).value(10).bytes(&bytes).run();
        told(result.result, &itself, result.gas_consumed)
    })
}

/// The error, or a digest of what can be seen.
fn told(result: Result<ExecReturnValue, DispatchError>, contract: &AccountId, gas: Weight) -> String {
    let returned = match result {
        Err(DispatchError::Module(error)) => return error.message.unwrap_or("?").to_owned(),
        Err(error) => return format!("{error:?}"),
        Ok(returned) => (returned.flags.bits(), returned.data),
    };
    let contracts: Vec<_> = state::contracts()
        .into_iter()
        .map(|(account, info)| {
            let books = (info.values(), info.total_deposit(), info.code_hash);
            (books, held(HoldReason::StorageDepositReserve, &account), balance(&account), account)
        })
        .collect();
    let balances = [&ALICE, &BOB, contract].map(balance);
    let digest = blake2_256(&(returned, System::events(), contracts, balances, gas.proof_size()).encode());
    format!("{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3])
}

#[test]
fn every_function_does_what_pallet_contracts_does() {
    let mut text = String::new();
    for function in functions() {
        for (way, calls) in WAYS {
            write!(text, "{}.{} {way:?}:", function.module, function.name).expect("strings take everything");
            let calls = if function.params.is_empty() { 1 } else { calls };
            for number in 0..calls {
                write!(text, " {}", outcome(&function, number, way)).expect("strings take everything");
            }
            text.push('\n');
        }
    }
    let path = project().join("runtime-tests/recorded/host_calls.txt");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).expect("the record can be written");
    }
    let recorded = fs::read_to_string(&path).expect("the record is there");
    let differences: Vec<(&str, &str)> = text.lines().zip(recorded.lines()).filter(|(now, then)| now != then).collect();
    assert!(differences.is_empty(), "now, and then: {differences:#?}");
    assert_eq!(text.len(), recorded.len());
}
