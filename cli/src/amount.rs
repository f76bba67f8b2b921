//! Balances as people write and read them: `1.5 UNIT`, `20 mUNIT`, or a plain number of the smallest unit.

use vellum_runtime::{
    Balance,
    units::{DECIMALS, SYMBOL},
};

/// Prefixes of the currency's name and the powers of ten that they stand for.
const PREFIXES: [(&str, u8); 5] = [("", 12), ("m", 9), ("u", 6), ("n", 3), ("p", 0)];

/// Reads an amount.
///
/// A number without a unit counts the smallest unit and so may have no decimal point; with `UNIT`, `mUNIT`,
/// `uUNIT`, `nUNIT` or `pUNIT` it may have as many decimals as that unit has.
pub fn parse(text: &str) -> Result<Balance, String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
    let digits_end = compact.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(compact.len());
    let (number, unit) = compact.split_at(digits_end);
    if number.is_empty() {
        return Err(format!("`{text}` is not an amount"));
    }
    let decimals = if unit.is_empty() { 0 } else { decimals_of(unit)? };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if number.contains('.') && unit.is_empty() {
        return Err(format!(
            "`{text}` has a decimal point but no unit: write `{number} {SYMBOL}`, or a whole number of the \
             smallest unit"
        ));
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.contains('.') || fraction.len() > usize::from(decimals) {
        return Err(format!("`{text}` has more decimals than the unit {unit} has ({decimals})"));
    }
    let zeros = usize::from(decimals) - fraction.len();
    format!("{whole}{fraction}{}", "0".repeat(zeros))
        .parse()
        .map_err(|_| format!("`{text}` is not an amount, or too large for 128 bits"))
}

fn decimals_of(unit: &str) -> Result<u8, String> {
    PREFIXES
        .iter()
        .find(|(prefix, _)| unit.strip_suffix(SYMBOL).is_some_and(|before| before == *prefix))
        .map(|(_, decimals)| *decimals)
        .ok_or_else(|| format!("`{unit}` is no unit; use {SYMBOL}, m{SYMBOL}, u{SYMBOL}, n{SYMBOL} or p{SYMBOL}"))
}

/// An amount in whole units without trailing zeros, such as `0.0215 UNIT`.
pub fn show(amount: Balance) -> String {
    let unit = 10u128.pow(u32::from(DECIMALS));
    let fraction = format!("{:0width$}", amount % unit, width = usize::from(DECIMALS));
    let fraction = fraction.trim_end_matches('0');
    let whole = group(amount / unit);
    if fraction.is_empty() { format!("{whole} {SYMBOL}") } else { format!("{whole}.{fraction} {SYMBOL}") }
}

/// A number with a space between groups of three digits.
pub fn group(number: impl Into<u128>) -> String {
    let digits = number.into().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests;
