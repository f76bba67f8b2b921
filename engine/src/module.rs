//! A blob, read: what can be instantiated.

mod carried;
pub(crate) mod header;
mod parse;
mod validate;

use crate::code::{CodeMap, FuncCode};
use crate::error::{CodeError, CodeErrorKind};
use crate::gas::{GasClass, PriceTable};
use crate::policy::Policy;
use crate::translate::{Context, Translator};
use crate::types::{Export, FuncType, Import, MemoryType};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicUsize, Ordering};
use header::{Aliases, Header};
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
    blob: Vec<u8>,
    policy: Policy,
    prices: PriceTable,
    header: Header,
    /// What validates the bodies that have not been validated yet.
    bodies: Option<Bodies>,
    code: CodeMap,
    /// Steps of translation so far.
    work: AtomicUsize,
    validation: Effort,
}

impl Module {
    /// Reads a blob, and validates and translates as much of it as the mode says.
    ///
    /// # Errors
    /// The rule of the policy that the blob breaks, and where.
    pub fn new(blob: &[u8], policy: &Policy, prices: &PriceTable, mode: Mode) -> Result<Self, CodeError> {
        Self::from_vec(blob.to_vec(), policy, prices, mode)
    }

    /// The same, of bytes that are taken over: a start that copies nothing.
    ///
    /// # Errors
    /// As [`Module::new`].
    pub fn from_vec(blob: Vec<u8>, policy: &Policy, prices: &PriceTable, mode: Mode) -> Result<Self, CodeError> {
        let (limits, validation) = (&policy.limits, Effort::default());
        let bounds = |header| Bounds { header, limits, effort: &validation };
        let (header, bodies) = match mode {
            Mode::Eager | Mode::LazyTranslation => {
                // Counts are held against the limits before anything is validated.
                let header = parse::parse(&blob, limits)?;
                bounds(&header).check_sections(blob.len())?;
                validate::validate(&blob, policy.features, bounds(&header))?;
                (header, None)
            }
            Mode::Lazy => {
                let mut sections = Sections::new(policy.features);
                let header = parse::parse_beside(&blob, limits, |payload| sections.section(payload))?;
                bounds(&header).check_sections(blob.len())?;
                (header, sections.into_bodies())
            }
            Mode::TrustedLazy => (parse::parse(&blob, limits)?, None),
        };
        let code = CodeMap::new(header.bodies.len());
        let module = Self(Arc::new(Inner {
            blob,
            policy: *policy,
            prices: *prices,
            header,
            bodies,
            code,
            work: AtomicUsize::new(0),
            validation,
        }));
        if mode == Mode::Eager {
            module.translate_all()?;
        }
        Ok(module)
    }

    /// The same module for instances that import one thing several times: it is kept once, under the
    /// index that `aliases` name. Its functions are translated anew.
    pub(crate) fn with_aliases(&self, aliases: Aliases) -> Self {
        let inner = &*self.0;
        let header = Header { aliases, ..inner.header.clone() };
        let code = CodeMap::new(header.bodies.len());
        let (blob, bodies) = (inner.blob.clone(), inner.bodies.clone());
        let (work, validation) = (AtomicUsize::new(0), Effort::default());
        let (policy, prices) = (inner.policy, inner.prices);
        Self(Arc::new(Inner { blob, policy, prices, header, bodies, code, work, validation }))
    }

    /// Whether these are what the module was made of.
    #[cfg(feature = "std")]
    pub(crate) fn was_made_of(&self, blob: &[u8], policy: &Policy, prices: &PriceTable) -> bool {
        self.0.blob == blob && self.0.policy == *policy && self.0.prices == *prices
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
        let mut translator = self.translator();
        for func in header.imported_funcs()..u32::try_from(header.funcs.len()).unwrap_or(u32::MAX) {
            self.func_code_by(&mut translator, func)?;
        }
        Ok(())
    }

    /// Imports, in the order of their sections.
    pub fn imports(&self) -> &[Import] {
        &self.header().imports
    }

    /// The imported function of this index in the function index space.
    pub fn func_import(&self, func: u32) -> Option<&Import> {
        let header = self.header();
        header.imports.get(*header.func_imports.get(usize::try_from(func).ok()?)?)
    }

