//! Contracts one at a time: each module of `wat/`, each ink! contract, each way to trap.

use crate::script::{Call, Script, code_hash};
use codec::Encode;
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Bob, Charlie};
use vellum_runtime::units::UNIT;
use vellum_runtime_tests::fixture;

/// Transactions per block.
const BLOCK: usize = 6;

/// Every module of `wat/`: instantiated, called with nothing and with something. Those that are refused are sent, too.
pub fn wat(genesis: H256) -> Script {
    let mut script = Script::new("every module of wat/", genesis);
    for name in fixture::wat_names(".") {
        let address = script.instantiate(&fixture::wat(&name), UNIT, &[]);
        for input in [Vec::new(), vec![0; 8], (1..=200).collect()] {
            script.call(Call::new(&address, input));
            script.end_block_of(BLOCK);
        }
    }
    for name in fixture::wat_names("refused") {
        script.upload(&fixture::wat(&name));
        script.end_block_of(BLOCK);
    }
    script
}

/// The ink! contracts of the project: a flipper, a token, and a contract that calls the flipper in every way.
pub fn ink(genesis: H256) -> Script {
    let mut script = Script::new("the ink! contracts", genesis);
    let message =
        |name: &str, arguments: &dyn Fn() -> Vec<u8>| [fixture::selector(name).to_vec(), arguments()].concat();
    let none = || Vec::new();
    let flipper = script.instantiate(&fixture::ink("flipper"), 0, &fixture::message("new", true));
    let default_flags = fixture::ink_file("flipper", "flipper-default-flags");
    let second = script.instantiate(&default_flags, 0, &fixture::message("new", false));
    let token = script.instantiate(&fixture::ink("erc20"), 0, &fixture::message("new", 1_000_000_u128));
    let caller = script.instantiate(&fixture::ink("caller"), 0, &fixture::message("new", &flipper));
    let creation = (code_hash(&fixture::ink("flipper")), true, [7_u8; 32]);
    let creator = script.instantiate(&fixture::ink("caller"), 0, &fixture::message("with_new_flipper", creation));
    script.end_block();
    for round in 0..4_u128 {
        for contract in [&flipper, &second, &caller, &creator] {
            for name in ["flip", "get"] {
                script.call(Call::new(contract, message(name, &none)));
            }
            script.call(Call::new(contract, message("flip_to", &|| (round % 2 == 0).encode())));
        }
        script.end_block();
        for contract in [&caller, &creator] {
            script.call(Call::new(contract, message("try_flip_to", &|| (round % 2 == 0).encode())));
            script
                .call(Call::new(contract, message("delegate_flip", &|| code_hash(&fixture::ink("flipper")).encode())));
            script.call(Call::new(contract, message("flipper", &none)));
        }
        script.end_block();
        let (bob, charlie) = (Bob.to_account_id(), Charlie.to_account_id());
        let pay = |from, name: &str, arguments: Vec<u8>| {
            let input = [fixture::selector(name).to_vec(), arguments].concat();
            Call { from, ..Call::new(&token, input) }
        };
        script.call(pay(sp_keyring::Sr25519Keyring::Alice, "transfer", (&bob, 100 + round).encode()));
        script.call(pay(Bob, "approve", (&charlie, 50_u128).encode()));
        script.call(pay(Charlie, "transfer_from", (&bob, &charlie, 20 + 10 * round).encode()));
        script.call(pay(Charlie, "balance_of", bob.encode()));
        script.call(pay(Charlie, "transfer", (&bob, u128::MAX).encode()));
        script.end_block();
    }
    script
}

/// Every trap, at every place where there can be one.
pub fn traps(genesis: H256) -> Script {
    let mut script = Script::new("traps", genesis);
    for name in ["start_traps", "deploy_traps"] {
        script.instantiate(&fixture::wat(name), 0, &[]);
    }
    script.end_block();
    for name in ["traps", "traps_bulk"] {
        let address = script.instantiate(&fixture::wat(name), 0, &[]);
        for which in 0..=20_u8 {
            script.call(Call::new(&address, vec![which]));
            script.end_block_of(BLOCK);
        }
    }
    // Recursion within one contract, to the last level and one further.
    let descend = script.instantiate(&fixture::wat("descend"), 0, &[]);
    for levels in [1_u32, 100, 500, 900, 1_000, 1_020, 1_021, 1_022, 1_023, 1_024, 1_025, 5_000] {
        script.call(Call::new(&descend, levels.encode()));
        script.end_block_of(BLOCK);
    }
    let grow = script.instantiate(&fixture::wat("grow"), 0, &[]);
    for pages in [0_u32, 1, 3, 4, 65_535, u32::MAX] {
        script.call(Call::new(&grow, pages.encode()));
    }
    script
}
