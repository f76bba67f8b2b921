//! What evolves: lists of genes, and numbers that shape the module around them.
//!
//! Every genome is a valid program, whatever happened to it: a gene takes its operands from the stack if they lie there
//! and from locals if not ([`emit`](super::emit)), so that genes can be inserted, removed and swapped freely and mean nearly the same
//! elsewhere.

use super::random::Random;
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($name:ident: $category:ident;)*) => {
        /// What a gene does.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "`emit` says what each becomes")]
        pub enum Kind { $($name),* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What it is one of.
            pub const fn category(self) -> Category {
                match self { $(Self::$name => Category::$category),* }
            }
        }
    };
}

/// What a gene is one of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
#[rustfmt::skip]
pub enum Category {
    Arithmetic, Multiply, Divide, Operands, Globals, Loads, Stores, Walks, Select, Branches, Ways, Calls, Indirect,
    Bulk, Growth, Values, Tables, Structure,
}

kinds! {
    Unary: Arithmetic;
    Binary: Arithmetic;
    Compare: Arithmetic;
    Convert: Arithmetic;
    Multiply: Multiply;
    Popcnt: Multiply;
    Divide: Divide;
    Const: Operands;
    Get: Operands;
    Set: Operands;
    Tee: Operands;
    Drop: Operands;
    GlobalGet: Globals;
    GlobalSet: Globals;
    Load: Loads;
    LoadAt: Loads;
    Store: Stores;
    StoreAt: Stores;
    Stride: Walks;
    Jump: Walks;
    Chase: Walks;
    Scramble: Walks;
    Select: Select;
    If: Branches;
    Else: Branches;
    BrIf: Branches;
    Br: Branches;
    Loop: Branches;
    BrTable: Ways;
    Call: Calls;
    CallIndirect: Indirect;
    MemoryCopy: Bulk;
    MemoryFill: Bulk;
    MemoryInit: Bulk;
    DataDrop: Bulk;
    MemorySize: Growth;
    MemoryGrow: Growth;
    Values: Values;
    TableGet: Tables;
    TableSet: Tables;
    TableSize: Tables;
    TableGrow: Tables;
    TableFill: Tables;
    TableCopy: Tables;
    TableInit: Tables;
    ElemDrop: Tables;
    RefIsNull: Tables;
    Block: Structure;
    End: Structure;
    Nop: Structure;
}

/// One step of a program, and what chooses its details.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gene(pub Kind, pub u8, pub u8, pub u32);

/// What is around the code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shape {
    /// Pages of memory.
    pub pages: u8,
    /// Lines of 64 bytes that pointers walk over, as a power of two.
    pub lines_log2: u8,
    /// Elements of the table.
    pub table: u16,
    /// Globals beside those that genes use.
    pub globals: u16,
    /// Active data segments, and the bytes of each.
    pub segments: u16,
    /// See above.
    pub segment_bytes: u16,
    /// Whether they lie all over memory.
    pub spread: bool,
    /// Active element segments.
    pub elements: u16,
    /// Functions beside those that are called.
    pub functions: u16,
    /// Locals that functions declare and nobody uses.
    pub locals: u16,
    /// Parameters of callees: i32, i64, and results.
    pub signature: (u8, u8, u8),
    /// Whether an instance runs the program when it is made.
    pub start: bool,
}

/// A program and its module.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Genome {
    /// Around it.
    pub shape: Shape,
    /// The body of the loop.
    pub main: Vec<Gene>,
    /// Bodies of callees, which all have the same type.
    pub callees: [Vec<Gene>; CALLEES],
}

/// How many callees there are.
pub const CALLEES: usize = 4;
/// The most genes of the loop, and of a callee.
const MAIN_MAX: usize = 48;
const CALLEE_MAX: usize = 10;
/// Lines that fit the nearest data cache of any machine that validates a chain: 32 KiB.
pub const RESIDENT_LINES_LOG2: u8 = 9;
/// Numbers at which something often changes.
const EDGES: [u32; 16] = [0, 1, 2, 3, 7, 8, 31, 32, 63, 64, 255, 4_096, 65_535, 0x7fff_ffff, 0x8000_0000, u32::MAX];

