//! Which classes make up what a program is charged.

use super::{Priced, rehearse};
use crate::engines::{Engine, Translation, Vellum};
use crate::gas::ratio::float;
use crate::gas::subject::Subject;
use crate::gas::tables;
use anyhow::{Result, anyhow};
use vellum_engine::GasClass;

/// Classes with a smaller share are not named.
const SMALLEST: f64 = 0.05;

impl Priced {
    /// The classes that make up most of the charge of a subject's call, with their shares: what fuel grows by if their price is
    /// doubled.
    ///
    /// # Errors
    /// If the subject does not run, or its charge is not by classes.
    pub fn shares(&self, subject: &Subject) -> Result<String> {
        let (Some(prices), Some(task)) = (self.prices, &subject.task) else { return Ok(String::new()) };
        let fuel = |doubled: Option<GasClass>| -> Result<u64> {
            let prices = tables::doubled(&prices, doubled).map_err(|error| anyhow!("{error}"))?;
            let code = Vellum::priced(prices, Translation::Eager).compile(&subject.blob)?;
            Ok(rehearse(&*code, task)?.0)
        };
        let all = fuel(None)?;
        let mut shares = Vec::new();
        for class in GasClass::ALL {
            let share = float(fuel(Some(*class))?.saturating_sub(all)) / float(all.max(1));
            if share >= SMALLEST {
                shares.push((share, class.name()));
            }
        }
        shares.sort_by(|a, b| b.0.total_cmp(&a.0));
        let shares = shares.iter().map(|(share, name)| format!("{name} {:.0} %", share * 100.0));
        Ok(shares.collect::<Vec<_>>().join(", "))
    }
}
