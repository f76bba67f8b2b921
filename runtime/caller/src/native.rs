//! A runtime that is compiled into this program.

use crate::{CallError, RuntimeCaller};
use sp_externalities::{Externalities, set_and_run_with_externalities};

/// What `impl_runtime_apis!` makes for programs: calls an API by name, if there is one of that name.
pub type Dispatch = fn(&str, &[u8]) -> Option<Vec<u8>>;

/// A runtime by its own table of APIs.
#[derive(Clone, Copy, Debug)]
pub struct Native(pub Dispatch);

impl RuntimeCaller for Native {
    fn call(&self, ext: &mut dyn Externalities, api: &str, arguments: &[u8]) -> Result<Vec<u8>, CallError> {
        set_and_run_with_externalities(ext, || (self.0)(api, arguments))
            .ok_or_else(|| CallError::NoSuchApi(api.to_owned()))
    }
}
