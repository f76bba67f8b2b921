//! Contract files: `.contract` bundles, metadata beside a `.wasm`, and plain Wasm.
//!
//! What a file is follows from its bytes, not from its name. Promises: a bundle whose code does not have the
//! hash that it claims is refused.

use crate::{
    exit::{Failure, Outcome},
    hex,
    metadata::{self, Metadata},
};
use serde_json::Value;
use sp_core::{H256, Hasher};
use std::path::{Path, PathBuf};

/// Every Wasm module starts with this.
pub const WASM_MAGIC: &[u8] = b"\0asm";
/// No contract file is larger; more would only exhaust the memory.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// A contract file that was read.
pub struct Bundle {
    /// What messages call it.
    pub path: String,
    /// The Wasm module, if the file or its neighbour has one.
    pub code: Option<Vec<u8>>,
    /// The metadata, if the file or its neighbour has some.
    pub metadata: Option<Described>,
    /// What the user should know about how the file was read.
    pub note: Option<String>,
}

/// Metadata together with the JSON that it came from (without the code).
pub struct Described {
    /// What was read.
    pub metadata: Metadata,
    /// What it was read from.
    pub json: String,
}

impl Bundle {
    /// Reads a file of any of the three kinds.
    pub fn load(path: &Path) -> Outcome<Self> {
        Self::read(&path.display().to_string(), &read_file(path)?, Some(path))
    }

    /// Reads a bundle that is part of this program.
    pub fn embedded(name: &str, bytes: &[u8]) -> Outcome<Self> {
        Self::read(name, bytes, None)
    }

    /// Reads bytes; `beside` is where a neighbouring file may lie.
    pub fn read(path: &str, bytes: &[u8], beside: Option<&Path>) -> Outcome<Self> {
        if bytes.starts_with(WASM_MAGIC) {
            return Ok(Self::wasm(path, bytes.to_vec(), beside));
        }
        let mut json: Value = serde_json::from_slice(bytes).map_err(|error| {
            Failure::usage(format!("{path} is neither Wasm nor a contract bundle: {error}"))
                .help("give a `.contract` bundle, a `.wasm` module, or a metadata `.json` beside a `.wasm`")
        })?;
        let metadata =
            metadata::parse(&json).map_err(|error| Failure::usage(format!("{path} cannot be read: {error}")))?;
        let code = match json.get_mut("source").and_then(|source| source.get_mut("wasm")).map(Value::take) {
            Some(Value::String(wasm)) => Some(hex::decode(&wasm).map_err(|error| {
                Failure::usage(format!("the code in {path} is damaged: {error}"))
                    .help("build or download the bundle again")
            })?),
            _ => None,
        };
        let described = Described { metadata, json: json.to_string() };
        let code = match (code, beside) {
            (Some(code), _) => Some(code),
            (None, Some(beside)) => neighbour(beside, "wasm"),
            (None, None) => None,
        };
        if let (Some(code), Some(claimed)) = (&code, described.metadata.code_hash)
            && code_hash(code).0 != claimed
        {
            return Err(Failure::usage(format!(
                "the code of {path} is damaged: its hash is {:?}, the metadata says {}",
                code_hash(code),
                hex::encode(claimed)
            ))
            .help("build or download the bundle again, or upload the `.wasm` alone"));
        }
        Ok(Self { path: path.into(), code, metadata: Some(described), note: None })
    }

    fn wasm(path: &str, code: Vec<u8>, beside: Option<&Path>) -> Self {
        let mut bundle = Self { path: path.into(), code: None, metadata: None, note: None };
        let json = beside.and_then(|beside| neighbour(beside, "json"));
        let value = json.and_then(|json| serde_json::from_slice::<Value>(&json).ok());
        if let Some(value) = value
            && let Ok(metadata) = metadata::parse(&value)
        {
            match metadata.code_hash {
                Some(hash) if hash != code_hash(&code).0 => {
                    bundle.note = Some("the metadata beside it belongs to other code and was not used".into());
                }
                _ => bundle.metadata = Some(Described { metadata, json: value.to_string() }),
            }
        }
        bundle.code = Some(code);
        bundle
    }

    /// The code, or an error that says that there is none.
    pub fn required_code(&self) -> Outcome<&[u8]> {
        self.code.as_deref().ok_or_else(|| {
            Failure::usage(format!("{} is metadata without code", self.path))
                .help("put the `.wasm` with the same name beside it, or give a `.contract` bundle")
        })
    }

    /// The metadata, if there is some.
    pub fn metadata(&self) -> Option<&Metadata> {
        self.metadata.as_ref().map(|described| &described.metadata)
    }

    /// What to call a contract of this file: its metadata's name, or the file's.
    pub fn contract_name(&self) -> String {
        let from_metadata = self.metadata().map(|metadata| metadata.name.clone()).filter(|name| !name.is_empty());
        from_metadata.unwrap_or_else(|| {
            let stem = Path::new(&self.path).file_stem();
            stem.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_else(|| self.path.clone())
        })
    }
}

/// The hash that a code has on the chain.
pub fn code_hash(code: &[u8]) -> H256 {
    sp_core::Blake2Hasher::hash(code)
}

/// Reads a whole file with errors that name it.
pub fn read_file(path: &Path) -> Outcome<Vec<u8>> {
    let cannot = |error: std::io::Error| {
        let failure = Failure::usage(format!("cannot read {}: {error}", path.display()));
        if error.kind() == std::io::ErrorKind::NotFound {
            failure.help("check the path; it is relative to the present directory")
        } else {
            failure
        }
    };
    let size = std::fs::metadata(path).map_err(cannot)?.len();
    if size > FILE_BYTES_MAX {
        return Err(Failure::usage(format!("{} has {size} bytes: that is no contract", path.display())));
    }
    std::fs::read(path).map_err(cannot)
}

/// The file with the same name and this extension.
fn neighbour(path: &Path, extension: &str) -> Option<Vec<u8>> {
    let neighbour: PathBuf = path.with_extension(extension);
    std::fs::read(neighbour).ok()
}
