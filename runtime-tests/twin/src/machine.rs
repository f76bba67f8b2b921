//! A contract that calls whatever host functions its input names, with whatever arguments.
//!
//! Its input is a program: bytes that instructions point to, then instructions, each an operation and its arguments.
//! What the host functions answer is written down and returned. Constructor and message do the same. So a program can
//! do all that a contract can do, call itself with another program included.

use std::fmt::Write;

/// What a parameter of a host function stands for. Those that are a pointer and a length are two parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// Points to an account.
    Account,
    /// Points to a code hash.
    CodeHash,
    /// Points to an amount.
    Amount,
    /// Points to an amount, or says that there is no limit.
    Limit,
    /// Points to a key of 32 bytes.
    Key,
    /// A key and its length.
    KeyOfLength,
    /// A value and its length.
    Value,
    /// A salt and its length.
    Salt,
    /// Encoded topics and their length.
    Topics,
    /// A program for another contract, and its length.
    Program,
    /// Where output goes, and where its length stands.
    Output,
    /// The same, for what must not be seen again as it differs between engines.
    Unseen,
    /// A call of the runtime and its length.
    RuntimeCall,
    /// Where 64 bytes go.
    Place,
    /// Points to 65 bytes of something.
    Blob,
    /// A length, then a pointer to so many bytes.
    Reversed,
    /// A limit of weight, in one dimension.
    Gas,
    /// Flags of a call.
    CallFlags,
    /// A length that is ignored.
    Ignored,
    /// A number.
    Number,
}

use Parameter::*;

impl Parameter {
    /// Its types in WebAssembly.
    fn types(self) -> &'static str {
        match self {
            KeyOfLength | Value | Salt | Topics | Program | Output | Unseen | RuntimeCall | Reversed => "i32 i32",
            Gas => "i64",
            Account | CodeHash | Amount | Limit | Key | Place | Blob | CallFlags | Ignored | Number => "i32",
        }
    }

    /// How many parameters of WebAssembly it is.
    pub fn count(self) -> usize {
        self.types().split(' ').count()
    }
}

/// Who may import a function.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interface {
    /// All code.
    Stable,
    /// All code on a chain that allows what may still change.
    Unstable,
    /// Code that was stored long ago.
    Deprecated,
}

use Interface::*;

/// A host function.
pub struct Function {
    module: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub parameters: &'static [Parameter],
    result: &'static str,
    /// Who may import it.
    pub interface: Interface,
}

const fn f(
    module: &'static str,
    name: &'static str,
    parameters: &'static [Parameter],
    result: &'static str,
    interface: Interface,
) -> Function {
    Function { module, name, parameters, result, interface }
}

