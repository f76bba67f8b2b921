//! What compiled code weighs: bytes of heap per byte of Wasm once everything is translated. Memory that an
//! engine maps itself, as compilers do for machine code, is not seen, and two translate nothing before it is
//! called; those show no figure.

use super::{Row, Section};
use crate::engines::Engine;
use crate::heap;
use crate::workloads::CONTRACTS;
use anyhow::{Result, ensure};
use std::path::Path;

/// Engines whose code is not on the heap, or not yet made.
const LEFT_OUT: [&str; 5] = ["Pulley", "Winch", "Cranelift", "stitch", "wasm3"];

/// Blobs of a folder of real contracts and programs, from small to large.
const REAL: [(&str, &str); 4] = [
    ("ink 4 erc1155", "wasm/erc1155.wasm"),
    ("ink 3 erc20", "contracts/accept/ink3.0.0-rc6__erc20__a5c6c281.wasm"),
    ("bz2", "wasm/bz2.wasm"),
    ("pulldown-cmark", "wasm/pulldown-cmark.wasm"),
];

pub(super) fn measure(engines: &[Box<dyn Engine>], real: &Path) -> Result<Section> {
    ensure!(heap::is_counted(), "the program does not count its heap");
    let mut blobs: Vec<(&str, Vec<u8>)> = CONTRACTS.iter().map(|(name, blob)| (*name, blob.to_vec())).collect();
    for (name, file) in REAL {
        if let Ok(blob) = std::fs::read(real.join(file)) {
            blobs.push((name, blob));
        }
    }
    let rows = blobs.iter().map(|(name, blob)| Row {
        name: (*name).into(),
        group: "blobs",
        values: engines.iter().map(|engine| per_byte(&**engine, blob)).collect(),
    });
    Ok(Section { title: "Memory", unit: "bytes per byte of Wasm", what: "blob", rows: rows.collect(), has_mean: true })
}

fn per_byte(engine: &dyn Engine, blob: &[u8]) -> Option<f64> {
    if LEFT_OUT.iter().any(|name| engine.name().starts_with(name)) {
        return None;
    }
    let (code, bytes) = heap::kept(|| engine.compile(blob));
    code.ok()?;
    #[allow(clippy::cast_precision_loss, reason = "sizes need no more than 53 bits")]
    let ratio = bytes as f64 / blob.len() as f64;
    Some(ratio)
}
