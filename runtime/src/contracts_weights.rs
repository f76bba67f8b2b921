//! What the functions of `pallet_contracts::WeightInfo` take, measured. Generated; do not edit.
//!
//! Machine: AMD EPYC (vm)
//! Made: 2026-11-29, by version 64.0.0 of FRAME's benchmarking tool, with 20 steps of 5 runs
//! Command:
//!
//! ```text
//! frame-omni-bencher
//! v1
//! benchmark
//! pallet
//! --runtime
//! target/runtime/vellum-runtime-linked-benchmarks.wasm
//! --pallet
//! pallet_contracts
//! --extrinsic
//! *
//! --steps
//! 20
//! --repeat
//! 5
//! --template
//! weights/frame-weight-template.hbs
//! --output
//! runtime/src/contracts_weights.rs
//! ```

#![cfg_attr(rustfmt, rustfmt_skip)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The measured weights, for `Config::WeightInfo`. They have what computing takes, and how often storage is accessed; what
/// that costs is the chain's `DbWeight`.
pub struct ContractsWeight<T>(PhantomData<T>);

fn weight<T: frame_system::Config>(ref_time: u64, proof_size: u64, reads: u64, writes: u64) -> Weight {
    Weight::from_parts(ref_time, proof_size).saturating_add(T::DbWeight::get().reads_writes(reads, writes))
}

