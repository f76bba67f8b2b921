//! What the contracts pallet has stored, read under its storage keys, which are part of its public surface.

use super::Chain;
use frame_support::storage::{storage_prefix, unhashed};
use sp_core::H256;

const PALLET: &[u8] = b"Contracts";

impl Chain {
    /// Whether the chain has this code.
    pub fn has_code(&self, hash: &H256) -> bool {
        self.read(|| unhashed::exists(&code_key(b"CodeInfoOf", hash)))
    }

    /// All stored codes with their length in bytes.
    pub fn codes(&self) -> Vec<(H256, usize)> {
        let prefix = storage_prefix(PALLET, b"CodeInfoOf");
        self.read(|| {
            let mut codes = Vec::new();
            let mut last = prefix.to_vec();
            while let Some(key) = sp_io::storage::next_key(&last) {
                let Some(hash) = key.strip_prefix(&prefix[..]).filter(|hash| hash.len() == 32) else { break };
                let hash = H256::from_slice(hash);
                codes.push((hash, code_bytes(&hash)));
                last = key;
            }
            codes
        })
    }
}

/// The length of a stored code. It is stored behind its length, which is not counted.
fn code_bytes(hash: &H256) -> usize {
    let code: Option<Vec<u8>> = unhashed::get(&code_key(b"PristineCode", hash));
    code.map_or(0, |code| code.len())
}

/// Codes are keyed by their hash as it is.
fn code_key(item: &[u8], hash: &H256) -> Vec<u8> {
    [&storage_prefix(PALLET, item)[..], hash.as_bytes()].concat()
}
