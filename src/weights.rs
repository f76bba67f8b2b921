//! Weights of extrinsics and host functions.
//!
//! Chains benchmark themselves and generate their own implementation of [`WeightInfo`]. The one here has
//! the numbers that pallet-contracts 51.0.0 published on 2025-02-21, measured on the reference machine
//! (Xeon 2.60 GHz) with 50 steps and 20 repeats.

use core::marker::PhantomData;
use frame_support::{
    traits::Get,
    weights::{RuntimeDbWeight, Weight, constants::RocksDbWeight},
};

#[cfg(test)]
mod tests;

/// The published weights, with the database prices of a chain.
pub struct SubstrateWeight<T>(PhantomData<T>);

/// One measured cost: picoseconds of `ref_time`, bytes of proof, reads and writes of the database.
type Cost = [u64; 4];

/// A cost that rises with the sizes of what a function is given.
fn linear(db: RuntimeDbWeight, base: Cost, parts: &[(Cost, u32)]) -> Weight {
    parts.iter().fold(priced(db, base, 1), |sum, (cost, count)| sum.saturating_add(priced(db, *cost, (*count).into())))
}

fn priced(db: RuntimeDbWeight, cost: Cost, count: u64) -> Weight {
    let [ref_time, proof_size, reads, writes] = cost.map(|part| part.saturating_mul(count));
    Weight::from_parts(ref_time, proof_size).saturating_add(db.reads(reads)).saturating_add(db.writes(writes))
}

macro_rules! weight_functions {
    ($($name:ident($($arg:ident),*): $base:expr $(, $per:tt * $count:ident)*;)*) => {
        /// What each extrinsic and host function costs. The parameters are the sizes that the cost of
        /// a function depends on, in the order of its benchmark.
        #[allow(missing_docs, reason = "a function is named after its benchmark")]
        pub trait WeightInfo {
            $(fn $name($($arg: u32),*) -> Weight;)*
        }

        impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
            $(fn $name($($arg: u32),*) -> Weight {
                linear(T::DbWeight::get(), $base, &[$(($per, $count)),*])
            })*
        }

        /// For tests.
        impl WeightInfo for () {
            $(fn $name($($arg: u32),*) -> Weight {
                linear(RocksDbWeight::get(), $base, &[$(($per, $count)),*])
            })*
        }
    };
}

