//! Modules that ask as much of a compiler as their bytes can: one family for each way that is known
//! to make some compiler's time or output grow faster than its input. Shared by the test that
//! counts steps and the example that takes times.
//!
//! Where a family carries values, there is one that carries as many as the limits for contracts allow,
//! one with as many as those for embedders allow, and one that is refused.

mod control;
mod modules;
mod operands;

/// A family of modules.
pub struct Family {
    /// What there is much of.
    pub name: &'static str,
    /// The module of a size, as text.
    source: fn(usize) -> String,
}

impl Family {
    /// The module in which the family's construct stands `count` times.
    pub fn blob(&self, count: usize) -> Vec<u8> {
        wat::parse_str((self.source)(count)).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// How often the construct has to stand for a module of about so many bytes.
    pub fn count_for(&self, bytes: usize) -> usize {
        let (few, many) = (self.blob(256).len(), self.blob(1_024).len());
        bytes * (1_024 - 256) / (many - few)
    }
}

/// Every family that some policy for new code accepts.
pub fn families() -> impl Iterator<Item = &'static Family> {
    control::FAMILIES.iter().chain(operands::FAMILIES).chain(modules::FAMILIES)
}

/// Families that ask for more than any policy for new code allows: what takes time is refusing them.
pub fn over_the_limits() -> impl Iterator<Item = &'static Family> {
    control::OVER_THE_LIMITS.iter().chain(modules::OVER_THE_LIMITS)
}

/// A function with two i32 and one i64 local.
fn function(operators: &str) -> String {
    with_type(16, "", operators)
}

/// The same, of a type, in a module with types of a width.
fn with_type(width: usize, signature: &str, operators: &str) -> String {
    format!(
        "(module (memory 1) (table $table 16 funcref) (type $wide (func (param {0}) (result {0})))
         (type $results (func (result {0}))) (global $g (mut i32) (i32.const 0))
         (func $f {signature} (local $a i32) (local $b i32) (local $l i64) {operators}))",
        types(width)
    )
}

fn types(count: usize) -> String {
    "i32 ".repeat(count)
}

fn row(count: usize, operators: &str) -> String {
    function(&operators.repeat(count))
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}
