//! What can be done to a chain, and the doing of it.

use crate::{
    Settings,
    record::{self, Record, hex},
};
use codec::Encode;
use frame_support::{
    dispatch::{DispatchResultWithPostInfo, GetDispatchInfo, PostDispatchInfo},
    storage::{TransactionOutcome, with_transaction},
    traits::{Hooks, Time},
    weights::Weight,
};
use pallet_contracts::{Call, Code, CollectEvents, ContractResult, DebugInfo, Determinism, StorageDeposit};
use sp_runtime::{DispatchError, traits::Dispatchable};
use vellum_runtime_tests::{
    chain,
    runtime::{AccountId, Balance, CodeHash, Contracts, RuntimeCall, RuntimeOrigin, System, Test, Timestamp},
};

/// Something to do.
#[derive(Clone)]
pub enum Step {
    /// A signed extrinsic, or one of root.
    Extrinsic {
        /// Who signs; root if nobody.
        who: Option<AccountId>,
        /// What is dispatched.
        call: Box<RuntimeCall>,
    },
    /// A call as a client simulates it.
    DryCall {
        /// Who calls whom.
        who: AccountId,
        /// The contract.
        dest: AccountId,
        /// What moves to it.
        value: Balance,
        /// The weight that may be used.
        gas: Weight,
        /// The deposit that may be charged.
        deposit_limit: Option<Balance>,
        /// The input.
        input: Vec<u8>,
        /// Whether code that is not deterministic may run.
        relaxed: bool,
        /// Whether what it did stays.
        keep: bool,
    },
    /// An instantiation as a client simulates it.
    DryInstantiate {
        /// Who instantiates.
        who: AccountId,
        /// The code, or its hash.
        code: Code<CodeHash>,
        /// What moves to the contract.
        value: Balance,
        /// The weight that may be used.
        gas: Weight,
        /// The deposit that may be charged.
        deposit_limit: Option<Balance>,
        /// The constructor's input.
        input: Vec<u8>,
        /// What makes the address another.
        salt: Vec<u8>,
        /// Whether what it did stays.
        keep: bool,
    },
    /// An upload as a client simulates it.
    DryUpload {
        /// Who uploads.
        who: AccountId,
        /// What.
        code: Vec<u8>,
        /// The deposit that may be charged.
        deposit_limit: Option<Balance>,
        /// Whether it may be code that is not deterministic.
        relaxed: bool,
    },
    /// A look at a contract's value.
    GetStorage {
        /// Whose.
        address: AccountId,
        /// Its key.
        key: Vec<u8>,
    },
    /// What is left of a block.
    Idle(Weight),
    /// The next block.
    Block,
    /// New prices of storage, per byte and per item.
    Price(Balance, Balance),
    /// A new balance.
    Balance(AccountId, Balance),
    /// Code that a release with other rules stored, with the account that owns it.
    Plant(AccountId, Vec<u8>),
}

/// Enough for whatever ends, but not for long for what does not.
pub const GAS_LIMIT: Weight = Weight::from_parts(50_000_000_000, 10 * 1024 * 1024);

/// A signed extrinsic of the pallet.
pub fn signed(who: &AccountId, call: Call<Test>) -> Step {
    Step::Extrinsic { who: Some(who.clone()), call: Box::new(call.into()) }
}

/// An upload that is meant to succeed.
pub fn upload(who: &AccountId, code: Vec<u8>) -> Step {
    signed(who, Call::upload_code { code, storage_deposit_limit: None, determinism: Determinism::Enforced })
}

/// An instantiation as an extrinsic.
pub fn instantiate(who: &AccountId, code_hash: CodeHash, value: Balance, data: Vec<u8>) -> Step {
    let (gas_limit, salt) = (GAS_LIMIT, Vec::new());
    signed(who, Call::instantiate { value, gas_limit, storage_deposit_limit: None, code_hash, data, salt })
}

/// A call as an extrinsic.
pub fn call(who: &AccountId, dest: &AccountId, value: Balance, data: Vec<u8>) -> Step {
    let (dest, gas_limit) = (dest.clone(), GAS_LIMIT);
    signed(who, Call::call { dest, value, gas_limit, storage_deposit_limit: None, data })
}

/// A call as a client simulates it, which leaves nothing.
pub fn dry_call(who: &AccountId, dest: &AccountId, value: Balance, input: Vec<u8>) -> Step {
    let (who, dest, gas) = (who.clone(), dest.clone(), GAS_LIMIT);
    Step::DryCall { who, dest, value, gas, deposit_limit: None, input, relaxed: false, keep: false }
}

