//! The smallest host on which contracts run: storage in memory, fixed caller, no fees. Every engine
//! gets the same one, so that what is compared is the engines.
//!
//! It records what contracts do, and ends a call at `seal_return` as a chain does. The functions of
//! the module `test` are for generated modules: they compute something from their arguments.
//!
//! It needs no more than `alloc`: `guest/` has it inside WebAssembly.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use blake2::digest::consts::U32;
use blake2::{Blake2b, Digest};
use sha3::Keccak256;

/// What storage answers when a key is not there.
const KEY_NOT_FOUND: u64 = 3;
/// What `set_storage` answers when there was nothing before.
const NO_VALUE_BEFORE: u64 = 0xffff_ffff;
/// What `call` answers where no contract is: there is only one here.
const NOT_CALLABLE: u64 = 8;
/// How long the keys of old storage functions are.
const FIXED_KEY_BYTES: u32 = 32;
/// Where the contract lives.
const ADDRESS: [u8; 32] = [0xc0; 32];

/// A pointer of the guest that does not point into its memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfBounds;

/// Linear memory as a host function sees it.
pub trait GuestMemory {
    /// Copies out.
    ///
    /// # Errors
    /// If the span does not lie inside.
    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), OutOfBounds>;
    /// Copies in.
    ///
    /// # Errors
    /// If the span does not lie inside.
    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), OutOfBounds>;
}

impl GuestMemory for [u8] {
    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        let span = span(offset, into.len()).and_then(|span| self.get(span)).ok_or(OutOfBounds)?;
        into.copy_from_slice(span);
        Ok(())
    }

    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        let span = span(offset, from.len()).and_then(|span| self.get_mut(span)).ok_or(OutOfBounds)?;
        span.copy_from_slice(from);
        Ok(())
    }
}

fn span(offset: u32, len: usize) -> Option<core::ops::Range<usize>> {
    let start = usize::try_from(offset).ok()?;
    Some(start..start.checked_add(len)?)
}

macro_rules! host_functions {
    ($($name:ident = $module:literal, $text:literal, $params:literal => $results:literal;)*) => {
        /// A function that the host offers.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[allow(missing_docs, reason = "the names are those of the interface")]
        pub enum HostFunction { $($name),* }

        impl HostFunction {
            /// Every function.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Module and name that it is imported by today.
            pub const fn import(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($module, $text)),* }
            }

            /// Parameters and results, a letter each: `i` is an i32, `I` an i64.
            pub const fn signature(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($params, $results)),* }
            }
        }
    };
}

host_functions! {
    Input = "seal0", "input", "ii" => "";
    Return = "seal0", "seal_return", "iii" => "";
    Caller = "seal0", "caller", "ii" => "";
    ValueTransferred = "seal0", "value_transferred", "ii" => "";
    DepositEvent = "seal0", "deposit_event", "iiii" => "";
    HashBlake2 = "seal0", "hash_blake2_256", "iii" => "";
    HashKeccak = "seal0", "hash_keccak_256", "iii" => "";
    Address = "seal0", "address", "ii" => "";
    DebugMessage = "seal0", "debug_message", "ii" => "i";
    GetStorageFixed = "seal0", "get_storage", "iii" => "i";
    SetStorageFixed = "seal0", "set_storage", "iii" => "";
    ClearStorageFixed = "seal0", "clear_storage", "i" => "";
    SetStorageFixedSized = "seal1", "set_storage", "iii" => "i";
    GetStorage = "seal1", "get_storage", "iiii" => "i";
    SetStorage = "seal2", "set_storage", "iiii" => "i";
    ClearStorage = "seal1", "clear_storage", "ii" => "i";
    ContainsStorage = "seal1", "contains_storage", "ii" => "i";
    CallFixedGas = "seal0", "call", "iiIiiiiii" => "i";
    Call = "seal1", "call", "iiIiiiii" => "i";
    ClockMilliseconds = "env", "clock_ms", "" => "I";
    Nop = "test", "nop", "" => "";
    Mix32 = "test", "mix32", "iI" => "i";
    Mix64 = "test", "mix64", "I" => "I";
    Note = "test", "note", "i" => "";
}

impl HostFunction {
    /// The most parameters of any.
    pub const PARAMS_MAX: usize = 9;

