//! The tables that a header is read from: rows of fixed width, in place.
//!
//! One image of bytes holds them all. Reading a blob fills it ([`Writer`]), an index is it, and
//! [`Tables`] is the one reader of both. Every number is a 32-bit little-endian word, so an image
//! means the same on every machine and needs no alignment.
//!
//! ```text
//! magic 8 | format 1 word | head | for each table: start, rows | checksum of all that | tables ...
//! ```
//!
//! [`Tables::read`] looks at the front of the image only and sees to it that every table lies inside:
//! work that does not depend on what is in them. What a row says is checked by whoever uses it. The
//! bytes may even change under the reader: counts do not, and every row is read with its bounds.

use crate::bytes::Bytes;
use alloc::vec::Vec;

/// What an image begins with.
const MAGIC: [u8; 8] = *b"\0vellum\x1a";

/// Counts up whenever the meaning of an image changes: an older one is made anew.
const FORMAT: u32 = 2;

/// Bytes of a number.
const WORD: usize = 4;

/// A row of numbers.
pub(super) trait Row: Copy {
    const BYTES: usize;

    /// The row that these bytes are; `None` if they are too few.
    fn read(bytes: &[u8]) -> Option<Self>;

    fn write(self, into: &mut Vec<u8>);

    /// Writes the row to a place of its size.
    fn place(self, into: &mut [u8]);
}

/// A row of a table.
pub(super) trait TableRow: Row {
    const TABLE: usize;
}

macro_rules! rows {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $text:literal])* $field:ident),* })*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, Default)]
        pub(super) struct $name { $($(#[doc = $text])* pub(super) $field: u32),* }

        impl Row for $name {
            const BYTES: usize = WORD * [$(stringify!($field)),*].len();

            #[inline]
            fn read(bytes: &[u8]) -> Option<Self> {
                let mut words = words(bytes);
                Some(Self { $($field: words.next()?),* })
            }

            fn write(self, into: &mut Vec<u8>) {
                into.extend_from_slice([$(self.$field.to_le_bytes()),*].as_flattened());
            }

            fn place(self, into: &mut [u8]) {
                into.copy_from_slice([$(self.$field.to_le_bytes()),*].as_flattened());
            }
        }
    )*};
}

macro_rules! tables {
    ($($name:ident)*) => {
        /// How many tables there are.
        const COUNT: usize = [$(stringify!($name)),*].len();

        #[allow(clippy::enum_variant_names, reason = "the rows have these names")]
        enum TableNumber { $($name),* }

        $(impl TableRow for $name {
            #[allow(clippy::as_conversions, reason = "the number of a variant")]
            const TABLE: usize = TableNumber::$name as usize;
        })*
    };
}

rows! {
    /// What is said once.
    Head {
        /// See [`flags`].
        flags,
        /// A checksum of the policy's features and limits: under others the blob may be refused.
        policy_low,
        policy_high,
        /// Bytes of the blob.
        blob_bytes,
        /// A checksum of the blob's two ends.
        blob_mark,
        start_func,
        memory_min,
        memory_max,
        imported_tables,
        imported_globals,
        custom_sections
    }

    /// A type: its parameters and its results are neighbours in the table of value types.
    TypeRow { params, param_count, result_count,
        /// The first index of an equal type: calls through tables compare these.
        canonical
    }
    /// Four value types: they are counted in bytes.
    ValTypeRow { types }
    /// An import: its names are places in the blob.
    ImportRow { module, module_len, name, name_len,
        /// See [`import_kind`].
        kind,
        /// The index of what is imported, in the index space of its kind.
        index
    }
    /// A function: the index of its type. Imported functions come first.
    FuncRow { ty }
    /// An imported function: the number of its import.
    FuncImportRow { import }
    /// A table. Imported ones come first.
    TableTypeRow { element, min, max, has_max }
    /// A global. Imported ones come first.
    GlobalRow { value, mutable,
        /// Its constant, or [`NONE`].
        init
    }
    /// A constant expression, or a step of one.
    ConstRow {
        /// See [`const_kind`].
        kind,
        low,
        high
    }
    /// An export: its name is a place in the blob.
    ExportRow { name, name_len,
        /// See [`export_kind`].
        kind,
        index
    }
    /// An element segment.
    ElementRow {
        /// The constant that says where it goes; [`NONE`] if it is not active.
        offset,
        table,
        items, item_count,
        /// Whether items are constants, otherwise functions.
        constants
    }
    /// An item of an element segment.
    ItemRow { item }
    /// A data segment: its bytes are a place in the blob.
    DataRow {
        /// The constant that says where it goes; [`NONE`] if it is not active.
        offset,
        memory,
        start, len
    }
    /// A function body: its bytes are a place in the blob.
    BodyRow { start, len,
        /// Parameters and locals together.
        locals,
        /// Of the bytes; only where [`flags::CHECKED`] says so.
        checksum
    }
    /// Where a table is in the image, and how many rows it has.
    Place { start, rows }
}