impl<T: frame_system::Config> pallet_contracts::WeightInfo for ContractsWeight<T> {
    // At least 1_713 ns; 6 bytes of proof were recorded.
    fn on_process_deletion_queue_batch() -> Weight {
        let ref_time = 1_892_000_u64;
        let proof_size = 1_491_u64;
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 10_966 ns; 348 + 69 * k bytes of proof were recorded.
    // `k` was 0 to 1024.
    fn on_initialize_per_trie_key(k: u32) -> Weight {
        let ref_time = 11_137_000_u64
            .saturating_add(1_184_125_u64.saturating_mul(k.into()));
        let proof_size = 330_u64
            .saturating_add(70_u64.saturating_mul(k.into()));
        let reads = 2_u64
            .saturating_add(1_u64.saturating_mul(k.into()));
        let writes = 2_u64
            .saturating_add(1_u64.saturating_mul(k.into()));
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_883 ns; 6 bytes of proof were recorded.
    fn migration_noop() -> Weight {
        let ref_time = 2_074_000_u64;
        let proof_size = 1_491_u64;
        let reads = 1_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 9_654 ns; 29 bytes of proof were recorded.
    fn migrate() -> Weight {
        let ref_time = 10_306_000_u64;
        let proof_size = 3_494_u64;
        let reads = 2_u64;
        let writes = 2_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 4_748 ns; 6 bytes of proof were recorded.
    fn on_runtime_upgrade_noop() -> Weight {
        let ref_time = 5_067_000_u64;
        let proof_size = 3_471_u64;
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 6_219 ns; 30 bytes of proof were recorded.
    fn on_runtime_upgrade_in_progress() -> Weight {
        let ref_time = 6_580_000_u64;
        let proof_size = 3_495_u64;
        let reads = 2_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 5_798 ns; 6 bytes of proof were recorded.
    fn on_runtime_upgrade() -> Weight {
        let ref_time = 6_179_000_u64;
        let proof_size = 3_471_u64;
        let reads = 2_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 6_329 ns; 74 + 1 * c bytes of proof were recorded.
    // `c` was 0 to 125952.
    fn v9_migration_step(c: u32) -> Weight {
        let ref_time = 5_383_094_u64
            .saturating_add(1_083_u64.saturating_mul(c.into()));
        let proof_size = 6_011_u64
            .saturating_add(1_u64.saturating_mul(c.into()));
        let reads = 2_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 60_721 ns; 386 bytes of proof were recorded.
    fn v10_migration_step() -> Weight {
        let ref_time = 62_734_000_u64;
        let proof_size = 6_326_u64;
        let reads = 4_u64;
        let writes = 3_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 3_235 ns; 33 + 33 * k bytes of proof were recorded.
    // `k` was 0 to 1024.
    fn v11_migration_step(k: u32) -> Weight {
        let ref_time = 3_335_000_u64
            .saturating_add(1_732_428_u64.saturating_mul(k.into()));
        let proof_size = 3_497_u64
            .saturating_add(33_u64.saturating_mul(k.into()));
        let reads = 1_u64;
        let writes = 2_u64
            .saturating_add(1_u64.saturating_mul(k.into()));
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 24_166 ns; 272 + 1 * c bytes of proof were recorded.
    // `c` was 0 to 125952.
    fn v12_migration_step(c: u32) -> Weight {
        let ref_time = 26_112_018_u64
            .saturating_add(234_u64.saturating_mul(c.into()));
        let proof_size = 6_209_u64
            .saturating_add(1_u64.saturating_mul(c.into()));
        let reads = 4_u64;
        let writes = 3_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 7_792 ns; 226 bytes of proof were recorded.
    fn v13_migration_step() -> Weight {
        let ref_time = 8_342_000_u64;
        let proof_size = 6_166_u64;
        let reads = 2_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 55_182 ns; 211 bytes of proof were recorded.
    fn v14_migration_step() -> Weight {
        let ref_time = 57_356_000_u64;
        let proof_size = 6_151_u64;
        let reads = 4_u64;
        let writes = 2_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 95_974 ns; 470 bytes of proof were recorded.
    fn v15_migration_step() -> Weight {
        let ref_time = 100_310_000_u64;
        let proof_size = 6_410_u64;
        let reads = 5_u64;
        let writes = 4_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 7_832 ns; 195 bytes of proof were recorded.
    fn v16_migration_step() -> Weight {
        let ref_time = 8_362_000_u64;
        let proof_size = 6_135_u64;
        let reads = 2_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 77_076 ns; 524 bytes of proof were recorded.
    // `c` was 0 to 125952.
    fn call_with_code_per_byte(c: u32) -> Weight {
        let ref_time = 82_390_467_u64
            .saturating_add(1_438_u64.saturating_mul(c.into()));
        let proof_size = 3_997_u64
            .saturating_add(1_u64.saturating_mul(c.into()));
        let reads = 6_u64;
        let writes = 2_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 4_203_983 ns; 45 bytes of proof were recorded.
    // `c` was 0 to 125952.
    // `i` was 0 to 1048576.
    // `s` was 0 to 1048576.
    fn instantiate_with_code(c: u32, i: u32, s: u32) -> Weight {
        let ref_time = 71_628_026_u64
            .saturating_add(86_996_u64.saturating_mul(c.into()))
            .saturating_add(1_995_u64.saturating_mul(i.into()))
            .saturating_add(1_933_u64.saturating_mul(s.into()));
        let proof_size = 5_965_u64;
        let reads = 7_u64;
        let writes = 8_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 2_095_431 ns; 409 bytes of proof were recorded.
    // `i` was 0 to 1048576.
    // `s` was 0 to 1048576.
    fn instantiate(i: u32, s: u32) -> Weight {
        let ref_time = 107_264_662_u64
            .saturating_add(1_932_u64.saturating_mul(i.into()))
            .saturating_add(2_050_u64.saturating_mul(s.into()));
        let proof_size = 3_916_u64;
        let reads = 8_u64;
        let writes = 5_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 76_294 ns; 705 bytes of proof were recorded.
    fn call() -> Weight {
        let ref_time = 80_330_000_u64;
        let proof_size = 4_170_u64;
        let reads = 6_u64;
        let writes = 2_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 72_619 ns; 6 bytes of proof were recorded.
    // `c` was 0 to 125952.
    fn upload_code_determinism_enforced(c: u32) -> Weight {
        let ref_time = 67_651_103_u64
            .saturating_add(83_475_u64.saturating_mul(c.into()));
        let proof_size = 3_471_u64;
        let reads = 3_u64;
        let writes = 4_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 87_561 ns; 6 bytes of proof were recorded.
    // `c` was 0 to 125952.
    fn upload_code_determinism_relaxed(c: u32) -> Weight {
        let ref_time = 66_336_285_u64
            .saturating_add(130_607_u64.saturating_mul(c.into()));
        let proof_size = 3_471_u64;
        let reads = 3_u64;
        let writes = 4_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 45_919 ns; 234 bytes of proof were recorded.
    fn remove_code() -> Weight {
        let ref_time = 47_751_000_u64;
        let proof_size = 3_699_u64;
        let reads = 3_u64;
        let writes = 4_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 20_891 ns; 513 bytes of proof were recorded.
    fn set_code() -> Weight {
        let ref_time = 22_594_000_u64;
        let proof_size = 6_453_u64;
        let reads = 4_u64;
        let writes = 3_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_932 ns; 0 bytes of proof were recorded.
    // `r` was 0 to 1600.
    fn noop_host_fn(r: u32) -> Weight {
        let ref_time = 3_954_841_u64
            .saturating_add(41_612_u64.saturating_mul(r.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 211 ns; 0 bytes of proof were recorded.
    // `r` was 0 to 5000.
    fn instr_i64_load_store(r: u32) -> Weight {
        let ref_time = 252_133_u64
            .saturating_add(4_701_u64.saturating_mul(r.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 590 ns; 0 bytes of proof were recorded.
    fn seal_caller() -> Weight {
        let ref_time = 831_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 3_155 ns; 44 bytes of proof were recorded.
    fn seal_is_contract() -> Weight {
        let ref_time = 3_586_000_u64;
        let proof_size = 3_509_u64;
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 4_287 ns; 137 bytes of proof were recorded.
    fn seal_code_hash() -> Weight {
        let ref_time = 4_828_000_u64;
        let proof_size = 3_602_u64;
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 571 ns; 0 bytes of proof were recorded.
    fn seal_own_code_hash() -> Weight {
        let ref_time = 821_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 270 ns; 0 bytes of proof were recorded.
    fn seal_caller_is_origin() -> Weight {
        let ref_time = 390_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 270 ns; 0 bytes of proof were recorded.
    fn seal_caller_is_root() -> Weight {
        let ref_time = 390_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 571 ns; 0 bytes of proof were recorded.
    fn seal_address() -> Weight {
        let ref_time = 821_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 530 ns; 0 bytes of proof were recorded.
    fn seal_gas_left() -> Weight {
        let ref_time = 721_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 2_203 ns; 0 bytes of proof were recorded.
    fn seal_balance() -> Weight {
        let ref_time = 2_524_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 421 ns; 0 bytes of proof were recorded.
    fn seal_value_transferred() -> Weight {
        let ref_time = 671_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 430 ns; 0 bytes of proof were recorded.
    fn seal_minimum_balance() -> Weight {
        let ref_time = 651_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 942 ns; 0 bytes of proof were recorded.
    fn seal_block_number() -> Weight {
        let ref_time = 1_192_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 2_103 ns; 5 bytes of proof were recorded.
    fn seal_now() -> Weight {
        let ref_time = 2_393_000_u64;
        let proof_size = 1_490_u64;
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_262 ns; 0 bytes of proof were recorded.
    fn seal_weight_to_fee() -> Weight {
        let ref_time = 1_593_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_172 ns; 0 bytes of proof were recorded.
    fn seal_random() -> Weight {
        let ref_time = 1_382_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 310 ns; 0 bytes of proof were recorded.
    fn seal_reentrance_count() -> Weight {
        let ref_time = 421_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 320 ns; 0 bytes of proof were recorded.
    fn seal_account_reentrance_count() -> Weight {
        let ref_time = 460_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_251 ns; 0 bytes of proof were recorded.
    fn seal_instantiation_nonce() -> Weight {
        let ref_time = 1_432_000_u64;
        let proof_size = 1_485_u64;
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 400 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 1048572.
    fn seal_input(n: u32) -> Weight {
        let ref_time = 1_048_544_u64
            .saturating_add(122_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 360 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 1048572.
    fn seal_return(n: u32) -> Weight {
        let ref_time = 786_925_u64
            .saturating_add(119_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 10_446 ns; 78 + 70 * n bytes of proof were recorded.
    // `n` was 0 to 32.
    fn seal_terminate(n: u32) -> Weight {
        let ref_time = 12_375_907_u64
            .saturating_add(3_581_865_u64.saturating_mul(n.into()));
        let proof_size = 3_542_u64
            .saturating_add(2_545_u64.saturating_mul(n.into()));
        let reads = 2_u64
            .saturating_add(1_u64.saturating_mul(n.into()));
        let writes = 3_u64
            .saturating_add(1_u64.saturating_mul(n.into()));
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 43_335 ns; 89 bytes of proof were recorded.
    fn seal_transfer() -> Weight {
        let ref_time = 45_598_000_u64;
        let proof_size = 3_554_u64;
        let reads = 1_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 77_656 ns; 477 + 140 * t bytes of proof were recorded.
    // `t` was 0 to 1.
    // `i` was 0 to 1048576.
    fn seal_call(t: u32, i: u32) -> Weight {
        let ref_time = 36_559_554_u64
            .saturating_add(44_683_827_u64.saturating_mul(t.into()))
            .saturating_add(64_u64.saturating_mul(i.into()));
        let proof_size = 3_942_u64
            .saturating_add(2_041_u64.saturating_mul(t.into()));
        let reads = 4_u64
            .saturating_add(1_u64.saturating_mul(t.into()));
        let writes = 1_u64
            .saturating_add(1_u64.saturating_mul(t.into()));
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 29_094 ns; 340 bytes of proof were recorded.
    fn seal_delegate_call() -> Weight {
        let ref_time = 31_107_000_u64;
        let proof_size = 3_805_u64;
        let reads = 3_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_948_040 ns; 340 bytes of proof were recorded.
    // `i` was 0 to 983040.
    // `s` was 0 to 983040.
    fn seal_instantiate(i: u32, s: u32) -> Weight {
        let ref_time = 170_303_959_u64
            .saturating_add(1_843_u64.saturating_mul(i.into()))
            .saturating_add(1_919_u64.saturating_mul(s.into()));
        let proof_size = 3_858_u64;
        let reads = 6_u64;
        let writes = 3_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 7_592 ns; 0 bytes of proof were recorded.
    // `t` was 0 to 4.
    // `n` was 0 to 16384.
    fn seal_deposit_event(t: u32, n: u32) -> Weight {
        let ref_time = 3_079_913_u64
            .saturating_add(2_543_502_u64.saturating_mul(t.into()))
            .saturating_add(370_u64.saturating_mul(n.into()));
        let proof_size = 990_u64
            .saturating_add(2_475_u64.saturating_mul(t.into()));
        let reads = 0_u64
            .saturating_add(1_u64.saturating_mul(t.into()));
        let writes = 0_u64
            .saturating_add(1_u64.saturating_mul(t.into()));
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 370 ns; 0 bytes of proof were recorded.
    // `i` was 0 to 1048576.
    fn seal_debug_message(i: u32) -> Weight {
        let ref_time = 461_000_u64
            .saturating_add(235_u64.saturating_mul(i.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 9_274 ns; 16618 bytes of proof were recorded.
    fn get_storage_empty() -> Weight {
        let ref_time = 10_265_000_u64;
        let proof_size = 16_618_u64;
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 41_242 ns; 26628 bytes of proof were recorded.
    fn get_storage_full() -> Weight {
        let ref_time = 52_989_000_u64;
        let proof_size = 26_628_u64;
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 7_532 ns; 16618 bytes of proof were recorded.
    fn set_storage_empty() -> Weight {
        let ref_time = 8_343_000_u64;
        let proof_size = 16_618_u64;
        let reads = 1_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 40_230 ns; 26628 bytes of proof were recorded.
    fn set_storage_full() -> Weight {
        let ref_time = 56_645_000_u64;
        let proof_size = 26_628_u64;
        let reads = 1_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 7_942 ns; 250 + 1 * o bytes of proof were recorded.
    // `n` was 0 to 16384.
    // `o` was 0 to 16384.
    fn seal_set_storage(n: u32, o: u32) -> Weight {
        let ref_time = 8_021_411_u64
            .saturating_add(154_u64.saturating_mul(n.into()))
            .saturating_add(59_u64.saturating_mul(o.into()));
        let proof_size = 248_u64
            .saturating_add(1_u64.saturating_mul(o.into()));
        let reads = 1_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 6_800 ns; 248 + 1 * n bytes of proof were recorded.
    // `n` was 0 to 16384.
    fn seal_clear_storage(n: u32) -> Weight {
        let ref_time = 7_890_298_u64
            .saturating_add(69_u64.saturating_mul(n.into()));
        let proof_size = 247_u64
            .saturating_add(1_u64.saturating_mul(n.into()));
        let reads = 1_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 6_449 ns; 248 + 1 * n bytes of proof were recorded.
    // `n` was 0 to 16384.
    fn seal_get_storage(n: u32) -> Weight {
        let ref_time = 7_571_292_u64
            .saturating_add(347_u64.saturating_mul(n.into()));
        let proof_size = 247_u64
            .saturating_add(1_u64.saturating_mul(n.into()));
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 6_229 ns; 248 + 1 * n bytes of proof were recorded.
    // `n` was 0 to 16384.
    fn seal_contains_storage(n: u32) -> Weight {
        let ref_time = 7_186_871_u64
            .saturating_add(73_u64.saturating_mul(n.into()));
        let proof_size = 247_u64
            .saturating_add(1_u64.saturating_mul(n.into()));
        let reads = 1_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 7_121 ns; 248 + 1 * n bytes of proof were recorded.
    // `n` was 0 to 16384.
    fn seal_take_storage(n: u32) -> Weight {
        let ref_time = 8_447_935_u64
            .saturating_add(351_u64.saturating_mul(n.into()));
        let proof_size = 247_u64
            .saturating_add(1_u64.saturating_mul(n.into()));
        let reads = 1_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_091 ns; 0 bytes of proof were recorded.
    fn set_transient_storage_empty() -> Weight {
        let ref_time = 1_182_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 2_394 ns; 0 bytes of proof were recorded.
    fn set_transient_storage_full() -> Weight {
        let ref_time = 3_325_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 2_073 ns; 0 bytes of proof were recorded.
    fn get_transient_storage_empty() -> Weight {
        let ref_time = 2_183_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 3_085 ns; 0 bytes of proof were recorded.
    fn get_transient_storage_full() -> Weight {
        let ref_time = 4_126_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_713 ns; 0 bytes of proof were recorded.
    fn rollback_transient_storage() -> Weight {
        let ref_time = 2_704_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 3_916 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 16384.
    // `o` was 0 to 16384.
    fn seal_set_transient_storage(n: u32, o: u32) -> Weight {
        let ref_time = 2_457_365_u64
            .saturating_add(125_u64.saturating_mul(n.into()))
            .saturating_add(130_u64.saturating_mul(o.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_822 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 16384.
    fn seal_clear_transient_storage(n: u32) -> Weight {
        let ref_time = 2_398_109_u64
            .saturating_add(125_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_692 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 16384.
    fn seal_get_transient_storage(n: u32) -> Weight {
        let ref_time = 2_184_742_u64
            .saturating_add(186_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_552 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 16384.
    fn seal_contains_transient_storage(_n: u32) -> Weight {
        let ref_time = 1_860_586_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_913 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 16384.
    fn seal_take_transient_storage(n: u32) -> Weight {
        let ref_time = 2_494_845_u64
            .saturating_add(249_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 941 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 1048576.
    fn seal_hash_sha2_256(n: u32) -> Weight {
        let ref_time = 11_183_292_u64
            .saturating_add(1_019_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 1_161 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 1048576.
    fn seal_hash_keccak_256(n: u32) -> Weight {
        let ref_time = 9_885_698_u64
            .saturating_add(2_609_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 961 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 1048576.
    fn seal_hash_blake2_256(n: u32) -> Weight {
        let ref_time = 9_506_206_u64
            .saturating_add(1_723_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 911 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 1048576.
    fn seal_hash_blake2_128(n: u32) -> Weight {
        let ref_time = 8_371_890_u64
            .saturating_add(1_751_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 36_275 ns; 0 bytes of proof were recorded.
    // `n` was 0 to 125697.
    fn seal_sr25519_verify(n: u32) -> Weight {
        let ref_time = 36_085_782_u64
            .saturating_add(4_206_u64.saturating_mul(n.into()));
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 33_020 ns; 0 bytes of proof were recorded.
    fn seal_ecdsa_recover() -> Weight {
        let ref_time = 35_704_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 7_411 ns; 0 bytes of proof were recorded.
    fn seal_ecdsa_to_eth_address() -> Weight {
        let ref_time = 8_102_000_u64;
        let proof_size = 0_u64;
        let reads = 0_u64;
        let writes = 0_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 22_344 ns; 390 bytes of proof were recorded.
    fn seal_set_code_hash() -> Weight {
        let ref_time = 23_836_000_u64;
        let proof_size = 6_330_u64;
        let reads = 4_u64;
        let writes = 2_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 6_239 ns; 103 bytes of proof were recorded.
    fn lock_delegate_dependency() -> Weight {
        let ref_time = 6_830_000_u64;
        let proof_size = 3_568_u64;
        let reads = 1_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

    // At least 4_627 ns; 103 bytes of proof were recorded.
    fn unlock_delegate_dependency() -> Weight {
        let ref_time = 5_218_000_u64;
        let proof_size = 3_568_u64;
        let reads = 1_u64;
        let writes = 1_u64;
        weight::<T>(ref_time, proof_size, reads, writes)
    }

}
