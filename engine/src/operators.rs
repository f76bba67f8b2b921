//! Reads operators, one after the other, and hands each to whoever visits it.
//!
//! The parser's reader calls a method for each operator, and is made anew for each type that has such methods: it
//! knows every proposal there is, and takes some 30 KB of WebAssembly each time. Programs have room for that, and it
//! is the fastest way. A runtime has no room: without `std` there is one reader, which makes an [`Operator`], and
//! visitors get that. What no policy accepts is refused before anybody's method sees it, so that nothing which works
//! on such operators has to be there.
//!
//! Both ways accept and refuse the same, at the same byte and in the same words.

use crate::isa::source::same;
// The parser's macro names it.
use alloc::vec::Vec;
use wasmparser::{BinaryReader, FrameKind, FrameStack, Operator, VisitOperator};

/// Whether this build has one reader for all.
const ONE_READER: bool = cfg!(not(feature = "std"));

/// An operator, or why it is none for us.
pub(crate) type Read<'a> = Result<Operator<'a>, &'static Refused>;

/// An operator of a proposal that no policy accepts.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Refused {
    /// The operator, as the parser spells it.
    pub(crate) name: &'static str,
    /// The proposal, as the validator calls it.
    proposal: &'static str,
}

impl Refused {
    /// The validator's words.
    pub(crate) fn message(&self) -> alloc::string::String {
        alloc::format!("{} support is not enabled", self.proposal)
    }
}

/// Reads the next operator, where the innermost open block is `frame`.
///
/// # Errors
/// If there is no operator there.
fn read<'a>(reader: &mut BinaryReader<'a>, frame: Option<FrameKind>) -> wasmparser::Result<Read<'a>> {
    reader.visit_operator(&mut Maker { frame })
}

/// Reads the next operator and leaves the reader in front of it.
///
/// # Errors
/// If there is no operator there.
#[inline]
pub(crate) fn peek<'a>(reader: &BinaryReader<'a>, stack: &impl FrameStack) -> wasmparser::Result<Read<'a>> {
    if ONE_READER { read(&mut reader.clone(), stack.current_frame()) } else { reader.peek_operator(stack).map(Ok) }
}

/// Reads the next operator of code in which all blocks are known to be in order.
///
/// # Errors
/// If there is no operator there.
pub(crate) fn read_valid<'a>(reader: &mut BinaryReader<'a>) -> wasmparser::Result<Read<'a>> {
    // The parser asks before an `else`; other frames it asks for are those of proposals that no policy accepts.
    read(reader, Some(FrameKind::If))
}

/// Reads the next operator and calls the visitor's method.
///
/// # Errors
/// If there is no operator there; and what becomes of an operator that no policy accepts, unless the visitor says.
#[inline]
pub(crate) fn visit<'a, V, E>(
    reader: &mut BinaryReader<'a>,
    visitor: &mut V,
    refused: impl FnOnce(&'static Refused) -> E,
) -> Result<V::Output, E>
where
    V: VisitOperator<'a> + FrameStack,
    E: From<wasmparser::Error>,
{
    if ONE_READER {
        hand_over(read(reader, visitor.current_frame())?, visitor).map_err(refused)
    } else {
        Ok(reader.visit_operator(visitor)?)
    }
}

/// Makes operators.
struct Maker {
    frame: Option<FrameKind>,
}

impl FrameStack for Maker {
    fn current_frame(&self) -> Option<FrameKind> {
        self.frame
    }
}

/// Defines the methods of `VisitOperator` from the parser's list of operators.
macro_rules! make {
    ($(@$proposal:ident $operator:ident $({ $($field:ident: $ty:ty),* })? => $visit:ident ($($_:tt)*))*) => {$(
        #[inline]
        fn $visit(&mut self $($(, $field: $ty)*)?) -> Read<'a> {
            match const { &refused(stringify!($operator), stringify!($proposal)) } {
                None => Ok(Operator::$operator $({ $($field),* })?),
                Some(refused) => Err(refused),
            }
        }
    )*};
}

impl<'a> VisitOperator<'a> for Maker {
    type Output = Read<'a>;

    wasmparser::for_each_visit_operator!(make);
}

/// Calls the method of an operator.
fn hand_over<'a, V: VisitOperator<'a>>(read: Read<'a>, visitor: &mut V) -> Result<V::Output, &'static Refused> {
    macro_rules! call {
        ($(@$proposal:ident $operator:ident $({ $($field:ident: $_ty:ty),* })? => $visit:ident ($($_:tt)*))*) => {
            match read? {
                $(Operator::$operator $({ $($field),* })? if const { foreign(stringify!($proposal)).is_none() } => {
                    visitor.$visit($($($field),*)?)
                })*
                _ => unreachable!("operators of other proposals are refused when they are made; qed"),
            }
        };
    }
    Ok(wasmparser::for_each_visit_operator!(call))
}

/// What becomes of an operator of a proposal.
const fn refused(name: &'static str, proposal: &str) -> Option<Refused> {
    match foreign(proposal) {
        Some(proposal) => Some(Refused { name, proposal }),
        None => None,
    }
}

/// What the validator calls a proposal that no policy accepts; `None` for those that some policy does.
const fn foreign(proposal: &str) -> Option<&'static str> {
    const FOREIGN: [(&str, &str); 10] = [
        ("acquire_release_atomics", "acquire-release atomics"),
        ("custom_descriptors", "custom descriptors operations"),
        ("exceptions", "exceptions"),
        ("function_references", "function references"),
        ("gc", "gc"),
        ("legacy_exceptions", "legacy exceptions"),
        ("memory_control", "memory control"),
        ("shared_everything_threads", "shared-everything-threads"),
        ("stack_switching", "stack switching"),
        ("threads", "threads"),
    ];
    let mut at = 0;
    while at < FOREIGN.len() {
        if same(proposal, FOREIGN[at].0) {
            return Some(FOREIGN[at].1);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests;
