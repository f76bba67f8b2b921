//! Families that are about sections, and about functions that do next to nothing.

use super::{Family, numbered, types};

/// A module of functions with a signature, each with the same operators.
fn functions(count: usize, signature: &str, operators: &str) -> String {
    format!("(module (type $t (func {signature})) {})", format!("(func (type $t) {operators})").repeat(count))
}

/// Types that differ, each with a function.
fn many_types(count: usize) -> String {
    let ty = |number: usize| {
        let param = |bit: usize| if number >> bit & 1 == 1 { "i32 " } else { "i64 " };
        format!("(type (func (param {})))", (0..17).map(param).collect::<String>())
    };
    format!("(module {})", numbered(count, ty))
}

/// Types with many parameters that differ in the last of them only.
fn types_alike(count: usize) -> String {
    let ty = |number: usize| {
        let param = |bit: usize| if number >> bit & 1 == 1 { "i32 " } else { "i64 " };
        format!("(type (func (param {} {})))", types(110), (0..17).map(param).collect::<String>())
    };
    format!("(module {})", numbered(count, ty))
}

fn params(count: usize) -> String {
    format!("(param {})", types(count))
}

fn results(count: usize) -> String {
    format!("(result {})", types(count))
}

fn globals(count: usize) -> String {
    let globals = "(global (mut i32) (i32.const 1))".repeat(count);
    format!("(module {globals} (func {}))", numbered(count, |at| format!("global.get {at} global.set 0 ")))
}

fn data_segments(count: usize) -> String {
    let drops = numbered(count, |at| format!("data.drop {at} "));
    format!("(module (memory 1) {} (func {drops}))", "(data \"x\")".repeat(count))
}

fn element_segments(count: usize) -> String {
    let drops = numbered(count, |at| format!("elem.drop {at} "));
    format!("(module (table 1 funcref) {} (func $f {drops}))", "(elem func $f)".repeat(count))
}

/// One segment of as many elements as a table may have, and another, and another.
fn elements(count: usize, item: &str, kind: &str) -> String {
    let segment = |items: usize| format!("(elem {kind} {})", item.repeat(items));
    let segments = segment(16_000).repeat(count / 16_000) + &segment(count % 16_000);
    format!("(module (table 16000 funcref) (func $f) {segments})")
}

fn sums(count: usize) -> String {
    let sums = "i32.const 1 i32.add ".repeat(64);
    format!("(module {})", format!("(global i32 i32.const 1 {sums})").repeat(count))
}

fn named_imports(count: usize) -> String {
    format!("(module {})", numbered(count, |at| format!("(import \"env\" \"f{at:x}\" (func))")))
}

fn imports(count: usize, ty: &str) -> String {
    format!("(module (type $t (func {ty})) {})", "(import \"\" \"\" (func (type $t)))".repeat(count))
}

fn exports(count: usize, ty: &str, prefix: &str) -> String {
    let exports = numbered(count, |at| format!("(export \"{prefix}{at:x}\" (func 0))"));
    format!("(module (func (param {ty}) unreachable) {exports})")
}

fn custom_sections(count: usize) -> String {
    format!("(module (func) {})", "(@custom \"a\" \"\")".repeat(count))
}

fn names(count: usize) -> String {
    format!("(module (func $f {}))", numbered(count, |at| format!("(local $x{at} i32) ")))
}

fn calls_of_many_types(count: usize) -> String {
    let types = numbered(300, |at| format!("(type $t{at} (func (param {})))", types(at % 8)));
    let call =
        |at: usize| format!("{} i32.const 0 call_indirect (type $t{}) ", "i32.const 1 ".repeat(at % 300 % 8), at % 300);
    format!("(module (table 1 funcref) {types} (func {}))", numbered(count, call))
}

/// A module in the binary format, as the text format spells it: the text of a thousand locals is long.
fn binary(sections: &[(u8, Vec<u8>)]) -> String {
    let mut bytes = b"\0asm\x01\0\0\0".to_vec();
    for (id, section) in sections {
        bytes.push(*id);
        bytes.extend(leb(section.len()));
        bytes.extend(section);
    }
    let bytes: String = bytes.iter().map(|byte| format!("\\{byte:02x}")).collect();
    format!("(module binary \"{bytes}\")")
}

fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

/// A vector of the binary format: a count, then as many items.
fn vector(count: usize, item: &[u8]) -> Vec<u8> {
    [leb(count), item.repeat(count)].concat()
}

/// Functions that do nothing with many locals.
fn functions_with_locals(count: usize, locals: usize) -> String {
    let body = [vec![1], leb(locals), vec![0x7f, 0x0b]].concat();
    let body = [leb(body.len()), body].concat();
    binary(&[(1, vec![1, 0x60, 0, 0]), (3, vector(count, &[0])), (10, vector(count, &body))])
}

/// The families.
pub const FAMILIES: &[Family] = &[
    Family { name: "tiny functions", source: |n| functions(n, "", "") },
    Family { name: "tiny functions with 7 parameters", source: |n| functions(n, &params(7), "") },
    Family { name: "tiny functions with 15 parameters", source: |n| functions(n, &params(15), "") },
    Family { name: "tiny functions with 8 results", source: |n| functions(n, &results(8), "unreachable") },
    Family { name: "tiny functions with 16 results", source: |n| functions(n, &results(16), "unreachable") },
    Family { name: "functions with 1000 locals", source: |n| functions_with_locals(n, 1_000) },
    Family { name: "functions with 4096 locals", source: |n| functions_with_locals(n, 4_096) },
    Family { name: "functions with 32767 locals", source: |n| functions_with_locals(n, 32_767) },
    Family {
        name: "functions with 64 groups of locals",
        source: |n| format!("(module {})", format!("(func (local {}))", "i32 i64 ".repeat(32)).repeat(n)),
    },
    Family { name: "locals with names", source: names },
    Family { name: "indirect calls of 300 types", source: calls_of_many_types },
    Family { name: "types", source: many_types },
    Family { name: "types that differ at their ends", source: types_alike },
    Family {
        name: "types that are equal",
        source: |n| format!("(module {})", format!("(type (func (param {})))", types(100)).repeat(n)),
    },
    Family { name: "imports", source: |n| named_imports(n.min(10_000)) },
    Family { name: "exports", source: |n| exports(n, "", "") },
    Family { name: "exports with long names", source: |n| exports(n, "", &"x".repeat(200)) },
    Family { name: "exports of a function with 32 parameters", source: |n| exports(n, &types(32), "") },
    Family { name: "custom sections", source: custom_sections },
    Family { name: "globals", source: globals },
    Family { name: "globals of 65 terms", source: sums },
    Family { name: "data segments", source: data_segments },
    Family {
        name: "active data segments",
        source: |n| format!("(module (memory 1) {})", "(data (i32.const 0) \"\")".repeat(n)),
    },
    Family { name: "element segments", source: element_segments },
    Family {
        name: "active element segments",
        source: |n| format!("(module (table 1 funcref) {})", "(elem (i32.const 0) func)".repeat(n)),
    },
    Family { name: "elements", source: |n| elements(n, "$f ", "(i32.const 0) func") },
    Family {
        name: "elements that are expressions",
        source: |n| elements(n, "(ref.func $f) ", "(i32.const 0) funcref"),
    },
    Family { name: "passive elements", source: |n| elements(n, "$f ", "func") },
];

/// Those that no policy for new code accepts.
pub const OVER_THE_LIMITS: &[Family] = &[
    Family { name: "tiny functions with 128 parameters", source: |n| functions(n, &params(128), "") },
    Family { name: "tiny functions with 1000 parameters", source: |n| functions(n, &params(1_000), "") },
    Family { name: "tiny functions with 1000 results", source: |n| functions(n, &results(1_000), "unreachable") },
    Family { name: "imports with 128 parameters", source: |n| imports(n, &params(128)) },
    Family { name: "imports with 1000 parameters", source: |n| imports(n, &params(1_000)) },
    Family { name: "exports of a function with 1000 parameters", source: |n| exports(n, &types(1_000), "") },
    Family { name: "tables", source: |n| format!("(module {})", "(table 0 funcref)".repeat(n)) },
];
