//! The runtimes that are compared.

use anyhow::{Context, Result};
use std::path::Path;
use vellum_host::node::cache;
use vellum_runtime_caller::{Native, Placement, RuntimeCaller, Wasm};
use vellum_runtime_tests::fixture;

/// A runtime in its placement.
pub struct Placed {
    /// What tables call it.
    pub name: String,
    /// The runtime.
    pub caller: Runtime,
    /// Whether it uses modules that were loaded before: [`Placed::forget`] makes a difference then.
    pub has_cache: bool,
}

/// Any thread may call it.
pub type Runtime = Box<dyn RuntimeCaller + Send + Sync>;

impl Placed {
    /// Empties the process's cache of modules, which native runtimes and host functions use, so that whatever comes
    /// next finds nothing in it.
    pub fn forget(&self) {
        let cache = cache::global();
        cache.set_bytes_max(0);
        cache.set_bytes_max(cache::DEFAULT_BYTES);
    }
}

/// This project's runtime in a placement.
///
/// # Errors
/// If there is no blob: `scripts/build-runtime.sh` makes it.
pub fn vellum(placement: Placement) -> Result<Placed> {
    let caller: Runtime = match placement.blob() {
        None => Box::new(Native(vellum_runtime::api::dispatch)),
        Some(blob) => wasm(&fixture::project().join(blob), &format!("--placement {placement}"))?,
    };
    Ok(Placed { name: placement.to_string(), caller, has_cache: placement != Placement::Linked })
}

/// The same runtime with pallet-contracts 51, natively.
#[cfg(feature = "pallet-contracts-51")]
pub fn pallet_contracts_51() -> Placed {
    let caller = Box::new(Native(vellum_runtime_51::api::dispatch));
    Placed { name: "pallet-contracts 51, native".into(), caller, has_cache: false }
}

/// The same runtime with pallet-contracts 51, as Wasm.
///
/// # Errors
/// If there is no blob: `scripts/build-runtime.sh` makes it.
#[cfg(feature = "pallet-contracts-51")]
pub fn pallet_contracts_51_wasm() -> Result<Placed> {
    let blob = fixture::project().join("target/runtime/vellum-runtime-51.wasm");
    let caller = wasm(&blob, "--pallet-contracts-51")?;
    Ok(Placed { name: "pallet-contracts 51, Wasm".into(), caller, has_cache: false })
}

fn wasm(blob: &Path, argument: &str) -> Result<Runtime> {
    let bytes = std::fs::read(blob)
        .with_context(|| format!("no {}: run scripts/build-runtime.sh {argument}", blob.display()))?;
    Ok(Box::new(Wasm::new(bytes, Some(&fixture::project().join("target/runtime/compiled")))))
}
