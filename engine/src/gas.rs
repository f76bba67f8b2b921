//! Gas: the classes that Wasm operators fall into, and the table of their prices.
//!
//! One unit of fuel is one picosecond of `ref_time` (Law 5). docs/GAS.md defines which classes a
//! gas block sums up and when it is charged; nothing here depends on how the engine translates.

use core::fmt;

macro_rules! gas_classes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal per $unit:literal;)*) => {
        /// What is priced: a kind of Wasm operator, or a unit of work that grows with an operand.
        /// The order is that of every [`PriceTable`]; classes are only appended.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum GasClass { $($(#[doc = $doc])* $name),* }

        impl GasClass {
            /// Every class, in table order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            /// How many classes there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The name that reports, weight files and documents use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// What one unit of the class is.
            pub const fn unit(self) -> &'static str {
                match self { $(Self::$name => $unit),* }
            }
        }
    };
}

gas_classes! {
    /// `block`, `loop`, `end`, `nop`, `drop`: they shape the program and cost no work.
    Structure = "structure" per "operator";
    /// `t.const`.
    Const = "const" per "operator";
    /// `local.get`.
    LocalGet = "local get" per "operator";
    /// `global.get`, `global.set`.
    Global = "global" per "operator";
    /// Additions, logic, shifts, comparisons, conversions, counts of leading and trailing zeros.
    Simple = "simple" per "operator";
    /// `select`.
    Select = "select" per "operator";
    /// Integer products, and population counts, which not every machine has an instruction for.
    Multiply = "multiply" per "operator";
    /// Integer quotients and remainders.
    Divide = "divide" per "operator";
    /// Loads from linear memory.
    Load = "load" per "operator";
    /// Stores to linear memory.
    Store = "store" per "operator";
    /// `br`, `br_if`, `if`, `unreachable`; `else`, which is a branch to the end for those who reach it from above.
    Branch = "branch" per "operator";
    /// `br_table`.
    BranchTable = "branch table" per "operator";
    /// `call`.
    Call = "call" per "operator";
    /// `call_indirect`.
    CallIndirect = "call indirect" per "operator";
    /// `return`, and the `end` of a function.
    Return = "return" per "operator";
    /// `memory.size`, `data.drop`.
    Memory = "memory" per "operator";
    /// A declared local, zeroed each time that its function is entered.
    LocalZeroed = "local zeroed" per "local";
    /// A value that a branch or a return carries, or an argument or a result of a call.
    ValueCarried = "value carried" per "value";
    /// A byte that `memory.copy`, `memory.fill` or `memory.init` writes.
    ByteMoved = "byte moved" per "byte";
    /// A page that `memory.grow` adds.
    PageGrown = "page grown" per "page";
    /// A function's first call in an instance: its fixed part.
    FirstCall = "first call" per "function";
    /// A byte of the body of a function, at its first call in an instance.
    FirstCallByte = "first call byte" per "byte";
    /// A parameter or local of a function, at its first call in an instance.
    FirstCallLocal = "first call local" per "local";
    /// An instance, and the module that is read for it: their fixed part.
    Instance = "instance" per "instance";
    /// A page of the memory that an instance starts with.
    InstancePage = "instance page" per "page";
    /// What a module has many of: a function, a global, a segment, an element of an element segment, a parameter or
    /// result of a type.
    InstanceEntry = "instance entry" per "entry";
    /// A byte that an active data segment places.
    InstanceByte = "instance byte" per "byte";
    /// Float arithmetic and comparisons, short of quotients and roots.
    Float = "float" per "operator";
    /// Float quotients and square roots.
    FloatDivide = "float divide" per "operator";
    /// `table.get`, `table.set`, `table.size`, `elem.drop`.
    Table = "table" per "operator";
    /// An element that `table.grow`, `table.fill`, `table.copy` or `table.init` writes.
    ElementMoved = "element moved" per "element";
    /// 128-bit sums, differences and products.
    Wide = "wide" per "operator";
    /// `local.set`, `local.tee`.
    LocalSet = "local set" per "operator";
    /// What works on many bytes or elements, its fixed part: `grow`, `copy`, `fill` and `init` of memories and tables.
    Bulk = "bulk" per "operator";
    /// Floats that become others, or integers, or are made of them: roundings and conversions.
    FloatConvert = "float convert" per "operator";
    /// An element of a table that an instance starts with.
    InstanceElement = "instance element" per "element";
    /// A constant expression, and each operator of one that computes: where a global begins, where an active segment
    /// goes, an element that is no bare index.
    InstanceExpression = "instance expression" per "expression";
    /// A constant of 64 bits that is more than 32 bits with their sign, beside what a constant costs.
    WideConst = "wide const" per "operator";
    /// A type, an import or an export of a module.
    InstanceDeclaration = "instance declaration" per "declaration";
}

impl fmt::Display for GasClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The classes that end every gas block; each must have a price, so that no loop is free.
pub(crate) const TRANSFERS: [GasClass; 5] =
    [GasClass::Branch, GasClass::BranchTable, GasClass::Call, GasClass::CallIndirect, GasClass::Return];

/// What a unit of each class costs, in fuel (picoseconds).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct PriceTable {
    prices: [u32; GasClass::COUNT],
}

/// A price table in which a gas block could be free, so that a loop could run for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FreeTransfer;

impl fmt::Display for FreeTransfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the classes branch, branch table, call, call indirect and return need a price above zero")
    }
}

impl PriceTable {
    /// A table from one price per class, in the order of [`GasClass::ALL`].
    ///
    /// # Errors
    /// [`FreeTransfer`] if a class that ends gas blocks costs nothing (Law 5).
    pub const fn new(prices: [u32; GasClass::COUNT]) -> Result<Self, FreeTransfer> {
        let mut at = 0;
        while at < TRANSFERS.len() {
            if prices[TRANSFERS[at] as usize] == 0 {
                return Err(FreeTransfer);
            }
            at += 1;
        }
        Ok(Self { prices })
    }

    /// A table of zeros: nothing costs anything, so nothing runs out of fuel, and a loop that never ends is never
    /// stopped. For embedders that trust their guests, and for measuring what metering costs; never for a chain
    /// (Law 5): the pallet's prices come by [`PriceTable::new`].
    ///
    /// The code is what other prices make of it: charges of zero are taken like others.
    pub const fn free() -> Self {
        Self { prices: [0; GasClass::COUNT] }
    }

    /// Of each class the dearer price of two tables: what covers both.
    #[must_use]
    pub const fn max(&self, other: &Self) -> Self {
        let mut prices = self.prices;
        let mut at = 0;
        while at < prices.len() {
            if other.prices[at] > prices[at] {
                prices[at] = other.prices[at];
            }
            at += 1;
        }
        Self { prices }
    }

    /// What one unit of the class costs.
    pub const fn price(&self, class: GasClass) -> u32 {
        self.prices[class as usize]
    }

    /// What `count` units of the class cost; saturates.
    pub const fn cost(&self, class: GasClass, count: u64) -> u64 {
        (self.prices[class as usize] as u64).saturating_mul(count)
    }

    /// What the first call of a function in an instance costs: a body of so many bytes, and so many
    /// parameters and locals.
    pub(crate) fn first_call(&self, body_bytes: usize, locals: u32) -> u64 {
        let bytes = u64::try_from(body_bytes).unwrap_or(u64::MAX);
        self.cost(GasClass::FirstCall, 1)
            .saturating_add(self.cost(GasClass::FirstCallByte, bytes))
            .saturating_add(self.cost(GasClass::FirstCallLocal, u64::from(locals)))
    }
}
