//! Every way in which WebAssembly stops a program.

use pallet_contracts::Error;
use vellum_runtime_tests::{
    chain::{self, call, deployed},
    runtime::Test,
};

#[test]
fn a_trap_fails_the_call_and_leaves_no_trace() {
    chain::run(|| {
        for (module, count) in [("traps", 10), ("traps_bulk", 3)] {
            let contract = deployed(module);
            for trap in 0..count {
                let before = vellum_runtime_tests::runtime::state_root();
                let result = call(&contract).value(10).bytes(&[trap]).run();
                assert_eq!(result.result, Err(Error::<Test>::ContractTrapped.into()), "{module}: trap {trap}");
                assert_eq!(before, vellum_runtime_tests::runtime::state_root(), "{module}: trap {trap}");
                // A trap keeps what was charged and takes nothing more.
                assert!(result.gas_consumed.ref_time() < chain::GAS_LIMIT.ref_time() / 10, "{module}: trap {trap}");
            }
            call(&contract).bytes(&[count]).output();
        }
    });
}

#[test]
fn functions_call_each_other_a_thousand_deep_but_not_without_end() {
    chain::run(|| {
        let contract = deployed("descend");
        for levels in [0, 1, 1_000u32] {
            assert_eq!(call(&contract).input(levels).output(), levels.to_le_bytes());
        }
        for levels in [1_100, u32::MAX] {
            assert_eq!(call(&contract).input(levels).error(), Error::<Test>::ContractTrapped.into());
        }
    });
}