/// All host functions but `seal_return`, and those for XCM, which this chain has not.
pub const FUNCTIONS: &[Function] = &[
    f("seal0", "set_storage", &[Key, Value], "", Stable),
    f("seal1", "set_storage", &[Key, Value], "i32", Stable),
    f("seal2", "set_storage", &[KeyOfLength, Value], "i32", Stable),
    f("seal0", "clear_storage", &[Key], "", Stable),
    f("seal1", "clear_storage", &[KeyOfLength], "i32", Stable),
    f("seal0", "get_storage", &[Key, Output], "i32", Stable),
    f("seal1", "get_storage", &[KeyOfLength, Output], "i32", Stable),
    f("seal0", "contains_storage", &[Key], "i32", Stable),
    f("seal1", "contains_storage", &[KeyOfLength], "i32", Stable),
    f("seal0", "take_storage", &[KeyOfLength, Output], "i32", Stable),
    f("seal0", "transfer", &[Account, Ignored, Amount, Ignored], "i32", Stable),
    f("seal0", "call", &[Account, Ignored, Gas, Amount, Ignored, Program, Output], "i32", Stable),
    f("seal1", "call", &[CallFlags, Account, Gas, Amount, Program, Output], "i32", Stable),
    f("seal2", "call", &[CallFlags, Account, Gas, Gas, Limit, Amount, Program, Output], "i32", Stable),
    f("seal0", "delegate_call", &[CallFlags, CodeHash, Program, Output], "i32", Stable),
    f("seal0", "instantiate", &[CodeHash, Ignored, Gas, Amount, Ignored, Program, Output, Output, Salt], "i32", Stable),
    f("seal1", "instantiate", &[CodeHash, Gas, Amount, Program, Output, Output, Salt], "i32", Stable),
    f("seal2", "instantiate", &[CodeHash, Gas, Gas, Limit, Amount, Program, Output, Output, Salt], "i32", Stable),
    f("seal0", "terminate", &[Account, Ignored], "", Stable),
    f("seal1", "terminate", &[Account], "", Stable),
    f("seal0", "input", &[Output], "", Stable),
    f("seal0", "caller", &[Output], "", Stable),
    f("seal0", "is_contract", &[Account], "i32", Stable),
    f("seal0", "code_hash", &[Account, Output], "i32", Stable),
    f("seal0", "own_code_hash", &[Output], "", Stable),
    f("seal0", "caller_is_origin", &[], "i32", Stable),
    f("seal0", "caller_is_root", &[], "i32", Stable),
    f("seal0", "address", &[Output], "", Stable),
    f("seal0", "weight_to_fee", &[Gas, Output], "", Stable),
    f("seal0", "gas_left", &[Unseen], "", Stable),
    f("seal0", "balance", &[Output], "", Stable),
    f("seal0", "value_transferred", &[Output], "", Stable),
    f("seal0", "now", &[Output], "", Stable),
    f("seal0", "minimum_balance", &[Output], "", Stable),
    f("seal0", "block_number", &[Output], "", Stable),
    f("seal0", "deposit_event", &[Topics, Value], "", Stable),
    f("seal0", "hash_sha2_256", &[Value, Place], "", Stable),
    f("seal0", "hash_keccak_256", &[Value, Place], "", Stable),
    f("seal0", "hash_blake2_256", &[Value, Place], "", Stable),
    f("seal0", "hash_blake2_128", &[Value, Place], "", Stable),
    f("seal0", "call_chain_extension", &[Number, Value, Output], "i32", Stable),
    f("seal0", "debug_message", &[Value], "i32", Stable),
    f("seal0", "call_runtime", &[RuntimeCall], "i32", Stable),
    f("seal0", "ecdsa_recover", &[Blob, Blob, Place], "i32", Stable),
    f("seal0", "sr25519_verify", &[Blob, Blob, Reversed], "i32", Stable),
    f("seal0", "set_code_hash", &[CodeHash], "i32", Stable),
    f("seal0", "ecdsa_to_eth_address", &[Blob, Place], "i32", Stable),
    f("seal0", "instantiation_nonce", &[], "i64", Stable),
    f("seal0", "lock_delegate_dependency", &[CodeHash], "", Stable),
    f("seal0", "unlock_delegate_dependency", &[CodeHash], "", Stable),
    f("seal0", "set_transient_storage", &[KeyOfLength, Value], "i32", Unstable),
    f("seal0", "clear_transient_storage", &[KeyOfLength], "i32", Unstable),
    f("seal0", "get_transient_storage", &[KeyOfLength, Output], "i32", Unstable),
    f("seal0", "contains_transient_storage", &[KeyOfLength], "i32", Unstable),
    f("seal0", "take_transient_storage", &[KeyOfLength, Output], "i32", Unstable),
    f("seal0", "reentrance_count", &[], "i32", Unstable),
    f("seal0", "account_reentrance_count", &[Account], "i32", Unstable),
    f("seal1", "gas_left", &[Unseen], "", Unstable),
    f("seal1", "weight_to_fee", &[Gas, Gas, Output], "", Unstable),
    f("seal0", "random", &[Value, Output], "", Deprecated),
    f("seal1", "random", &[Value, Output], "", Deprecated),
    f("seal0", "tombstone_deposit", &[Output], "", Deprecated),
    f("seal0", "restore_to", &[Account, Ignored, CodeHash, Ignored, Amount, Ignored, Value], "", Deprecated),
    f("seal1", "restore_to", &[Account, CodeHash, Amount, Value], "", Deprecated),
    f("seal0", "set_rent_allowance", &[Amount, Ignored], "", Deprecated),
    f("seal1", "set_rent_allowance", &[Amount], "", Deprecated),
    f("seal0", "rent_allowance", &[Output], "", Deprecated),
];

