//! A host in a few lines, for runs that have to be watched from outside of the pallet.
//!
//! It knows one contract and answers what that asks for; other contracts do not exist for it. Every exit of the
//! engine is noted with the fuel that was left: this is the whole of what a chain could see of a run.

use crate::recorded::{BLOCK, CALLER, CONTRACT, CONTRACT_BALANCE, NOW};
use sp_io::hashing;
use std::collections::BTreeMap;
use vellum_engine::{Execution, Exit, Instance, Mode, Module, Policy, RunLimits};
use vellum_runtime_tests::inputs::{NONE, code};

/// Limits like those of a chain.
const LIMITS: RunLimits =
    RunLimits { call_depth: 1_024, stack_height: 131_072, memory_pages: 16, table_elements: 16_384 };

/// What a contract has stored.
pub type Values = BTreeMap<Vec<u8>, Vec<u8>>;

/// What a run looked like from outside.
#[derive(PartialEq, Eq, Debug, Clone)]
pub struct Trace {
    /// Each host call, and the fuel left when it was made.
    pub host_calls: Vec<(String, u64)>,
    /// How it ended.
    pub end: End,
    /// The fuel left at the end.
    pub fuel: u64,
}

/// How a run ended.
#[derive(PartialEq, Eq, Debug, Clone)]
pub enum End {
    /// By itself, or by returning.
    Returned { flags: u32, data: Vec<u8> },
    /// By a trap of the engine.
    Trapped(vellum_engine::Trap),
    /// By something that this host does not do, or that was asked for in a wrong way.
    Refused(&'static str),
    /// For want of fuel.
    OutOfFuel,
}

/// Why a host call ends the run.
enum Stop {
    Return(u32, Vec<u8>),
    Refuse(&'static str),
}

type Answer = Result<Option<u64>, Stop>;

/// Loads code with the prices of a chain.
pub fn load(code: &[u8], mode: Mode) -> Module {
    Module::new(code, &Policy::contracts(), &vellum_weights::host(), mode)
        .unwrap_or_else(|error| panic!("the code is valid: {error}"))
}

/// Runs an entry point. What it stores stays only if it returned without reverting.
pub fn run(module: &Module, entry: &str, input: &[u8], values: &mut Values, fuel: u64) -> Trace {
    let mut host = SmallHost { input, values: values.clone() };
    let mut trace = Trace { host_calls: Vec::new(), end: End::OutOfFuel, fuel };
    let entry = module.exported_func(entry).expect("contracts export their entry points");
    let mut instance = Instance::new(module, LIMITS).expect("what was accepted can be instantiated");
    if let Some(start) = module.start_func() {
        let mut execution = instance.call(start, &[]);
        match finish(module, &mut execution, &mut host, &mut trace) {
            None => instance = execution.into_instance(),
            Some(end) => {
                trace.end = end;
                return trace;
            }
        }
    }
    let end = finish(module, &mut instance.call(entry, &[]), &mut host, &mut trace);
    trace.end = end.unwrap_or(End::Returned { flags: 0, data: Vec::new() });
    if matches!(trace.end, End::Returned { flags: 0, .. }) {
        *values = host.values;
    }
    trace
}

/// Runs a function to its end; `None` if it just ended.
fn finish(module: &Module, execution: &mut Execution, host: &mut SmallHost<'_>, trace: &mut Trace) -> Option<End> {
    let imports: Vec<(&str, &str)> =
        (0..module.func_import_count()).filter_map(|func| module.func_import_name(func)).collect();
    let mut exit = execution.run(&mut trace.fuel);
    loop {
        match exit {
            Exit::Finished => return None,
            Exit::OutOfFuel => return Some(End::OutOfFuel),
            Exit::Trap(trap) => return Some(End::Trapped(trap)),
            Exit::HostCall { import } => {
                let (module, name) = imports[import as usize];
                trace.host_calls.push((format!("{module}::{name}"), trace.fuel));
                match host.answer(module, name.trim_start_matches("seal_"), execution) {
                    Ok(result) => exit = execution.resume(result.as_slice(), &mut trace.fuel),
                    Err(Stop::Return(flags, data)) => return Some(End::Returned { flags, data }),
                    Err(Stop::Refuse(reason)) => return Some(End::Refused(reason)),
                }
            }
        }
    }
}

struct SmallHost<'a> {
    input: &'a [u8],
    values: Values,
}

impl SmallHost<'_> {
    fn answer(&mut self, module: &str, name: &str, run: &mut Execution) -> Answer {
        let args: Vec<u32> = run.args().iter().map(|cell| *cell as u32).collect();
        match (module, name, &args[..]) {
            (_, "return", &[flags, data, len]) => Err(Stop::Return(flags, read(run, data, len)?)),
            (_, "input", &[out, len]) => write_out(run, out, len, self.input),
            (_, "caller", &[out, len]) => write_out(run, out, len, &CALLER),
            (_, "address", &[out, len]) => write_out(run, out, len, &CONTRACT),
            (_, "balance", &[out, len]) => write_out(run, out, len, &CONTRACT_BALANCE.to_le_bytes()),
            (_, "value_transferred", &[out, len]) => write_out(run, out, len, &0u128.to_le_bytes()),
            (_, "minimum_balance", &[out, len]) => write_out(run, out, len, &1u128.to_le_bytes()),
            (_, "block_number", &[out, len]) => write_out(run, out, len, &BLOCK.to_le_bytes()),
            (_, "now", &[out, len]) => write_out(run, out, len, &NOW.to_le_bytes()),
            (_, "gas_left", &[out, len]) => write_out(run, out, len, &1_000_000u64.to_le_bytes()),
            (_, "deposit_event", &[topics, topics_len, data, data_len]) => {
                read(run, topics, topics_len)?;
                read(run, data, data_len)?;
                Ok(None)
            }
            (_, "debug_message", _) => Ok(Some(code::SUCCESS.into())),
            (_, "is_contract", _) => Ok(Some(0)),
            (_, "caller_is_origin", _) => Ok(Some(1)),
            (_, "transfer", _) => Ok(Some(code::TRANSFER_FAILED.into())),
            (_, "call", _) => Ok(Some(code::NOT_CALLABLE.into())),
            (_, "code_hash", _) => Ok(Some(code::KEY_NOT_FOUND.into())),
            (_, "instantiate" | "delegate_call" | "set_code_hash", _) => Ok(Some(code::CODE_NOT_FOUND.into())),
            (_, hash, &[data, len, out]) if hash.starts_with("hash_") => self.hash(hash, run, (data, len, out)),
            (version, storage, args) if storage.ends_with("_storage") => self.storage(version, storage, args, run),
            _ => Err(Stop::Refuse("not a function of this host")),
        }
    }