impl Step {
    /// The same call or instantiation with so much `ref_time`.
    pub fn within(mut self, ref_time: u64) -> Self {
        let limit = match &mut self {
            Self::DryCall { gas, .. } => Some(gas),
            Self::Extrinsic { call, .. } => match call.as_mut() {
                RuntimeCall::Contracts(Call::call { gas_limit, .. } | Call::instantiate { gas_limit, .. }) => {
                    Some(gas_limit)
                }
                _ => None,
            },
            _ => None,
        };
        if let Some(limit) = limit {
            *limit = limit.set_ref_time(ref_time);
        }
        self
    }

    /// What it is, in a line.
    pub fn label(&self) -> String {
        match self {
            Self::Extrinsic { who, call } => format!("extrinsic of {}: {}", named(who.as_ref()), short(call)),
            Self::DryCall { who, dest, value, gas, deposit_limit, input, relaxed, keep } => format!(
                "dry call of {} by {}, value {value}, gas {gas:?}, limit {deposit_limit:?}, relaxed {relaxed}, \
                 keep {keep}, input {}",
                named(Some(dest)),
                named(Some(who)),
                bytes(input)
            ),
            Self::DryInstantiate { who, code, value, gas, deposit_limit, input, salt, keep } => format!(
                "dry instantiation of {} by {}, value {value}, gas {gas:?}, limit {deposit_limit:?}, keep {keep}, \
                 salt {}, input {}",
                match code {
                    Code::Upload(code) => bytes(code),
                    Code::Existing(code_hash) => format!("{code_hash:?}"),
                },
                named(Some(who)),
                bytes(salt),
                bytes(input)
            ),
            Self::DryUpload { who, code, deposit_limit, relaxed } => format!(
                "dry upload of {} by {}, limit {deposit_limit:?}, relaxed {relaxed}",
                bytes(code),
                named(Some(who))
            ),
            Self::GetStorage { address, key } => format!("value of {} at {}", named(Some(address)), bytes(key)),
            Self::Idle(weight) => format!("idle with {weight:?}"),
            Self::Block => "next block".into(),
            Self::Price(byte, item) => format!("prices {byte} and {item}"),
            Self::Balance(who, amount) => format!("balance of {} is {amount}", named(Some(who))),
            Self::Plant(_, code) => format!("code that was stored long ago: {}", bytes(code)),
        }
    }
}

fn named(who: Option<&AccountId>) -> String {
    who.map_or("root".into(), |who| hex(&AsRef::<[u8]>::as_ref(who)[..4]))
}

fn bytes(bytes: &[u8]) -> String {
    let shown = &bytes[..bytes.len().min(300)];
    format!("{}{} ({})", hex(shown), if shown.len() < bytes.len() { ".." } else { "" }, bytes.len())
}

/// A call's text, cut where code makes it endless.
fn short(call: &RuntimeCall) -> String {
    let text = match call {
        RuntimeCall::Contracts(Call::upload_code { code, storage_deposit_limit, determinism }) => {
            format!("upload {}, limit {storage_deposit_limit:?}, {determinism:?}", bytes(code))
        }
        RuntimeCall::Contracts(Call::instantiate_with_code { code, value, data, salt, gas_limit, .. }) => format!(
            "instantiate {}, value {value}, gas {gas_limit:?}, salt {}, input {}",
            bytes(code),
            bytes(salt),
            bytes(data)
        ),
        RuntimeCall::Contracts(Call::call { dest, value, gas_limit, storage_deposit_limit, data }) => format!(
            "call {}, value {value}, gas {gas_limit:?}, limit {storage_deposit_limit:?}, input {}",
            named(Some(dest)),
            bytes(data)
        ),
        other => format!("{other:?}"),
    };
    text.chars().take(1_500).collect()
}

