//! Modules in files: a blob behind its index.
//!
//! ```text
//! magic 8 | format 4 | release 16 | index bytes 8 | blob bytes 8 | checksum of all that 4 | index | blob
//! ```
//!
//! Numbers are little-endian. No code is stored, so no prices are either: what an index depends on is
//! the release and the policy, and it says so itself. The release stands here, too, because between
//! two of them the meaning of an index may change by mistake.

use super::BlobHash;
use crate::bytes::Bytes;
use crate::gas::PriceTable;
use crate::module::{Mode, Module, image_checksum};
use crate::policy::Policy;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

const MAGIC: [u8; 8] = *b"\0vellumc";
const FORMAT: u32 = 1;
const RELEASE: [u8; 16] = {
    let (text, mut release) = (env!("CARGO_PKG_VERSION").as_bytes(), [0; 16]);
    let mut at = 0;
    while at < text.len() && at < release.len() {
        release[at] = text[at];
        at += 1;
    }
    release
};

/// Bytes in front of the index.
const FRONT: usize = MAGIC.len() + size_of::<u32>() + RELEASE.len() + 2 * size_of::<u64>() + size_of::<u32>();

/// Files that are being written have names of their own.
static WRITES: AtomicU64 = AtomicU64::new(0);

type Read = dyn Fn(&Path) -> io::Result<Bytes> + Send + Sync;

pub(super) struct Folder {
    path: PathBuf,
    read: Box<Read>,
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, read: Box::new(|path| fs::read(path).map(Bytes::from)) }
    }

    pub(super) fn read_by(&mut self, read: impl Fn(&Path) -> io::Result<Bytes> + Send + Sync + 'static) {
        self.read = Box::new(read);
    }

    /// The module of a blob, if there is a file that is good for it.
    pub(super) fn load(&self, hash: &BlobHash, policy: &Policy, prices: &PriceTable, mode: Mode) -> Option<Module> {
        let file = (self.read)(&self.file(hash, policy)).ok()?;
        let (index, blob) = open(&file)?;
        let from_index = |mode| Module::from_index(blob.clone(), index, policy, prices, mode).ok();
        match mode {
            Mode::Lazy | Mode::TrustedLazy => from_index(mode),
            // What another process has validated need not be validated again.
            Mode::LazyTranslation | Mode::Eager => {
                let module = from_index(Mode::TrustedLazy).filter(Module::is_validated)?;
                (mode != Mode::Eager || module.translate_all().is_ok()).then_some(module)
            }
        }
    }

    /// Puts a module there, if that is possible: whoever looks meanwhile finds the old file or the new
    /// one.
    pub(super) fn store(&self, hash: &BlobHash, policy: &Policy, module: &Module) {
        let number = WRITES.fetch_add(1, Ordering::Relaxed);
        let draft = self.path.join(format!("{}-{number}.draft", std::process::id()));
        let written = fs::create_dir_all(&self.path)
            .and_then(|()| write(&draft, module))
            .and_then(|()| fs::rename(&draft, self.file(hash, policy)));
        if written.is_err() {
            // There may be none; and there is nobody whom a second failure would tell more.
            let _ = fs::remove_file(&draft);
        }
    }

    pub(super) fn remove(&self, hash: &BlobHash, policy: &Policy) {
        // What is not there need not be removed.
        let _ = fs::remove_file(self.file(hash, policy));
    }

    /// Different policies do not take each other's files away.
    fn file(&self, hash: &BlobHash, policy: &Policy) -> PathBuf {
        let hash = hash.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        self.path.join(format!("{hash}-{:016x}.module", crate::module::policy_number(policy)))
    }
}

fn write(path: &Path, module: &Module) -> io::Result<()> {
    let (index, blob) = (module.index(), module.blob());
    let bytes = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes();
    let mut front = Vec::with_capacity(FRONT);
    front.extend_from_slice(&MAGIC);
    front.extend_from_slice(&FORMAT.to_le_bytes());
    front.extend_from_slice(&RELEASE);
    front.extend_from_slice(&bytes(&index));
    front.extend_from_slice(&bytes(blob));
    front.extend_from_slice(&image_checksum(&front).to_le_bytes());
    let mut file = File::create(path)?;
    file.write_all(&front)?;
    file.write_all(&index)?;
    file.write_all(blob)?;
    // Or a loss of power might leave a file of the right length that was never written.
    file.sync_all()
}

/// Index and blob of a file.
fn open(file: &Bytes) -> Option<(Bytes, Bytes)> {
    let (front, _) = file.as_slice().split_at_checked(FRONT)?;
    let (said, sum) = front.split_last_chunk()?;
    if u32::from_le_bytes(*sum) != image_checksum(said) {
        return None;
    }
    let said = said.strip_prefix(&MAGIC)?.strip_prefix(&FORMAT.to_le_bytes())?.strip_prefix(&RELEASE)?;
    let (lengths, _) = said.as_chunks::<8>();
    let [index, blob] = lengths else { return None };
    let len = |bytes: &[u8; 8]| usize::try_from(u64::from_le_bytes(*bytes)).ok();
    let index_end = FRONT.checked_add(len(index)?)?;
    let blob_end = index_end.checked_add(len(blob)?)?;
    if blob_end != file.len() {
        return None;
    }
    Some((file.slice(FRONT..index_end)?, file.slice(index_end..blob_end)?))
}
