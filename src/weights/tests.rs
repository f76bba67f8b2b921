use super::*;
use crate::tests::Test;

type OnChain = SubstrateWeight<Test>;

#[test]
fn parts_are_multiplied_and_added() {
    let db = RuntimeDbWeight { read: 100, write: 1_000 };
    let weight = linear(db, [7, 5, 1, 2], &[([3, 2, 1, 1], 10), ([1, 0, 0, 0], 4)]);
    assert_eq!(weight, Weight::from_parts(7 + 100 + 2_000 + 10 * (3 + 100 + 1_000) + 4, 5 + 20));
}

#[test]
fn huge_sizes_saturate() {
    let db = RuntimeDbWeight { read: u64::MAX, write: 1 };
    assert_eq!(linear(db, [1, 1, 2, 0], &[([u64::MAX, 1, 0, 0], 2)]).ref_time(), u64::MAX);
}

#[test]
fn the_numbers_that_prices_are_made_from_are_the_published_ones() {
    let per_call = <() as WeightInfo>::noop_host_fn(1) - <() as WeightInfo>::noop_host_fn(0);
    assert_eq!(per_call, Weight::from_parts(52_863, 0));
    let per_code_byte = <() as WeightInfo>::call_with_code_per_byte(1) - <() as WeightInfo>::call_with_code_per_byte(0);
    assert_eq!(per_code_byte, Weight::from_parts(1_175, 1));
    let per_instruction = <() as WeightInfo>::instr_i64_load_store(1) - <() as WeightInfo>::instr_i64_load_store(0);
    assert_eq!(per_instruction.ref_time() / 6, 1_259);
}

#[test]
fn a_chain_pays_its_own_database_prices() {
    // The test chain's database is free.
    assert_eq!(OnChain::set_code(), Weight::from_parts(26_843_000, 6_355));
    let db = RocksDbWeight::get();
    assert_eq!(<() as WeightInfo>::set_code(), OnChain::set_code() + db.reads(4) + db.writes(3));
}