tables! {
    TypeRow ValTypeRow ImportRow FuncRow FuncImportRow TableTypeRow GlobalRow ConstRow ExportRow ElementRow ItemRow
    DataRow BodyRow
}

/// No index.
pub(super) const NONE: u32 = u32::MAX;

/// Bits of [`Head::flags`].
pub(super) mod flags {
    /// There is a start function.
    pub(in super::super) const START: u32 = 1;
    /// There is a memory.
    pub(in super::super) const MEMORY: u32 = 1 << 1;
    /// It has a declared maximum.
    pub(in super::super) const MEMORY_MAX: u32 = 1 << 2;
    /// Bodies have checksums: the image is to be used with a blob that nobody reads at the start.
    pub(in super::super) const CHECKED: u32 = 1 << 3;
    /// Every body has been validated.
    pub(in super::super) const VALIDATED: u32 = 1 << 4;
}

/// Kinds of imports.
pub(super) mod import_kind {
    pub(in super::super) const FUNC: u32 = 0;
    pub(in super::super) const MEMORY: u32 = 1;
    pub(in super::super) const TABLE: u32 = 2;
    pub(in super::super) const GLOBAL: u32 = 3;
}

/// Kinds of exports.
pub(super) mod export_kind {
    pub(in super::super) const FUNC: u32 = 0;
    pub(in super::super) const MEMORY: u32 = 1;
    pub(in super::super) const TABLE: u32 = 2;
    pub(in super::super) const GLOBAL: u32 = 3;
    pub(in super::super) const OTHER: u32 = 4;
}

/// Kinds of constants.
pub(super) mod const_kind {
    pub(in super::super) const VALUE: u32 = 0;
    pub(in super::super) const GLOBAL: u32 = 1;
    pub(in super::super) const FUNC: u32 = 2;
    /// A computation: `low` is its first step, `high` how many there are.
    pub(in super::super) const COMPUTED: u32 = 3;
    /// The steps that compute begin here, in the order of [`super::super::header::BINARY`].
    pub(in super::super) const BINARY: u32 = 4;
}

/// Why an image cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ImageError {
    /// It is something else.
    Magic,
    /// It is of another release.
    Format,
    /// Its front is damaged, or a table lies outside.
    Damaged,
}

/// Bytes in front of the tables.
const FRONT: usize = MAGIC.len() + WORD + Head::BYTES + COUNT * Place::BYTES + WORD;

/// Tables, to read.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    image: Bytes,
    pub(super) head: Head,
    places: [Place; COUNT],
}