weight_functions! {
    on_process_deletion_queue_batch(): [715_000, 1_485, 1, 0];
    on_initialize_per_trie_key(k): [12_597_000, 216, 2, 2], [1_357_086, 70, 1, 1] * k;
    v9_migration_step(c): [6_203_000, 5_987, 2, 1], [1_860, 1, 0, 0] * c;
    v10_migration_step(): [15_233_000, 6_262, 3, 1];
    v11_migration_step(k): [2_332_000, 3_473, 1, 2], [1_101_283, 1, 0, 1] * k;
    v12_migration_step(c): [5_930_836, 6_126, 4, 2], [818, 1, 0, 0] * c;
    v13_migration_step(): [11_459_000, 6_243, 2, 1];
    v14_migration_step(): [44_426_000, 6_079, 4, 1];
    v15_migration_step(): [39_802_000, 6_295, 4, 2];
    v16_migration_step(): [11_053_000, 6_212, 2, 1];
    migration_noop(): [2_054_000, 1_491, 1, 1];
    migrate(): [9_800_000, 3_494, 2, 2];
    on_runtime_upgrade_noop(): [3_396_000, 3_471, 1, 0];
    on_runtime_upgrade_in_progress(): [5_130_000, 3_495, 2, 0];
    on_runtime_upgrade(): [4_651_000, 3_471, 2, 1];
    call_with_code_per_byte(c): [270_073_069, 3_925, 6, 2], [1_175, 1, 0, 0] * c;
    instantiate_with_code(c, i, s): [11_859_232_000, 5_940, 8, 7], [8_842, 0, 0, 0] * c, [1_397, 0, 0, 0] * i, [1_561, 0, 0, 0] * s;
    instantiate(i, s): [5_938_894_000, 3_670, 8, 5], [1_660, 0, 0, 0] * i, [1_841, 0, 0, 0] * s;
    call(): [176_340_000, 3_937, 6, 2];
    upload_code_determinism_enforced(c): [256_594_116, 3_465, 3, 3], [48_635, 0, 0, 0] * c;
    upload_code_determinism_relaxed(c): [279_103_331, 3_465, 3, 3], [48_450, 0, 0, 0] * c;
    remove_code(): [42_404_000, 3_643, 3, 3];
    set_code(): [26_843_000, 6_355, 4, 3];
    noop_host_fn(r): [9_257_820, 0, 0, 0], [52_863, 0, 0, 0] * r;
    seal_caller(): [756_000, 0, 0, 0];
    seal_is_contract(): [8_224_000, 3_682, 1, 0];
    seal_code_hash(): [9_994_000, 3_775, 1, 0];
    seal_own_code_hash(): [920_000, 0, 0, 0];
    seal_caller_is_origin(): [393_000, 0, 0, 0];
    seal_caller_is_root(): [329_000, 0, 0, 0];
    seal_address(): [692_000, 0, 0, 0];
    seal_gas_left(): [829_000, 0, 0, 0];
    seal_balance(): [4_896_000, 0, 0, 0];
    seal_value_transferred(): [773_000, 0, 0, 0];
    seal_minimum_balance(): [751_000, 0, 0, 0];
    seal_block_number(): [728_000, 0, 0, 0];
    seal_now(): [774_000, 0, 0, 0];
    seal_weight_to_fee(): [1_709_000, 0, 0, 0];
    seal_input(n): [430_440, 0, 0, 0], [113, 0, 0, 0] * n;
    seal_return(n): [389_000, 0, 0, 0], [203, 0, 0, 0] * n;
    seal_terminate(n): [15_426_466, 3_647, 2, 3], [4_507_899, 2_553, 1, 1] * n;
    seal_random(): [2_359_000, 1_485, 1, 0];
    seal_deposit_event(t, n): [4_143_031, 990, 0, 0], [2_186_206, 2_475, 1, 1] * t, [25, 0, 0, 0] * n;
    seal_debug_message(i): [582_596, 0, 0, 0], [712, 0, 0, 0] * i;
    get_storage_empty(): [13_116_000, 16_522, 1, 0];
    get_storage_full(): [55_592_000, 26_532, 1, 0];
    set_storage_empty(): [14_725_000, 16_522, 1, 1];
    set_storage_full(): [57_931_000, 26_532, 1, 1];
    seal_set_storage(n, o): [8_075_772, 153, 1, 1], [276, 0, 0, 0] * n, [114, 1, 0, 0] * o;
    seal_clear_storage(n): [7_608_498, 152, 1, 1], [137, 1, 0, 0] * n;
    seal_get_storage(n): [7_581_087, 152, 1, 0], [557, 1, 0, 0] * n;
    seal_contains_storage(n): [6_872_699, 152, 1, 0], [119, 1, 0, 0] * n;
    seal_take_storage(n): [8_139_270, 152, 1, 1], [590, 1, 0, 0] * n;
    set_transient_storage_empty(): [1_610_000, 0, 0, 0];
    set_transient_storage_full(): [2_699_000, 0, 0, 0];
    get_transient_storage_empty(): [3_339_000, 0, 0, 0];
    get_transient_storage_full(): [4_332_000, 0, 0, 0];
    rollback_transient_storage(): [1_723_000, 0, 0, 0];
    seal_set_transient_storage(n, o): [2_628_557, 0, 0, 0], [204, 0, 0, 0] * n, [222, 0, 0, 0] * o;
    seal_clear_transient_storage(n): [2_515_424, 0, 0, 0], [227, 0, 0, 0] * n;
    seal_get_transient_storage(n): [2_182_387, 0, 0, 0], [226, 0, 0, 0] * n;
    seal_contains_transient_storage(n): [1_974_584, 0, 0, 0], [112, 0, 0, 0] * n;
    seal_take_transient_storage(n): [8_133_541, 0, 0, 0], [3, 0, 0, 0] * n;
    seal_transfer(): [9_230_000, 0, 0, 0];
    seal_call(t, i): [129_310_380, 3_924, 3, 1], [45_537_319, 2_083, 1, 1] * t, [7, 0, 0, 0] * i;
    seal_delegate_call(): [121_748_000, 3_734, 2, 0];
    seal_instantiate(i, s): [156_912_679, 3_937, 5, 3], [1_663, 0, 0, 0] * i, [2_033, 0, 0, 0] * s;
    seal_hash_sha2_256(n): [8_848_107, 0, 0, 0], [1_322, 0, 0, 0] * n;
    seal_hash_keccak_256(n): [13_432_971, 0, 0, 0], [3_515, 0, 0, 0] * n;
    seal_hash_blake2_256(n): [4_868_192, 0, 0, 0], [1_458, 0, 0, 0] * n;
    seal_hash_blake2_128(n): [814_000, 0, 0, 0], [1_495, 0, 0, 0] * n;
    seal_sr25519_verify(n): [41_107_222, 0, 0, 0], [4_949, 0, 0, 0] * n;
    seal_ecdsa_recover(): [48_486_000, 0, 0, 0];
    seal_ecdsa_to_eth_address(): [13_026_000, 0, 0, 0];
    seal_set_code_hash(): [20_330_000, 3_734, 2, 1];
    lock_delegate_dependency(): [11_052_000, 3_683, 1, 1];
    unlock_delegate_dependency(): [9_640_000, 3_558, 1, 1];
    seal_reentrance_count(): [415_000, 0, 0, 0];
    seal_account_reentrance_count(): [397_000, 0, 0, 0];
    seal_instantiation_nonce(): [3_005_000, 1_567, 1, 0];
    instr_i64_load_store(r): [943_263, 0, 0, 0], [7_556, 0, 0, 0] * r;
}