/// Operations that are no host functions.
#[derive(Clone, Copy)]
pub enum Own {
    /// Ends: flags.
    Return,
    /// Traps.
    Trap,
    /// Goes round so often: count.
    Spin,
    /// Reads a byte: address.
    Load,
    /// Grows memory: pages.
    Grow,
}

/// All of [`Own`], in the order of their numbers, which follow those of all functions. The first function is number 1.
const OWN: [Own; 5] = [Own::Return, Own::Trap, Own::Spin, Own::Load, Own::Grow];

impl Own {
    fn body(self) -> &'static str {
        match self {
            Own::Return => {
                "(call $seal_return (i32.wrap_i64 (i64.load offset=4 (local.get $p)))
                 (i32.const 0x18000) (i32.sub (local.get $r) (i32.const 0x18000)))"
            }
            Own::Trap => "unreachable",
            Own::Spin => {
                "(local.set $n (i64.load offset=4 (local.get $p)))
                 (loop $again
                    (local.set $n (i64.sub (local.get $n) (i64.const 1)))
                    (br_if $again (i64.gt_s (local.get $n) (i64.const 0))))"
            }
            Own::Load => "(local.set $n (i64.load8_u (i32.wrap_i64 (i64.load offset=4 (local.get $p)))))",
            Own::Grow => {
                "(local.set $n (i64.extend_i32_u (memory.grow (i32.wrap_i64 (i64.load offset=4 (local.get $p))))))"
            }
        }
    }

    fn arguments(self) -> usize {
        if matches!(self, Own::Trap) { 0 } else { 1 }
    }
}

/// Where output goes: the second page.
pub const OUTPUT: u32 = 0x1_0000;
/// Where output goes that must not be seen.
pub const UNSEEN: u32 = 0x1_6000;
/// Where memory ends.
pub const MEMORY_END: u32 = 0x2_0000;

