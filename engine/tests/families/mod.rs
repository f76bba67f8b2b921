//! Modules that ask as much of a compiler as their bytes can: one family for each way that is known
//! to make some compiler's time or output grow faster than its input. Shared by the test that
//! counts steps and the example that takes times.

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

/// A function with two i32, one i64 and one f64 local.
fn function(operators: &str) -> String {
    with_type("", operators)
}

fn with_type(signature: &str, operators: &str) -> String {
    format!(
        "(module (memory 1) (table $table 16 funcref) (type $wide (func (param {0}) (result {0})))
         (type $results (func (result {0}))) (global $g (mut i32) (i32.const 0))
         (func $f {signature} (local $a i32) (local $b i32) (local $l i64) (local $d f64) {operators}))",
        types(16)
    )
}

fn types(count: usize) -> String {
    "i32 ".repeat(count)
}

/// `around` `count` times, then `then` as often.
fn nest(count: usize, around: &str, then: &str) -> String {
    function(&(around.repeat(count) + &then.repeat(count)))
}

fn row(count: usize, operators: &str) -> String {
    function(&operators.repeat(count))
}

/// Sixteen constants, something repeated that takes and leaves sixteen values, sixteen drops.
fn sixteen(count: usize, operators: &str) -> String {
    function(&("i32.const 1 ".repeat(16) + &operators.repeat(count) + &"drop ".repeat(16)))
}

