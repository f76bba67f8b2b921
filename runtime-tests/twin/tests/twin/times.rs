//! What steps cost in `ref_time`: ours beside pallet-contracts 51's, under the same weights of host functions, part by
//! part.
//!
//! Both have a price for a function's first call in an instance and for memory that grows; only instances are free
//! there. What these parts cost is known on either side (`starting.rs` pins it), and host functions cost the same: what
//! is left are the other instructions. They may make a step dearer than it is there by [`MORE_MAX`] only, and those of
//! all real contracts together have to cost less; instances and first calls make it dearer by what they are.
//!
//! A step that runs out of gas costs all that it was given, and there what was charged before the instructions that
//! could not be paid: it is left out.

use crate::theirs;
use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    ops::{Add, Sub},
};
use vellum_host::profile::Profile;
use vellum_runtime_tests::shared::report;

/// Instructions that pallet-contracts charges for each byte of a function's body at its first call: wasmi 0.32.3
/// translates it then, and does not validate it.
pub const INSTRUCTIONS_PER_BODY_BYTE: u64 = 7;
/// Instructions that it charges for each page that a memory grows by: one for 64 bytes.
pub const INSTRUCTIONS_PER_PAGE: u64 = 65_536 / 64;

/// How much more a step may cost here, per cent of what it costs there, without instances, first calls and growth. There
/// is one price for all instructions there, and hand-written contracts are rich in calls of host functions, of which
/// the instruction is a dear one here.
const MORE_MAX: u64 = 2;

/// An amount on either side.
#[derive(Clone, Copy, Default, Debug)]
struct Both {
    ours: u64,
    theirs: u64,
}

impl Add for Both {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { ours: self.ours + other.ours, theirs: self.theirs + other.theirs }
    }
}

impl Sub for Both {
    type Output = Self;

    fn sub(self, part: Self) -> Self {
        Self { ours: less(self.ours, part.ours), theirs: less(self.theirs, part.theirs) }
    }
}

/// What is left without a part. Fails if that is more than the whole, as when it has no price there after all.
fn less(whole: u64, part: u64) -> u64 {
    whole.checked_sub(part).expect("a part is no more than the whole")
}

/// The times of one weight.
struct Row {
    step: String,
    all: Both,
    /// Making instances.
    instances: Both,
    /// First calls of functions.
    first_calls: Both,
    /// Pages by which memories grew.
    pages: Both,
    /// All other instructions.
    instructions: Both,
}

impl Row {
    fn new(step: String, all: Both, profile: &Profile) -> Self {
        let class = |name| profile.gas_classes.get(name).copied().unwrap_or_default();
        let (call, bytes, locals) = (class("first call"), class("first call byte"), class("first call local"));
        let grown = class("page grown");
        let instruction = u64::from(theirs::capacity::instruction_base());
        let instances = profile.charges.get("instantiate_module").map_or(0, |share| share.ref_time);
        let instances = Both { ours: instances, theirs: 0 };
        let first_calls = Both {
            ours: call.fuel + bytes.fuel + locals.fuel,
            theirs: bytes.count * INSTRUCTIONS_PER_BODY_BYTE * instruction,
        };
        let pages = Both { ours: grown.fuel, theirs: grown.count * INSTRUCTIONS_PER_PAGE * instruction };
        let engine = profile.gas_classes.values().map(|share| share.fuel).sum::<u64>();
        let alike = less(less(all.ours, engine), instances.ours);
        let instructions = Both { ours: engine, theirs: less(all.theirs, alike) } - (first_calls + pages);
        assert_eq!(instructions.theirs % instruction, 0, "{step}: something else differs than instructions");
        Self { step, all, instances, first_calls, pages, instructions }
    }

    /// Host functions, reading code, and an extrinsic's own weight: equal.
    fn alike(&self) -> Both {
        self.without_starting() - self.instructions
    }

    fn without_starting(&self) -> Both {
        self.all - (self.instances + self.first_calls + self.pages)
    }
}

/// Something that a step costs.
type Part = fn(&Row) -> Both;

/// Parts of what is consumed, as docs/twin.md names them.
const PARTS: [(&str, Part); 6] = [
    ("instances", |row| row.instances),
    ("first calls", |row| row.first_calls),
    ("growth of memory", |row| row.pages),
    ("other instructions", |row| row.instructions),
    ("host functions, and what else is alike", Row::alike),
    ("all that is consumed", |row| row.all),
];

/// Times of all steps that were weighed.
#[derive(Default)]
pub struct Times {
    rows: Vec<Row>,
    out_of_gas: usize,
}

