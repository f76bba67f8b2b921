//! The two ways of reading, held against each other and against the validator.

use super::*;
use crate::features::Features;
use crate::isa::source::SourceOperator;
use alloc::format;
use alloc::string::String;
use std::collections::BTreeMap;
use wasmparser::{FuncToValidate, FuncValidator, Parser, ValidPayload, Validator, ValidatorResources, WasmFeatures};

/// Every operator of the parser's list: its proposal and its name.
const OPERATORS: &[(&str, &str)] = {
    macro_rules! list {
        ($(@$proposal:ident $operator:ident $({ $($_field:ident: $_ty:ty),* })? => $_visit:ident ($($_:tt)*))*) => {
            &[$((stringify!($proposal), stringify!($operator))),*]
        };
    }
    wasmparser::for_each_visit_operator!(list)
};

/// A visitor that says what it has been told.
struct Told {
    frame: Option<FrameKind>,
}

impl FrameStack for Told {
    fn current_frame(&self) -> Option<FrameKind> {
        self.frame
    }
}

macro_rules! tell {
    ($(@$proposal:ident $operator:ident $({ $($field:ident: $ty:ty),* })? => $visit:ident ($($_:tt)*))*) => {$(
        fn $visit(&mut self $($(, $field: $ty)*)?) -> (&'static str, String) {
            (stringify!($operator), format!("{:?}", Operator::$operator $({ $($field),* })?))
        }
    )*};
}

impl<'a> VisitOperator<'a> for Told {
    type Output = (&'static str, String);

    wasmparser::for_each_visit_operator!(tell);
}

/// Bytes that begin with every operator there is, and some that begin with none, with several things behind.
fn beginnings() -> impl Iterator<Item = Vec<u8>> {
    let plain = (0..=0xff).map(|byte| alloc::vec![byte]);
    let prefixed = (0xfb..=0xfe).flat_map(|prefix| (0..0x200).map(move |code| leb(prefix, code)));
    // Zeros are the shortest operands of most kinds; the others are operands of some, and malformed ones of the rest.
    let behind: [&[u8]; 7] = [
        &[0; 24],
        &[],
        &[0x7f; 24],
        &[0x01, 0x02, 0x00, 0x01, 0x6f, 0x00, 0x00, 0x00, 0x00, 0x00],
        &[0x02, 0x03, 0x04, 0x70, 0x01, 0x7e, 0x0b, 0x0b],
        &[0x40, 0x01, 0x00, 0x00, 0x00, 0x00],
        &[0xff; 24],
    ];
    plain.chain(prefixed).flat_map(move |first| behind.map(|behind| [first.clone(), behind.to_vec()].concat()))
}

fn leb(prefix: u8, code: u32) -> Vec<u8> {
    let [low, high, ..] = code.to_le_bytes();
    if code < 0x80 { alloc::vec![prefix, low] } else { alloc::vec![prefix, low | 0x80, high << 1 | low >> 7] }
}

const FRAMES: [Option<FrameKind>; 5] =
    [None, Some(FrameKind::Block), Some(FrameKind::If), Some(FrameKind::Else), Some(FrameKind::LegacyTry)];

fn readers(bytes: &[u8]) -> impl Iterator<Item = BinaryReader<'_>> {
    [WasmFeatures::all(), WasmFeatures::empty(), Features::ALL.for_parser()]
        .into_iter()
        .map(move |features| BinaryReader::new_features(bytes, 100, features))
}

#[test]
fn both_ways_read_the_same_operators_and_refuse_the_same_bytes() {
    let (mut handed, mut refused, mut failed) = (0, 0, 0);
    for bytes in beginnings() {
        for (frame, reader) in FRAMES.into_iter().flat_map(|frame| readers(&bytes).map(move |reader| (frame, reader))) {
            let (mut direct, mut shared) = (reader.clone(), reader);
            let expected = direct.visit_operator(&mut Told { frame });
            let found = read(&mut shared, frame).map(|read| hand_over(read, &mut Told { frame }));
            match (expected, found) {
                (Ok(expected), Ok(Ok(found))) => {
                    assert_eq!(expected, found);
                    handed += 1;
                }
                (Ok((name, _)), Ok(Err(found))) => {
                    assert_eq!(name, found.name);
                    refused += 1;
                }
                (Err(expected), Err(found)) => {
                    assert_eq!((expected.message(), expected.offset()), (found.message(), found.offset()));
                    failed += 1;
                    continue;
                }
                (expected, found) => panic!("{bytes:x?} in {frame:?}: {expected:?}, {found:?}"),
            }
            assert_eq!(direct.original_position(), shared.original_position(), "{bytes:x?}");
        }
    }
    assert!(handed > 1_000 && refused > 1_000 && failed > 1_000, "{handed}, {refused}, {failed}");
}

/// What validates a body of the emptiest module, under every feature that a policy may have.
fn validator() -> FuncValidator<ValidatorResources> {
    let mut validator = Validator::new_with_features(Features::ALL.for_parser());
    let blob = wat::parse_str("(module (func))").unwrap();
    for payload in Parser::new(0).parse_all(&blob) {
        if let ValidPayload::Func(function, _) = validator.payload(&payload.unwrap()).unwrap() {
            let function: FuncToValidate<ValidatorResources> = function;
            return function.into_validator(wasmparser::FuncValidatorAllocations::default());
        }
    }
    panic!("the module has a function")
}

#[test]
fn refusals_are_in_the_validators_words() {
    let mut seen = BTreeMap::new();
    for bytes in beginnings() {
        let mut reader = BinaryReader::new_features(&bytes, 100, WasmFeatures::all());
        let start = reader.clone();
        let Ok(Err(refused)) = read(&mut reader, Some(FrameKind::LegacyTry)) else { continue };
        let operator = start.peek_operator(&Told { frame: Some(FrameKind::LegacyTry) }).unwrap();
        let error = validator().op(100, &operator).unwrap_err();
        assert_eq!((error.message(), error.offset()), (refused.message().as_str(), 100));
        seen.insert(refused.name, refused.proposal);
    }
    let foreign = OPERATORS.iter().filter(|(proposal, _)| foreign(proposal).is_some());
    let missed: Vec<_> = foreign.filter(|(_, name)| !seen.contains_key(name)).collect();
    assert!(missed.is_empty(), "no bytes of the test are one of these: {missed:?}");
}

#[test]
fn a_proposal_is_refused_if_table_1_has_none_of_its_operators() {
    let mut has_row = BTreeMap::new();
    for (proposal, name) in OPERATORS {
        *has_row.entry(proposal).or_insert(false) |= SourceOperator::named(name).is_some();
    }
    for (proposal, has_row) in has_row {
        assert_eq!(foreign(proposal).is_none(), has_row, "{proposal}");
    }
}
