//! Families that are about blocks, branches and calls.

use super::{Family, function, numbered, row, types, with_type};

/// `around` `count` times, then `then` as often.
fn nest(count: usize, around: &str, then: &str) -> String {
    function(&(around.repeat(count) + &then.repeat(count)))
}

/// Constants, something repeated that takes and leaves as many values, drops.
fn over(width: usize, count: usize, operators: &str) -> String {
    let operators = "i32.const 1 ".repeat(width) + &operators.repeat(count) + &"drop ".repeat(width);
    with_type(width, "", &operators)
}

fn nested_over(width: usize, count: usize) -> String {
    over(width, 1, &("block (type $wide) ".repeat(count) + &"end ".repeat(count)))
}

/// Nested blocks: each leaves one value more than it takes, which the innermost one makes.
fn nested_growing(count: usize) -> String {
    let blocks = "block (param i32) (result i32 i32) ".repeat(count);
    function(&format!("i32.const 1 {blocks} i32.const 2 {} drop drop", "end ".repeat(count)))
}

/// Operands under something repeated.
fn under(count: usize, operand: &str, operators: &str) -> String {
    let operands = count.min(7_000);
    function(&(operand.repeat(operands) + &operators.repeat(count) + &"drop ".repeat(operands)))
}

fn branch_table(count: usize) -> String {
    function(&format!("block local.get $a br_table {} 0 end", "0 ".repeat(count)))
}

/// A branch table whose entries lead to the start of a loop with as many parameters.
fn branch_table_that_carries(values: usize, count: usize) -> String {
    let (constants, ty) = ("i32.const 1 ".repeat(values), types(values));
    let table = format!("local.get $a br_table {} 0", "0 ".repeat(count));
    function(&format!("i32.const 9 {constants} loop (param {ty}) {table} end drop"))
}

fn tables_of_64_labels(count: usize) -> String {
    let table = format!("block local.get $a br_table {} 0 end ", numbered(64, |at| format!("{at} ")));
    function(&("block ".repeat(64) + &table.repeat(count / 64 + 1) + &"end ".repeat(64)))
}

/// Conditional branches that carry values, to the height `below` operands further down.
fn carrying(width: usize, count: usize, below: &str) -> String {
    let values = "i32.const 1 ".repeat(width);
    let branches = "local.get $a br_if 0 ".repeat(count);
    let block = format!("block (type $results) {below} {values} {branches} br 0 end {}", "drop ".repeat(width));
    with_type(width, "", &block)
}

fn returns(count: usize) -> String {
    let values = "local.get $a ".repeat(16);
    let operators = format!("block {values} return end ").repeat(count) + &values;
    with_type(16, "(type $results)", &operators)
}

/// Calls of a function that takes and leaves as many values, one after the other.
fn calls(width: usize, count: usize, call: &str) -> String {
    let operators = "i32.const 1 ".repeat(width) + &call.repeat(count);
    with_type(width, "(type $wide)", &operators)
}

/// Calls where control cannot be: arguments need not be there.
fn dead_calls(params: usize, count: usize) -> String {
    with_type(1, &format!("(param {})", types(params)), &format!("unreachable {}", "call $f ".repeat(count)))
}

/// The same, of results that pile up.
fn dead_results(width: usize, count: usize) -> String {
    with_type(width, "(type $results)", &format!("unreachable {} unreachable", "call $f ".repeat(count)))
}

fn dead_branches(width: usize, count: usize) -> String {
    let drops = "drop ".repeat(width);
    with_type(width, "", &format!("block (type $results) unreachable {} end {drops}", "br_if 0 ".repeat(count)))
}

