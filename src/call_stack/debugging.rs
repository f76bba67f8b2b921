//! Text for people, collected off chain.

use super::Stack;
use crate::{Config, DebugBufferVec, LOG_TARGET};

/// The debug buffer of a call stack.
pub trait Debugging {
    /// Appends text as it is, if there is room for all of it, and returns whether there is a buffer.
    fn append_debug_buffer(&mut self, msg: &str) -> bool;

    /// Whether there is a buffer. On chain there is none.
    fn debug_buffer_enabled(&self) -> bool;
}

impl<T: Config> Debugging for Stack<'_, T> {
    fn append_debug_buffer(&mut self, msg: &str) -> bool {
        let Some(buffer) = &mut self.debug_message else { return false };
        if buffer.try_extend(&mut msg.bytes()).is_err() {
            log::debug!(
                target: LOG_TARGET,
                "debug buffer of {} bytes exhausted",
                DebugBufferVec::<T>::bound(),
            );
        }
        true
    }

    fn debug_buffer_enabled(&self) -> bool {
        self.debug_message.is_some()
    }
}
