//! A runtime that is a Wasm blob, run by the executor of nodes: wasmtime's compiled code, a fresh instance for each
//! call, compiled once for as long as this program runs.

use crate::{CallError, RuntimeCaller};
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode};
use sp_externalities::Externalities;
use std::{borrow::Cow, path::Path};

/// What a node offers the runtime: everybody's functions, and the engine.
pub type HostFunctions = (sp_io::SubstrateHostFunctions, vellum_host::HostFunctions);

/// A blob and what runs it.
pub struct Wasm {
    executor: WasmExecutor<HostFunctions>,
    blob: Vec<u8>,
    hash: Vec<u8>,
}

impl Wasm {
    /// A runtime by its blob. Machine code is kept in the folder, if one is named, so that the next program need not
    /// compile it again.
    pub fn new(blob: Vec<u8>, compiled: Option<&Path>) -> Self {
        let mut builder = WasmExecutor::builder();
        if let Some(folder) = compiled {
            builder = builder.with_cache_path(folder);
        }
        Self { executor: builder.build(), hash: sp_io::hashing::blake2_256(&blob).to_vec(), blob }
    }
}

impl RuntimeCaller for Wasm {
    fn call(&self, ext: &mut dyn Externalities, api: &str, arguments: &[u8]) -> Result<Vec<u8>, CallError> {
        let code = RuntimeCode {
            code_fetcher: &WrappedRuntimeCode(Cow::Borrowed(&self.blob)),
            heap_pages: None,
            hash: self.hash.clone(),
        };
        // One kind of call for all, since each would be compiled for itself.
        let context = CallContext::Onchain { import: false };
        let (result, _) = self.executor.call(ext, &code, api, arguments, context);
        result.map_err(|error| match error {
            sc_executor::error::Error::MethodNotFound(api) => CallError::NoSuchApi(api),
            error => CallError::Executor(error.to_string()),
        })
    }
}