    fn hash(&self, name: &str, run: &mut Execution, (data, len, out): (u32, u32, u32)) -> Answer {
        let data = read(run, data, len)?;
        let hash = match name {
            "hash_sha2_256" => hashing::sha2_256(&data).to_vec(),
            "hash_keccak_256" => hashing::keccak_256(&data).to_vec(),
            "hash_blake2_256" => hashing::blake2_256(&data).to_vec(),
            "hash_blake2_128" => hashing::blake2_128(&data).to_vec(),
            _ => return Err(Stop::Refuse("an unknown hash")),
        };
        write(run, out, &hash)?;
        Ok(None)
    }

    /// The versions differ in whether the key has a length, and in whether an old length is returned.
    fn storage(&mut self, version: &str, name: &str, args: &[u32], run: &mut Execution) -> Answer {
        let fixed_key = matches!((version, name), ("seal0", name) if name != "take_storage")
            || (version, name) == ("seal1", "set_storage");
        let (key, rest) =
            if fixed_key { (read(run, args[0], 32)?, &args[1..]) } else { (read(run, args[0], args[1])?, &args[2..]) };
        let key = [&[u8::from(fixed_key)], &key[..]].concat();
        let old_len = |old: Option<Vec<u8>>| old.map_or(NONE, |old| old.len() as u32).into();
        match (name, rest) {
            ("set_storage", &[data, len]) => {
                let old = self.values.insert(key, read(run, data, len)?);
                Ok((version != "seal0").then(|| old_len(old)))
            }
            ("clear_storage", _) => {
                let old = self.values.remove(&key);
                Ok((version != "seal0").then(|| old_len(old)))
            }
            ("contains_storage", _) => Ok(Some(old_len(self.values.get(&key).cloned()))),
            ("get_storage" | "take_storage", &[out, len]) => {
                let Some(value) = self.values.get(&key).cloned() else {
                    return Ok(Some(code::KEY_NOT_FOUND.into()));
                };
                if name == "take_storage" {
                    self.values.remove(&key);
                }
                write_out(run, out, len, &value)?;
                Ok(Some(code::SUCCESS.into()))
            }
            _ => Err(Stop::Refuse("not a function of this host")),
        }
    }
}

fn read(run: &Execution, offset: u32, len: u32) -> Result<Vec<u8>, Stop> {
    if len as usize > run.memory_bytes() {
        return Err(Stop::Refuse("out of bounds"));
    }
    let mut bytes = vec![0; len as usize];
    run.read_memory(offset, &mut bytes).map_err(|_| Stop::Refuse("out of bounds"))?;
    Ok(bytes)
}

fn write(run: &mut Execution, offset: u32, bytes: &[u8]) -> Result<(), Stop> {
    run.write_memory(offset, bytes).map_err(|_| Stop::Refuse("out of bounds"))
}

/// Writes where the contract wants it, if it has made room for so much.
fn write_out(run: &mut Execution, out: u32, len_pointer: u32, bytes: &[u8]) -> Answer {
    let room = read(run, len_pointer, 4)?;
    let room = u32::from_le_bytes([room[0], room[1], room[2], room[3]]);
    if (room as usize) < bytes.len() {
        return Err(Stop::Refuse("the buffer is too small"));
    }
    write(run, out, bytes)?;
    write(run, len_pointer, &(bytes.len() as u32).to_le_bytes())?;
    Ok(None)
}
