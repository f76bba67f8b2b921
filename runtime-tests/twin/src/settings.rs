//! How a chain is set up before its first step.

use frame_support::weights::{RuntimeDbWeight, constants::RocksDbWeight};
use sp_runtime::Perbill;
use vellum_runtime_tests::runtime::{self, AccountId, Balance};

/// What a chain's parameters are at the start of a run.
#[derive(Clone)]
pub struct Settings {
    /// Least balance of an account that exists.
    pub existential_deposit: Balance,
    /// Price of a stored byte.
    pub deposit_per_byte: Balance,
    /// Price of a stored item.
    pub deposit_per_item: Balance,
    /// Share of a code's deposit that a user of the code pays, in percent.
    pub lockup_percent: u32,
    /// How many codes a contract may depend on.
    pub dependencies_max: u32,
    /// Whether contracts may import chain extensions.
    pub chain_extension: bool,
    /// Whether contracts may import functions that may still change.
    pub unstable_interface: bool,
    /// What access to the database costs.
    pub db_weight: RuntimeDbWeight,
    /// What an instruction costs under pallet-contracts, if not what its weights say.
    pub instruction_base: Option<u32>,
    /// Who is rich, besides the usual actors.
    pub rich: Vec<AccountId>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            existential_deposit: 1,
            deposit_per_byte: 1,
            deposit_per_item: 2,
            lockup_percent: 0,
            dependencies_max: 32,
            chain_extension: true,
            unstable_interface: true,
            db_weight: RocksDbWeight::get(),
            instruction_base: None,
            rich: Vec::new(),
        }
    }
}

impl Settings {
    /// Sets the parameters, which last as long as the thread.
    pub fn apply(&self) {
        runtime::ExistentialDeposit::set(self.existential_deposit);
        runtime::DepositPerByte::set(self.deposit_per_byte);
        runtime::DepositPerItem::set(self.deposit_per_item);
        runtime::CodeHashLockupDepositPercent::set(Perbill::from_percent(self.lockup_percent));
        runtime::DefaultDepositLimit::set(1_000_000_000);
        runtime::MaxDelegateDependencies::set(self.dependencies_max);
        runtime::ChainExtensionEnabled::set(self.chain_extension);
        runtime::UnstableInterface::set(self.unstable_interface);
        runtime::RuntimeCallsAllowed::set(true);
        runtime::DbWeight::set(self.db_weight);
        runtime::InstructionBase::set(self.instruction_base);
    }
}
