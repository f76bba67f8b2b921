//! Values on their way in and out.

use super::handle::Func;
use super::store::Store;
use crate::reference::{Tag, instance_and_func, reference};
use crate::types::{FuncType, ValType};
use alloc::vec::Vec;

/// Something of the host's, by its number: what a guest holds as an `externref`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct ExternRef(pub u32);

/// A value of any type.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value {
    /// A 32-bit integer.
    I32(i32),
    /// A 64-bit integer.
    I64(i64),
    /// A 32-bit float.
    F32(f32),
    /// A 64-bit float.
    F64(f64),
    /// A reference to a function.
    FuncRef(Option<Func>),
    /// A reference to something of the host's.
    ExternRef(Option<ExternRef>),
}

impl Value {
    /// Its type.
    pub fn ty(&self) -> ValType {
        match self {
            Self::I32(_) => ValType::I32,
            Self::I64(_) => ValType::I64,
            Self::F32(_) => ValType::F32,
            Self::F64(_) => ValType::F64,
            Self::FuncRef(_) => ValType::FuncRef,
            Self::ExternRef(_) => ValType::ExternRef,
        }
    }

    pub(super) fn into_cell(self) -> u64 {
        match self {
            Self::I32(value) => value.into_cell(),
            Self::I64(value) => value.into_cell(),
            Self::F32(value) => value.into_cell(),
            Self::F64(value) => value.into_cell(),
            Self::FuncRef(func) => {
                let element = |func: Func| Tag::of(func.instance).map(|tag| reference(tag, func.index));
                func.and_then(element).unwrap_or(0)
            }
            Self::ExternRef(value) => value.into_cell(),
        }
    }

    /// What a cell holds. A reference that leads nowhere, which only code makes that was never
    /// validated, is null.
    pub(super) fn from_cell<T>(store: &Store<T>, ty: ValType, cell: u64) -> Self {
        match ty {
            ValType::I32 | ValType::V128 => Self::I32(WasmValue::from_cell(cell)),
            ValType::I64 => Self::I64(WasmValue::from_cell(cell)),
            ValType::F32 => Self::F32(WasmValue::from_cell(cell)),
            ValType::F64 => Self::F64(WasmValue::from_cell(cell)),
            ValType::FuncRef => {
                let func = instance_and_func(cell).and_then(|(instance, index)| store.func(instance, index));
                Self::FuncRef(func)
            }
            ValType::ExternRef => Self::ExternRef(WasmValue::from_cell(cell)),
        }
    }
}

/// A Rust type that is a Wasm type.
pub trait WasmValue: Sized {
    /// The Wasm type.
    const TYPE: ValType;
    /// The value in a cell.
    fn from_cell(cell: u64) -> Self;
    /// The cell that holds the value.
    fn into_cell(self) -> u64;
}

impl WasmValue for u32 {
    const TYPE: ValType = ValType::I32;

    #[allow(clippy::cast_possible_truncation, reason = "an i32 is the low half of its cell")]
    fn from_cell(cell: u64) -> Self {
        cell as u32
    }

    fn into_cell(self) -> u64 {
        u64::from(self)
    }
}

impl WasmValue for u64 {
    const TYPE: ValType = ValType::I64;

    fn from_cell(cell: u64) -> Self {
        cell
    }

    fn into_cell(self) -> u64 {
        self
    }
}

impl WasmValue for i32 {
    const TYPE: ValType = ValType::I32;

    fn from_cell(cell: u64) -> Self {
        u32::from_cell(cell).cast_signed()
    }

    fn into_cell(self) -> u64 {
        self.cast_unsigned().into_cell()
    }
}

impl WasmValue for i64 {
    const TYPE: ValType = ValType::I64;

    fn from_cell(cell: u64) -> Self {
        cell.cast_signed()
    }

    fn into_cell(self) -> u64 {
        self.cast_unsigned()
    }
}

impl WasmValue for f32 {
    const TYPE: ValType = ValType::F32;

    fn from_cell(cell: u64) -> Self {
        Self::from_bits(u32::from_cell(cell))
    }

    fn into_cell(self) -> u64 {
        self.to_bits().into_cell()
    }
}

impl WasmValue for f64 {
    const TYPE: ValType = ValType::F64;

    fn from_cell(cell: u64) -> Self {
        Self::from_bits(cell)
    }

    fn into_cell(self) -> u64 {
        self.to_bits()
    }
}

impl WasmValue for Option<ExternRef> {
    const TYPE: ValType = ValType::ExternRef;

    fn from_cell(cell: u64) -> Self {
        cell.checked_sub(1).map(|number| ExternRef(u32::from_cell(number)))
    }

    fn into_cell(self) -> u64 {
        // Off by one, so that no number is null.
        self.map_or(0, |ExternRef(number)| u64::from(number) + 1)
    }
}

/// The most values that go through a typed call.
pub(super) const VALUES_MAX: usize = 12;

/// Parameters or results of a typed function: nothing, one value, or a tuple.
pub trait WasmValues: Sized {
    /// Their Wasm types.
    fn types() -> Vec<ValType>;
    /// How many there are.
    const COUNT: usize;
    /// The values in cells; those that are missing are zero.
    fn from_cells(cells: &[u64]) -> Self;
    /// Writes the values to cells.
    fn into_cells(self, cells: &mut [u64]);
}

impl<V: WasmValue> WasmValues for V {
    const COUNT: usize = 1;

    fn types() -> Vec<ValType> {
        alloc::vec![V::TYPE]
    }

    fn from_cells(cells: &[u64]) -> Self {
        V::from_cell(cells.first().copied().unwrap_or(0))
    }

    fn into_cells(self, cells: &mut [u64]) {
        if let Some(cell) = cells.first_mut() {
            *cell = self.into_cell();
        }
    }
}

macro_rules! tuples {
    ($(($($name:ident $value:ident)*))*) => {$(
        #[allow(clippy::unused_unit, reason = "no values are a unit, too")]
        impl<$($name: WasmValue),*> WasmValues for ($($name,)*) {
            const COUNT: usize = 0 $(+ { let _ = $name::TYPE; 1 })*;

            fn types() -> Vec<ValType> {
                alloc::vec![$($name::TYPE),*]
            }

            fn from_cells(_cells: &[u64]) -> Self {
                let mut _cells = _cells.iter().copied();
                ($($name::from_cell(_cells.next().unwrap_or(0)),)*)
            }

            fn into_cells(self, _cells: &mut [u64]) {
                let ($($value,)*) = self;
                let mut _cells = _cells.iter_mut();
                $(if let Some(cell) = _cells.next() {
                    *cell = $value.into_cell();
                })*
            }
        }
    )*};
}

tuples! {
    ()
    (A a)
    (A a B b)
    (A a B b C c)
    (A a B b C c D d)
    (A a B b C c D d E e)
    (A a B b C c D d E e F f)
    (A a B b C c D d E e F f G g)
    (A a B b C c D d E e F f G g H h)
}

/// The type of a function of these parameters and results.
pub(super) fn func_type<P: WasmValues, R: WasmValues>() -> FuncType {
    FuncType { params: P::types(), results: R::types() }
}
