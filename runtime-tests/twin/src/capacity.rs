//! What people ask of contracts all day long, to be weighed: a flip, a transfer of tokens, a swap of one for the other.
//!
//! Of each there is a run that prepares everything, does the call once, and ends with the same call again: the one that
//! is weighed, in which nothing is done for the first time.

use crate::{Run, Settings, Step, step};
use codec::{Decode, Encode};
use pallet_contracts::{Call, InstructionWeights};
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, CHARLIE, hash},
    fixture::{ink, message},
    runtime::{AccountId, Balance, Contracts, Test},
};

/// A call that is weighed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Workload {
    /// A message of the smallest contract.
    Flip,
    /// Tokens from one account to another, both of which had some before.
    Transfer,
    /// One token for another, from the reserves of a pair that calls both tokens.
    Swap,
}

/// What the supply of a token is: a million with twelve decimals.
pub const SUPPLY: Balance = 1_000_000 * TOKEN;
/// What a pair is provided with of each token.
pub const PROVIDED: [Balance; 2] = [400_000 * TOKEN, 300_000 * TOKEN];
/// What a trader has of the first token, and of the second nothing.
pub const PURSE: Balance = 1_000 * TOKEN;
/// What one swap takes.
pub const SWAPPED: Balance = 25 * TOKEN;
const TOKEN: Balance = 1_000_000_000_000;

/// Amounts of the first token and of the second: what the trader has, what the tokens say that the pair has, and what
/// the pair says.
pub type Holdings = [[Balance; 2]; 3];

impl Workload {
    /// All of them, the lightest first.
    pub const ALL: [Self; 3] = [Self::Flip, Self::Transfer, Self::Swap];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flip => "flipper, flip",
            Self::Transfer => "ERC-20, transfer",
            Self::Swap => "swap of two ERC-20",
        }
    }

    /// The code of each contract that the call runs, once for each time that it is run.
    pub fn codes(self) -> Vec<Vec<u8>> {
        let names: &[&str] = match self {
            Self::Flip => &["flipper"],
            Self::Transfer => &["erc20"],
            Self::Swap => &["pair", "erc20", "erc20"],
        };
        names.iter().map(|name| ink(name)).collect()
    }

    /// Comes to the call that is weighed, which is its last step.
    pub fn run(self, settings: Settings) -> Run {
        Run::of(self.name(), settings, self.steps())
    }

    fn steps(self) -> Vec<Step> {
        let (mut steps, call) = match self {
            Self::Flip => {
                let flipper = New { contract: "flipper", data: message("new", true), salt: 0 };
                (vec![flipper.upload(), flipper.step()], step::call(&BOB, &flipper.address(), 0, message("flip", ())))
            }
            Self::Transfer => {
                let token = token(0);
                let call = step::call(&ALICE, &token.address(), 0, message("transfer", (BOB, TOKEN)));
                (vec![token.upload(), token.step()], call)
            }
            Self::Swap => {
                let input = message("swap", (&token(1).address(), SWAPPED, TOKEN));
                (market(), step::call(&BOB, &pair().address(), 0, input))
            }
        };
        steps.extend([call.clone(), call]);
        steps
    }
}

/// Who has what once a swap's run has come so far.
///
/// # Panics
/// If there is no market yet.
pub fn holdings(run: &mut Run) -> Holdings {
    let (tokens, pair) = (tokens(), pair().address());
    run.look(|| {
        let both = |account: &AccountId| tokens.each_ref().map(|token| ask(token, "balance_of", account));
        [both(&BOB), both(&pair), ask(&pair, "reserves", ())]
    })
}

/// Picoseconds of an instruction under pallet-contracts, by its own weights.
pub fn instruction_base() -> u32 {
    InstructionWeights::<Test>::default().base
}

/// A contract that Alice makes, whose address is known in advance.
struct New {
    contract: &'static str,
    data: Vec<u8>,
    salt: u8,
}

impl New {
    fn address(&self) -> AccountId {
        Contracts::contract_address(&ALICE, &hash(&ink(self.contract)), &self.data, &[self.salt])
    }

    fn upload(&self) -> Step {
        step::upload(&ALICE, ink(self.contract))
    }

    fn step(&self) -> Step {
        let (code_hash, data, salt) = (hash(&ink(self.contract)), self.data.clone(), vec![self.salt]);
        let (value, gas_limit, storage_deposit_limit) = (0, step::GAS_LIMIT, None);
        step::signed(&ALICE, Call::instantiate { value, gas_limit, storage_deposit_limit, code_hash, data, salt })
    }
}

fn token(salt: u8) -> New {
    New { contract: "erc20", data: message("new", SUPPLY), salt }
}

/// The first and the second token of the market.
fn tokens() -> [AccountId; 2] {
    [1, 2].map(|salt| token(salt).address())
}

fn pair() -> New {
    New { contract: "pair", data: message("new", tokens()), salt: 0 }
}

/// Alice makes both tokens and the pair, and provides its reserves; Bob gets what he is going to swap.
fn market() -> Vec<Step> {
    let ([first, second], pair) = (tokens(), pair());
    let approval = message("approve", (pair.address(), SUPPLY));
    vec![
        token(1).upload(),
        pair.upload(),
        token(1).step(),
        token(2).step(),
        pair.step(),
        step::call(&ALICE, &first, 0, approval.clone()),
        step::call(&ALICE, &second, 0, approval.clone()),
        step::call(&ALICE, &pair.address(), 0, message("provide", PROVIDED)),
        step::call(&ALICE, &first, 0, message("transfer", (BOB, PURSE))),
        step::call(&BOB, &first, 0, approval),
    ]
}

/// What an ink! message answers, which changes nothing.
fn ask<R: Decode>(contract: &AccountId, name: &str, arguments: impl Encode) -> R {
    let output = chain::call(contract).from(&CHARLIE).bytes(&message(name, arguments)).output();
    // ink! wraps every answer into whether the message could be dispatched.
    Result::<R, u8>::decode(&mut &output[..]).ok().and_then(Result::ok).expect("the contract answers")
}
