//! A chain, and the steps that are taken on it.

use crate::{Record, Settings, Step, record, step};
use std::collections::BTreeMap;
use vellum_runtime_tests::{chain, runtime::System, state};

/// Where steps come from. They may look at the state, which both builds have alike.
pub type Steps = Box<dyn FnMut() -> Option<Step>>;

/// What a chain has stored: values outside of child tries, and child tries by their ids.
pub type Export = (BTreeMap<Vec<u8>, Vec<u8>>, BTreeMap<Vec<u8>, BTreeMap<Vec<u8>, Vec<u8>>>);

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

    /// Goes on with other steps.
    pub fn then(&mut self, steps: Vec<Step>) {
        let mut steps = steps.into_iter();
        self.steps = Box::new(move || steps.next());
    }

    /// Everything that is stored: what no child trie has, and each child trie by its id.
    pub fn export(&mut self) -> Export {
        self.chain.execute_with(|| {
            let tries = record::trie_ids().into_iter().map(|trie_id| {
                let values = state::values_of_trie(&trie_id);
                (trie_id, values)
            });
            (record::values(&[]), tries.collect())
        })
    }

    /// Goes on with what another chain has stored, as a chain does whose runtime is replaced.
    pub fn adopt(&mut self, (values, tries): Export) {
        self.chain = sp_io::TestExternalities::default();
        self.chain.execute_with(|| {
            values.iter().for_each(|(key, value)| sp_io::storage::set(key, value));
            for (trie_id, values) in &tries {
                let set = |(key, value): (&Vec<u8>, &Vec<u8>)| sp_io::default_child_storage::set(trie_id, key, value);
                values.iter().for_each(set);
            }
        });
        self.commit();
    }

    /// Takes what has changed into the database, as the end of a block does: what is deleted is counted there only.
    pub fn commit(&mut self) {
        self.chain.commit_all().expect("no transaction is open between steps");
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
