//! A frame that does not run by itself, for benchmarks of what a frame can do.

use super::{ExecError, FrameArgs, Invocation, Stack};
use crate::{Config, transient_storage::TransientStorage};

impl<'a, T: Config> Stack<'a, T> {
    /// A stack whose first frame is a call of a contract that has not begun.
    ///
    /// Its transient storage has no limit: what an access costs is measured, and a chain may allow less
    /// than the largest value that is measured.
    pub(crate) fn for_benchmarks(invocation: Invocation<'a, T>, dest: T::AccountId) -> Result<Self, ExecError> {
        let args = FrameArgs::Call { dest, cached_info: None, delegated: None };
        let (mut stack, _) = Self::start(invocation, args)?;
        stack.transient_storage = TransientStorage::new(u32::MAX);
        Ok(stack)
    }
}
