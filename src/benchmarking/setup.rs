//! A contract on chain, and a contract that has called a host function.

use super::modules;
use crate::{
    AccountIdOf, BalanceOf, Code, CodeHash, CollectEvents, Config, ContractInfo, ContractInfoOf, DebugBufferVec,
    DebugInfo, Determinism, HoldReason, Origin, Pallet,
    call_stack::{Ext, Invocation, Stack},
    execution::{self, ExportedFunction},
    host_api::{self, HostContext, HostFunction, TrapReason},
    meter::{gas::GasMeter, storage::StorageMeter},
};
use alloc::{vec, vec::Vec};
use codec::{Decode, Encode, MaxEncodedLen};
use core::mem;
use frame_benchmarking::{BenchmarkError, benchmarking::add_to_whitelist, v2::account};
use frame_support::{
    traits::{
        Get,
        fungible::{InspectHold, Mutate},
    },
    weights::Weight,
};
use sp_runtime::traits::{Bounded, Hash, Zero};
use vellum_host::{Execution, Exit, Session, Validation};

/// What an account has that pays for things: enough for anything here, and many such accounts do not overflow the
/// issuance.
pub fn funds<T: Config>() -> BalanceOf<T> {
    BalanceOf::<T>::max_value() / 10_000u32.into()
}

/// An account that has [`funds`].
pub fn funded<T: Config>(account: AccountIdOf<T>) -> AccountIdOf<T> {
    T::Currency::set_balance(&account, funds::<T>());
    account
}

/// What is held on an account.
pub fn held<T: Config>(reason: HoldReason, account: &AccountIdOf<T>) -> BalanceOf<T> {
    T::Currency::balance_on_hold(&reason.into(), account)
}

/// The hash that code gets when it is uploaded.
pub fn hash_of<T: Config>(code: &[u8]) -> CodeHash<T> {
    T::Hashing::hash(code)
}

/// Uploads code for an account and returns its hash.
pub fn upload<T: Config>(owner: AccountIdOf<T>, code: Vec<u8>) -> Result<CodeHash<T>, BenchmarkError> {
    let uploaded = Pallet::<T>::bare_upload_code(owner, code, None, Determinism::Enforced)?;
    Ok(uploaded.code_hash)
}

/// A contract that was instantiated.
#[derive(Clone)]
pub struct Instantiated<T: Config> {
    /// Who did it, and still has much.
    pub owner: AccountIdOf<T>,
    /// Where the contract lives.
    pub account: AccountIdOf<T>,
}

impl<T: Config> Instantiated<T> {
    /// A contract of this code, which `owner` pays for and gives the existential deposit to spend.
    pub fn of(owner: AccountIdOf<T>, code: Vec<u8>) -> Result<Self, BenchmarkError> {
        let outcome = Pallet::<T>::bare_instantiate(
            funded::<T>(owner.clone()),
            Pallet::<T>::min_balance(),
            Weight::MAX,
            None,
            Code::Upload(code),
            vec![],
            vec![],
            DebugInfo::Skip,
            CollectEvents::Skip,
        );
        Ok(Self { owner, account: outcome.result?.account_id })
    }

    /// An empty contract. Those of another `number` have another owner and other code.
    pub fn empty(number: u32) -> Result<Self, BenchmarkError> {
        Self::of(account("owner", number, 0), modules::empty(number))
    }

    /// What is stored of it.
    pub fn info(&self) -> Result<ContractInfo<T>, BenchmarkError> {
        ContractInfoOf::<T>::get(&self.account).ok_or("the contract does not exist".into())
    }
}

/// Bytes in the memory of a contract, put there one behind the other.
#[derive(Default)]
pub struct Memory(Vec<u8>);

impl Memory {
    /// Puts bytes and returns where.
    pub fn put(&mut self, bytes: &[u8]) -> u32 {
        let offset = len(&self.0);
        self.0.extend_from_slice(bytes);
        offset
    }

    /// Puts a value as it is encoded and returns where.
    pub fn encode(&mut self, value: &impl Encode) -> u32 {
        self.put(&value.encode())
    }

    /// Puts a buffer for an output of at most so many bytes and returns where it is, and where its length is.
    pub fn buffer(&mut self, bytes: u32) -> [u32; 2] {
        let length = self.encode(&bytes);
        // Nothing follows, so that the memory behind it serves as well as bytes of its own.
        [len(&self.0), length]
    }

    /// Puts a buffer for a value and returns where it is, and where its length is.
    pub fn buffer_for<V: MaxEncodedLen>(&mut self) -> [u32; 2] {
        self.buffer(u32::try_from(V::max_encoded_len()).unwrap_or(u32::MAX))
    }
}