    /// Every module and name that it is imported by: old contracts spell names with a prefix, and some know
    /// storage functions from when these were not stable.
    pub fn imports(self) -> Vec<(&'static str, String)> {
        let name = self.import().1;
        let spelled = |(module, prefix): (&'static str, &str)| (module, format!("{prefix}{name}"));
        self.spellings().map(spelled).collect()
    }

    /// The modules, and what stands before the name in each.
    fn spellings(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let (module, name) = self.import();
        let prefixed = module.starts_with("seal") && !name.starts_with("seal_");
        let unstable = matches!(self, Self::GetStorage | Self::SetStorage | Self::ClearStorage | Self::ContainsStorage);
        let own = Some((module, ""));
        let old = prefixed.then_some((module, "seal_"));
        let unstable = unstable.then_some(("__unstable__", "seal_"));
        [own, old, unstable].into_iter().flatten()
    }

    /// The function that a contract imports like this. Makes no name: whoever looks one up may be timed.
    pub fn named(module: &str, name: &str) -> Option<Self> {
        let is_it = |function: &Self| {
            let (_, own) = function.import();
            function.spellings().any(|(of, prefix)| of == module && name.strip_prefix(prefix) == Some(own))
        };
        Self::ALL.iter().copied().find(is_it)
    }
}

/// What a host function answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It has no result.
    Nothing,
    /// Its result.
    Value(u64),
    /// The call is over, because the contract wants it so.
    Return,
}

/// What the host knows, and what contracts have done so far.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Host {
    /// What `input` gives.
    pub input: Vec<u8>,
    /// Who calls.
    pub caller: [u8; 32],
    /// Keys and values.
    pub storage: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Topics and data, encoded, of each event.
    pub events: Vec<(Vec<u8>, Vec<u8>)>,
    /// Flags and data of `seal_return`.
    pub output: Option<(u32, Vec<u8>)>,
    /// What generated modules told.
    pub notes: Vec<u64>,
    /// What the clock shows: it goes on by a minute whenever somebody looks.
    pub clock: u64,
    /// Whether calls are recorded, or answered from a recording.
    pub script: Script,
}

/// Recorded calls: where only the engine is to be measured, the host repeats what it did before and works nothing
/// out.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub enum Script {
    /// Calls are carried out.
    #[default]
    Off,
    /// They are carried out and recorded.
    Recording(Vec<Recorded>),
    /// They are not carried out: each does to memory what the recorded one did, and answers the same.
    Replaying(alloc::sync::Arc<[Recorded]>, usize),
}

/// What a call did to memory, and its answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recorded {
    writes: Vec<(u32, Vec<u8>)>,
    answer: Result<Answer, OutOfBounds>,
}

/// Memory that notes what is written.
struct Noting<'a, M: ?Sized> {
    memory: &'a mut M,
    writes: Vec<(u32, Vec<u8>)>,
}

impl<M: GuestMemory + ?Sized> GuestMemory for Noting<'_, M> {
    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        self.memory.read(offset, into)
    }

    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        self.memory.write(offset, from)?;
        self.writes.push((offset, from.to_vec()));
        Ok(())
    }
}

impl Host {
    /// A host for a call with this input.
    pub fn with_input(input: &[u8]) -> Self {
        Self { input: input.to_vec(), caller: [1; 32], ..Self::default() }
    }

    /// Runs a function, or repeats what a recorded call did.
    ///
    /// # Errors
    /// If a pointer of the guest is bad, or the recording is over.
    pub fn call<M: GuestMemory + ?Sized>(
        &mut self,
        function: HostFunction,
        args: &[u64],
        memory: &mut M,
    ) -> Result<Answer, OutOfBounds> {
        match &mut self.script {
            Script::Off => self.carry_out(function, args, memory),
            Script::Recording(_) => {
                let mut noting = Noting { memory, writes: Vec::new() };
                let answer = self.carry_out(function, args, &mut noting);
                let writes = noting.writes;
                if let Script::Recording(calls) = &mut self.script {
                    calls.push(Recorded { writes, answer });
                }
                answer
            }
            Script::Replaying(calls, next) => {
                let recorded = calls.get(*next).ok_or(OutOfBounds)?;
                *next += 1;
                recorded.writes.iter().try_for_each(|(at, bytes)| memory.write(*at, bytes))?;
                recorded.answer
            }
        }
    }

    /// A host that repeats what this one has recorded.
    #[must_use]
    pub fn replay(self) -> Self {
        let calls = match self.script {
            Script::Recording(calls) => calls.into(),
            Script::Replaying(calls, _) => calls,
            Script::Off => Vec::new().into(),
        };
        Self { script: Script::Replaying(calls, 0), ..Self::default() }
    }

