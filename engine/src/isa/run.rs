//! Bits of `RunMemory::form`: which of a run's fields mean something, and when its loop goes on.

/// The address that is written has a second cell.
pub const TO_HAS_INDEX: u32 = 1;
/// The address that is read has a second cell.
pub const FROM_HAS_INDEX: u32 = 2;
/// The counter is compared with a cell; otherwise with a constant.
pub const LIMIT_IS_CELL: u32 = 4;
/// The loop goes on while the counter is less than its limit; otherwise while it is another number.
pub const WHILE_LESS: u32 = 8;
