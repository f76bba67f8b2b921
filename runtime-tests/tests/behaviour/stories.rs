//! What a chain tells of contracts: every event of every pallet, in order. Indexers read it like that.

use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use pallet_contracts::{CollectEvents, DebugInfo, Determinism, Error, Event, HoldReason, Origin};
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, call, deployed, hash, instantiate, signed, uploaded},
    fixture::wat,
    inputs::{creation, forward},
    runtime::{AccountId, Balance, Contracts, ExistentialDeposit, RuntimeEvent, RuntimeHoldReason, System, Test},
    state,
};

type BalancesEvent = pallet_balances::Event<Test>;
type SystemEvent = frame_system::Event<Test>;

/// Everything that was told since the last time.
fn told() -> Vec<RuntimeEvent> {
    let events = System::events().into_iter().map(|record| record.event).collect();
    System::reset_events();
    events
}

fn paid(from: &AccountId, to: &AccountId, amount: Balance) -> RuntimeEvent {
    BalancesEvent::Transfer { from: from.clone(), to: to.clone(), amount }.into()
}

fn called(caller: &AccountId, contract: &AccountId) -> RuntimeEvent {
    Event::Called { caller: Origin::Signed(caller.clone()), contract: contract.clone() }.into()
}

/// Alice's code has come to be stored.
fn stored(code: &[u8]) -> [RuntimeEvent; 2] {
    let code_hash = hash(code);
    let amount = state::code(&code_hash).unwrap().deposit;
    let reason = RuntimeHoldReason::from(HoldReason::CodeUploadDepositReserve);
    [
        BalancesEvent::Held { reason, who: ALICE, amount }.into(),
        Event::CodeStored { code_hash, deposit_held: amount, uploader: ALICE }.into(),
    ]
}

/// An account comes to be by its existential deposit.
fn born(contract: &AccountId) -> [RuntimeEvent; 3] {
    let account = contract.clone();
    let free_balance = ExistentialDeposit::get();
    [
        SystemEvent::NewAccount { account: account.clone() }.into(),
        BalancesEvent::Endowed { account, free_balance }.into(),
        paid(&ALICE, contract, free_balance),
    ]
}

/// A deposit moves from Alice to a contract.
fn charged(contract: &AccountId, amount: Balance) -> [RuntimeEvent; 2] {
    let reason = RuntimeHoldReason::from(HoldReason::StorageDepositReserve);
    let (source, dest) = (ALICE, contract.clone());
    [
        BalancesEvent::TransferAndHold { reason, source, dest: dest.clone(), transferred: amount }.into(),
        Event::StorageDepositTransferredAndHeld { from: ALICE, to: dest, amount }.into(),
    ]
}

/// A deposit moves back from a contract to Alice.
fn refunded(contract: &AccountId, amount: Balance) -> [RuntimeEvent; 2] {
    let reason = RuntimeHoldReason::from(HoldReason::StorageDepositReserve);
    let (source, dest) = (contract.clone(), ALICE);
    [
        BalancesEvent::TransferOnHold { reason, source: source.clone(), dest, amount }.into(),
        Event::StorageDepositTransferredAndReleased { from: source, to: ALICE, amount }.into(),
    ]
}

fn base_deposit(contract: &AccountId) -> Balance {
    state::contract(contract).unwrap().storage_base_deposit
}

#[test]
fn an_upload_and_a_removal() {
    chain::run(|| {
        let code = wat("nothing");
        let code_hash = uploaded(&code);
        let amount = state::code(&code_hash).unwrap().deposit;
        let reason = RuntimeHoldReason::from(HoldReason::CodeUploadDepositReserve);
        assert_eq!(told(), stored(&code));
        assert_noop!(
            Contracts::remove_code(signed(&BOB), code_hash).map_err(|failed| failed.error),
            sp_runtime::DispatchError::BadOrigin
        );
        assert_ok!(Contracts::remove_code(signed(&ALICE), code_hash));
        let removed: [RuntimeEvent; 2] = [
            BalancesEvent::Released { reason, who: ALICE, amount }.into(),
            Event::CodeRemoved { code_hash, deposit_released: amount, remover: ALICE }.into(),
        ];
        assert_eq!(told(), removed);
        // What fails is not told.
        assert!(Contracts::remove_code(signed(&ALICE), code_hash).is_err());
        let upload = Contracts::upload_code(signed(&ALICE), code, Some((amount - 1).into()), Determinism::Enforced);
        assert_eq!(upload, Err(Error::<Test>::StorageDepositLimitExhausted.into()));
        assert_eq!(told(), []);
    });
}

/// A contract may come with nothing, or with less than an account needs: the deposit for that is apart.
#[test]
fn an_instantiation() {
    ExistentialDeposit::set(200);
    for value in [0, 50, 1_000] {
        chain::run(|| {
            let code = wat("event");
            told();
            let input = [&0u32.to_le_bytes()[..], b"born"].concat();
            let contract = instantiate(&code).value(value).bytes(&input).address();
            assert_eq!(chain::balance(&contract), value + 200);
            let mut expected = stored(&code).to_vec();
            expected.extend(born(&contract));
            if value > 0 {
                expected.push(paid(&ALICE, &contract, value));
            }
            expected.push(Event::ContractEmitted { contract: contract.clone(), data: b"born".to_vec() }.into());
            expected.push(Event::Instantiated { deployer: ALICE, contract: contract.clone() }.into());
            expected.extend(charged(&contract, base_deposit(&contract)));
            assert_eq!(told(), expected);
            assert_eq!(chain::refcount(&hash(&code)), 1);
        });
    }
}

