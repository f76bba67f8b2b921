//! Codes that a chain stores, read from outside: out of a file with its state, or from a node.
//!
//! Relies on the layout of pallet-contracts: `PristineCode` maps a hash, unhashed, to the bytes of a code.
//! Promises: a state of any size is read in one pass, and only codes are kept.

mod file;
mod node;

use crate::{
    exit::{Failure, Outcome},
    hex,
};
use codec::{Compact, Decode};
use frame_support::storage::storage_prefix;
use sp_core::H256;
use std::path::Path;

/// A code of a chain.
pub struct StoredCode {
    /// The hash that it is stored under.
    pub hash: H256,
    /// Its bytes, or why they cannot be read.
    pub code: Result<Vec<u8>, String>,
}

/// All codes of a chain, in the order of their hashes.
///
/// `source` is a URL of a node's RPC, or a file: a raw chain specification, as `export-state` writes it, or a
/// JSON object of keys and values. `pallet` is the name that the runtime gives the pallet.
///
/// # Errors
/// If there is no such source, or it is something else.
pub fn codes(source: &str, pallet: &str) -> Outcome<Vec<StoredCode>> {
    let prefix = prefix(pallet);
    let mut entries = if source.contains("://") {
        node::entries(source, &prefix)?
    } else {
        file::entries(Path::new(source), &prefix)?
    };
    entries.sort();
    if entries.is_empty() {
        return Err(Failure::usage(format!("{source} has no code of a pallet called `{pallet}`")).help(
            "the pallet's name is the one in the runtime's construct_runtime!, `Contracts` as a rule: give it with --pallet",
        ));
    }
    Ok(entries.iter().map(|(key, value)| stored_code(key, value, &prefix)).collect())
}

/// Where the keys of all codes begin.
fn prefix(pallet: &str) -> [u8; 32] {
    storage_prefix(pallet.as_bytes(), b"PristineCode")
}

fn stored_code(key: &[u8], value: &[u8], prefix: &[u8]) -> StoredCode {
    let hash = &key[prefix.len()..];
    if hash.len() != H256::len_bytes() {
        let reason = format!("its key ends with {} bytes instead of a hash: {}", hash.len(), hex::encode(hash));
        return StoredCode { hash: H256::zero(), code: Err(reason) };
    }
    StoredCode { hash: H256::from_slice(hash), code: bytes(value) }
}

/// The bytes behind their length, which is all that a value of the map has.
fn bytes(mut value: &[u8]) -> Result<Vec<u8>, String> {
    let stored = value.len();
    let Compact(len) =
        Compact::<u32>::decode(&mut value).map_err(|error| format!("its length is not readable: {error}"))?;
    match usize::try_from(len) {
        Ok(len) if len == value.len() => Ok(value.to_vec()),
        _ => Err(format!("its entry of {stored} bytes says that it has {len}")),
    }
}

/// Bytes of an entry, with a place to complain about.
fn hex_bytes(what: &str, text: &str) -> Outcome<Vec<u8>> {
    hex::decode(text).map_err(|error| Failure::usage(format!("{what} is not hex: {error}")))
}

#[cfg(test)]
mod tests;
