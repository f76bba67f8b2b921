//! Watching what is charged. The executor is generic over it; without a profile nothing is left of
//! it in the compiled code.

use crate::code::FuncCode;
use crate::gas::GasClass;
use crate::isa::Unit;

/// Is told of every charge after it was paid.
pub(crate) trait Meter {
    /// The block that the charge at this place of the code pays for was entered.
    fn block(&mut self, site: *const Unit);
    /// A function was entered.
    fn function(&mut self, code: &FuncCode);
    /// Work that depends on an operand, or the first call of a function.
    fn units(&mut self, class: GasClass, count: u64);
}

/// Watches nothing.
pub(crate) struct Unwatched;

impl Meter for Unwatched {
    #[inline(always)]
    fn block(&mut self, _: *const Unit) {}
    #[inline(always)]
    fn function(&mut self, _: &FuncCode) {}
    #[inline(always)]
    fn units(&mut self, _: GasClass, _: u64) {}
}

/// Counts everything.
#[cfg(feature = "profile")]
#[derive(Default)]
pub(crate) struct Recorder {
    sites: alloc::collections::BTreeMap<usize, u64>,
    functions: alloc::collections::BTreeMap<u32, u64>,
    counts: crate::profile::ClassCounts,
}

#[cfg(feature = "profile")]
impl Meter for &mut Recorder {
    fn block(&mut self, site: *const Unit) {
        *self.sites.entry(site.addr()).or_default() += 1;
    }

    fn function(&mut self, code: &FuncCode) {
        *self.functions.entry(code.func).or_default() += 1;
    }

    fn units(&mut self, class: GasClass, count: u64) {
        self.counts.add(class, count);
    }
}

#[cfg(feature = "profile")]
impl Recorder {
    /// Units of each class that were used so far by an instance of the module.
    pub(crate) fn counts(&self, module: &crate::module::Module) -> crate::profile::ClassCounts {
        let mut counts = self.counts.clone();
        for (func, entered) in &self.functions {
            let Ok(code) = module.func_code(*func) else { continue };
            let start = code.code.as_ptr().addr();
            let end = start + size_of_val(&*code.code);
            let mut blocks = alloc::collections::BTreeMap::from([(code.profile.entry, *entered)]);
            for (site, count) in self.sites.range(start..end) {
                let unit = (site - start) / size_of::<Unit>();
                if let Some(block) = code.profile.sites.get(&unit) {
                    *blocks.entry(*block).or_default() += count;
                }
            }
            counts.add_entered(&code.profile, &blocks);
        }
        counts
    }
}
