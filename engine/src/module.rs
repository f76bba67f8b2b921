//! A blob, read: what can be instantiated.

mod carried;
pub(crate) mod header;
mod index;
mod parse;
mod tables;
mod validate;

use crate::bytes::Bytes;
use crate::code::{CodeMap, FuncCode};
use crate::error::{CodeError, CodeErrorKind};
use crate::gas::{GasClass, PriceTable};
use crate::limits::RunLimits;
use crate::policy::Policy;
use crate::translate::{Context, Spare, Translator};
use crate::types::{Export, FuncType, Import, MemoryType, PAGE_BYTES};
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::mem;
#[cfg(feature = "std")]
use core::num::NonZeroUsize;
use core::sync::atomic::{AtomicUsize, Ordering};
use header::{Aliases, Body, Header};
pub use index::IndexError;
#[cfg(feature = "std")]
pub(crate) use index::policy_number;
use once_cell::race::OnceBox;
use parse::Found;
#[cfg(feature = "std")]
pub(crate) use tables::checksum as image_checksum;
use validate::{Bodies, Bounds, Effort, Sections};

/// When a module's functions are translated. It changes no result and no gas (Law 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Mode {
    /// All of them, when the module is made.
    Eager,
    /// Each when it is first called. Everything is validated when the module is made.
    LazyTranslation,
    /// Each is validated and translated when it is first called; one that turns out not to be Wasm
    /// traps with [`Trap::InvalidCode`](crate::Trap), and the others go on. The sections are
    /// validated when the module is made.
    Lazy,
    /// Nothing is validated, and each function is translated when it is first called: for bytes that
    /// have been validated before. Other bytes are safe to run, but what they do is not promised.
    TrustedLazy,
}

/// A module with its code. Cheap to clone; clones share the code.
#[derive(Clone)]
pub struct Module(Arc<Inner>);

struct Inner {
    blob: Bytes,
    policy: Policy,
    prices: PriceTable,
    header: Header,
    imports: OnceBox<Vec<Import>>,
    exports: OnceBox<Vec<Export>>,
    validation: Validation,
    code: CodeMap,
    /// Steps of translation so far.
    work: AtomicUsize,
    /// What has been validated so far.
    effort: Effort,
}

/// What translating one function took memory for and the next will use: what an instance calls first is
/// mostly small. What a larger one took more is given back, because as many instances as calls are open keep
/// this, and memory for those is counted (`integrity_test` of the pallet).
#[derive(Default)]
pub(crate) struct FirstCalls(Spare);

/// A body of up to so many bytes is small: what translating it takes are some tens of kilobytes.
const SMALL_BODY_BYTES: usize = 2_048;

/// What is known of the bodies.
enum Validation {
    /// All are valid.
    Done,
    /// Nothing, and nobody asks.
    Skipped,
    /// Nothing; each is validated before it is translated.
    Each(Bodies),
    /// The same, but what it takes has not been made yet.
    EachLater(OnceBox<Result<Bodies, CodeError>>),
}

impl Module {
    /// Reads a blob, and validates and translates as much of it as the mode says.
    ///
    /// # Errors
    /// The rule of the policy that the blob breaks, and where.
    pub fn new(blob: &[u8], policy: &Policy, prices: &PriceTable, mode: Mode) -> Result<Self, CodeError> {
        Self::from_bytes(blob, policy, prices, mode)
    }

    /// The same, of bytes that are taken over: a start that copies nothing.
    ///
    /// # Errors
    /// As [`Module::new`].
    pub fn from_vec(blob: Vec<u8>, policy: &Policy, prices: &PriceTable, mode: Mode) -> Result<Self, CodeError> {
        Self::from_bytes(blob, policy, prices, mode)
    }

    /// The same, of bytes that others may hold, too.
    ///
    /// # Errors
    /// As [`Module::new`].
    pub fn from_bytes(
        blob: impl Into<Bytes>,
        policy: &Policy,
        prices: &PriceTable,
        mode: Mode,
    ) -> Result<Self, CodeError> {
        Self::read(blob.into(), policy, prices, mode, |bodies, bounds, blob| bodies.validate_all(bounds, blob))
    }

