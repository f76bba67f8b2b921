//! The runtime that makes the blocks: in this program, or in a Wasm blob.
//!
//! Promises: whichever it is, blocks and answers are the same.

use crate::{
    args::Global,
    exit::{Code, Failure, Outcome},
};
use sp_externalities::Externalities;
use vellum_runtime_caller::{Native, Placement, RuntimeCaller};

/// A runtime that commands call.
pub struct Runtime(Box<dyn RuntimeCaller>);

impl Runtime {
    /// The runtime that the command line chooses.
    pub fn chosen(global: &Global) -> Outcome<Self> {
        match global.placement {
            Placement::Native if global.runtime.is_some() => {
                Err(Failure::usage("--runtime names a Wasm runtime, and the native one runs")
                    .help("say which kind it is: --placement linked, or --placement host"))
            }
            Placement::Native => Ok(Self(Box::new(Native(vellum_runtime::api::dispatch)))),
            placement => wasm(placement, global),
        }
    }

    /// Calls an API with encoded arguments.
    pub fn call(&self, ext: &mut dyn Externalities, api: &str, arguments: &[u8]) -> Outcome<Vec<u8>> {
        self.0.call(ext, api, arguments).map_err(|error| Failure::new(Code::Other, error.to_string()))
    }
}

#[cfg(not(feature = "wasm-runtime"))]
fn wasm(placement: Placement, _global: &Global) -> Outcome<Runtime> {
    Err(Failure::usage(format!("this build of vellum runs the native runtime only, not the placement `{placement}`"))
        .help("build it with the executor of nodes: cargo build -p vellum-cli --features wasm-runtime"))
}

#[cfg(feature = "wasm-runtime")]
fn wasm(placement: Placement, global: &Global) -> Outcome<Runtime> {
    let default = placement.blob().expect("only the native placement has no blob; qed");
    let file = global.runtime.clone().unwrap_or(default);
    let blob = std::fs::read(&file).map_err(|error| {
        Failure::usage(format!("cannot read the Wasm runtime {}: {error}", file.display())).help(format!(
            "make it with scripts/build-runtime.sh --placement {placement}, or name another file with --runtime"
        ))
    })?;
    // Compiling takes seconds: what comes of it is kept where temporary files are, under the blob's hash.
    let compiled = std::env::temp_dir().join("vellum-compiled-runtimes");
    Ok(Runtime(Box::new(vellum_runtime_caller::Wasm::new(blob, Some(&compiled)))))
}