/// A length as contracts see it.
pub fn len(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// What a frame is made from: change what is public before making one.
pub struct Setup<T: Config> {
    /// The contract whose frame it is.
    pub contract: Instantiated<T>,
    /// Who calls it.
    pub origin: Origin<T>,
    /// The value that comes with the call. It has moved before.
    pub value: BalanceOf<T>,
    /// What it is called with.
    pub input: Vec<u8>,
    /// The buffer for debug messages.
    pub debug_message: Option<DebugBufferVec<T>>,
    session: Session,
    gas_meter: GasMeter<T>,
    storage_meter: StorageMeter<T>,
}

impl<T: Config> Setup<T> {
    /// A frame of an empty contract, called by its owner, without a limit on anything.
    pub fn new() -> Result<Self, BenchmarkError> {
        let contract = Instantiated::<T>::empty(0)?;
        // The call of the contract has paid for accessing these.
        for account in [&contract.owner, &contract.account] {
            add_to_whitelist(frame_system::Account::<T>::hashed_key_for(account).into());
        }
        add_to_whitelist(ContractInfoOf::<T>::hashed_key_for(&contract.account).into());
        let origin = Origin::from_account_id(contract.owner.clone());
        Ok(Self {
            storage_meter: StorageMeter::new(&origin, None, Zero::zero())?,
            contract,
            origin,
            value: Zero::zero(),
            input: Vec::new(),
            debug_message: None,
            session: Session::open(execution::terms(&T::Schedule::get())),
            gas_meter: GasMeter::new(Weight::MAX),
        })
    }

    /// A frame in which the contract has just called a host function. Arguments that are missing are zero.
    ///
    /// The contract that has called is none that is stored: it may call what new code may not.
    pub fn at_call(
        &mut self,
        (module, name): (&str, &str),
        args: &[u32],
        memory: &Memory,
    ) -> Result<Frame<'_, T>, BenchmarkError> {
        let function = host_api::find(module, name).ok_or("there is no such host function")?;
        let code = modules::calling::<T>(function, args, 1);
        let mut execution = begin::<T>(&self.session, code, &[function])?;
        execution.write_memory(0, &memory.0).map_err(|_| "the contract has less memory")?;
        let exit = execution.run(&mut u64::MAX.clone());
        if !matches!(exit, Exit::HostCall { import: 0 }) {
            return Err("the contract has not called".into());
        }
        let (stack, input) = self.stack()?;
        Ok(Frame { stack, input, function, execution })
    }

    /// The frame alone, and its input.
    pub fn stack(&mut self) -> Result<(Stack<'_, T>, Vec<u8>), BenchmarkError> {
        let invocation = Invocation {
            origin: self.origin.clone(),
            value: self.value,
            session: &self.session,
            gas_meter: &mut self.gas_meter,
            storage_meter: &mut self.storage_meter,
            debug_message: self.debug_message.as_mut(),
            determinism: Determinism::Enforced,
        };
        let stack = Stack::for_benchmarks(invocation, self.contract.account.clone()).map_err(|error| error.error)?;
        Ok((stack, mem::take(&mut self.input)))
    }

    /// Code whose `call` is about to run, apart from any frame.
    pub fn begin(&self, code: Vec<u8>, imports: &[&'static HostFunction]) -> Result<Execution, BenchmarkError> {
        begin::<T>(&self.session, code, imports)
    }
}

fn begin<T: Config>(
    session: &Session,
    code: Vec<u8>,
    imports: &[&'static HostFunction],
) -> Result<Execution, BenchmarkError> {
    let hash = hash_of::<T>(&code);
    let module =
        session.code(code, hash.as_ref(), Validation::Done).load().map_err(|_| "the benchmark's module is none")?;
    let call = module.entry_point(ExportedFunction::Call.name()).ok_or("the benchmark's module exports no `call`")?;
    let instance = module
        .instantiate(|plan| imports.iter().for_each(|function| plan.import(function.reads())))
        .map_err(|_| "the benchmark's module has no instance")?;
    Ok(instance.call(call.func))
}

fn gas_left<E: Ext>(ext: &E) -> Weight {
    ext.gas_meter().gas_left()
}

/// A contract that has called a host function, which has not begun.
pub struct Frame<'a, T: Config> {
    /// What the contract can do.
    pub stack: Stack<'a, T>,
    input: Vec<u8>,
    function: &'static HostFunction,
    execution: Execution,
}

impl<T: Config> Frame<'_, T> {
    /// Runs the function, up to where the engine could go on with what it returns.
    pub fn call(&mut self) -> Result<Option<u64>, TrapReason> {
        let mut context = HostContext::new(&mut self.stack, mem::take(&mut self.input));
        host_api::call(self.function, &mut context, &mut self.execution)
    }

    /// Gas that the contract has left.
    pub fn gas_left(&self) -> Weight {
        gas_left(&self.stack)
    }

    /// Bytes of the contract's memory.
    pub fn read(&self, offset: u32, len: u32) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(len).unwrap_or(usize::MAX)];
        self.execution.read_memory(offset, &mut bytes).expect("the benchmark has put something there; qed");
        bytes
    }

    /// What the function has written to a buffer, whose length it has written, too.
    pub fn output(&self, [buffer, length]: [u32; 2]) -> Vec<u8> {
        let len = u32::decode(&mut self.read(length, 4).as_slice()).expect("four bytes are a number; qed");
        self.read(buffer, len)
    }
}
