//! What may differ, and why. A row names what it covers as narrowly as it can.

use crate::compare::Difference;

/// Code that only the pallet takes, as current compilers make it.
const ACCEPTED_HERE: &[&str] =
    &["wat/bulk.wat", "wat/multi_value.wat", "wat/traps_bulk.wat", "contracts/flipper-default-flags made"];

/// Contracts that return how much gas is left.
const READ_GAS: &[&str] = &["wat/count.wat", "wat/gas_left.wat"];

/// What pallet-contracts says of code that it refuses, whatever is wrong with it.
const REFUSALS: &[&str] = &["Can't load the module into wasmi!", "New code rejected on wasmi instantiation!"];

/// After such a step more or less is held with pallet-contracts than it has recorded, and with the pallet just as much:
/// a deposit was freed in the call stack that had added it, or root has made storage that nobody paid for.
pub const DEPOSIT_LOST: &str = "pallet-contracts records another deposit than it holds";

/// How far a step comes until it is out of gas depends on what instructions cost, and so does what it has read by then.
/// That it is out of gas, and what is left of it, has to be equal.
pub const OUT_OF_GAS: &str = "out of gas after more or fewer host functions";

/// Why this difference is none to worry about, if it is.
pub fn reason(run: &str, label: &str, difference: &Difference) -> Option<&'static str> {
    let is_of = |names: &[&str]| names.iter().any(|name| run.starts_with(name));
    match difference {
        Difference::Fact("debug messages", _, theirs) if REFUSALS.contains(&theirs.as_str()) => {
            Some("why code is refused is told in other words")
        }
        Difference::Fact("debug messages", ours, theirs) if theirs.is_empty() && ours.starts_with("the code has ") => {
            Some("why code is refused is told in other words")
        }
        Difference::Fact("result", ours, theirs)
            if theirs.contains("CannotCreateHold") && !ours.contains("CannotCreateHold") =>
        {
            Some(DEPOSIT_LOST)
        }
        Difference::Fact("result" | "encoded", ..) if is_of(READ_GAS) => Some("it returns how much gas is left"),
        Difference::Fact("result", ours, theirs)
            if is_of(ACCEPTED_HERE) && ours.starts_with("0x") && theirs.contains("CodeRejected") =>
        {
            Some("code that only the pallet takes")
        }
        Difference::Fact("result", ..) | Difference::Fact("events", ..) | Difference::State(_)
            if is_of(ACCEPTED_HERE) && label.contains(": upload") =>
        {
            Some("code that only the pallet takes")
        }
        _ => None,
    }
}
