//! The store: one redb file in the state folder that holds the chain between commands.
//!
//! Promises: whatever happens to the process or the disk, the file holds the state after some whole block,
//! because a block's nodes, body, head and notes are one transaction, and a new file gets its name only when
//! its first block is complete. Two processes never share the file; the second gets an error.

use super::block::{Event, Sealed};
use crate::exit::{Failure, Outcome};
use codec::{Decode, DecodeAll, Encode};
use redb::{Builder, Database, ReadOnlyTable, ReadableDatabase, ReadableTable, TableDefinition};
use sp_core::H256;
use std::{
    fs,
    path::{Path, PathBuf},
};
use vellum_runtime::{AccountId, Header};

/// Trie nodes by prefix and hash.
const NODES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("nodes");
/// Single values by name.
const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");
/// Blocks by number: header, transactions and events, SCALE-encoded.
const BLOCKS: TableDefinition<u32, &[u8]> = TableDefinition::new("blocks");
/// The metadata that came with a code, as JSON, by code hash.
const METADATA: TableDefinition<&[u8], &str> = TableDefinition::new("metadata");
/// The names that people gave to contracts.
const NAMES: TableDefinition<&str, &[u8]> = TableDefinition::new("names");

/// The layout of these tables. Raise it when a reader of the old layout would misread the new one.
const FORMAT: u32 = 1;
const FILE: &str = "chain.redb";
/// The state of a development chain is small; the default cache of a gibibyte is not.
const CACHE_BYTES: usize = 32 * 1024 * 1024;

/// The table of trie nodes as one read transaction sees it.
pub type NodeTable = ReadOnlyTable<&'static [u8], &'static [u8]>;

/// A block as it is stored: its header, its transactions as they travelled, its events.
pub type StoredBlock = (Header, Vec<Vec<u8>>, Vec<Event>);

/// What a block leaves for later commands beside the chain's own state. None of it is consensus.
#[derive(Default, Clone)]
pub struct Notes {
    /// The metadata of a code, by its hash.
    pub metadata: Option<(H256, String)>,
    /// A name for a contract; a later contract of the same name takes it over.
    pub name: Option<(String, AccountId)>,
}

/// An open state folder.
pub struct Store {
    database: Database,
    file: PathBuf,
}

impl Store {
    /// A store in memory, which is gone with the process.
    pub fn in_memory(genesis: &Sealed) -> Outcome<Self> {
        let file = PathBuf::from("memory");
        let database = builder()
            .create_with_backend(redb::backends::InMemoryBackend::new())
            .map_err(|error| open_failure(&file, error))?;
        let store = Self { database, file };
        store.commit(genesis, &Notes::default())?;
        Ok(store)
    }

    /// Opens the store of this folder, or `None` if there is none yet.
    pub fn open(folder: &Path) -> Outcome<Option<Self>> {
        let file = folder.join(FILE);
        if !file.exists() {
            return Ok(None);
        }
        let database = builder().open(&file).map_err(|error| open_failure(&file, error))?;
        let store = Self { database, file };
        store.check_format()?;
        Ok(Some(store))
    }

