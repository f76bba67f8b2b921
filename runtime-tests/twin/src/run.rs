//! A chain, and the steps that are taken on it.

use crate::{Record, Settings, Step, record, step};
use vellum_runtime_tests::{chain, runtime::System};

/// Where steps come from. They may look at the state, which both builds have alike.
pub type Steps = Box<dyn FnMut() -> Option<Step>>;

/// A chain on which steps are taken, one whenever the next [`Record`] is asked for.
pub struct Run {
    /// What it is about, for people and for lists of what is tolerated.
    pub name: String,
    chain: sp_io::TestExternalities,
    steps: Steps,
    settings: Settings,
}

impl Run {
    /// A chain in its first block.
    pub fn new(name: impl Into<String>, settings: Settings, steps: Steps) -> Self {
        settings.apply();
        let mut chain = chain::new();
        chain.execute_with(|| {
            for account in &settings.rich {
                chain::set_balance(account, chain::ENDOWMENT);
            }
            System::reset_events();
        });
        Self { name: name.into(), chain, steps, settings }
    }

    /// One step after the other.
    pub fn of(name: impl Into<String>, settings: Settings, steps: Vec<Step>) -> Self {
        let mut steps = steps.into_iter();
        Self::new(name, settings, Box::new(move || steps.next()))
    }

    /// Looks at the chain.
    pub fn look<R>(&mut self, look: impl FnOnce() -> R) -> R {
        self.chain.execute_with(look)
    }
}

impl Iterator for Run {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let Self { chain, steps, settings, .. } = self;
        chain.execute_with(|| {
            let step = steps()?;
            // Runs take turns on a thread, and parameters belong to the thread.
            settings.apply();
            System::reset_events();
            let mut record = Record::new(step.label());
            step::take(step, &mut record, settings);
            let events = System::events().iter().map(|event| format!("{event:?}")).collect::<Vec<_>>().join("\n");
            record.fact("events", events);
            record.unsound.extend(record::unsound());
            record.state = record::state();
            Some(record)
        })
    }
}