impl Tables {
    /// Reads the front of an image.
    pub(super) fn read(image: Bytes) -> Result<Self, ImageError> {
        let bytes = image.as_slice();
        if bytes.get(..MAGIC.len()) != Some(&MAGIC) {
            return Err(ImageError::Magic);
        }
        if words(&bytes[MAGIC.len()..]).next() != Some(FORMAT) {
            return Err(ImageError::Format);
        }
        let front = bytes.get(..FRONT).ok_or(ImageError::Damaged)?;
        let (said, sum) = front.split_at(FRONT - WORD);
        if words(sum).next() != Some(checksum(said)) {
            return Err(ImageError::Damaged);
        }
        let at = MAGIC.len() + WORD;
        let head = Head::read(&front[at..]).ok_or(ImageError::Damaged)?;
        let mut places = [Place::default(); COUNT];
        let rows = front[at + Head::BYTES..].chunks_exact(Place::BYTES);
        for ((place, row), bytes) in places.iter_mut().zip(rows).zip(ROW_BYTES) {
            *place = Place::read(row).ok_or(ImageError::Damaged)?;
            let end = u64::from(place.start) + u64::from(place.rows) * bytes;
            if usize::try_from(end).is_ok_and(|end| end > image.len()) || usize::try_from(end).is_err() {
                return Err(ImageError::Damaged);
            }
        }
        Ok(Self { image, head, places })
    }

    /// How many rows a table has.
    #[inline]
    pub(super) fn rows<R: TableRow>(&self) -> u32 {
        self.places[R::TABLE].rows
    }

    /// A row of a table; `None` if there is none.
    #[inline]
    pub(super) fn row<R: TableRow>(&self, index: u32) -> Option<R> {
        let place = self.places[R::TABLE];
        if index >= place.rows {
            return None;
        }
        let start =
            usize::try_from(place.start).ok()?.checked_add(usize::try_from(index).ok()?.checked_mul(R::BYTES)?)?;
        R::read(self.image.as_slice().get(start..start.checked_add(R::BYTES)?)?)
    }

    /// Bytes of a table whose rows are counted; empty if they do not lie inside.
    pub(super) fn bytes<R: TableRow>(&self, start: usize, len: usize) -> &[u8] {
        let place = self.places[R::TABLE];
        let table = usize::try_from(place.start).ok().and_then(|start| {
            let len = usize::try_from(place.rows).ok()?.checked_mul(R::BYTES)?;
            self.image.as_slice().get(start..start.checked_add(len)?)
        });
        let span = start.checked_add(len).map(|end| start..end);
        table.zip(span).and_then(|(table, span)| table.get(span)).unwrap_or_default()
    }

    /// The whole image.
    pub(super) fn image(&self) -> &Bytes {
        &self.image
    }

    /// A copy of the image with another head, and with bodies as `body` makes them.
    pub(super) fn rewritten(&self, head: Head, body: impl Fn(BodyRow) -> BodyRow) -> Vec<u8> {
        let mut image = self.image.as_slice().to_vec();
        let mut bodies = Vec::new();
        for index in 0..self.rows::<BodyRow>() {
            body(self.row(index).unwrap_or_default()).write(&mut bodies);
        }
        let at = usize::try_from(self.places[BodyRow::TABLE].start).unwrap_or(usize::MAX);
        if let Some(table) = at.checked_add(bodies.len()).and_then(|end| image.get_mut(at..end)) {
            table.copy_from_slice(&bodies);
        }
        let mut front = Vec::with_capacity(FRONT);
        write_front(&mut front, head, &self.places);
        image.get_mut(..FRONT).unwrap_or_default().copy_from_slice(&front);
        image
    }
}

/// Tables, to fill.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) head: Head,
    tables: [Vec<u8>; COUNT],
}

impl Writer {
    /// Adds a row to a table.
    #[inline]
    pub(super) fn push<R: TableRow>(&mut self, row: R) {
        row.write(&mut self.tables[R::TABLE]);
    }

    /// Makes room for so many rows more. The first room of a table is no larger.
    pub(super) fn reserve<R: TableRow>(&mut self, rows: usize) {
        self.tables[R::TABLE].reserve(rows.saturating_mul(R::BYTES));
    }

    /// How many rows a table has.
    pub(super) fn rows<R: TableRow>(&self) -> u32 {
        u32::try_from(self.tables[R::TABLE].len() / R::BYTES).unwrap_or(u32::MAX)
    }

    /// A row of a table.
    pub(super) fn row<R: TableRow>(&self, index: u32) -> Option<R> {
        let start = usize::try_from(index).ok()?.checked_mul(R::BYTES)?;
        R::read(self.tables[R::TABLE].get(start..start.checked_add(R::BYTES)?)?)
    }

