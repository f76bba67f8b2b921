//! The tables of the placements, beside each other.

use vellum_engine::GasClass;

#[test]
fn whoever_may_run_contracts_either_way_pays_the_dearer_of_both() {
    let (host, linked, either) = (vellum_weights::host(), vellum_weights::linked(), vellum_weights::either());
    for class in GasClass::ALL {
        assert_eq!(either.price(*class), host.price(*class).max(linked.price(*class)), "{class}");
    }
}
