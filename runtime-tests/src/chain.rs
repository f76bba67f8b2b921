//! Actors, and shorthands for what they do.
//!
//! [`Call`] and [`Instantiate`] are builders around the pallet's `bare_*` functions; a test names only what matters
//! to it. They panic nowhere: a test judges what comes back.

use crate::{
    invariants,
    runtime::{
        AccountId, Balance, Balances, CodeHash, Contracts, RuntimeEvent, RuntimeHoldReason, RuntimeOrigin, System,
        Test, Timestamp,
    },
    state,
};
use codec::Encode;
use frame_support::{
    traits::fungible::{Inspect, InspectHold, Mutate},
    weights::Weight,
};
use frame_system::EventRecord;
use pallet_contracts::{
    Code, CollectEvents, ContractExecResult, ContractInstantiateResult, DebugInfo, Determinism, HoldReason,
};
use sp_runtime::{BuildStorage, DispatchError};

/// The actor of most tests.
pub const ALICE: AccountId = AccountId::new([1; 32]);
/// Another actor.
pub const BOB: AccountId = AccountId::new([2; 32]);
/// One more.
pub const CHARLIE: AccountId = AccountId::new([3; 32]);
/// Someone without any balance.
pub const NOBODY: AccountId = AccountId::new([9; 32]);

/// What [`ALICE`], [`BOB`] and [`CHARLIE`] have at the start.
pub const ENDOWMENT: Balance = 1_000_000_000_000;
/// More than any test needs, less than a block has.
pub const GAS_LIMIT: Weight = Weight::from_parts(1_000_000_000_000, 10 * 1024 * 1024);

/// What the pallet answers to a call.
pub type CallResult = ContractExecResult<Balance, EventRecord<RuntimeEvent, CodeHash>>;
/// What the pallet answers to an instantiation.
pub type InstantiateResult = ContractInstantiateResult<AccountId, Balance, EventRecord<RuntimeEvent, CodeHash>>;

/// A chain in its first block, at which [`ALICE`], [`BOB`] and [`CHARLIE`] are rich.
pub fn new() -> sp_io::TestExternalities {
    let storage = frame_system::GenesisConfig::<Test>::default().build_storage().expect("the default genesis is valid");
    let mut chain = sp_io::TestExternalities::new(storage);
    chain.execute_with(|| {
        System::set_block_number(1);
        Timestamp::set_timestamp(1_000);
        for who in [ALICE, BOB, CHARLIE] {
            set_balance(&who, ENDOWMENT);
        }
        System::reset_events();
    });
    chain
}

/// Runs a test on a [`new`] chain, and checks what always holds when it has ended.
pub fn run<R>(test: impl FnOnce() -> R) -> R {
    new().execute_with(|| {
        let result = test();
        invariants::check();
        result
    })
}

/// A signed origin.
pub fn signed(who: &AccountId) -> RuntimeOrigin {
    RuntimeOrigin::signed(who.clone())
}

/// Free balance.
pub fn balance(who: &AccountId) -> Balance {
    Balances::balance(who)
}

/// Sets the free balance.
pub fn set_balance(who: &AccountId, amount: Balance) {
    <Balances as Mutate<AccountId>>::set_balance(who, amount);
}

/// Balance held on an account.
pub fn held(reason: HoldReason, who: &AccountId) -> Balance {
    Balances::balance_on_hold(&RuntimeHoldReason::from(reason), who)
}

/// The hash that a code is known by.
pub fn hash(code: &[u8]) -> CodeHash {
    sp_io::hashing::blake2_256(code).into()
}

/// Uploads as [`ALICE`], with enough deposit.
pub fn upload(code: &[u8]) -> Result<CodeHash, DispatchError> {
    Contracts::bare_upload_code(ALICE, code.to_vec(), None, Determinism::Enforced).map(|uploaded| uploaded.code_hash)
}

/// Uploads a code that must be fine.
pub fn uploaded(code: &[u8]) -> CodeHash {
    upload(code).expect("this code is valid")
}

/// How many contracts and dependencies use a code.
pub fn refcount(code_hash: &CodeHash) -> u64 {
    state::code(code_hash).expect("this code is stored").refcount
}

/// The pallet's events of this block, in order.
pub fn contract_events() -> Vec<pallet_contracts::Event<Test>> {
    System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Contracts(event) => Some(event),
            _ => None,
        })
        .collect()
}

/// A call of a contract, as [`ALICE`], with [`GAS_LIMIT`], no value and no input unless said otherwise.
#[derive(Clone)]
pub struct Call {
    from: AccountId,
    to: AccountId,
    value: Balance,
    gas: Weight,
    deposit_limit: Option<Balance>,
    input: Vec<u8>,
    determinism: Determinism,
    debug: DebugInfo,
}

/// Starts describing a call of `to`.
pub fn call(to: &AccountId) -> Call {
    Call {
        from: ALICE,
        to: to.clone(),
        value: 0,
        gas: GAS_LIMIT,
        deposit_limit: None,
        input: Vec::new(),
        determinism: Determinism::Enforced,
        debug: DebugInfo::Skip,
    }
}