/// The machine's code. Codes of another `number` are others, of the same behaviour.
pub fn code(interface: Interface, relaxed: bool, number: u32) -> Vec<u8> {
    let imported: Vec<(usize, &Function)> = imported(interface).collect();
    let operations = FUNCTIONS.len() + OWN.len();
    let mut text = String::from("(module\n");
    for (index, function) in &imported {
        let types: String = function.parameters.iter().map(|parameter| format!("{} ", parameter.types())).collect();
        let _ = write!(text, "(import {:?} {:?} (func $f{index} (param {types})", function.module, function.name);
        let _ = if function.result.is_empty() {
            writeln!(text, "))")
        } else {
            writeln!(text, "(result {})))", function.result)
        };
    }
    text += r#"(import "seal0" "seal_return" (func $seal_return (param i32 i32 i32)))
        (import "seal0" "seal_input" (func $seal_input (param i32 i32)))
        (import "env" "memory" (memory 2 4))
        (func $run (local $p i32) (local $r i32) (local $n i64)
            (i32.store (i32.const 0x17ffc) (i32.const 0xfff0))
            (call $seal_input (i32.const 0) (i32.const 0x17ffc))
            (local.set $p (i32.load (i32.const 0)))
            (local.set $r (i32.const 0x18000))
            (loop $next"#;
    text += "(block ";
    text += &"(block ".repeat(operations);
    // Operation 0, which is what memory is full of, and those that there are not, trap.
    let labels: String = (0..=operations).map(|label| format!("{label} ")).collect();
    let _ = write!(text, "(br_table {operations} {labels} (i32.load (local.get $p)))");
    for operation in 0..operations {
        text += ")\n";
        let (body, arguments) = match FUNCTIONS.get(operation) {
            Some(_) if !imported.iter().any(|(index, _)| *index == operation) => ("unreachable".into(), 0),
            Some(function) => host_call(operation, function),
            None => {
                let own = OWN[operation - FUNCTIONS.len()];
                (own.body().to_owned(), own.arguments())
            }
        };
        let _ = write!(
            text,
            "(local.set $n (i64.const 0)) {body}
             (i64.store (local.get $r) (local.get $n))
             (local.set $r (i32.add (local.get $r) (i32.const 8)))
             (local.set $p (i32.add (local.get $p) (i32.const {})))
             (br $next)\n",
            4 + 8 * arguments
        );
    }
    let float = if relaxed { "(func (result f32) (f32.add (f32.const 1) (f32.const 2)))" } else { "" };
    let _ = write!(
        text,
        ") unreachable))
        {float}
        (func (export \"deploy\") (call $run))
        (func (export \"call\") (call $run))
        (data (i32.const 0x17f00) \"{number:08}\"))"
    );
    wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What code of an interface can import, and the numbers.
pub fn imported(interface: Interface) -> impl Iterator<Item = (usize, &'static Function)> {
    FUNCTIONS.iter().enumerate().filter(move |(_, function)| function.interface <= interface)
}

/// The number of a function.
pub fn index(module: &str, name: &str) -> usize {
    let is_it = |function: &Function| function.module == module && function.name == name;
    FUNCTIONS.iter().position(is_it).unwrap_or_else(|| panic!("no {module}.{name}"))
}

/// The call of a function, and how many arguments it reads.
fn host_call(index: usize, function: &Function) -> (String, usize) {
    let types: Vec<&str> = function.parameters.iter().flat_map(|parameter| parameter.types().split(' ')).collect();
    let mut call = format!("(call $f{index}");
    for (argument, ty) in types.iter().enumerate() {
        let load = format!("(i64.load offset={} (local.get $p))", 4 + 8 * argument);
        call += &if *ty == "i32" { format!(" (i32.wrap_i64 {load})") } else { load };
    }
    call.push(')');
    let body = match function.result {
        "" => call,
        "i32" => format!("(local.set $n (i64.extend_i32_u {call}))"),
        _ => format!("(local.set $n {call})"),
    };
    (body, types.len())
}

/// A program under construction.
#[derive(Default)]
pub struct Program {
    data: Vec<u8>,
    instructions: Vec<u8>,
}

impl Program {
    /// Places bytes and returns where they will be. In front of all data stands where instructions begin.
    pub fn place(&mut self, bytes: &[u8]) -> u32 {
        let address = u32::try_from(self.data.len() + 4).expect("programs are short");
        self.data.extend_from_slice(bytes);
        address
    }

    /// Adds the call of a function.
    pub fn call(&mut self, index: usize, arguments: &[u64]) {
        let expected: usize = FUNCTIONS[index].parameters.iter().map(|parameter| parameter.count()).sum();
        assert_eq!(arguments.len(), expected, "{}", FUNCTIONS[index].name);
        self.instruction(index, arguments);
    }

    /// Adds an operation of the machine's own.
    pub fn own(&mut self, own: Own, argument: u64) {
        let index = FUNCTIONS.len() + OWN.iter().position(|other| *other as u8 == own as u8).expect("all are listed");
        self.instruction(index, &vec![argument; own.arguments()]);
    }

    fn instruction(&mut self, index: usize, arguments: &[u64]) {
        let index = u32::try_from(index + 1).expect("there are few");
        self.instructions.extend(index.to_le_bytes());
        arguments.iter().for_each(|argument| self.instructions.extend(argument.to_le_bytes()));
    }

    /// The input that makes the machine run it, and return with these flags.
    pub fn finish(mut self, flags: u32) -> Vec<u8> {
        self.own(Own::Return, flags.into());
        let start = u32::try_from(self.data.len() + 4).expect("programs are short");
        [&start.to_le_bytes(), &self.data[..], &self.instructions].concat()
    }
}
