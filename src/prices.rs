//! Which of the generated price tables contracts pay by: a choice of the chain's, made when its runtime is built.
//!
//! It hangs on cargo features alone, never on what the runtime is compiled for: natively compiled, as tests are, a
//! runtime charges what it charges on the chain.

use vellum_engine::PriceTable;

/// What contracts pay for instructions. A chain says by features where its nodes run contracts; one that says nothing
/// pays for the placement that it is built for.
pub(crate) const fn prices() -> PriceTable {
    match (cfg!(feature = "prices-host"), cfg!(feature = "prices-linked")) {
        (true, true) => vellum_weights::either(),
        (true, false) => vellum_weights::host(),
        (false, true) => vellum_weights::linked(),
        (false, false) if cfg!(feature = "host-functions") => vellum_weights::host(),
        (false, false) => vellum_weights::linked(),
    }
}
