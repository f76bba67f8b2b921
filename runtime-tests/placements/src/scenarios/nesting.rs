//! Contracts that call contracts, as deep as the call stack is and one deeper.

use crate::script::{AMPLE, Call, Script, code_hash};
use codec::Encode;
use frame_support::weights::Weight;
use sp_core::H256;
use vellum_runtime::AccountId;
use vellum_runtime_tests::{
    fixture,
    inputs::{Storage, flag, forward, storage},
};

/// What a call may spend that never ends by itself: enough to get to the end of the ladder, and not much time.
const SPIN: Weight = Weight::from_parts(5_000_000_000, AMPLE.proof_size());

/// One more than the runtime's call stack has frames.
const DEPTH_MAX: usize = 7;

/// The end among them that never ends.
const SPINS: usize = 4;

/// Calls through a ladder of forwarders, each end and each kind of call.
pub fn nesting(genesis: H256) -> Script {
    let mut script = Script::new("nesting", genesis);
    let rungs: Vec<AccountId> = (0..DEPTH_MAX).map(|_| script.instantiate(&fixture::wat("call"), 0, &[])).collect();
    let ends: Vec<(AccountId, Vec<u8>)> = [
        ("echo", b"\0\0\0\0all is well".to_vec()),
        ("echo", b"\x01\0\0\0reverted".to_vec()),
        ("traps", vec![0]),
        ("storage", storage(Storage::Set, b"key", b"value")),
        ("spin", Vec::new()),
    ]
    .into_iter()
    .map(|(name, input)| (script.instantiate(&fixture::wat(name), 0, &[]), input))
    .collect();
    script.end_block();
    for flags in [0, flag::ALLOW_REENTRY, flag::TAIL_CALL, flag::READ_ONLY] {
        for (end, input) in &ends {
            for depth in 0..=DEPTH_MAX {
                let (to, input) = ladder(&rungs[..depth], end, input, flags, 0);
                let limit = if *end == ends[SPINS].0 { SPIN } else { AMPLE };
                script.call(Call { limit, ..Call::new(&to, input) });
                script.end_block_of(8);
            }
        }
    }
    // Each level may spend less than the one above: some run dry far down, and those above go on.
    for share in [1_000_000, 50_000_000, 500_000_000, 3_000_000_000] {
        let (to, input) = ladder(&rungs[..4], &ends[3].0, &ends[3].1, 0, share);
        script.call(Call::new(&to, input));
    }
    script.end_block();
    others(&mut script);
    script
}

/// A call of the first rung that reaches the end through all of them.
pub fn ladder(rungs: &[AccountId], end: &AccountId, input: &[u8], flags: u32, ref_time: u64) -> (AccountId, Vec<u8>) {
    rungs.iter().rev().fold((end.clone(), input.to_vec()), |(to, input), rung| {
        let bytes = forward(&to).flags(flags).gas(Weight::from_parts(ref_time, 0)).bytes();
        (rung.clone(), [bytes, input].concat())
    })
}

fn others(script: &mut Script) {
    let twice = script.instantiate(&fixture::wat("call_twice"), 0, &[]);
    let traps = script.instantiate(&fixture::wat("traps"), 0, &[]);
    let echo = script.instantiate(&fixture::wat("echo"), 0, &[]);
    for (first, second) in [(&traps, &echo), (&echo, &traps), (&twice, &echo), (&echo, &echo)] {
        script.call(Call::new(&twice, (first, second, 0_u32).encode()));
    }
    let own = script.instantiate(&fixture::wat("call_self"), 0, &[]);
    for flags in 0..16_u32 {
        script.call(Call::new(&own, flags.encode()));
        script.end_block_of(8);
    }
    let delegate = script.instantiate(&fixture::wat("delegate"), 0, &[]);
    for name in ["storage", "echo", "traps", "spin"] {
        script.upload(&fixture::wat(name));
        let input = (0_u32, code_hash(&fixture::wat(name)), *b"\0\x03keyvalue");
        script.call(Call { limit: SPIN, ..Call::new(&delegate, input.encode()) });
        script.end_block_of(8);
    }
}
