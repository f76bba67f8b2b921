//! What a node tells of a module, so that the runtime can link its imports and charge for an instance: one crossing.
//!
//! It is as long as the module's imports need; a buffer that is too short gets the length only.

use crate::{
    EntryPoint, FuncImport,
    wire::{NONE, Reader, val_type},
};
use alloc::vec::Vec;
use core::ops::Range;
use vellum_engine::ValType;

/// Of longer lists of parameters or results only so many are told: no host function has as many, so that the import
/// matches none, and the description does not grow with the product of imports and parameters.
#[cfg(feature = "std")]
const TYPES_MAX: usize = 64;

/// As many types as the imports of most modules have.
const TYPES_START: usize = 64;

/// Bytes of the length that a description begins with.
pub(crate) const LEN_BYTES: usize = 4;

/// What is known of a module.
pub(crate) struct Description {
    /// The bytes that names lie in.
    bytes: Vec<u8>,
    /// The types of all imports, one after the other.
    types: Vec<ValType>,
    imports: Vec<Import>,
    entry_points: Vec<Option<EntryPoint>>,
    pub(crate) start_func: Option<u32>,
    pub(crate) instantiation_fuel: u64,
}

struct Import {
    module: Range<usize>,
    name: Range<usize>,
    params: Range<usize>,
    results: Range<usize>,
}

impl Description {
    /// How long the description is that a buffer begins with; `None` if it does not.
    pub(crate) fn len(buffer: &[u8]) -> Option<usize> {
        usize::try_from(Reader(buffer).u32()?).ok()
    }

    /// Reads a description; `None` if these bytes are none.
    pub(crate) fn decode(bytes: Vec<u8>) -> Option<Self> {
        let mut reader = Reader(&bytes);
        reader.u32()?;
        let func = |index: u32| (index != NONE).then_some(index);
        let (start_func, instantiation_fuel) = (func(reader.u32()?), reader.u64()?);
        let (entry_count, import_count) = (reader.u32()?, reader.u32()?);
        // An item has a byte at least, whatever the counts say.
        let room = |count: u32| usize::try_from(count).unwrap_or(usize::MAX).min(bytes.len());
        let mut entry_points = Vec::with_capacity(room(entry_count));
        for _ in 0..entry_count {
            let (index, result_count) = (reader.u32()?, reader.u32()?);
            entry_points.push(func(index).map(|func| EntryPoint { func, result_count }));
        }
        let (mut imports, mut types) = (Vec::with_capacity(room(import_count)), Vec::with_capacity(TYPES_START));
        for _ in 0..import_count {
            let mut listed = || -> Option<Range<usize>> {
                let start = types.len();
                let count = usize::from(reader.u8()?);
                for number in reader.bytes(count)? {
                    types.push(val_type(*number)?);
                }
                Some(start..types.len())
            };
            let (params, results) = (listed()?, listed()?);
            let mut named = || -> Option<Range<usize>> {
                let name = reader.prefixed()?;
                core::str::from_utf8(name).ok()?;
                let end = bytes.len() - reader.0.len();
                Some(end - name.len()..end)
            };
            imports.push(Import { module: named()?, name: named()?, params, results });
        }
        Some(Self { types, imports, entry_points, start_func, instantiation_fuel, bytes })
    }

    pub(crate) fn func_imports(&self) -> impl Iterator<Item = FuncImport<'_>> {
        let name = |span: &Range<usize>| {
            let bytes = self.bytes.get(span.clone()).unwrap_or_default();
            core::str::from_utf8(bytes).expect("`decode` has looked at it; qed")
        };
        self.imports.iter().map(move |import| FuncImport {
            module: name(&import.module),
            name: name(&import.name),
            params: &self.types[import.params.clone()],
            results: &self.types[import.results.clone()],
        })
    }

    /// The entry point of this number among the session's.
    pub(crate) fn entry_point(&self, number: usize) -> Option<EntryPoint> {
        self.entry_points.get(number).copied().flatten()
    }
}

/// The description of a module, of which these exports are asked for.
#[cfg(feature = "std")]
pub(crate) fn encode<'a>(
    module: &vellum_engine::Module,
    entry_points: impl ExactSizeIterator<Item = &'a str>,
) -> Vec<u8> {
    use crate::wire::{put_prefixed, val_type_number};
    let mut bytes = Vec::with_capacity(512);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes();
    bytes.extend_from_slice(&[0; LEN_BYTES]);
    bytes.extend_from_slice(&module.start_func().unwrap_or(NONE).to_le_bytes());
    bytes.extend_from_slice(&module.instantiation_fuel().to_le_bytes());
    bytes.extend_from_slice(&count(entry_points.len()));
    bytes.extend_from_slice(&module.func_import_count().to_le_bytes());
    for name in entry_points {
        let func = module.exported_func(name);
        let results = func.and_then(|func| module.func_type(func)).map_or(0, |ty| ty.results.len());
        bytes.extend_from_slice(&func.unwrap_or(NONE).to_le_bytes());
        bytes.extend_from_slice(&count(results));
    }
    for import in crate::linked::func_imports(module) {
        for types in [import.params, import.results] {
            let types = &types[..types.len().min(TYPES_MAX)];
            bytes.push(u8::try_from(types.len()).unwrap_or(u8::MAX));
            bytes.extend(types.iter().map(|ty| val_type_number(*ty)));
        }
        put_prefixed(&mut bytes, import.module.as_bytes());
        put_prefixed(&mut bytes, import.name.as_bytes());
    }
    let len = count(bytes.len());
    bytes[..LEN_BYTES].copy_from_slice(&len);
    bytes
}
