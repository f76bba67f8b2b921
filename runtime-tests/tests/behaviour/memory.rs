//! Linear memory and its limits.

use pallet_contracts::Error;
use vellum_runtime_tests::{
    chain::{self, call, deployed},
    runtime::Test,
};

#[test]
fn memory_grows_up_to_its_maximum() {
    chain::run(|| {
        let contract = deployed("grow");
        let grow = |pages: u32| {
            let output = call(&contract).input(pages).output();
            let word = |at: usize| i32::from_le_bytes(output[at..at + 4].try_into().unwrap());
            (word(0), word(4))
        };
        assert_eq!(grow(0), (1, 1));
        assert_eq!(grow(1), (1, 2));
        assert_eq!(grow(3), (1, 4));
        assert_eq!(grow(4), (-1, 1));
        assert_eq!(grow(u32::MAX), (-1, 1));
    });
}

#[test]
fn every_call_starts_with_the_memory_of_the_module() {
    chain::run(|| {
        let contract = deployed("grow");
        let first = call(&contract).input(3u32).output();
        assert_eq!(first, call(&contract).input(3u32).output());
    });
}

#[test]
fn reading_stops_at_the_end() {
    chain::run(|| {
        let contract = deployed("load");
        let load = |address: u32| call(&contract).input(address);
        assert_eq!(load(65_532).output(), b"last");
        assert_eq!(load(20_000).output(), [0; 4]);
        for address in [65_533, 65_536, u32::MAX] {
            assert_eq!(load(address).error(), Error::<Test>::ContractTrapped.into());
        }
    });
}

#[test]
fn bulk_operations_work_over_overlaps_and_segments() {
    chain::run(|| {
        assert_eq!(call(&deployed("bulk")).output(), b"ababcdgh***passive");
    });
}