/// The families.
pub const FAMILIES: &[Family] = &[
    // Nesting.
    Family { name: "nested blocks", source: |n| nest(n, "block ", "end ") },
    Family { name: "nested loops", source: |n| nest(n, "loop ", "end ") },
    Family { name: "nested ifs", source: |n| nest(n, "local.get $a if ", "else end ") },
    Family { name: "ifs nested in else", source: |n| nest(n, "local.get $a if else ", "end ") },
    Family {
        name: "nested ifs with results",
        source: |n| {
            let (ifs, ends) = ("if (result i32) local.get $a ".repeat(n), "else i32.const 1 end ".repeat(n));
            function(&format!("local.get $a {ifs} {ends} drop"))
        },
    },
    Family {
        name: "nested blocks, each with a branch out",
        source: |n| nest(n, "block local.get $a br_if 0 ", "end "),
    },
    Family { name: "nested blocks behind unreachable", source: |n| nest(n, "unreachable block ", "end ") },
    Family { name: "nested blocks, each unreachable at its end", source: |n| nest(n, "block ", "unreachable end ") },
    Family { name: "nested blocks with a parameter", source: |n| nested_over(1, n) },
    Family { name: "nested blocks with a parameter and 2 results", source: nested_growing },
    Family { name: "nested blocks with 3 parameters", source: |n| nested_over(3, n) },
    Family { name: "nested blocks with 12 parameters", source: |n| nested_over(12, n) },
    // Blocks in a row.
    Family { name: "blocks", source: |n| row(n, "block end ") },
    Family { name: "loops", source: |n| row(n, "loop end ") },
    Family { name: "ifs", source: |n| row(n, "local.get $a if nop end ") },
    Family {
        name: "ifs with a result",
        source: |n| row(n, "local.get $a if (result i32) i32.const 1 else i32.const 2 end drop "),
    },
    Family {
        name: "ifs with a parameter and a result",
        source: |n| over(1, n, "local.get $a if (type $wide) else end "),
    },
    Family {
        name: "ifs with 3 parameters and results",
        source: |n| over(3, n, "local.get $a if (type $wide) else end "),
    },
    Family { name: "blocks with a parameter", source: |n| over(1, n, "block (type $wide) end ") },
    Family { name: "blocks with 3 parameters", source: |n| over(3, n, "block (type $wide) end ") },
    Family { name: "blocks with 12 parameters", source: |n| over(12, n, "block (type $wide) end ") },
    Family {
        name: "blocks with 16 parameters and a branch",
        source: |n| over(16, n, "block (type $wide) local.get $a br_if 0 end "),
    },
    Family {
        name: "loops with 16 parameters and a branch",
        source: |n| over(16, n, "loop (type $wide) local.get $a br_if 0 end "),
    },
    Family { name: "constants under blocks", source: |n| under(n, "i32.const 5 ", "block end ") },
    Family { name: "locals under blocks", source: |n| under(n, "local.get $a ", "block end ") },
    Family { name: "a local under each block", source: |n| row(n, "local.get $a block end drop ") },
    // Branches.
    Family {
        name: "branches to one label ahead",
        source: |n| function(&format!("block {} end", "local.get $a br_if 0 ".repeat(n))),
    },
    Family {
        name: "branches to one label behind",
        source: |n| function(&format!("loop {} end", "local.get $a br_if 0 ".repeat(n))),
    },
    Family { name: "one branch table", source: branch_table },
    Family { name: "one branch table that carries a value", source: |n| branch_table_that_carries(1, n) },
    Family { name: "one branch table that carries 2 values", source: |n| branch_table_that_carries(2, n) },
    Family { name: "one branch table that carries 8 values", source: |n| branch_table_that_carries(8, n) },
    Family { name: "branch tables", source: |n| row(n, "block local.get $a br_table 0 0 0 end ") },
    Family { name: "branch tables of 64 labels", source: tables_of_64_labels },
    Family { name: "branches that carry 3 values", source: |n| carrying(3, n, "") },
    Family { name: "branches that carry 7 values", source: |n| carrying(7, n, "") },
    Family { name: "branches that carry 31 values", source: |n| carrying(31, n, "") },
    Family { name: "branches that carry 3 values to another height", source: |n| carrying(3, n, "i32.const 7 ") },
    Family { name: "branches that carry 7 values to another height", source: |n| carrying(7, n, "i32.const 7 ") },
    Family { name: "branches that carry 31 values to another height", source: |n| carrying(31, n, "i32.const 7 ") },
    Family { name: "operands dropped by a branch", source: |n| row(n, "block i32.const 1 br 0 end ") },
    Family { name: "returns of 16 values", source: returns },
    // Calls.
    Family { name: "calls with a value each way", source: |n| calls(1, n, "call $f ") },
    Family { name: "calls with 2 values each way", source: |n| calls(2, n, "call $f ") },
    Family { name: "calls with 8 values each way", source: |n| calls(8, n, "call $f ") },
    Family {
        name: "indirect calls with 16 values each way",
        source: |n| calls(16, n, "i32.const 0 call_indirect (type $wide) "),
    },
    Family { name: "tail calls with 9 values", source: |n| calls(9, n, "block (type $wide) return_call $f end ") },
    Family { name: "tail calls", source: |n| row(n, "block return_call $f end ") },
    // Where control cannot be.
    Family { name: "dead operators", source: |n| function(&format!("unreachable {}", "i32.const 1 drop ".repeat(n))) },
    Family { name: "dead sums", source: |n| function(&format!("unreachable {} unreachable", "i32.add ".repeat(n))) },
    Family { name: "dead selects", source: |n| function(&format!("unreachable {} unreachable", "select ".repeat(n))) },
    Family { name: "dead drops", source: |n| function(&format!("unreachable {}", "drop ".repeat(n))) },
    Family { name: "dead stores", source: |n| function(&format!("unreachable {}", "i32.store ".repeat(n))) },
    Family {
        name: "dead blocks",
        source: |n| function(&format!("unreachable {} {}", "block ".repeat(n), "end ".repeat(n))),
    },
    Family { name: "dead branches", source: |n| dead_branches(0, n) },
    Family { name: "dead branches that carry 2 values", source: |n| dead_branches(2, n) },
    Family { name: "dead branches that carry 4 values", source: |n| dead_branches(4, n) },
    Family { name: "dead branches that carry 16 values", source: |n| dead_branches(16, n) },
    Family { name: "dead branch table", source: |n| function(&format!("unreachable br_table {} 0", "0 ".repeat(n))) },
    Family {
        name: "dead branch tables",
        source: |n| function(&format!("block unreachable {} end", "br_table 0 ".repeat(n))),
    },
    Family {
        name: "dead operators behind branches",
        source: |n| row(n, "block br 0 i32.const 1 i32.const 2 i32.add drop end "),
    },
    Family { name: "dead calls", source: |n| dead_calls(0, n) },
    Family { name: "dead calls of 2 parameters", source: |n| dead_calls(2, n) },
    Family { name: "dead calls of 4 parameters", source: |n| dead_calls(4, n) },
    Family { name: "dead calls of 16 parameters", source: |n| dead_calls(16, n) },
    Family { name: "dead calls of 2 results", source: |n| dead_results(2, n) },
    Family { name: "dead calls of 4 results", source: |n| dead_results(4, n) },
    Family { name: "dead calls of 16 results", source: |n| dead_results(16, n) },
];

/// Those that no policy for new code accepts.
pub const OVER_THE_LIMITS: &[Family] = &[
    Family { name: "nested blocks with 16 parameters", source: |n| nested_over(16, n) },
    Family { name: "blocks with 16 parameters", source: |n| over(16, n, "block (type $wide) end ") },
    Family { name: "one branch table that carries 16 values", source: |n| branch_table_that_carries(16, n) },
    Family { name: "one branch table that carries 128 values", source: |n| branch_table_that_carries(128, n) },
    Family { name: "branches that carry 1000 values", source: |n| carrying(1_000, n, "") },
    Family { name: "calls with 16 values each way", source: |n| calls(16, n, "call $f ") },
    Family { name: "tail calls with 16 values", source: |n| calls(16, n, "block (type $wide) return_call $f end ") },
    Family { name: "dead branches that carry 128 values", source: |n| dead_branches(128, n) },
    Family { name: "dead calls of 128 parameters", source: |n| dead_calls(128, n) },
    Family { name: "dead calls of 1000 parameters", source: |n| dead_calls(1_000, n) },
    Family { name: "dead calls of 1000 results", source: |n| dead_results(1_000, n) },
];