impl Gene {
    /// Any gene.
    pub fn any(random: &mut Random) -> Self {
        let kind = random.of(Kind::ALL).copied().unwrap_or(Kind::Nop);
        Self(kind, random.byte(), random.byte(), number(random))
    }
}

fn number(random: &mut Random) -> u32 {
    if random.percent(60) { random.of(&EDGES).copied().unwrap_or(0) } else { random.word() }
}

impl Shape {
    /// Any shape; large only now and then, since what is large is slow to try.
    pub fn any(random: &mut Random) -> Self {
        let mut shape = Self {
            pages: 1,
            lines_log2: 6,
            table: 16,
            globals: 0,
            segments: 0,
            segment_bytes: 0,
            spread: false,
            elements: 0,
            functions: 0,
            locals: 0,
            signature: (0, 0, 0),
            start: false,
        };
        for _ in 0..4 {
            shape.mutate(random);
        }
        shape
    }

    /// Changes one number.
    pub fn mutate(&mut self, random: &mut Random) {
        let small = |random: &mut Random, most: u16| {
            let most = usize::from(most) >> (random.below(4) * 2);
            u16::try_from(random.below(most + 1)).unwrap_or(0)
        };
        let few = |random: &mut Random, end: usize| u8::try_from(random.below(end)).unwrap_or(0);
        match random.below(11) {
            0 => self.pages = 1 + few(random, 16),
            1 => self.lines_log2 = 2 + few(random, 13),
            2 => self.table = 16 + small(random, 8_000),
            3 => self.globals = small(random, 900),
            4 => self.segments = small(random, 900),
            5 => self.segment_bytes = small(random, 4_096),
            6 => self.spread = random.percent(50),
            7 => self.elements = small(random, 900),
            8 => self.functions = small(random, 256),
            9 => self.locals = small(random, 1_000),
            _ if random.percent(25) => self.start = !self.start,
            _ => self.signature = (few(random, 9), few(random, 9), few(random, 3)),
        }
    }

    /// Keeps walks within memory, and within the nearest cache if that is asked for.
    pub fn fit(&mut self, resident: bool) {
        self.pages = self.pages.clamp(1, 16);
        let most = 10 + u8::try_from(self.pages.ilog2()).unwrap_or(0);
        let most = if resident { most.min(RESIDENT_LINES_LOG2) } else { most };
        self.lines_log2 = self.lines_log2.clamp(2, most);
        // What a blob may have at most, so that every genome is small enough to be uploaded.
        if u32::from(self.segments) * (u32::from(self.segment_bytes) + 8) > 60_000 {
            self.segment_bytes = u16::try_from(60_000 / u32::from(self.segments.max(1))).unwrap_or(0).saturating_sub(8);
        }
    }
}

impl Genome {
    /// Any genome.
    pub fn any(random: &mut Random) -> Self {
        let genes = |random: &mut Random, most: usize| {
            let count = 1 + random.below(most);
            (0..count).map(|_| Gene::any(random)).collect()
        };
        Self {
            shape: Shape::any(random),
            main: genes(random, MAIN_MAX / 2),
            callees: std::array::from_fn(|_| genes(random, CALLEE_MAX / 2)),
        }
    }

    /// One kind of gene again and again, over as much memory as there is: what most children of anything are not.
    pub fn pure(random: &mut Random) -> Self {
        let kind = random.of(Kind::ALL).copied().unwrap_or(Kind::Nop);
        let gene = Gene(kind, random.byte(), random.byte(), number(random));
        let mut genome = Self::any(random);
        genome.main = vec![gene; 1 + random.below(16)];
        (genome.shape.pages, genome.shape.lines_log2) = (16, 14);
        if random.percent(50) {
            genome.main.push(Gene(Kind::Scramble, 0, 0, number(random)));
        }
        genome
    }

