//! Where the engine stands that is timed.

use serde::{Deserialize, Serialize};
use vellum_engine::GasClass;

/// A placement that has prices of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Placement {
    /// In the node, compiled for the machine.
    #[default]
    Host,
    /// In the runtime, compiled to WebAssembly, which the node compiles.
    Linked,
}

impl Placement {
    /// The name that files and folders of the placement have.
    pub fn name(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Linked => "linked",
        }
    }

    /// Its prices in this build, in the order of `GasClass::ALL`.
    pub(super) fn prices(self) -> Vec<u32> {
        let table = match self {
            Self::Host => vellum_weights::host(),
            Self::Linked => vellum_weights::linked(),
        };
        GasClass::ALL.iter().map(|class| table.price(*class)).collect()
    }

    /// What the prices are of.
    pub(super) fn engine(self) -> &'static str {
        match self {
            Self::Host => "the engine in the node, compiled for the machine",
            Self::Linked => "the engine that is linked into a runtime, compiled to WebAssembly",
        }
    }
}
