//! That there is a benchmark for everything that has a weight. Each topic runs its own benchmarks, see there.

use super::modules::{self, Filling};
use crate::{Config, Determinism, Pallet, tests::Test};
use frame_benchmarking::Benchmarking;
use frame_support::traits::{Get, GetStorageVersion};
use sp_keystore::{KeystoreExt, testing::MemoryKeystore};
use sp_runtime::BuildStorage;
use std::collections::BTreeMap;

/// A chain of today's version, on a node that can sign.
pub fn externalities() -> sp_io::TestExternalities {
    let storage = frame_system::GenesisConfig::<Test>::default().build_storage().expect("the default builds; qed");
    let mut chain = sp_io::TestExternalities::new(storage);
    chain.register_extension(KeystoreExt::new(MemoryKeystore::new()));
    chain.execute_with(|| {
        Pallet::<Test>::in_code_storage_version().put::<Pallet<Test>>();
    });
    chain
}

/// The rows of the table of weights: names, and the letters of their components in order.
fn weight_functions() -> BTreeMap<String, String> {
    let table = include_str!("../weights.rs").split_once("\nweight_functions! {").expect("the table is there").1;
    let row = |line: &str| {
        let (name, rest) = line.trim().split_once('(')?;
        let (components, _) = rest.split_once("):")?;
        Some((name.to_owned(), components.replace(", ", "")))
    };
    table.lines().filter_map(row).collect()
}

#[test]
fn every_weight_has_a_benchmark_with_the_same_components() {
    let benchmarks = externalities().execute_with(|| Pallet::<Test>::benchmarks(false));
    let measured: BTreeMap<_, _> = benchmarks
        .iter()
        .map(|benchmark| {
            let components: String = benchmark.components.iter().map(|(letter, ..)| letter.to_string()).collect();
            (String::from_utf8(benchmark.name.clone()).expect("a name is UTF-8"), components)
        })
        .collect();
    assert_eq!(measured.len(), benchmarks.len(), "a name stands in two topics");
    assert_eq!(measured, weight_functions());
}

#[test]
fn all_host_functions_are_priced_by_something_that_is_measured() {
    let weights = weight_functions();
    // What the one who is called says that it costs.
    let told = ["chain_extension", "dispatchable", "xcm_execute"];
    for function in crate::host_api::HOST_FUNCTIONS {
        for cost in function.costs {
            assert!(weights.contains_key(*cost) || told.contains(cost), "{}: {cost}", function.name);
        }
    }
}

#[test]
fn contracts_of_a_size_have_that_size_and_can_be_uploaded() {
    let bytes_max = <Test as Config>::MaxCodeLen::get();
    for filling in [Filling::Locals, Filling::Blocks, Filling::BlocksAndFloat] {
        let determinism =
            if matches!(filling, Filling::BlocksAndFloat) { Determinism::Relaxed } else { Determinism::Enforced };
        for bytes in [0, 200, 1_000, 50_000, bytes_max] {
            let code = modules::sized(bytes, filling);
            let (bytes, found) = (usize::try_from(bytes).unwrap(), code.len());
            assert!(found <= bytes.max(150) && found + 100 > bytes, "{found} bytes instead of {bytes}");
            externalities().execute_with(|| Pallet::<Test>::check_code(&code, determinism).unwrap());
        }
    }
}
