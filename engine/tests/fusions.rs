//! The rows of the fusion table fit the shapes that they name: the emitter relies on the layout alone.

use vellum_engine::isa::fusion::{ROWS, Role, fused, turn};
use vellum_engine::isa::{HEAD_UNITS, Opcode};

/// Units of one cell's name.
const CELL: usize = 1;

/// Units of the instruction that a row makes, from the two that it is made of.
fn expected_units(first: Opcode, second: Opcode, role: Role) -> usize {
    let both = first.shape().units() + second.shape().units() - HEAD_UNITS;
    match role {
        // The cell is named by neither; what the second writes is written in its place.
        Role::Lhs | Role::Rhs | Role::Address | Role::Value => both - 2 * CELL,
        // The cell is written, and named once.
        Role::Kept => both - CELL,
        Role::Counted if second.shape().first_read().is_some() && turn_of(second).is_none() => both - CELL,
        Role::Counted | Role::Before | Role::After => both,
    }
}

/// The branch that a turn does, if it is a turn.
fn turn_of(opcode: Opcode) -> Option<Opcode> {
    Opcode::ALL.iter().copied().find(|branch| turn(*branch) == Some(opcode))
}

#[test]
fn a_fused_instruction_has_the_fields_of_its_two_halves() {
    for (first, second, role, both) in ROWS {
        let (expected, found) = (expected_units(*first, *second, *role), both.shape().units());
        assert_eq!(found, expected, "{} then {} as {role:?}: {}", first.mnemonic(), second.mnemonic(), both.mnemonic());
    }
}

#[test]
fn no_two_rows_say_different_things_of_the_same_pair() {
    for (first, second, role, both) in ROWS {
        assert_eq!(fused(*first, *second, *role), Some(*both), "{} {} {role:?}", first.mnemonic(), second.mnemonic());
    }
}

#[test]
fn the_first_half_writes_the_cell_that_the_second_reads() {
    for (first, _, role, both) in ROWS {
        let complete = *role == Role::After;
        assert!(complete || first.shape().writes_first(), "{}: its first half writes no cell", both.mnemonic());
    }
}