/// Does it, and notes what was answered.
pub fn take(step: Step, record: &mut Record, settings: &mut Settings) {
    match step {
        Step::Extrinsic { who, call } => extrinsic(record, who, *call),
        Step::DryCall { who, dest, value, gas, deposit_limit, input, relaxed, keep } => {
            let (debug, events) = (DebugInfo::UnsafeDebug, CollectEvents::UnsafeCollect);
            let determinism = if relaxed { Determinism::Relaxed } else { Determinism::Enforced };
            simulated(record, keep, |record| {
                let result =
                    Contracts::bare_call(who, dest, value, gas, deposit_limit, input, debug, events, determinism);
                answered(record, result);
            });
        }
        Step::DryInstantiate { who, code, value, gas, deposit_limit, input, salt, keep } => {
            let (debug, events) = (DebugInfo::UnsafeDebug, CollectEvents::UnsafeCollect);
            simulated(record, keep, |record| {
                let result =
                    Contracts::bare_instantiate(who, value, gas, deposit_limit, code, input, salt, debug, events);
                answered(record, result);
            });
        }
        Step::DryUpload { who, code, deposit_limit, relaxed } => {
            let determinism = if relaxed { Determinism::Relaxed } else { Determinism::Enforced };
            simulated(record, false, |record| {
                let result = Contracts::bare_upload_code(who, code, deposit_limit, determinism);
                record.result(&result);
                record.fact("state before it is undone", format!("{:?}", record::state()));
            });
        }
        Step::GetStorage { address, key } => {
            record.fact("result", hex(&Contracts::get_storage(address, key).encode()));
        }
        Step::Idle(limit) => {
            let used = Contracts::on_idle(System::block_number(), limit);
            record.fact("used", format!("{used:?}"));
        }
        Step::Block => {
            System::set_block_number(System::block_number() + 1);
            Timestamp::set_timestamp(Timestamp::now() + 6_000);
        }
        Step::Price(byte, item) => {
            (settings.deposit_per_byte, settings.deposit_per_item) = (byte, item);
        }
        Step::Balance(who, amount) => chain::set_balance(&who, amount),
        Step::Plant(owner, code) => plant(&owner, &code),
    }
}

/// Undoes what was done, unless it is to be kept and has succeeded: what failed at its very end has left something.
fn simulated(record: &mut Record, keep: bool, work: impl FnOnce(&mut Record)) {
    let _: Result<(), DispatchError> = with_transaction(|| {
        work(record);
        if keep && record.succeeded { TransactionOutcome::Commit(Ok(())) } else { TransactionOutcome::Rollback(Ok(())) }
    });
}

fn extrinsic(record: &mut Record, who: Option<AccountId>, call: RuntimeCall) {
    record.by_root = who.is_none();
    record.fact("call", hex(&sp_io::hashing::blake2_256(&call.encode())));
    record.fact("declared", format!("{:?}", call.get_dispatch_info()));
    let result: DispatchResultWithPostInfo = call.dispatch(who.map_or(RuntimeOrigin::root(), RuntimeOrigin::signed));
    let (outcome, info): (_, PostDispatchInfo) = match result {
        Ok(info) => (Ok(()), info),
        Err(failed) => (Err(failed.error), failed.post_info),
    };
    record.result(&outcome);
    record.fact("fee", format!("{:?}, weighed: {}", info.pays_fee, info.actual_weight.is_some()));
    record.gas.extend(info.actual_weight.map(|weight| ("actual weight", weight)));
}

/// What a client gets: gas apart, as it is not equal, and messages, as they are for people.
fn answered<R: Encode, E: Encode>(record: &mut Record, result: ContractResult<Result<R, DispatchError>, Balance, E>) {
    let ContractResult { gas_consumed, gas_required, storage_deposit, debug_message, result, events } = result;
    record.result(&result);
    record.fact("deposit", deposit(&storage_deposit));
    record.fact("debug messages", String::from_utf8_lossy(&debug_message).into_owned());
    record.gas.push(("consumed", gas_consumed));
    record.gas.push(("required", gas_required));
    let bare = ContractResult {
        gas_consumed: Weight::zero(),
        gas_required: Weight::zero(),
        storage_deposit,
        debug_message: Vec::new(),
        result,
        events,
    };
    record.fact("encoded", hex(&bare.encode()));
    if record.succeeded {
        // Before it may be undone.
        record.unsound = record::unsound();
    }
}

fn deposit(deposit: &StorageDeposit<Balance>) -> String {
    format!("{deposit:?}")
}

/// Stores code and its info as they lie on chains, without asking any rule of today.
fn plant(owner: &AccountId, code: &[u8]) {
    let code_hash = chain::hash(code);
    let key =
        |item: &[u8]| [&frame_support::storage::storage_prefix(b"Contracts", item)[..], code_hash.as_ref()].concat();
    let (deposit, references, determinism) = (codec::Compact(0 as Balance), codec::Compact(0_u64), 0_u8);
    let len = u32::try_from(code.len()).expect("code is short");
    sp_io::storage::set(&key(b"PristineCode"), &code.encode());
    sp_io::storage::set(&key(b"CodeInfoOf"), &(owner, deposit, references, determinism, len).encode());
}
