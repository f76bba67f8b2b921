//! Rust values as Wasm values: what parameters and results of host functions are in cells of the engine.

use super::ReturnErrorCode;
use vellum_engine::ValType;

/// A type of a parameter.
pub(super) trait WasmParam {
    /// Its Wasm type.
    const TYPE: ValType;

    /// The value in a cell.
    fn from_cell(cell: u64) -> Self;
}

/// A type of a result.
pub(super) trait WasmResult {
    /// Its Wasm type, if it is one.
    const TYPE: Option<ValType>;

    /// The cell of the value, if it has one.
    fn into_cell(self) -> Option<u64>;
}

impl WasmParam for u32 {
    const TYPE: ValType = ValType::I32;

    fn from_cell(cell: u64) -> Self {
        const LOW_HALF: u64 = 0xffff_ffff;
        u32::try_from(cell & LOW_HALF).expect("the high half is masked out; qed")
    }
}

impl WasmParam for u64 {
    const TYPE: ValType = ValType::I64;

    fn from_cell(cell: u64) -> Self {
        cell
    }
}

impl WasmResult for () {
    const TYPE: Option<ValType> = None;

    fn into_cell(self) -> Option<u64> {
        None
    }
}

impl WasmResult for u32 {
    const TYPE: Option<ValType> = Some(ValType::I32);

    fn into_cell(self) -> Option<u64> {
        Some(self.into())
    }
}

impl WasmResult for u64 {
    const TYPE: Option<ValType> = Some(ValType::I64);

    fn into_cell(self) -> Option<u64> {
        Some(self)
    }
}

impl WasmResult for ReturnErrorCode {
    const TYPE: Option<ValType> = <u32 as WasmResult>::TYPE;

    fn into_cell(self) -> Option<u64> {
        Some(u64::from(self.code()))
    }
}
