//! The generated file of `weights/`.

use super::{Fit, Measured, Role, covered};
use std::fmt::Write;
use vellum_engine::GasClass;

/// Rust source with the prices, and where they come from.
pub fn source(measured: &Measured, fit: &Fit) -> String {
    let (machine, command) = (&measured.machine, &measured.command);
    let executor = measured.executor.as_ref().map_or_else(String::new, |executor| format!("; run by {executor}"));
    let mut text = format!(
        "//! Prices of {}, in picoseconds per unit.\n\
         //!\n\
         //! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.\n\
         //!\n\
         //! Machine: {}, {} cores, {}\n\
         //! Made with: {}; Vellum {}{executor}\n\
         //! Date: {}\n\
         //! Command: {command}\n\
         //! From: {} programs; charged is at least {:.0} % of the time of each, {:.0} % if it is hostile to caches\n\
         \n\
         use vellum_engine::GasClass;\n\
         \n\
         /// In the order of `GasClass::ALL`.\n\
         #[rustfmt::skip]\n\
         pub(crate) const PRICES: [u32; GasClass::COUNT] = [\n",
        measured.placement.engine(),
        machine.processor,
        machine.cores,
        machine.target,
        machine.rustc,
        machine.version,
        machine.date,
        measured.programs.len(),
        covered(Role::Typical) * 100.0,
        covered(Role::Hostile) * 100.0,
    );
    for (class, price) in GasClass::ALL.iter().zip(&fit.prices) {
        writeln!(text, "    {}, // {class}, per {}", grouped(*price), class.unit()).expect("strings take text; qed");
    }
    text + "];\n"
}

/// Digits in groups of three, as numbers in code are written.
fn grouped(price: u32) -> String {
    let digits = price.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}
