//! Inputs of those modules of `wat/` that take many parameters.

use crate::runtime::{AccountId, Balance, CodeHash};
use codec::{Decode, Encode};
use frame_support::weights::Weight;

/// What host functions return in place of a result.
pub mod code {
    /// All went well.
    pub const SUCCESS: u32 = 0;
    /// The callee trapped, ran out of gas or was otherwise stopped.
    pub const CALLEE_TRAPPED: u32 = 1;
    /// The callee reverted.
    pub const CALLEE_REVERTED: u32 = 2;
    /// There is nothing under this key.
    pub const KEY_NOT_FOUND: u32 = 3;
    /// The balance did not suffice, or the receiver cannot have so little.
    pub const TRANSFER_FAILED: u32 = 5;
    /// No such code.
    pub const CODE_NOT_FOUND: u32 = 7;
    /// No contract there.
    pub const NOT_CALLABLE: u32 = 8;
    /// The dispatched call failed.
    pub const CALL_RUNTIME_FAILED: u32 = 10;
    /// No key fits the signature.
    pub const ECDSA_RECOVERY_FAILED: u32 = 11;
    /// The signature is not one of this key.
    pub const SR25519_VERIFY_FAILED: u32 = 12;
}

/// Bits of a call's flags.
pub mod flag {
    /// Passes the own input on, which is then gone.
    pub const FORWARD_INPUT: u32 = 1;
    /// Passes a copy of the own input on.
    pub const CLONE_INPUT: u32 = 2;
    /// Returns what the callee returns, at once.
    pub const TAIL_CALL: u32 = 4;
    /// The callee may call back.
    pub const ALLOW_REENTRY: u32 = 8;
    /// The callee may not change the state.
    pub const READ_ONLY: u32 = 16;
}

/// What a failed look-up of an old length returns.
pub const NONE: u32 = u32::MAX;

/// Input of `call.wat`.
#[derive(Clone)]
pub struct Forward {
    flags: u32,
    callee: AccountId,
    ref_time: u64,
    proof_size: u64,
    value: Balance,
    limited: u32,
    deposit_limit: Balance,
    data: Vec<u8>,
}

/// Starts describing a call that `call.wat` makes.
pub fn forward(callee: &AccountId) -> Forward {
    Forward {
        flags: 0,
        callee: callee.clone(),
        ref_time: 0,
        proof_size: 0,
        value: 0,
        limited: 0,
        deposit_limit: 0,
        data: Vec::new(),
    }
}

impl Forward {
    /// Bits of [`flag`].
    pub fn flags(mut self, flags: u32) -> Self {
        self.flags = flags;
        self
    }

    /// The weight limit; a part that is 0 means all that is left.
    pub fn gas(mut self, limit: Weight) -> Self {
        self.ref_time = limit.ref_time();
        self.proof_size = limit.proof_size();
        self
    }

    /// What moves to the callee.
    pub fn value(mut self, value: Balance) -> Self {
        self.value = value;
        self
    }

    /// A deposit limit of its own.
    pub fn deposit_limit(mut self, limit: Balance) -> Self {
        self.limited = 1;
        self.deposit_limit = limit;
        self
    }

    /// Input of the callee.
    pub fn data(mut self, data: impl Encode) -> Self {
        self.data = data.encode();
        self
    }

    /// The bytes that `call.wat` reads.
    pub fn bytes(self) -> Vec<u8> {
        let fixed =
            (self.flags, self.callee, self.ref_time, self.proof_size, self.value, self.limited, self.deposit_limit);
        [fixed.encode(), self.data].concat()
    }
}

/// Input of `instantiate.wat`; a deposit limit of 0 stands for none.
pub fn creation(code_hash: &CodeHash, ref_time: u64, value: Balance, deposit_limit: Balance, data: &[u8]) -> Vec<u8> {
    [(code_hash, ref_time, value, deposit_limit).encode(), data.to_vec()].concat()
}

/// What `storage.wat` does.
#[derive(Clone, Copy)]
pub enum Storage {
    /// Sets, and returns the old length.
    Set = 0,
    /// Returns a code and the value.
    Get = 1,
    /// Returns the length.
    Contains = 2,
    /// Removes, and returns the old length.
    Clear = 3,
    /// Removes, and returns a code and the old value.
    Take = 4,
}

/// Input of `storage.wat`.
pub fn storage(operation: Storage, key: &[u8], value: &[u8]) -> Vec<u8> {
    let key_len = u8::try_from(key.len()).expect("tests use keys of up to 255 bytes");
    [&[operation as u8, key_len], key, value].concat()
}

/// Splits what most modules return into the code and the rest.
pub fn answer(output: Vec<u8>) -> (u32, Vec<u8>) {
    let mut rest = &output[..];
    let code = u32::decode(&mut rest).expect("the output starts with a code");
    (code, rest.to_vec())
}

/// The code alone, when nothing follows it.
pub fn answer_code(output: Vec<u8>) -> u32 {
    let (code, rest) = answer(output);
    assert!(rest.is_empty(), "nothing was expected to follow the code, but {rest:?}");
    code
}
