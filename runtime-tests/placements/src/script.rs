//! What happens on a chain, written down before any chain runs it: blocks of signed transactions.
//!
//! Relies on one genesis block, which signatures name. Promises that a script is the same bytes for every placement:
//! signatures are made once, addresses of contracts are computed.

use codec::Encode;
use frame_support::weights::Weight;
use sp_core::H256;
use sp_keyring::Sr25519Keyring;
use std::collections::HashMap;
use vellum_runtime::{
    AccountId, Balance, BalancesCall, Contracts, Hash, RuntimeCall, SignedPayload, UncheckedExtrinsic, VERSION,
    tx_extension,
};

/// A limit that no contract here needs, of which several fit into a block.
pub const AMPLE: Weight = Weight::from_parts(100_000_000_000, 4 * 1024 * 1024);

/// Blocks of transactions.
pub struct Script {
    /// What it is about.
    pub name: String,
    /// Encoded transactions, block by block.
    pub blocks: Vec<Vec<Vec<u8>>>,
    /// The calls among them, to be tried as dry runs behind the last block.
    pub calls: Vec<Call>,
    genesis: H256,
    nonces: HashMap<Sr25519Keyring, u32>,
    /// Makes twins of a contract different.
    salt: u32,
}

/// A call of a contract.
#[derive(Clone)]
pub struct Call {
    /// Who calls.
    pub from: Sr25519Keyring,
    /// What is called.
    pub to: AccountId,
    /// What moves along.
    pub value: Balance,
    /// What it may use.
    pub limit: Weight,
    /// Its input.
    pub input: Vec<u8>,
}

impl Call {
    /// Alice calls, without a value, under an ample limit.
    pub fn new(to: &AccountId, input: Vec<u8>) -> Self {
        Self { from: Sr25519Keyring::Alice, to: to.clone(), value: 0, limit: AMPLE, input }
    }

    /// Arguments of `ContractsApi_call`.
    pub fn arguments(&self) -> Vec<u8> {
        (self.from.to_account_id(), &self.to, self.value, Some(self.limit), None::<Balance>, &self.input).encode()
    }
}

impl Script {
    /// An empty script for the chain with this genesis block.
    pub fn new(name: impl Into<String>, genesis: H256) -> Self {
        Self {
            name: name.into(),
            blocks: vec![Vec::new()],
            calls: Vec::new(),
            genesis,
            nonces: HashMap::new(),
            salt: 0,
        }
    }

    /// Ends the block; an empty one goes on.
    pub fn end_block(&mut self) {
        if self.blocks.last().is_some_and(|block| !block.is_empty()) {
            self.blocks.push(Vec::new());
        }
    }

    /// Ends the block if it has this many transactions.
    pub fn end_block_of(&mut self, transactions: usize) {
        if self.blocks.last().is_some_and(|block| block.len() >= transactions) {
            self.end_block();
        }
    }

    /// Instantiates code that comes with it, as Alice; gives the address that the contract will have.
    pub fn instantiate(&mut self, code: &[u8], value: Balance, input: &[u8]) -> AccountId {
        let salt = self.next_salt();
        let hash = code_hash(code);
        self.send(
            Sr25519Keyring::Alice,
            RuntimeCall::Contracts(pallet_contracts::Call::instantiate_with_code {
                value,
                gas_limit: AMPLE,
                storage_deposit_limit: None,
                code: code.to_vec(),
                data: input.to_vec(),
                salt: salt.clone(),
            }),
        );
        contract_address(&Sr25519Keyring::Alice.to_account_id(), &hash, input, &salt)
    }

    /// Uploads code, as Alice.
    pub fn upload(&mut self, code: &[u8]) -> Hash {
        self.send(
            Sr25519Keyring::Alice,
            RuntimeCall::Contracts(pallet_contracts::Call::upload_code {
                code: code.to_vec(),
                storage_deposit_limit: None,
                determinism: pallet_contracts::Determinism::Enforced,
            }),
        );
        code_hash(code)
    }

    /// Calls a contract.
    pub fn call(&mut self, call: Call) {
        self.calls.push(call.clone());
        self.send(
            call.from,
            RuntimeCall::Contracts(pallet_contracts::Call::call {
                dest: call.to.into(),
                value: call.value,
                gas_limit: call.limit,
                storage_deposit_limit: None,
                data: call.input,
            }),
        );
    }

    /// Moves balance.
    pub fn transfer(&mut self, from: Sr25519Keyring, to: &AccountId, value: Balance) {
        self.send(from, RuntimeCall::Balances(BalancesCall::transfer_allow_death { dest: to.clone().into(), value }));
    }

    /// Adds a transaction with any call.
    pub fn send(&mut self, from: Sr25519Keyring, call: RuntimeCall) {
        let nonce = self.nonces.entry(from).or_default();
        let transaction = signed(from, *nonce, self.genesis, call);
        *nonce += 1;
        self.blocks.last_mut().expect("there is always a block; qed").push(transaction);
    }

    /// How many transactions there are.
    pub fn len(&self) -> usize {
        self.blocks.iter().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn next_salt(&mut self) -> Vec<u8> {
        self.salt += 1;
        self.salt.to_le_bytes().to_vec()
    }
}

/// What identifies a code.
pub fn code_hash(code: &[u8]) -> Hash {
    sp_io::hashing::blake2_256(code).into()
}

fn contract_address(deployer: &AccountId, code: &Hash, input: &[u8], salt: &[u8]) -> AccountId {
    let mut ext = sp_io::TestExternalities::default();
    ext.execute_with(|| Contracts::contract_address(deployer, code, input, salt))
}

/// An encoded transaction.
pub fn signed(from: Sr25519Keyring, nonce: u32, genesis: H256, call: RuntimeCall) -> Vec<u8> {
    // What extensions would read from the state; none but the genesis hash does for immortal transactions.
    let implicit = ((), (), VERSION.spec_version, VERSION.transaction_version, genesis, genesis, (), (), (), ());
    let payload = SignedPayload::from_raw(call, tx_extension(nonce), implicit);
    let signature = payload.using_encoded(|bytes| from.sign(bytes));
    let (call, extension, _) = payload.deconstruct();
    UncheckedExtrinsic::new_signed(call, from.to_account_id().into(), signature.into(), extension).encode()
}