    /// The same, where everything is validated by as many threads: for hosts that have them to spare.
    /// What is accepted, and what is found wrong, does not depend on them.
    ///
    /// # Errors
    /// As [`Module::new`].
    #[cfg(feature = "std")]
    pub fn from_bytes_by(
        threads: NonZeroUsize,
        blob: impl Into<Bytes>,
        policy: &Policy,
        prices: &PriceTable,
        mode: Mode,
    ) -> Result<Self, CodeError> {
        let validate = |bodies: &Bodies, bounds: Bounds<'_>, blob: &[u8]| bodies.validate_all_by(threads, bounds, blob);
        Self::read(blob.into(), policy, prices, mode, validate)
    }

    fn read(
        blob: Bytes,
        policy: &Policy,
        prices: &PriceTable,
        mode: Mode,
        validate: impl FnOnce(&Bodies, Bounds<'_>, &[u8]) -> Result<(), CodeError>,
    ) -> Result<Self, CodeError> {
        let (bytes, effort) = (blob.as_slice(), Effort::default());
        let (header, validation) = if mode == Mode::TrustedLazy {
            (parse::parse(bytes, policy, |_, _| Ok(()))?, Validation::Skipped)
        } else {
            // One walk: a section is held against the limits, then validated. No operator of a function
            // is looked at before all counts are known.
            let mut sections = Sections::new(policy.features);
            let header = parse::parse(bytes, policy, |payload, found| match found {
                // Where everything is validated, the validator gets to see everything.
                Found::Valid if mode == Mode::Lazy => Ok(()),
                _ => sections.section(payload),
            })?;
            let bounds = Bounds { header: &header, limits: &policy.limits, effort: &effort };
            bounds.check_sections(bytes.len())?;
            match (sections.into_bodies(), mode) {
                (None, _) => (header, Validation::Done),
                (Some(bodies), Mode::Lazy) => (header, Validation::Each(bodies)),
                (Some(bodies), _) => {
                    validate(&bodies, bounds, bytes)?;
                    (header, Validation::Done)
                }
            }
        };
        let module = Self::of(blob, policy, prices, header, validation, effort);
        if mode == Mode::Eager {
            module.translate_all()?;
        }
        Ok(module)
    }

    fn of(
        blob: Bytes,
        policy: &Policy,
        prices: &PriceTable,
        header: Header,
        validation: Validation,
        effort: Effort,
    ) -> Self {
        let code = CodeMap::new(header.body_count());
        Self(Arc::new(Inner {
            blob,
            policy: *policy,
            prices: *prices,
            header,
            imports: OnceBox::new(),
            exports: OnceBox::new(),
            validation,
            code,
            work: AtomicUsize::new(0),
            effort,
        }))
    }

    /// What [`Module::from_index`] starts from: a summary of the blob in tables that are read in place.
    ///
    /// It belongs to this blob, to the features and limits of this policy, and to this release of the
    /// engine. It is a local artefact: never consensus, never part of a chain's state, and of no use to
    /// whom it is sent. Keep it beside the blob, or make it anew.
    pub fn index(&self) -> Vec<u8> {
        index::write(self.header(), self.blob(), matches!(self.0.validation, Validation::Done))
    }

    /// A module from a blob and its [`index`](Module::index): nothing is parsed and nothing copied, and
    /// the work does not grow with the blob. Bodies are read when they are called.
    ///
    /// The mode is [`Mode::TrustedLazy`], for a blob that has been validated before, or [`Mode::Lazy`]:
    /// then the first function that is called has the sections in front of the bodies read and
    /// validated once, and each function is validated at its first call.
    ///
    /// What the index says is checked where it is used. With a wrong one, stale, damaged or made up,
    /// functions turn out to be [`InvalidCode`](crate::Trap::InvalidCode), or compute and cost something
    /// else; that is all that can happen. So whoever may write the index is trusted as much as whoever
    /// may write the blob, and what consensus depends on is never started from one.
    ///
    /// ```
    /// use vellum_engine::{Bytes, GasClass, Mode, Module, Policy, PriceTable};
    ///
    /// let blob = Bytes::from(wat::parse_str(r#"(module (func (export "f")))"#).unwrap());
    /// let (policy, prices) = (Policy::all(), PriceTable::new([1; GasClass::COUNT]).unwrap());
    /// let index = Module::from_bytes(blob.clone(), &policy, &prices, Mode::LazyTranslation).unwrap().index();
    ///
    /// let module = Module::from_index(blob, index, &policy, &prices, Mode::TrustedLazy).unwrap();
    /// assert_eq!(module.exported_func("f"), Some(0));
    /// ```
    ///
    /// # Errors
    /// Why the index cannot be used. The blob may be good nevertheless: make the module from that.
    pub fn from_index(
        blob: impl Into<Bytes>,
        index: impl Into<Bytes>,
        policy: &Policy,
        prices: &PriceTable,
        mode: Mode,
    ) -> Result<Self, IndexError> {
        let validation = match mode {
            Mode::TrustedLazy => Validation::Skipped,
            Mode::Lazy => Validation::EachLater(OnceBox::new()),
            Mode::Eager | Mode::LazyTranslation => return Err(IndexError::Mode),
        };
        let blob = blob.into();
        let header = index::read(index.into(), blob.as_slice(), policy)?;
        Ok(Self::of(blob, policy, prices, header, validation, Effort::default()))
    }

    /// Whether every function has been validated, by this module or by the one whose index it was
    /// started from.
    pub fn is_validated(&self) -> bool {
        matches!(self.0.validation, Validation::Done) || index::is_validated(self.header())
    }

    /// The same module for instances that import one thing several times: it is kept once, under the
    /// index that `aliases` name. Its functions are translated anew.
    pub(crate) fn with_aliases(&self, aliases: Aliases) -> Self {
        let inner = &*self.0;
        let header = inner.header.with_aliases(aliases, &inner.policy.limits);
        let validation = match &inner.validation {
            Validation::Done => Validation::Done,
            Validation::Skipped => Validation::Skipped,
            Validation::Each(bodies) => Validation::Each(bodies.clone()),
            Validation::EachLater(bodies) => Validation::EachLater(bodies.clone()),
        };
        Self::of(inner.blob.clone(), &inner.policy, &inner.prices, header, validation, Effort::default())
    }

    /// Whether these are what the module was made of.
    pub fn was_made_of(&self, blob: &[u8], policy: &Policy, prices: &PriceTable) -> bool {
        self.blob() == blob && self.was_made_under(policy, prices)
    }

    /// Whether these are what the module was made under.
    pub(crate) fn was_made_under(&self, policy: &Policy, prices: &PriceTable) -> bool {
        self.0.policy == *policy && self.0.prices == *prices
    }

    /// Whether both are the same module with the same code, and not only equal.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Translates every function that has not been translated yet.
    ///
    /// # Errors
    /// An operator that no policy accepts, or a frame over its limit.
    pub fn translate_all(&self) -> Result<(), CodeError> {
        let header = self.header();
        let mut translator = self.translator(Spare::default());
        for func in header.defined_funcs() {
            self.func_code_by(&mut translator, func)?;
        }
        Ok(())
    }

    /// Imports, in the order of their sections.
    pub fn imports(&self) -> &[Import] {
        self.0.imports.get_or_init(|| Box::new(self.header().imports(self.blob())))
    }

    /// The imported function of this index in the function index space.
    pub fn func_import(&self, func: u32) -> Option<&Import> {
        self.imports().get(usize::try_from(self.header().func_import(func)?).ok()?)
    }

    /// The module and the name that a function is imported from, by its index in the function index
    /// space. Unlike [`Module::func_import`], this makes nothing.
    pub fn func_import_name(&self, func: u32) -> Option<(&str, &str)> {
        self.header().import_names(self.blob(), self.header().func_import(func)?)
    }

    /// How many functions are imported: indices from here on are the module's own.
    pub fn func_import_count(&self) -> u32 {
        self.header().imported_funcs()
    }

    /// Exports in order.
    pub fn exports(&self) -> &[Export] {
        self.0.exports.get_or_init(|| Box::new(self.header().exports(self.blob())))
    }

    /// The index of the exported function of this name.
    pub fn exported_func(&self, name: &str) -> Option<u32> {
        self.header().exported_func(self.blob(), name)
    }

    /// The type of a function.
    pub fn func_type(&self, func: u32) -> Option<&FuncType> {
        self.header().func_type(func)
    }

    /// What a function takes and returns: [`Module::func_type`] without making a type.
    pub fn func_types(&self, func: u32) -> Option<(&[crate::types::ValType], &[crate::types::ValType])> {
        self.header().func_types(func)
    }

    /// Where the body of a function is in the blob; `None` for imported ones.
    pub fn body_span(&self, func: u32) -> Option<core::ops::Range<usize>> {
        self.header().body(func).map(|body| body.bytes)
    }

    /// The function that is to run before any other.
    pub fn start_func(&self) -> Option<u32> {
        self.header().start
    }

    /// The memory, imported or the module's own.
    pub fn memory(&self) -> Option<MemoryType> {
        self.header().memory
    }

    /// What the module's code is charged by.
    pub fn price_table(&self) -> &PriceTable {
        &self.0.prices
    }

    /// Bytes of the blob that the module was made of.
    pub fn blob_bytes(&self) -> usize {
        self.0.blob.len()
    }

    /// Bytes of register code so far.
    pub fn code_bytes(&self) -> usize {
        self.0.code.translated_units() * size_of::<crate::isa::Unit>()
    }

    /// Bytes that the module takes now, about: what it was made of, what was read from that, and the code so far,
    /// which grows while functions are called for the first time. For those who keep many and bound what they take.
    pub fn kept_bytes(&self) -> usize {
        // An entry of the code map for each function, and what its code is kept with.
        const FUNC_BYTES: usize = 128;
        let header = self.header();
        self.blob_bytes()
            .saturating_add(header.tables().image().len())
            .saturating_add(header.func_count().saturating_mul(FUNC_BYTES))
            .saturating_add(self.code_bytes())
            .saturating_add(size_of::<Inner>())
    }

    /// What translation has done so far, in steps: operators read, operands settled, units written,
    /// branches aimed, charges filled in, units verified. It grows with the code and with nothing else,
    /// which no clock could show.
    pub fn translation_work(&self) -> usize {
        self.0.work.load(Ordering::Relaxed)
    }

    /// What validation has done so far, in steps: items of sections, operators, entries of branch tables,
    /// and the values that operators carry. Like [`Module::translation_work`], it asks no clock.
    pub fn validation_work(&self) -> usize {
        self.0.effort.steps()
    }

    /// Values carried for each byte of a body that has been validated, where that is most.
    pub(crate) fn carried_per_byte(&self) -> usize {
        self.0.effort.carried_per_byte()
    }

    /// What reading the module and making an instance of it is worth, in fuel: the caller charges it before the instance.
    /// docs/GAS.md says what counts.
    pub fn instantiation_fuel(&self) -> u64 {
        let (header, prices) = (self.header(), self.prices());
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let elements = header.all_tables().map(|table| u64::from(table.min)).sum();
        let placed = header.data_segments().filter(|data| data.active.is_some());
        let placed = placed.fold(0usize, |sum, data| sum.saturating_add(data.bytes.len()));
        let (items, expressions) = header.item_and_constant_counts();
        let kept = header.func_count() + header.global_count() + header.data_count() + header.element_count() + items;
        let declared = header.type_count() + header.import_count() + header.export_count();
        let units = [
            (GasClass::Instance, 1),
            (GasClass::InstancePage, header.memory.map_or(0, |memory| u64::from(memory.min_pages))),
            (GasClass::InstanceEntry, count(kept).saturating_add(header.type_values())),
            (GasClass::InstanceElement, elements),
            (GasClass::InstanceExpression, count(expressions)),
            (GasClass::InstanceDeclaration, count(declared)),
            (GasClass::InstanceByte, count(placed)),
        ];
        units.iter().fold(0, |sum: u64, (class, units)| sum.saturating_add(prices.cost(*class, *units)))
    }

    /// Bytes that an instance of this module could grow to under these limits: its memory, its tables and its stack
    /// with its return addresses at their largest, and its globals. For those who bound what several instances take together.
    pub fn instance_bytes_max(&self, limits: &RunLimits) -> u64 {
        const CELL_BYTES: u64 = 8;
        let header = self.header();
        let pages = header.memory.map_or(0, |memory| memory.max_pages.unwrap_or(u32::MAX).min(limits.memory_pages));
        let tables =
            header.all_tables().map(|table| u64::from(table.max.unwrap_or(u32::MAX).min(limits.table_elements)));
        let globals = u64::try_from(header.global_count()).unwrap_or(u64::MAX);
        let cells = tables.fold(globals, u64::saturating_add).saturating_add(limits.stack_height.into());
        let cells = cells.saturating_add(limits.call_depth.into());
        cells.saturating_mul(CELL_BYTES).saturating_add(u64::from(pages).saturating_mul(PAGE_BYTES.into()))
    }

    /// Lists the register code of a defined function with its frame and its charges.
    ///
    /// # Errors
    /// As [`Module::translate_all`].
    pub fn disassemble(&self, func: u32) -> Result<alloc::string::String, CodeError> {
        let code = self.func_code(func)?;
        let listing = crate::isa::disassemble::disassemble(&code.code, code.locals)
            .map_err(|_| CodeError::new(CodeErrorKind::Body).in_function(func))?;
        Ok(alloc::format!(
            "func {func}: params {}, locals {}, cells {}, charge {}\n{listing}",
            code.params,
            code.locals,
            code.cells,
            code.entry_charge
        ))
    }

    pub(crate) fn header(&self) -> &Header {
        &self.0.header
    }

    pub(crate) fn prices(&self) -> &PriceTable {
        &self.0.prices
    }

    pub(crate) fn blob(&self) -> &[u8] {
        self.0.blob.as_slice()
    }

    /// A span of the blob; empty if it does not lie inside.
    pub(crate) fn bytes(&self, span: &header::Span) -> &[u8] {
        self.blob().get(span.clone()).unwrap_or_default()
    }

    /// What the first call of a function in an instance costs: known before its body is read.
    pub(crate) fn first_call_fuel(&self, func: u32) -> u64 {
        let Some(body) = self.header().body(func) else { return 0 };
        self.prices().first_call(body.bytes.len(), body.locals)
    }

    /// The code of a defined function, if it has been translated.
    pub(crate) fn translated(&self, func: u32) -> Option<&FuncCode> {
        let number = func.checked_sub(self.header().imported_funcs())?;
        self.0.code.get(usize::try_from(number).ok()?)
    }

    fn translator(&self, spare: Spare) -> Translator<'_> {
        let context = Context { header: self.header(), prices: self.prices(), limits: &self.0.policy.limits };
        Translator::new(context, spare)
    }

