//! From counts of charges to counts of instructions.

use super::{Run, Step};
use anyhow::{Result, anyhow, ensure};
use std::collections::BTreeMap;
use vellum_engine::CodeCounts;
use vellum_engine::isa::decode::{Instruction, instructions};
use vellum_engine::isa::field::{Charge, Field, Operand, Target};

/// What leaves an instruction: how often control went on behind it, and where else it went how often.
struct Ways {
    behind: u64,
    elsewhere: Vec<(usize, u64)>,
    /// Whether it is a branch, a call or an end, behind which nothing can be fused with it.
    divides: bool,
}

/// The runs of all functions.
pub(super) fn runs(functions: &[CodeCounts]) -> Result<Vec<Run>> {
    let mut runs = Vec::new();
    for function in functions {
        function_runs(function, &mut runs)?;
    }
    Ok(runs)
}

fn function_runs(function: &CodeCounts, runs: &mut Vec<Run>) -> Result<()> {
    let list: Vec<Instruction<'_>> =
        instructions(&function.code).collect::<Result<_, _>>().map_err(|error| anyhow!("malformed code: {error:?}"))?;
    // How often control came to a place from elsewhere. Jumps, which pay nothing, go forward only: a loop's
    // head begins a gas block.
    let mut arrivals = BTreeMap::<usize, u64>::from([(0, function.entered)]);
    for instruction in &list {
        for (to, times) in paid_ways(instruction, function) {
            *arrivals.entry(to).or_default() += times;
        }
    }
    let (mut times, mut steps) = (0, Vec::new());
    for instruction in &list {
        let arrived = arrivals.get(&instruction.at);
        if let Some(arrived) = arrived {
            close(&mut steps, times, function.locals, runs);
            times += arrived;
        }
        let ways = ways(instruction, function, times);
        for (to, count) in &ways.elsewhere {
            ensure!(*to > instruction.at, "a jump goes back");
            *arrivals.entry(*to).or_default() += count;
        }
        steps.push(step(instruction));
        if ways.divides {
            close(&mut steps, times, function.locals, runs);
        }
        times = ways.behind;
    }
    close(&mut steps, times, function.locals, runs);
    Ok(())
}

fn close(steps: &mut Vec<Step>, times: u64, locals: u32, runs: &mut Vec<Run>) {
    if !steps.is_empty() {
        runs.push(Run { steps: std::mem::take(steps), locals, times });
    }
}

/// Where each charge of the instruction stands: charges are its last fields.
fn charges(instruction: &Instruction<'_>) -> Vec<(&'static str, usize)> {
    let mut names = Vec::new();
    instruction.each_operand(&mut |name, operand| {
        if let Operand::Charge(_) = operand {
            names.push(name);
        }
    });
    let end = instruction.at + instruction.opcode.shape().units();
    let start = end - names.len() * Charge::UNITS;
    names.into_iter().zip((start..).step_by(Charge::UNITS)).collect()
}

fn target(instruction: &Instruction<'_>) -> Option<usize> {
    let mut target = None;
    instruction.each_operand(&mut |_, operand| {
        if let Operand::Target(distance) = operand {
            target = Some(distance);
        }
    });
    instruction.at.checked_add_signed(isize::try_from(target?).ok()?)
}

/// Ways to a target that pay; a place that is a target is named even if nobody came.
fn paid_ways(instruction: &Instruction<'_>, function: &CodeCounts) -> Vec<(usize, u64)> {
    let paid = |site: usize| function.paid.get(&site).copied().unwrap_or(0);
    let mut ways = Vec::new();
    if let Some(to) = target(instruction) {
        let taken = charges(instruction).into_iter().filter(|(name, _)| !goes_behind(name));
        ways.push((to, taken.map(|(_, site)| paid(site)).sum()));
    }
    let entries: Vec<_> = instruction.entries().collect();
    let first = instruction.at + instruction.opcode.shape().units();
    let size = (instruction.at + instruction.len() - first).checked_div(entries.len()).unwrap_or(1).max(1);
    for (entry, at) in entries.iter().zip((first..).step_by(size)) {
        let distance = isize::try_from(entry.target.0).unwrap_or(0);
        ways.push((instruction.at.saturating_add_signed(distance), paid(at + Target::UNITS)));
    }
    ways
}

/// Whether a charge is for what stands behind the instruction.
fn goes_behind(name: &str) -> bool {
    matches!(name, "fallthrough" | "after")
}

fn ways(instruction: &Instruction<'_>, function: &CodeCounts, times: u64) -> Ways {
    let charges = charges(instruction);
    let target = target(instruction);
    let mnemonic = instruction.opcode.mnemonic();
    let ends = ["return", "trap", "exit"].iter().any(|end| mnemonic.starts_with(end));
    if charges.is_empty() && instruction.entries().next().is_none() && !ends {
        return match target {
            Some(to) => Ways { behind: 0, elsewhere: vec![(to, times)], divides: true },
            None => Ways { behind: times, elsewhere: Vec::new(), divides: false },
        };
    }
    let behind = charges.iter().filter(|(name, _)| goes_behind(name));
    let behind = behind.map(|(_, site)| function.paid.get(site).copied().unwrap_or(0)).sum();
    Ways { behind, elsewhere: Vec::new(), divides: true }
}

fn step(instruction: &Instruction<'_>) -> Step {
    let (mut writes, mut reads) = (None, Vec::new());
    instruction.each_operand(&mut |_, operand| match operand {
        Operand::Write(slot) => writes = Some(slot.0),
        Operand::Read(slot) => reads.push(slot.0),
        _ => {}
    });
    Step { mnemonic: instruction.opcode.mnemonic(), writes, reads }
}
