//! What a host function answers instead of doing what it was asked: a number below zero.
//!
//! No contract ever sees one. Two are outcomes that the runtime acts on; any other says that the runtime and its node
//! do not go together, or that the runtime has asked for something that it must not have, and ends the runtime call.

use vellum_engine::Trap;

macro_rules! refusals {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal, $text:literal;)*) => {
        /// Why a host function did nothing. Codes are permanent, rows are only appended.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Refusal { $($(#[doc = $doc])* $name),*, /** An instance could not be made. */ Trap(Trap) }

        impl Refusal {
            /// Its number.
            pub fn code(self) -> i64 {
                match self { $(Self::$name => $code,)* Self::Trap(trap) => TRAPS - i64::from(trap_number(trap)) }
            }

            /// The refusal of a number.
            pub fn from_code(code: i64) -> Option<Self> {
                match code {
                    $($code => Some(Self::$name),)*
                    _ => TRAPS.checked_sub(code).and_then(|number| u8::try_from(number).ok()).and_then(Trap::from_number).map(Self::Trap),
                }
            }
        }

        impl core::fmt::Display for Refusal {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    $(Self::$name => f.write_str($text),)*
                    Self::Trap(trap) => write!(f, "the instance cannot be made: {trap}"),
                }
            }
        }
    };
}

/// The number of trap 0; other traps count down from it.
const TRAPS: i64 = -256;

refusals! {
    /// The state holds no code under this key, or none that is encoded as code, or code that is too long.
    NotFound = -1, "there is no code under this key";
    /// The code is none that can be run.
    Code = -2, "the code cannot be run";
    /// The externalities cannot keep anything between two calls.
    Externalities = -3, "the externalities keep no extensions";
    /// What the session is to be opened with cannot be read, or asks for more than this version allows.
    Terms = -4, "the terms of the session are not understood";
    /// A price table in which a loop could be free.
    FreeTransfer = -5, "the price table has a transfer of control that is free";
    /// Too many sessions are open.
    Sessions = -6, "too many sessions are open";
    /// No session is open.
    NoSession = -7, "no session is open";
    /// The topmost session has nothing of this number.
    Handle = -8, "the session has nothing of this number";
    /// Nothing is under way that could go on.
    Idle = -9, "nothing is under way";
    /// The session has as many instances, or as much loaded code that was not instantiated, as it may have.
    Instances = -10, "the session has too many instances";
    /// The session's instances could grow larger than they may be together.
    GuestBytes = -11, "the session's instances need too much memory";
    /// The buffer does not hold what has to be in it.
    Buffer = -12, "the buffer is too small";
    /// What is to be read at exits is not understood.
    Plan = -13, "the read plan is not understood";
    /// A span of guest memory does not lie inside.
    OutOfBounds = -14, "the span is not inside of the guest's memory";
    /// Numbers of handles are used up.
    Handles = -15, "no handle is left";
}

impl Refusal {
    /// As a host function returns it.
    #[cfg(feature = "std")]
    pub(crate) fn returned<T: Into<i64>>(result: Result<T, Self>) -> i64 {
        result.map_or_else(Self::code, Into::into)
    }
}

/// The number that a trap has for ever.
#[allow(clippy::as_conversions, reason = "the discriminant is the number")]
pub(crate) fn trap_number(trap: Trap) -> u8 {
    trap as u8
}