    /// The code of a defined function, translated now if nobody has asked for it before.
    pub(crate) fn func_code(&self, func: u32) -> Result<&FuncCode, CodeError> {
        self.func_code_in_turn(func, &mut FirstCalls::default())
    }

    /// The same, for one of several in a row.
    pub(crate) fn func_code_in_turn(&self, func: u32, calls: &mut FirstCalls) -> Result<&FuncCode, CodeError> {
        if let Some(code) = self.translated(func) {
            return Ok(code);
        }
        let mut translator = self.translator(mem::take(&mut calls.0));
        let code = self.func_code_by(&mut translator, func);
        calls.0 = translator.into_spare();
        if self.header().body(func).is_none_or(|body| body.bytes.len() > SMALL_BODY_BYTES) {
            calls.0.trim();
        }
        code
    }

    fn func_code_by(&self, translator: &mut Translator<'_>, func: u32) -> Result<&FuncCode, CodeError> {
        let unknown = || CodeError::new(CodeErrorKind::Body).in_function(func);
        let header = self.header();
        let body = header.body(func).ok_or_else(unknown)?;
        let number = usize::try_from(func.saturating_sub(header.imported_funcs())).map_err(|_| unknown())?;
        let make = || {
            let bytes = self.bytes(&body.bytes);
            if !index::matches(&body, bytes) {
                return Err(unknown());
            }
            self.validate(func, &body, bytes)?;
            let before = translator.work();
            let code = translator.translate(func, bytes, body.bytes.start);
            self.0.work.fetch_add(translator.work().wrapping_sub(before), Ordering::Relaxed);
            code
        };
        self.0.code.get_or_translate(number, make).ok_or_else(unknown)?
    }

    fn validate(&self, func: u32, body: &Body, bytes: &[u8]) -> Result<(), CodeError> {
        let bodies = match &self.0.validation {
            Validation::Done | Validation::Skipped => return Ok(()),
            Validation::Each(bodies) => bodies,
            Validation::EachLater(bodies) => {
                let of = || {
                    let bodies = Bodies::of(self.blob(), self.0.policy.features);
                    Box::new(bodies.and_then(|bodies| {
                        self.bounds().check_sections(self.blob().len())?;
                        Ok(bodies)
                    }))
                };
                bodies.get_or_init(of).as_ref().map_err(CodeError::clone)?
            }
        };
        bodies.validate(self.bounds(), func, body, bytes)
    }

    fn bounds(&self) -> Bounds<'_> {
        Bounds { header: self.header(), limits: &self.0.policy.limits, effort: &self.0.effort }
    }
}