#[test]
fn an_instantiation_and_a_call_by_a_contract() {
    chain::run(|| {
        let creator = instantiate(&wat("instantiate")).value(100).address();
        let child_hash = uploaded(&wat("echo"));
        told();
        let output = call(&creator).bytes(&creation(&child_hash, 0, 30, 0, &0u32.encode())).output();
        let child = AccountId::new(output[4..].try_into().unwrap());
        let mut expected = born(&child).to_vec();
        expected.push(paid(&creator, &child, 30));
        expected.push(Event::Instantiated { deployer: creator.clone(), contract: child.clone() }.into());
        expected.push(called(&ALICE, &creator));
        expected.extend(charged(&child, base_deposit(&child)));
        assert_eq!(told(), expected);

        let caller = instantiate(&wat("call")).value(100).address();
        told();
        call(&caller).bytes(&forward(&child).value(60).data(0u32).bytes()).output();
        let expected = [paid(&caller, &child, 60), called(&caller, &child), called(&ALICE, &caller)];
        assert_eq!(told(), expected);
    });
}

#[test]
fn an_end() {
    chain::run(|| {
        let contract = instantiate(&wat("terminate")).value(500).address();
        let deposit = base_deposit(&contract);
        told();
        call(&contract).input(BOB).output();
        let mut expected =
            vec![Event::Terminated { contract: contract.clone(), beneficiary: BOB }.into(), called(&ALICE, &contract)];
        expected.extend(refunded(&contract, deposit));
        expected.push(SystemEvent::KilledAccount { account: contract.clone() }.into());
        expected.push(paid(&contract, &BOB, 500 + ExistentialDeposit::get()));
        assert_eq!(told(), expected);
    });
}

#[test]
fn values_that_come_and_go() {
    chain::run(|| {
        let contract = deployed("store_two");
        told();
        let store = |lens: (u32, u32), value| call(&contract).value(value).input(lens).output();
        store((1_000, 5_000), 42);
        let mut expected = vec![paid(&ALICE, &contract, 42), called(&ALICE, &contract)];
        // A byte costs one, an item two.
        expected.extend(charged(&contract, 6_000 + 2 * 2));
        assert_eq!(told(), expected);

        store((2_000, 4_900), 0);
        let mut expected = vec![called(&ALICE, &contract)];
        expected.extend(charged(&contract, 1_000 - 100));
        assert_eq!(told(), expected);

        store((2_100, 900), 0);
        let mut expected = vec![called(&ALICE, &contract)];
        // A share of what was paid, rounded in favour of what stays.
        expected.extend(refunded(&contract, 4_000 - 100 - 1));
        assert_eq!(told(), expected);
        let info = state::contract(&contract).unwrap();
        assert_eq!((info.storage_bytes, info.storage_items), (3_000, 2));
        assert_eq!(info.storage_byte_deposit, 3_001);
    });
}

#[test]
fn other_code() {
    chain::run(|| {
        let contract = deployed("set_code");
        let (old_code_hash, new_code_hash) = (hash(&wat("set_code")), uploaded(&wat("echo")));
        told();
        call(&contract).input(new_code_hash).output();
        call(&contract).output();
        let updated = Event::ContractCodeUpdated { contract: contract.clone(), new_code_hash, old_code_hash };
        assert_eq!(told(), [updated.into(), called(&ALICE, &contract), called(&ALICE, &contract)]);
    });
}

/// Clients that simulate may ask for the events; the answer has them as the chain would have.
#[test]
fn who_simulates_gets_events_if_they_are_asked_for() {
    chain::run(|| {
        let contract = deployed("transfer");
        let calls = |collect: CollectEvents| {
            let input = (BOB, 1u128).encode();
            let gas = chain::GAS_LIMIT;
            let (skip, enforced) = (DebugInfo::Skip, Determinism::Enforced);
            Contracts::bare_call(ALICE, contract.clone(), 10, gas, None, input, skip, collect, enforced).events
        };
        assert_eq!(calls(CollectEvents::Skip), None);
        assert!(!told().is_empty());
        let events = calls(CollectEvents::UnsafeCollect).expect("they were asked for");
        assert_eq!(events, System::events());
        assert!(events.len() >= 3);

        let creates = |salt: u8, collect: CollectEvents| {
            let code = pallet_contracts::Code::Upload(wat("nothing"));
            let (gas, skip) = (chain::GAS_LIMIT, DebugInfo::Skip);
            Contracts::bare_instantiate(ALICE, 10, gas, None, code, vec![], vec![salt], skip, collect).events
        };
        told();
        assert_eq!(creates(1, CollectEvents::Skip), None);
        assert!(!told().is_empty());
        let events = creates(2, CollectEvents::UnsafeCollect).expect("they were asked for");
        assert_eq!(events, System::events());
        assert!(events.len() >= 5);
    });
}
