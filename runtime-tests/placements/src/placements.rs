//! The runtimes that are compared.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use vellum_runtime_caller::{Native, Placement, RuntimeCaller, Wasm};
use vellum_runtime_tests::fixture;

/// A runtime in its placement.
pub struct Placed {
    /// What tables call it.
    pub name: String,
    /// The runtime.
    pub caller: Runtime,
}

/// Any thread may call it.
pub type Runtime = Box<dyn RuntimeCaller + Send + Sync>;

impl Placed {
    /// Empties every cache that is not of the runtime's state, so that what comes next finds nothing in it.
    pub fn forget(&self) {}

    /// Whether there is such a cache.
    pub fn has_cache(&self) -> bool {
        false
    }
}

/// The placements that this build has.
pub fn available() -> impl Iterator<Item = Placement> {
    Placement::ALL.into_iter().filter(|placement| *placement != Placement::Host)
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
    Ok(Placed { name: placement.to_string(), caller })
}

/// The same runtime with pallet-contracts 51, natively.
pub fn pallet_contracts_51() -> Placed {
    Placed { name: "pallet-contracts 51".into(), caller: Box::new(Native(vellum_runtime_51::api::dispatch)) }
}

/// The same runtime with pallet-contracts 51, as Wasm.
///
/// # Errors
/// If there is no blob: `scripts/build-runtime.sh` makes it.
pub fn pallet_contracts_51_wasm() -> Result<Placed> {
    let blob = fixture::project().join(blob_51());
    Ok(Placed { name: "pallet-contracts 51, Wasm".into(), caller: wasm(&blob, "--pallet-contracts-51")? })
}

/// Where the script puts the runtime with pallet-contracts 51.
pub fn blob_51() -> PathBuf {
    Path::new("target/runtime/vellum-runtime-51.wasm").to_owned()
}

fn wasm(blob: &Path, argument: &str) -> Result<Runtime> {
    let bytes = std::fs::read(blob)
        .with_context(|| format!("no {}: run scripts/build-runtime.sh {argument}", blob.display()))?;
    Ok(Box::new(Wasm::new(bytes, Some(&fixture::project().join("target/runtime/compiled")))))
}