    fn carry_out<M: GuestMemory + ?Sized>(
        &mut self,
        function: HostFunction,
        args: &[u64],
        memory: &mut M,
    ) -> Result<Answer, OutOfBounds> {
        // An i32 is the low half of its cell, and absent arguments do not occur: every engine has
        // checked the import's type.
        let arg = |at: usize| u32::try_from(args[at] & 0xffff_ffff).unwrap_or(u32::MAX);
        match function {
            HostFunction::Input => write_sized(memory, arg(0), arg(1), &self.input)?,
            HostFunction::Caller => write_sized(memory, arg(0), arg(1), &self.caller)?,
            HostFunction::ValueTransferred => write_sized(memory, arg(0), arg(1), &[0; 16])?,
            HostFunction::HashBlake2 => {
                let hash: [u8; 32] = Blake2b::<U32>::digest(bytes(memory, arg(0), arg(1))?).into();
                memory.write(arg(2), &hash)?;
            }
            HostFunction::DepositEvent => {
                let event = (bytes(memory, arg(0), arg(1))?, bytes(memory, arg(2), arg(3))?);
                self.events.push(event);
            }
            HostFunction::Return => {
                self.output = Some((arg(0), bytes(memory, arg(1), arg(2))?));
                return Ok(Answer::Return);
            }
            HostFunction::HashKeccak => {
                let hash: [u8; 32] = Keccak256::digest(bytes(memory, arg(0), arg(1))?).into();
                memory.write(arg(2), &hash)?;
            }
            HostFunction::Address => write_sized(memory, arg(0), arg(1), &ADDRESS)?,
            HostFunction::DebugMessage => return Ok(Answer::Value(0)),
            HostFunction::GetStorage => {
                let key = bytes(memory, arg(0), arg(1))?;
                return self.get(&key, memory, arg(2), arg(3));
            }
            HostFunction::GetStorageFixed => {
                let key = bytes(memory, arg(0), FIXED_KEY_BYTES)?;
                return self.get(&key, memory, arg(1), arg(2));
            }
            HostFunction::SetStorage => {
                let (key, value) = (bytes(memory, arg(0), arg(1))?, bytes(memory, arg(2), arg(3))?);
                return Ok(size(self.storage.insert(key, value)));
            }
            HostFunction::SetStorageFixed | HostFunction::SetStorageFixedSized => {
                let (key, value) = (bytes(memory, arg(0), FIXED_KEY_BYTES)?, bytes(memory, arg(1), arg(2))?);
                let before = size(self.storage.insert(key, value));
                return Ok(if function == HostFunction::SetStorageFixed { Answer::Nothing } else { before });
            }
            HostFunction::ClearStorage => {
                return Ok(size(self.storage.remove(&bytes(memory, arg(0), arg(1))?)));
            }
            HostFunction::ClearStorageFixed => {
                self.storage.remove(&bytes(memory, arg(0), FIXED_KEY_BYTES)?);
            }
            HostFunction::ContainsStorage => {
                return Ok(size(self.storage.get(&bytes(memory, arg(0), arg(1))?).cloned()));
            }
            HostFunction::Call | HostFunction::CallFixedGas => return Ok(Answer::Value(NOT_CALLABLE)),
            HostFunction::ClockMilliseconds => {
                self.clock += 60_000;
                return Ok(Answer::Value(self.clock));
            }
            HostFunction::Nop => {}
            HostFunction::Mix32 => return Ok(Answer::Value(mix(args[0] & 0xffff_ffff ^ mix(args[1])) >> 32)),
            HostFunction::Mix64 => return Ok(Answer::Value(mix(args[0]))),
            HostFunction::Note => self.notes.push(u64::from(arg(0))),
        }
        Ok(Answer::Nothing)
    }

    fn get<M: GuestMemory + ?Sized>(
        &self,
        key: &[u8],
        memory: &mut M,
        at: u32,
        len_at: u32,
    ) -> Result<Answer, OutOfBounds> {
        let Some(value) = self.storage.get(key) else { return Ok(Answer::Value(KEY_NOT_FOUND)) };
        write_sized(memory, at, len_at, value)?;
        Ok(Answer::Value(0))
    }
}

/// How storage functions say what was there.
fn size(value: Option<Vec<u8>>) -> Answer {
    Answer::Value(value.map_or(NO_VALUE_BEFORE, |value| u64::try_from(value.len()).unwrap_or(u64::MAX)))
}

/// Writes bytes where the guest has room, which the number at `len_at` says: what does not fit is
/// refused, as on a chain. The number becomes the length.
fn write_sized<M: GuestMemory + ?Sized>(memory: &mut M, at: u32, len_at: u32, bytes: &[u8]) -> Result<(), OutOfBounds> {
    let mut room = [0; 4];
    memory.read(len_at, &mut room)?;
    let len = u32::try_from(bytes.len()).map_err(|_| OutOfBounds)?;
    if u32::from_le_bytes(room) < len {
        return Err(OutOfBounds);
    }
    memory.write(at, bytes)?;
    memory.write(len_at, &len.to_le_bytes())
}

fn bytes<M: GuestMemory + ?Sized>(memory: &M, at: u32, len: u32) -> Result<Vec<u8>, OutOfBounds> {
    let mut bytes = vec![0; usize::try_from(len).map_err(|_| OutOfBounds)?];
    memory.read(at, &mut bytes)?;
    Ok(bytes)
}

/// An arbitrary permutation: the finaliser of `SplitMix64`.
pub fn mix(value: u64) -> u64 {
    let value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}