impl Times {
    /// Notes what a step cost.
    pub fn note(&mut self, step: String, ours: u64, theirs: u64, profile: &Profile, is_out_of_gas: bool) {
        if is_out_of_gas {
            self.out_of_gas += 1;
            return;
        }
        self.rows.push(Row::new(step, Both { ours, theirs }, profile));
    }

    /// Steps that cost more than they may beside what they cost there.
    pub fn above(&self) -> impl Iterator<Item = String> {
        let is_above = |row: &&Row| {
            let Both { ours, theirs } = row.without_starting();
            ours * 100 > theirs * (100 + MORE_MAX)
        };
        self.rows.iter().filter(is_above).map(|row| {
            let (without, instructions) = (row.without_starting(), row.instructions);
            format!("{}: {without:?} without starting, of it instructions {instructions:?}", row.step)
        })
    }

    /// Asserts that instructions, those of all steps together, cost less than there.
    pub fn instructions_cost_less(&self) {
        let all = self.rows.iter().map(|row| row.instructions).fold(Both::default(), Add::add);
        assert!(all.ours < all.theirs, "{all:?}");
    }

    /// Says how ours compare, and, of steps whose arguments are recorded, how those do: the tables of docs/twin.md.
    /// With `VELLUM_TWIN_TIMES=FILE` all of them are appended to a file, each part ours and theirs, which step.
    pub fn report(&self) {
        self.report_those("all steps", |_| true);
        self.report_those("recorded steps", |step| step.contains(" recorded "));
        report(format_args!("  {} steps ran out of gas", self.out_of_gas));
        if let Some(path) = std::env::var_os("VELLUM_TWIN_TIMES") {
            let file = fs::OpenOptions::new().create(true).append(true).open(path);
            file.and_then(|mut file| file.write_all(self.lines().as_bytes())).expect("the file can be written");
        }
    }

    fn lines(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            for (_, part) in PARTS {
                let Both { ours, theirs } = part(row);
                write!(text, "{ours}\t{theirs}\t").expect("strings take everything");
            }
            writeln!(text, "{}", row.step.replace('\n', " ")).expect("strings take everything");
        }
        text
    }

    fn report_those(&self, what: &str, wanted: fn(&str) -> bool) {
        let rows: Vec<&Row> = self.rows.iter().filter(|row| wanted(&row.step)).collect();
        if rows.is_empty() {
            return;
        }
        report(format_args!("  {what}, ref_time ours to theirs:\n{}{}", ratios(&rows), sums(&rows)));
    }
}

/// How the ratios of steps are spread.
fn ratios(rows: &[&Row]) -> String {
    let mut text = "| | steps | median | 90 % | max | above 1 |\n|---|---|---|---|---|---|\n".to_owned();
    let mut line = |name: &str, kind: &str, part: Part| {
        let of_kind = rows.iter().filter(|row| row.step.contains(kind)).map(|row| part(row));
        let mut ratios: Vec<f64> = of_kind.map(|Both { ours, theirs }| ratio(ours, theirs)).collect();
        if ratios.is_empty() {
            return;
        }
        ratios.sort_by(f64::total_cmp);
        let at = |percent: usize| ratios[(ratios.len() - 1) * percent / 100];
        let (steps, above) = (ratios.len(), ratios.iter().filter(|ratio| **ratio > 1.0).count());
        writeln!(text, "| {name} | {steps} | {:.3} | {:.3} | {:.3} | {above} |", at(50), at(90), at(100))
            .expect("strings take everything");
    };
    line("all that is consumed", "", |row| row.all);
    line("of these, dry calls", ", dry call of ", |row| row.all);
    line("of these, extrinsics, base weight included", ", extrinsic of ", |row| row.all);
    line("without instances, first calls and growth", "", Row::without_starting);
    text
}

/// What all steps together cost, in per cent of what they cost there.
fn sums(rows: &[&Row]) -> String {
    let sum = |part: Part| rows.iter().map(|row| part(row)).fold(Both::default(), Add::add);
    let all = sum(|row| row.all).theirs;
    let mut text = "| | here | there | ratio |\n|---|---|---|---|\n".to_owned();
    for (name, part) in PARTS {
        let Both { ours, theirs } = sum(part);
        let times = if theirs == 0 { "-".to_owned() } else { format!("{:.2}", ratio(ours, theirs)) };
        let percent = |time| format!("{:.2} %", 100.0 * ratio(time, all));
        writeln!(text, "| {name} | {} | {} | {times} |", percent(ours), percent(theirs))
            .expect("strings take everything");
    }
    text
}

/// The ratio for a report; no test depends on its last digits.
#[allow(clippy::cast_precision_loss, reason = "ratios are for people")]
fn ratio(ours: u64, theirs: u64) -> f64 {
    ours as f64 / theirs.max(1) as f64
}