    /// Changes a row of a table.
    pub(super) fn set<R: TableRow>(&mut self, index: u32, row: R) {
        let start = usize::try_from(index).unwrap_or(usize::MAX).saturating_mul(R::BYTES);
        if let Some(place) = self.tables[R::TABLE].get_mut(start..start.saturating_add(R::BYTES)) {
            row.place(place);
        }
    }

    /// Forgets the rows of a table.
    pub(super) fn clear<R: TableRow>(&mut self) {
        self.tables[R::TABLE].clear();
    }

    /// The bytes of a table, for what is smaller than a row.
    pub(super) fn bytes<R: TableRow>(&mut self) -> &mut Vec<u8> {
        &mut self.tables[R::TABLE]
    }

    /// The tables as one image; `None` if that is over 4 GiB.
    pub(super) fn finish(mut self) -> Option<Tables> {
        let value_types = &mut self.tables[ValTypeRow::TABLE];
        value_types.resize(value_types.len().next_multiple_of(ValTypeRow::BYTES), 0);
        let bytes: usize = self.tables.iter().map(Vec::len).sum();
        let mut image = Vec::with_capacity(FRONT + bytes);
        let mut places = [Place::default(); COUNT];
        let mut start = FRONT;
        for ((place, table), row) in places.iter_mut().zip(&self.tables).zip(ROW_BYTES) {
            let rows = u64::try_from(table.len()).ok()? / row;
            *place = Place { start: u32::try_from(start).ok()?, rows: u32::try_from(rows).ok()? };
            start += table.len();
        }
        write_front(&mut image, self.head, &places);
        for table in &self.tables {
            image.extend_from_slice(table);
        }
        Some(Tables { image: image.into(), head: self.head, places })
    }
}

/// The rows' bytes of each table, in order.
const ROW_BYTES: [u64; COUNT] = {
    #[allow(clippy::as_conversions, reason = "`From` is not for constants yet")]
    const fn bytes<R: TableRow>(mut table: [u64; COUNT]) -> [u64; COUNT] {
        table[R::TABLE] = R::BYTES as u64;
        table
    }
    let table = bytes::<TypeRow>(bytes::<ValTypeRow>(bytes::<ImportRow>(bytes::<FuncRow>([0; COUNT]))));
    let table = bytes::<FuncImportRow>(bytes::<TableTypeRow>(bytes::<GlobalRow>(bytes::<ConstRow>(table))));
    let table = bytes::<ExportRow>(bytes::<ElementRow>(bytes::<ItemRow>(bytes::<DataRow>(table))));
    bytes::<BodyRow>(table)
};

/// Writes what an image begins with to an empty one.
fn write_front(image: &mut Vec<u8>, head: Head, places: &[Place; COUNT]) {
    image.extend_from_slice(&MAGIC);
    image.extend_from_slice(&FORMAT.to_le_bytes());
    head.write(image);
    for place in places {
        place.write(image);
    }
    let sum = checksum(image);
    image.extend_from_slice(&sum.to_le_bytes());
}

/// The words that bytes consist of.
#[inline]
pub(super) fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<WORD>().0.iter().map(|word| u32::from_le_bytes(*word))
}

/// Tells damage and mistakes, not intent: whoever wants to can make bytes of any checksum.
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    let sum = checksum_long(0, bytes);
    u32::try_from((sum ^ sum >> 32) & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// The same in 64 bits, going on from another.
pub(super) fn checksum_long(seed: u64, bytes: &[u8]) -> u64 {
    /// Odd, with its bits spread: the fraction of the golden ratio, as in Fibonacci hashing.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |sum: u64, word: u64| {
        let sum = (sum ^ word).wrapping_mul(SPREAD);
        sum ^ sum >> 29
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let sum = words.iter().fold(seed, |sum, word| step(sum, u64::from_le_bytes(*word)));
    let len = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    step(step(step(sum, u64::from_le_bytes(last)), len), SPREAD)
}