    /// Creates the store of this folder with its first block. If another process is faster, its store is used.
    pub fn create(folder: &Path, genesis: &Sealed) -> Outcome<Self> {
        let cannot = |error: std::io::Error| {
            Failure::state(format!("cannot create the state folder {}: {error}", folder.display()))
                .help("choose another folder with --state DIR")
        };
        fs::create_dir_all(folder).map_err(cannot)?;
        // The final name appears when the first block is complete, so no half-made store ever has it.
        let draft = folder.join(format!("{FILE}.new-{}", std::process::id()));
        let _cleanup = RemoveOnDrop(&draft);
        let database = builder().create(&draft).map_err(|error| open_failure(&draft, error))?;
        let store = Self { database, file: draft.clone() };
        store.commit(genesis, &Notes::default())?;
        drop(store);
        let file = folder.join(FILE);
        match fs::hard_link(&draft, &file) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            // Some file systems have no hard links; there the window between two first commands stays.
            Err(_) => fs::rename(&draft, &file).map_err(cannot)?,
        }
        Self::open(folder)?.ok_or_else(|| Failure::state(format!("the new state file {} vanished", file.display())))
    }

    /// The file, for messages.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Writes a block and what goes with it: all of it, durably, or nothing.
    pub fn commit(&self, block: &Sealed, notes: &Notes) -> Outcome<()> {
        self.write(block, notes).map_err(|error| {
            Failure::state(format!("cannot write block {} to {}: {error}", block.header.number, self.file.display()))
                .help("nothing was changed; free some disk space or check the permissions, then try again")
        })
    }

    fn write(&self, block: &Sealed, notes: &Notes) -> Result<(), redb::Error> {
        let transaction = self.database.begin_write()?;
        {
            let mut nodes = transaction.open_table(NODES)?;
            for (key, change) in &block.nodes {
                match change {
                    Some(node) => drop(nodes.insert(key.as_slice(), node.as_slice())?),
                    None => drop(nodes.remove(key.as_slice())?),
                }
            }
            let body = (&block.header, &block.extrinsics, &block.events).encode();
            transaction.open_table(BLOCKS)?.insert(block.header.number, body.as_slice())?;
            let mut meta = transaction.open_table(META)?;
            meta.insert("format", FORMAT.encode().as_slice())?;
            meta.insert("spec_name", vellum_runtime::VERSION.spec_name.as_bytes())?;
            meta.insert("spec_version", vellum_runtime::VERSION.spec_version.encode().as_slice())?;
            meta.insert("head", block.header.encode().as_slice())?;
            if block.header.number == 0 {
                meta.insert("genesis", block.header.hash().as_bytes())?;
            }
            let mut metadata = transaction.open_table(METADATA)?;
            if let Some((code_hash, json)) = &notes.metadata {
                metadata.insert(code_hash.as_bytes(), json.as_str())?;
            }
            let mut names = transaction.open_table(NAMES)?;
            if let Some((name, account)) = &notes.name {
                let account: &[u8] = account.as_ref();
                names.insert(name.as_str(), account)?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// The header of the last block.
    pub fn head(&self) -> Outcome<Header> {
        self.meta("head")
    }

    /// The hash of the genesis block.
    pub fn genesis(&self) -> Outcome<H256> {
        self.meta("genesis")
    }

    /// The trie nodes as they are now.
    pub fn nodes(&self) -> Outcome<NodeTable> {
        self.reading(|transaction| Ok(transaction.open_table(NODES)?))
    }

    /// The metadata of a code, if a command brought some.
    pub fn metadata(&self, code_hash: &H256) -> Outcome<Option<String>> {
        self.reading(|transaction| {
            let table = transaction.open_table(METADATA)?;
            Ok(table.get(code_hash.as_bytes())?.map(|json| json.value().to_owned()))
        })
    }

    /// All names with their contracts.
    pub fn names(&self) -> Outcome<Vec<(String, AccountId)>> {
        self.reading(|transaction| {
            let mut all = Vec::new();
            for entry in transaction.open_table(NAMES)?.iter()? {
                let (name, account) = entry?;
                if let Ok(account) = AccountId::decode(&mut account.value()) {
                    all.push((name.value().to_owned(), account));
                }
            }
            Ok(all)
        })
    }

    /// The header, the encoded transactions and the events of a block.
    pub fn block(&self, number: u32) -> Outcome<Option<StoredBlock>> {
        let bytes = self.reading(|transaction| {
            let table = transaction.open_table(BLOCKS)?;
            Ok(table.get(number)?.map(|block| block.value().to_vec()))
        })?;
        bytes
            .map(|bytes| DecodeAll::decode_all(&mut bytes.as_slice()))
            .transpose()
            .map_err(|_| self.damaged(&format!("block {number} does not decode")))
    }

    /// Lets the database check its own pages and checksums.
    pub fn check_pages(&mut self) -> Outcome<bool> {
        self.database.check_integrity().map_err(|error| self.damaged(&format!("its pages do not check: {error}")))
    }

    /// A failure that says the file is damaged.
    pub fn damaged(&self, how: &str) -> Failure {
        Failure::state(format!("the state file {} is damaged: {how}", self.file.display()))
            .help("restore the folder from a copy, or remove it to start a new chain (or use another --state DIR)")
    }

    fn meta<T: Decode>(&self, key: &'static str) -> Outcome<T> {
        let bytes = self.reading(|transaction| {
            let table = transaction.open_table(META)?;
            Ok(table.get(key)?.map(|value| value.value().to_vec()))
        })?;
        let bytes = bytes.ok_or_else(|| self.damaged(&format!("it has no entry `{key}`")))?;
        T::decode_all(&mut bytes.as_slice()).map_err(|_| self.damaged(&format!("its entry `{key}` does not decode")))
    }

    fn reading<R>(&self, read: impl FnOnce(&redb::ReadTransaction) -> Result<R, redb::Error>) -> Outcome<R> {
        let run = || read(&self.database.begin_read()?);
        run().map_err(|error| self.damaged(&error.to_string()))
    }

    fn check_format(&self) -> Outcome<()> {
        let foreign = |what: String| {
            Failure::state(format!("{} is not a state of this program: {what}", self.file.display()))
                .help("choose another folder with --state DIR")
        };
        let transaction = self.database.begin_read().map_err(|error| self.damaged(&error.to_string()))?;
        let meta = match transaction.open_table(META) {
            Ok(meta) => meta,
            Err(redb::TableError::Storage(error)) => return Err(self.damaged(&error.to_string())),
            Err(error) => return Err(foreign(error.to_string())),
        };
        drop(meta);
        let format: u32 = self.meta("format")?;
        if format != FORMAT {
            return Err(foreign(format!("its layout is {format}, this program reads {FORMAT}")));
        }
        let spec_version: u32 = self.meta("spec_version")?;
        if spec_version > vellum_runtime::VERSION.spec_version {
            return Err(foreign(format!(
                "it was written by runtime version {spec_version}, this program has {}",
                vellum_runtime::VERSION.spec_version
            )));
        }
        Ok(())
    }
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_BYTES);
    builder
}

fn open_failure(file: &Path, error: redb::DatabaseError) -> Failure {
    let file = file.display();
    match error {
        redb::DatabaseError::DatabaseAlreadyOpen => {
            Failure::state(format!("the state file {file} is in use by another process"))
                .help("wait until that command is done, or use another --state DIR")
        }
        redb::DatabaseError::UpgradeRequired(version) => Failure::state(format!(
            "the state file {file} has the database format {version}, which this program cannot read"
        ))
        .help("use another --state DIR"),
        redb::DatabaseError::Storage(redb::StorageError::Io(error))
            if error.kind() == std::io::ErrorKind::InvalidData =>
        {
            Failure::state(format!("the file {file} is not a state file or is damaged: {error}"))
                .help("restore it from a copy, remove it to start a new chain, or use another --state DIR")
        }
        redb::DatabaseError::Storage(redb::StorageError::Io(error)) => {
            Failure::state(format!("cannot open the state file {file}: {error}"))
                .help("check the permissions and the disk, or use another --state DIR")
        }
        error => Failure::state(format!("the state file {file} is damaged: {error}"))
            .help("restore it from a copy, remove it to start a new chain, or use another --state DIR"),
    }
}

/// Removes a draft whether it was completed or not: by then the final name exists, or nothing should.
struct RemoveOnDrop<'a>(&'a Path);

impl Drop for RemoveOnDrop<'_> {
    fn drop(&mut self) {
        // A draft that stays behind is litter, not an error: its name is never opened.
        let _ = fs::remove_file(self.0);
    }
}