/// Operands under something repeated.
fn under(count: usize, operand: &str, operators: &str) -> String {
    let operands = count.min(7_000);
    function(&(operand.repeat(operands) + &operators.repeat(count) + &"drop ".repeat(operands)))
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// Types that differ, each with a function.
fn many_types(count: usize) -> String {
    let ty = |number: usize| {
        let param = |bit: usize| if number >> bit & 1 == 1 { "i32 " } else { "i64 " };
        format!("(func (param {}))", (0..17).map(param).collect::<String>())
    };
    format!("(module {})", numbered(count, ty))
}

fn written_locals(count: usize) -> String {
    let gets = numbered(count, |at| format!("local.get {} ", at % 1_000));
    let sets = numbered(count, |at| format!("i32.const 1 local.set {} ", at % 1_000));
    format!("(module (func (local {}) {gets} {sets} {}))", types(1_000), "drop ".repeat(count))
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

fn branch_table(count: usize) -> String {
    function(&format!("block local.get $a br_table {} 0 end", "0 ".repeat(count)))
}

/// A branch table whose entries lead to the start of a loop with as many parameters.
fn branch_table_that_carries(values: usize, count: usize) -> String {
    let (constants, ty) = ("i32.const 1 ".repeat(values), types(values));
    let table = format!("local.get $a br_table {} 0", "0 ".repeat(count));
    function(&format!("i32.const 9 {constants} loop (param {ty}) {table} end drop"))
}

/// Conditional branches that carry sixteen values, to the height `below` operands further down.
fn carrying(count: usize, below: &str) -> String {
    let values = "i32.const 1 ".repeat(16);
    let branches = "local.get $a br_if 0 ".repeat(count);
    function(&format!("block (type $results) {below} {values} {branches} br 0 end {}", "drop ".repeat(16)))
}

fn returns(count: usize) -> String {
    let values = "local.get $a ".repeat(16);
    let operators = format!("block {values} return end ").repeat(count) + &values;
    with_type(&format!("(result {})", types(16)), &operators)
}

/// Calls of a function with sixteen parameters and results, one after the other.
fn calls(count: usize, call: &str) -> String {
    let operators = "i32.const 1 ".repeat(16) + &call.repeat(count);
    with_type("(type $wide)", &operators)
}

fn deep_operands(count: usize) -> String {
    let depth = count.min(8_000);
    let sum = "i32.const 3 ".repeat(depth) + &"i32.add ".repeat(depth - 1) + "drop ";
    function(&sum.repeat(count / depth))
}

/// Every family.
pub const FAMILIES: &[Family] = &[
    // Nesting.
    Family { name: "nested blocks", source: |n| nest(n, "block ", "end ") },
    Family { name: "nested loops", source: |n| nest(n, "loop ", "end ") },
    Family { name: "nested ifs", source: |n| nest(n, "local.get $a if ", "else end ") },
    Family { name: "ifs nested in else", source: |n| nest(n, "local.get $a if else ", "end ") },
    Family {
        name: "nested blocks, each with a branch out",
        source: |n| nest(n, "block local.get $a br_if 0 ", "end "),
    },
    Family { name: "nested blocks behind unreachable", source: |n| nest(n, "unreachable block ", "end ") },
    Family { name: "nested blocks, each unreachable at its end", source: |n| nest(n, "block ", "unreachable end ") },
    // Blocks in a row.
    Family { name: "blocks", source: |n| row(n, "block end ") },
    Family { name: "loops", source: |n| row(n, "loop end ") },
    Family { name: "ifs", source: |n| row(n, "local.get $a if nop end ") },
    Family {
        name: "ifs with a result",
        source: |n| row(n, "local.get $a if (result i32) i32.const 1 else i32.const 2 end drop "),
    },
    Family { name: "blocks with 16 parameters", source: |n| sixteen(n, "block (type $wide) end ") },
    Family {
        name: "nested blocks with 16 parameters",
        source: |n| sixteen(1, &("block (type $wide) ".repeat(n) + &"end ".repeat(n))),
    },
    Family {
        name: "blocks with 16 parameters and a branch",
        source: |n| sixteen(n, "block (type $wide) local.get $a br_if 0 end "),
    },
    Family {
        name: "loops with 16 parameters and a branch",
        source: |n| sixteen(n, "loop (type $wide) local.get $a br_if 0 end "),
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
    Family { name: "one branch table that carries 16 values", source: |n| branch_table_that_carries(16, n) },
    Family { name: "one branch table that carries 128 values", source: |n| branch_table_that_carries(128, n) },
    Family { name: "branch tables", source: |n| row(n, "block local.get $a br_table 0 0 0 end ") },
    Family { name: "branches that carry 16 values", source: |n| carrying(n, "") },
    Family { name: "branches that carry 16 values to another height", source: |n| carrying(n, "i32.const 7 ") },
    Family { name: "returns of 16 values", source: returns },
    // Calls.
    Family { name: "calls with 16 values each way", source: |n| calls(n, "call $f ") },
    Family {
        name: "indirect calls with 16 values each way",
        source: |n| calls(n, "i32.const 0 call_indirect (type $wide) "),
    },
    Family { name: "tail calls with 16 values", source: |n| calls(n, "block (type $wide) return_call $f end ") },
    Family { name: "tail calls", source: |n| row(n, "block return_call $f end ") },
    // Operands and locals.
    Family { name: "locals pushed, then written", source: written_locals },
    Family {
        name: "a local written and read",
        source: |n| row(n, "local.get $a local.tee $b local.get $b i32.add local.set $a "),
    },
    Family { name: "locals dropped", source: |n| row(n, "local.get $a drop ") },
    Family {
        name: "sums of constants",
        source: |n| function(&format!("i32.const 1 {} drop", "i32.const 3 i32.add ".repeat(n))),
    },
    Family { name: "operands piled up, then added", source: deep_operands },
    Family { name: "selects", source: |n| row(n, "i32.const 1 i32.const 2 i32.const 3 select local.set $a ") },
    Family {
        name: "a chain of selects",
        source: |n| function(&format!("i32.const 1 {} drop", "local.get $a local.get $b select ".repeat(n))),
    },
    Family { name: "comparisons", source: |n| row(n, "local.get $a local.get $b i32.lt_s local.set $a ") },
    Family {
        name: "a chain of negations",
        source: |n| function(&format!("local.get $a {} drop", "i32.eqz ".repeat(n))),
    },
    Family { name: "wide constants", source: |n| row(n, "i64.const 0x7fffffffff local.set $l ") },
    Family { name: "float constants", source: |n| row(n, "f64.const 1.5 local.set $d ") },
    Family {
        name: "wide sums",
        source: |n| row(n, "local.get $l local.get $l local.get $l local.get $l i64.add128 drop drop "),
    },
    // Memory and tables.
    Family { name: "loads", source: |n| row(n, "local.get $a i32.load local.set $a ") },
    Family {
        name: "stores of wide constants",
        source: |n| row(n, "local.get $a i64.const 0x7fffffffffffffff i64.store "),
    },
    Family {
        name: "operators on whole memories",
        source: |n| row(n, "i32.const 0 i32.const 1 i32.const 2 memory.copy i32.const 1 memory.grow drop "),
    },
    Family {
        name: "operators on tables",
        source: |n| row(n, "i32.const 0 i32.const 1 table.get $table table.set $table "),
    },
    // Where control cannot be.
    Family { name: "dead operators", source: |n| function(&format!("unreachable {}", "i32.const 1 drop ".repeat(n))) },
    Family {
        name: "dead blocks",
        source: |n| function(&format!("unreachable {} {}", "block ".repeat(n), "end ".repeat(n))),
    },
    Family {
        name: "dead operators behind branches",
        source: |n| row(n, "block br 0 i32.const 1 i32.const 2 i32.add drop end "),
    },
    // Modules.
    Family { name: "tiny functions", source: |n| format!("(module {})", "(func)".repeat(n)) },
    Family {
        name: "functions with 1000 locals",
        source: |n| format!("(module {})", format!("(func (local {}))", types(1_000)).repeat(n)),
    },
    Family {
        name: "functions with 64 groups of locals",
        source: |n| format!("(module {})", format!("(func (local {}))", "i32 i64 ".repeat(32)).repeat(n)),
    },
    Family { name: "types", source: many_types },
    Family { name: "globals", source: globals },
    Family { name: "data segments", source: data_segments },
    Family { name: "element segments", source: element_segments },
];
