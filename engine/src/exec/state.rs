//! What a run reads and writes besides its registers: the instance's own part of the world.

use super::linear_memory::LinearMemory;
use super::stack::Stack;
use crate::code::FuncCode;
use crate::error::CodeError;
use crate::gas::GasClass;
use crate::module::{FirstCalls, Module};
use crate::reference::{Element, Tag};
use crate::trap::Trap;
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;

/// A table.
#[derive(Default)]
pub(crate) struct ElementTable {
    elements: Vec<Element>,
    size_max: u32,
}

impl ElementTable {
    pub(crate) fn new(size: u32, size_max: u32) -> Self {
        Self { elements: vec![0; usize::try_from(size).unwrap_or(usize::MAX)], size_max }
    }

    pub(crate) fn size(&self) -> u32 {
        u32::try_from(self.elements.len()).expect("tables grow up to a u32; qed")
    }

    /// Whether the table may grow by so many elements.
    pub(crate) fn may_grow(&self, more: u32) -> bool {
        self.size().checked_add(more).is_some_and(|size| size <= self.size_max)
    }

    /// Grows; the caller has asked [`Self::may_grow`].
    pub(crate) fn grow(&mut self, more: u32, value: Element) {
        let len = self.elements.len().saturating_add(usize::try_from(more).unwrap_or(usize::MAX));
        self.elements.resize(len, value);
    }

    pub(crate) fn elements(&self) -> &[Element] {
        &self.elements
    }

    pub(crate) fn elements_mut(&mut self) -> &mut [Element] {
        &mut self.elements
    }
}

pub(crate) struct State {
    pub(crate) module: Module,
    /// What tells the instance's own functions from those of others.
    pub(crate) tag: Tag,
    pub(crate) memory: LinearMemory,
    pub(crate) globals: Vec<u64>,
    pub(crate) tables: Vec<ElementTable>,
    /// Element segments; a dropped one is empty.
    pub(crate) segments: Vec<Vec<Element>>,
    /// For each data segment whether it has been dropped.
    pub(crate) dropped: Vec<bool>,
    pub(crate) stack: Stack,
    /// What was wrong with the function that trapped with `InvalidCode`.
    pub(crate) fault: Option<CodeError>,
    /// Where a backend leaves what does not fit the registers of what stopped a run.
    #[cfg(all(vellum_tail_calls, not(debug_assertions)))]
    pub(crate) halted_with: u64,
    touched: Touched,
    first_calls: Box<FirstCalls>,
}

/// For each function of the index space its code, once this instance has called it. What is charged
/// is per instance (Law 1), so the module's code map cannot serve for this.
struct Touched(Vec<*const FuncCode>);

// SAFETY: the addresses point to code that the module owns, which the instance holds on to, and
// which is never changed.
#[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
unsafe impl Send for Touched {}

impl State {
    /// A state in which nothing has run and no segment has been placed.
    pub(crate) fn new(module: Module, tag: Tag, memory: LinearMemory, stack: Stack) -> Self {
        let (funcs, data) = (module.header().func_count(), module.header().data_count());
        Self {
            module,
            tag,
            memory,
            globals: Vec::new(),
            tables: Vec::new(),
            segments: Vec::new(),
            dropped: vec![false; data],
            stack,
            fault: None,
            #[cfg(all(vellum_tail_calls, not(debug_assertions)))]
            halted_with: 0,
            touched: Touched(vec![core::ptr::null(); funcs]),
            first_calls: Box::default(),
        }
    }

    /// The code of a defined function that this instance has called before.
    #[inline(always)]
    pub(crate) fn code(&self, func: u32) -> Option<&FuncCode> {
        let code = self.touched.0.get(func as usize)?;
        // SAFETY: the entry is null, or `first_call` took it from the module's code map, which
        // keeps it in place as long as `self.module` lives.
        #[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
        unsafe {
            code.as_ref()
        }
    }

    /// Takes note of the first call of a defined function, which has been paid: translates it if nobody
    /// has.
    #[cold]
    #[inline(never)]
    pub(crate) fn first_call(&mut self, func: u32) -> Result<(), Trap> {
        let code = match self.module.func_code_in_turn(func, &mut self.first_calls) {
            Ok(code) => code,
            Err(fault) => {
                self.fault = Some(fault);
                return Err(Trap::InvalidCode);
            }
        };
        let entry = usize::try_from(func).ok().and_then(|func| self.touched.0.get_mut(func));
        *entry.ok_or(Trap::InvalidCode)? = core::ptr::from_ref(code);
        Ok(())
    }

    /// The bytes of a data segment; a dropped one has none.
    pub(crate) fn data(&self, index: u32) -> &[u8] {
        data(&self.module, &self.dropped, index)
    }

    /// What a first call counts as, for a profile.
    pub(crate) fn first_call_units(&self, func: u32) -> [(GasClass, u64); 3] {
        let body = self.module.header().body(func);
        let (bytes, locals) = body.map_or((0, 0), |body| (body.bytes.len(), body.locals));
        [
            (GasClass::FirstCall, 1),
            (GasClass::FirstCallByte, u64::try_from(bytes).unwrap_or(u64::MAX)),
            (GasClass::FirstCallLocal, u64::from(locals)),
        ]
    }
}

/// [`State::data`], without borrowing the state as a whole.
pub(super) fn data<'m>(module: &'m Module, dropped: &[bool], index: u32) -> &'m [u8] {
    let is_dropped = usize::try_from(index).ok().and_then(|index| dropped.get(index)).is_none_or(|dropped| *dropped);
    let segment = if is_dropped { None } else { module.header().data(index) };
    segment.map_or(&[], |segment| module.bytes(&segment.bytes))
}
