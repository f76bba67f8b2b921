//! Code as the state has it: a SCALE-encoded vector of bounded length.

use codec::{Compact, Decode};

/// The code in a value, without a copy; `None` if the value is not encoded as code of up to so many bytes. What stands
/// behind the code is passed over: so it is by everybody who decodes a value from the state.
pub(super) fn decode(mut value: &[u8], code_bytes_max: u32) -> Option<&[u8]> {
    let Compact(len) = Compact::<u32>::decode(&mut value).ok()?;
    if len > code_bytes_max {
        return None;
    }
    value.get(..usize::try_from(len).ok()?)
}
