//! How many units of each class a program uses, counted by the engine's own metering: raise the
//! price of one class by one, and the fuel grows by its units.
//!
//! So the engine under measurement needs no instrumentation.

use super::programs::{Program, Timed};
use crate::engines::{Session, Translation, Vellum};
use crate::host::Host;
use anyhow::{Result, anyhow};
use vellum_engine::{FreeTransfer, GasClass, PriceTable};

/// Units of each class in what is timed of a program, in table order.
///
/// # Errors
/// If the program does not run to its end.
pub fn units(program: &Program) -> Result<Vec<u64>> {
    let ground = fuel(program, None)?;
    let count = |class: &GasClass| Ok(fuel(program, Some(*class))? - ground);
    GasClass::ALL.iter().map(count).collect()
}

fn fuel(program: &Program, raised: Option<GasClass>) -> Result<u64> {
    let vellum = Vellum::priced(prices(raised).map_err(|error| anyhow!("{error}"))?, Translation::Lazy);
    let code = vellum.module(&program.blob)?;
    let mut session = code.session(Host::default());
    let fail = |fault| anyhow!("{} ended with {fault:?}", program.name);
    session.instantiate().map_err(fail)?;
    let mut before = 0;
    if program.timed == Timed::Call {
        // What belongs to the first call only is not part of what is timed.
        if program.prepared {
            session.call("prepare", &[]).map_err(fail)?;
        }
        session.call("run", &[program.warm_up()]).map_err(fail)?;
        before = session.fuel_used();
    }
    session.call("run", &[program.size]).map_err(fail)?;
    let instance = if program.timed == Timed::Instance { code.instantiation_fuel() } else { 0 };
    Ok(session.fuel_used() - before + instance)
}

/// The least that a table may have, with one class a unit dearer.
pub(super) fn prices(raised: Option<GasClass>) -> Result<PriceTable, FreeTransfer> {
    let transfers = [GasClass::Branch, GasClass::BranchTable, GasClass::Call, GasClass::CallIndirect, GasClass::Return];
    let mut prices = [0; GasClass::COUNT];
    for (price, class) in prices.iter_mut().zip(GasClass::ALL) {
        *price = u32::from(transfers.contains(class)) + u32::from(raised == Some(*class));
    }
    PriceTable::new(prices)
}