impl Call {
    /// Who calls.
    pub fn from(mut self, from: &AccountId) -> Self {
        self.from = from.clone();
        self
    }

    /// What moves from the caller to the contract.
    pub fn value(mut self, value: Balance) -> Self {
        self.value = value;
        self
    }

    /// The weight that may be used.
    pub fn gas(mut self, gas: Weight) -> Self {
        self.gas = gas;
        self
    }

    /// The deposit that may be charged.
    pub fn deposit_limit(mut self, limit: Balance) -> Self {
        self.deposit_limit = Some(limit);
        self
    }

    /// The input: the encodings of a tuple's fields, one behind the other.
    pub fn input(mut self, input: impl Encode) -> Self {
        self.input = input.encode();
        self
    }

    /// The input as it is.
    pub fn bytes(mut self, input: &[u8]) -> Self {
        self.input = input.to_vec();
        self
    }

    /// Whether code may run that is not deterministic.
    pub fn determinism(mut self, determinism: Determinism) -> Self {
        self.determinism = determinism;
        self
    }

    /// Collects debug messages.
    pub fn debug(mut self) -> Self {
        self.debug = DebugInfo::UnsafeDebug;
        self
    }

    /// Does it, as a client that simulates a call does.
    pub fn run(self) -> CallResult {
        Contracts::bare_call(
            self.from,
            self.to,
            self.value,
            self.gas,
            self.deposit_limit,
            self.input,
            self.debug,
            CollectEvents::Skip,
            self.determinism,
        )
    }

    /// What the contract returned without reverting.
    pub fn output(self) -> Vec<u8> {
        let returned = self.run().result.expect("the call succeeds");
        assert!(!returned.did_revert(), "reverted with {:?}", returned.data);
        returned.data
    }

    /// Why it failed.
    pub fn error(self) -> DispatchError {
        self.run().result.expect_err("the call fails")
    }

    /// Does it as the extrinsic.
    pub fn dispatch(self) -> frame_support::dispatch::DispatchResultWithPostInfo {
        Contracts::call(
            RuntimeOrigin::signed(self.from),
            self.to,
            self.value,
            self.gas,
            self.deposit_limit.map(Into::into),
            self.input,
        )
    }
}

/// An instantiation, as [`ALICE`], with [`GAS_LIMIT`], no value, input or salt unless said otherwise.
#[derive(Clone)]
pub struct Instantiate {
    from: AccountId,
    code: Code<CodeHash>,
    value: Balance,
    gas: Weight,
    deposit_limit: Option<Balance>,
    input: Vec<u8>,
    salt: Vec<u8>,
}

/// Starts describing the instantiation of a code that comes with it.
pub fn instantiate(code: &[u8]) -> Instantiate {
    Instantiate::of(Code::Upload(code.to_vec()))
}

/// Starts describing the instantiation of a stored code.
pub fn instantiate_stored(code_hash: CodeHash) -> Instantiate {
    Instantiate::of(Code::Existing(code_hash))
}

impl Instantiate {
    fn of(code: Code<CodeHash>) -> Self {
        Self { from: ALICE, code, value: 0, gas: GAS_LIMIT, deposit_limit: None, input: Vec::new(), salt: Vec::new() }
    }

    /// Who instantiates.
    pub fn from(mut self, from: &AccountId) -> Self {
        self.from = from.clone();
        self
    }

    /// What moves to the contract.
    pub fn value(mut self, value: Balance) -> Self {
        self.value = value;
        self
    }

    /// The weight that may be used.
    pub fn gas(mut self, gas: Weight) -> Self {
        self.gas = gas;
        self
    }

    /// The deposit that may be charged.
    pub fn deposit_limit(mut self, limit: Balance) -> Self {
        self.deposit_limit = Some(limit);
        self
    }

    /// The constructor's input: the encodings of a tuple's fields, one behind the other.
    pub fn input(mut self, input: impl Encode) -> Self {
        self.input = input.encode();
        self
    }

    /// The input as it is.
    pub fn bytes(mut self, input: &[u8]) -> Self {
        self.input = input.to_vec();
        self
    }

    /// What makes the address differ from that of a twin.
    pub fn salt(mut self, salt: &[u8]) -> Self {
        self.salt = salt.to_vec();
        self
    }

    /// Does it, as a client that simulates an instantiation does.
    pub fn run(self) -> InstantiateResult {
        Contracts::bare_instantiate(
            self.from,
            self.value,
            self.gas,
            self.deposit_limit,
            self.code,
            self.input,
            self.salt,
            DebugInfo::Skip,
            CollectEvents::Skip,
        )
    }

    /// The address of a contract whose constructor must succeed.
    pub fn address(self) -> AccountId {
        let instantiated = self.run().result.expect("the instantiation succeeds");
        assert!(!instantiated.result.did_revert(), "the constructor reverted");
        instantiated.account_id
    }

    /// Why it failed.
    pub fn error(self) -> DispatchError {
        self.run().result.expect_err("the instantiation fails")
    }
}

/// Instantiates `wat/NAME.wat`.
pub fn deployed(name: &str) -> AccountId {
    instantiate(&crate::fixture::wat(name)).address()
}
