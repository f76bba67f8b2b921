//! What tools that measure this runtime find, and do.

use super::{Block, Runtime, measured_state::on_state, storage_of};
use crate::genesis::preset;
use frame_benchmarking::{
    BenchmarkConfig, BenchmarkList, BenchmarkParameter, BenchmarkResult, runtime_decl_for_benchmark::BenchmarkV2,
};
use frame_support::traits::{GetCallName, StorageInfo};
use sp_core::storage::Storage;

fn genesis() -> Storage {
    storage_of(&preset(&sp_genesis_builder::DEV_RUNTIME_PRESET.into()).expect("it is listed; qed"))
}

fn found() -> (BenchmarkList, Vec<StorageInfo>) {
    let (lists, storage) = on_state(genesis(), || <Runtime as BenchmarkV2<Block>>::benchmark_metadata(false));
    let [list] = <[BenchmarkList; 1]>::try_from(lists).expect("one pallet is measured");
    (list, storage)
}

/// Runs a benchmark once, with its checks.
fn measure(list: &BenchmarkList, name: &[u8], components: &[(BenchmarkParameter, u32)]) -> BenchmarkResult {
    let config = BenchmarkConfig {
        pallet: list.pallet.clone(),
        instance: list.instance.clone(),
        benchmark: name.to_vec(),
        selected_components: components.to_vec(),
        verify: true,
        internal_repeats: 1,
    };
    let batches = <Runtime as BenchmarkV2<Block>>::dispatch_benchmark(config);
    let name = String::from_utf8_lossy(name);
    let batches = batches.unwrap_or_else(|error| panic!("{name} with {components:?}: {error}"));
    let [batch] = batches.as_slice() else { panic!("{name}: one batch is asked for") };
    let [result] = batch.results.as_slice() else { panic!("{name}: one result is asked for") };
    result.clone()
}

#[test]
fn tools_find_a_benchmark_for_every_extrinsic_that_is_not_deprecated() {
    let (list, storage) = found();
    assert_eq!((list.pallet.as_slice(), list.instance.as_slice()), (&b"pallet_contracts"[..], &b"Contracts"[..]));
    let is_measured = |name: &str| list.benchmarks.iter().any(|benchmark| benchmark.name == name.as_bytes());
    for name in <pallet_contracts::Call<Runtime> as GetCallName>::get_call_names() {
        let is_measured = match *name {
            "upload_code" => {
                is_measured("upload_code_determinism_enforced") && is_measured("upload_code_determinism_relaxed")
            }
            name => is_measured(name),
        };
        assert_eq!(is_measured, !name.ends_with("_old_weight"), "{name}");
    }
    assert!(storage.iter().any(|item| item.storage_name == b"PristineCode"));
}

#[test]
fn tools_can_run_every_benchmark_with_all_parameters_low_and_high() {
    let (list, _) = found();
    on_state(genesis(), || {
        for benchmark in &list.benchmarks {
            let low: Vec<_> = benchmark.components.iter().map(|(parameter, low, _)| (*parameter, *low)).collect();
            let high: Vec<_> = benchmark.components.iter().map(|(parameter, _, high)| (*parameter, *high)).collect();
            for components in [low, high] {
                let result = measure(&list, &benchmark.name, &components);
                assert_eq!(result.components, components);
            }
        }
    });
}

#[test]
fn what_a_benchmark_accesses_is_what_was_there_before_it() {
    let (list, _) = found();
    on_state(genesis(), || {
        let reads_and_writes = |name: &[u8], components: &[_]| {
            let result = measure(&list, name, components);
            (result.reads, result.writes)
        };
        assert_eq!(reads_and_writes(b"seal_caller", &[]), (0, 0));
        assert_eq!(reads_and_writes(b"seal_get_storage", &[(BenchmarkParameter::n, 100)]), (1, 0));
        let (_, writes_of_ten) = reads_and_writes(b"on_initialize_per_trie_key", &[(BenchmarkParameter::k, 10)]);
        let (_, writes_of_twenty) = reads_and_writes(b"on_initialize_per_trie_key", &[(BenchmarkParameter::k, 20)]);
        assert_eq!(writes_of_twenty, writes_of_ten + 10);
    });
}