    /// How many functions are imported: indices from here on are the module's own.
    pub fn func_import_count(&self) -> u32 {
        self.header().imported_funcs()
    }

    /// Exports in order.
    pub fn exports(&self) -> &[Export] {
        &self.header().exports
    }

    /// The index of the exported function of this name.
    pub fn exported_func(&self, name: &str) -> Option<u32> {
        self.header().exported_func(name)
    }

    /// The type of a function.
    pub fn func_type(&self, func: u32) -> Option<&FuncType> {
        self.header().func_type(func)
    }

    /// Where the body of a function is in the blob; `None` for imported ones.
    pub fn body_span(&self, func: u32) -> Option<core::ops::Range<usize>> {
        self.header().body(func).map(|body| body.bytes.clone())
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

    /// What translation has done so far, in steps: operators read, operands settled, units written,
    /// branches aimed, charges filled in, units verified. It grows with the code and with nothing else,
    /// which no clock could show.
    pub fn translation_work(&self) -> usize {
        self.0.work.load(Ordering::Relaxed)
    }

    /// What validation has done so far, in steps: items of sections, operators, entries of branch tables,
    /// and the values that operators carry. Like [`Module::translation_work`], it asks no clock.
    pub fn validation_work(&self) -> usize {
        self.0.validation.steps()
    }

    /// Values carried for each byte of a body that has been validated, where that is most.
    pub(crate) fn carried_per_byte(&self) -> usize {
        self.0.validation.carried_per_byte()
    }

    /// What making an instance is worth, in fuel: the caller charges it before. Zeroed pages,
    /// entries for functions, globals and table elements, and what active segments place.
    pub fn instantiation_fuel(&self) -> u64 {
        let (header, prices) = (self.header(), self.prices());
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let elements: u64 = header.tables.iter().map(|table| u64::from(table.min)).sum();
        // Items of element segments are kept, or computed to be placed, one by one.
        let items: usize = header.elements.iter().map(|segment| segment.items.len() + 1).sum();
        let kept = count(header.funcs.len() + header.globals.len() + header.data.len() + items);
        let entries = kept.saturating_add(elements);
        let placed_data: usize =
            header.data.iter().filter(|data| data.active.is_some()).map(|data| data.bytes.len()).sum();
        let pages = header.memory.map_or(0, |memory| u64::from(memory.min_pages));
        prices
            .cost(GasClass::Instance, 1)
            .saturating_add(prices.cost(GasClass::InstanceEntry, entries))
            .saturating_add(prices.cost(GasClass::InstancePage, pages))
            .saturating_add(prices.cost(GasClass::InstanceByte, count(placed_data)))
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

    pub(crate) fn bytes(&self, span: &header::Span) -> &[u8] {
        self.0.blob.get(span.clone()).unwrap_or_default()
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

    fn translator(&self) -> Translator<'_> {
        Translator::new(Context { header: self.header(), prices: self.prices(), limits: &self.0.policy.limits })
    }

    /// The code of a defined function, translated now if nobody has asked for it before.
    pub(crate) fn func_code(&self, func: u32) -> Result<&FuncCode, CodeError> {
        if let Some(code) = self.translated(func) {
            return Ok(code);
        }
        self.func_code_by(&mut self.translator(), func)
    }

    fn func_code_by(&self, translator: &mut Translator<'_>, func: u32) -> Result<&FuncCode, CodeError> {
        let unknown = || CodeError::new(CodeErrorKind::Body).in_function(func);
        let header = self.header();
        let body = header.body(func).ok_or_else(unknown)?;
        let number = usize::try_from(func.saturating_sub(header.imported_funcs())).map_err(|_| unknown())?;
        let (bytes, offset) = (self.bytes(&body.bytes), body.bytes.start);
        let make = || {
            if let Some(bodies) = &self.0.bodies {
                let bounds = Bounds { header, limits: &self.0.policy.limits, effort: &self.0.validation };
                bodies.validate(bounds, func, bytes, offset)?;
            }
            let before = translator.work();
            let code = translator.translate(func, bytes, offset);
            self.0.work.fetch_add(translator.work().wrapping_sub(before), Ordering::Relaxed);
            code
        };
        self.0.code.get_or_translate(number, make).ok_or_else(unknown)?
    }
}