    /// A child of two, changed here and there.
    #[must_use]
    pub fn child(&self, other: &Self, random: &mut Random) -> Self {
        let mut child = self.clone();
        if random.percent(30) {
            cross(&mut child.main, &other.main, random);
        }
        if random.percent(10) {
            child.shape = other.shape.clone();
        }
        if random.percent(10) {
            child.callees = other.callees.clone();
        }
        for _ in 0..=random.below(4) {
            child.mutate(random);
        }
        child
    }

    fn mutate(&mut self, random: &mut Random) {
        match random.below(10) {
            0 | 1 => self.shape.mutate(random),
            2 => {
                let callee = random.below(CALLEES);
                mutate(&mut self.callees[callee], CALLEE_MAX, random);
            }
            _ => mutate(&mut self.main, MAIN_MAX, random),
        }
    }

    /// The two categories that most genes of the loop are of.
    pub fn mixture(&self) -> Niche {
        let mut counts = std::collections::BTreeMap::<Category, u32>::new();
        for gene in &self.main {
            *counts.entry(gene.0.category()).or_default() += 1;
        }
        first_two(
            counts.into_iter().map(|(category, count)| (format!("{category:?}").to_lowercase(), u64::from(count))),
        )
    }

    /// The two things that an instance has most of, each counted in what takes about as long.
    pub fn dimensions(&self) -> Niche {
        let shape = &self.shape;
        let bytes = u64::from(shape.segments) * u64::from(shape.segment_bytes);
        let counts = [
            ("globals", u64::from(shape.globals)),
            ("functions", u64::from(shape.functions)),
            ("table", u64::from(shape.table)),
            ("data segments", u64::from(shape.segments)),
            ("element segments", u64::from(shape.elements)),
            ("bytes", bytes / 32),
            ("pages", u64::from(shape.pages) * 32),
            ("start", u64::from(shape.start) * 400),
        ];
        first_two(counts.map(|(name, count)| (name.to_owned(), count)))
    }
}

/// Two names of what a program is about: the search keeps the worst program of each pair.
pub type Niche = (String, String);

/// The two names with the greatest numbers; the second one is empty if it is far behind.
pub fn first_two(counts: impl IntoIterator<Item = (String, u64)>) -> Niche {
    let mut sorted: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut names = sorted.into_iter();
    let (first, most) = names.next().unwrap_or_default();
    let second = names.next().filter(|(_, count)| *count >= most / 8).unwrap_or_default().0;
    (first, second)
}

/// Replaces a span by one of another list.
fn cross(genes: &mut Vec<Gene>, other: &[Gene], random: &mut Random) {
    let (from, to) = (random.below(other.len() + 1), random.below(other.len() + 1));
    let (start, end) = (random.below(genes.len() + 1), random.below(genes.len() + 1));
    let taken = other[from.min(to)..from.max(to)].iter().copied();
    genes.splice(start.min(end)..start.max(end), taken);
    genes.truncate(MAIN_MAX);
}

fn mutate(genes: &mut Vec<Gene>, most: usize, random: &mut Random) {
    let at = random.below(genes.len());
    match random.below(8) {
        0 | 1 => genes.insert(random.below(genes.len() + 1), Gene::any(random)),
        2 if genes.len() > 1 => drop(genes.remove(at)),
        3 if genes.len() > 1 => {
            let other = random.below(genes.len());
            genes.swap(at, other);
        }
        // What is worst in small quantity is often worse in large quantity.
        4 if !genes.is_empty() => {
            let end = (at + 1 + random.below(6)).min(genes.len());
            let copied: Vec<_> = genes[at..end].to_vec();
            let place = random.below(genes.len() + 1);
            genes.splice(place..place, copied);
        }
        _ => {
            if let Some(gene) = genes.get_mut(at) {
                match random.below(4) {
                    0 => gene.0 = random.of(Kind::ALL).copied().unwrap_or(Kind::Nop),
                    1 => gene.1 = random.byte(),
                    2 => gene.2 = random.byte(),
                    _ => gene.3 = number(random),
                }
            }
        }
    }
    genes.truncate(most);
}
