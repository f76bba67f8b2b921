//! Steps that nobody thought of: chosen by a seed, of everything that can be done.

use crate::{
    Run, Settings, Step,
    machine::{self, FUNCTIONS, Interface, MEMORY_END, OUTPUT, Own, Parameter, Program, UNSEEN},
    random::Random,
    step::{GAS_LIMIT, signed},
};
use codec::{Encode, HasCompact};
use frame_support::weights::Weight;
use pallet_contracts::{Call, Code, Determinism};
use std::rc::Rc;
use vellum_runtime_tests::{
    chain::{ALICE, BOB, CHARLIE, NOBODY, hash},
    runtime::{AccountId, Balance, CodeHash, RuntimeCall},
    state,
};

type CompactBalance = <Balance as HasCompact>::Type;

/// Prices of bytes and items. Not both are zero: contracts without any deposit are wound up here and are not there
/// (docs/differences.md).
const PRICES: &[(Balance, Balance)] = &[(1, 2), (1, 2), (7, 100), (0, 2), (1, 0), (3, 50)];

/// Codes that runs upload. They are made once, as assembling takes longer than most steps.
pub struct Codes {
    machines: Vec<Vec<u8>>,
    relaxed: Vec<u8>,
    old: Vec<u8>,
    broken: Vec<Vec<u8>>,
}

impl Codes {
    /// Assembles them.
    pub fn new() -> Rc<Self> {
        let machines: Vec<Vec<u8>> = (0..4).map(|number| machine::code(Interface::Unstable, false, number)).collect();
        let mut broken = vec![Vec::new(), b"no module".to_vec(), machines[0][..machines[0].len() / 2].to_vec()];
        broken.push([&machines[0][..], &vec![0; 300_000]].concat());
        let old = machine::code(Interface::Deprecated, false, 100);
        broken.push(old.clone());
        Rc::new(Self { machines, relaxed: machine::code(Interface::Unstable, true, 50), old, broken })
    }
}

/// A run of so many steps.
pub fn run(seed: u64, steps: usize, codes: &Rc<Codes>) -> Run {
    let mut random = Random::new(seed);
    let (deposit_per_byte, deposit_per_item) = *random.pick(PRICES);
    let settings = Settings {
        existential_deposit: *random.pick(&[1, 1, 50, 1_000]),
        deposit_per_byte,
        deposit_per_item,
        lockup_percent: *random.pick(&[0, 0, 30, 33, 100]),
        dependencies_max: *random.pick(&[1, 3, 32]),
        chain_extension: true,
        unstable_interface: true,
        ..Settings::default()
    };
    let codes = codes.clone();
    let mut opening = vec![
        Step::Plant(CHARLIE, codes.old.clone()),
        crate::step::upload(&ALICE, codes.machines[0].clone()),
        crate::step::upload(&BOB, codes.machines[1].clone()),
        crate::step::instantiate(&ALICE, hash(&codes.machines[0]), 10_000, Program::default().finish(0)),
        crate::step::instantiate(&BOB, hash(&codes.machines[1]), 0, Program::default().finish(0)),
        crate::step::instantiate(&CHARLIE, hash(&codes.old), 0, Program::default().finish(0)),
    ];
    opening.reverse();
    let mut left = steps;
    let next = move || {
        if let Some(step) = opening.pop() {
            return Some(step);
        }
        left = left.checked_sub(1)?;
        Some(Chooser::new(&mut random, &codes).step())
    };
    Run::new(format!("seed {seed}"), settings, Box::new(next))
}

/// Chooses among what there is on the chain.
struct Chooser<'a> {
    random: &'a mut Random,
    codes: &'a Codes,
    contracts: Vec<AccountId>,
    hashes: Vec<CodeHash>,
}

impl<'a> Chooser<'a> {
    fn new(random: &'a mut Random, codes: &'a Codes) -> Self {
        let contracts = state::contracts().into_iter().map(|(address, _)| address).collect();
        Self { random, codes, contracts, hashes: state::codes() }
    }

    fn step(&mut self) -> Step {
        if self.contracts.len() < 2 && self.random.one_in(2) {
            let code_hash = hash(&self.codes.machines[0]);
            return crate::step::instantiate(&ALICE, code_hash, 500, Program::default().finish(0));
        }
        match self.random.below(100) {
            0..=44 => self.call(),
            45..=54 => self.dry_call(),
            55..=69 => self.instantiate(),
            70..=73 => self.dry_instantiate(),
            74..=79 => self.upload(),
            80..=83 => self.remove_code(),
            84..=85 => self.set_code(),
            86..=88 => self.move_balance(),
            89..=93 => self.idle(),
            94 => Step::Block,
            95 => {
                let (byte, item) = *self.random.pick(PRICES);
                Step::Price(byte, item)
            }
            96..=97 => Step::GetStorage { address: self.account(), key: self.key() },
            98 => self.old_weight(),
            _ => signed(&self.actor(), Call::migrate { weight_limit: Weight::from_parts(1 << 40, 1 << 20) }),
        }
    }

    fn actor(&mut self) -> AccountId {
        if self.random.one_in(20) {
            return NOBODY;
        }
        self.random.pick(&[ALICE, BOB, CHARLIE]).clone()
    }

    fn account(&mut self) -> AccountId {
        if self.contracts.is_empty() || self.random.one_in(8) {
            return self.actor();
        }
        let choices = self.contracts.clone();
        self.random.pick(&choices).clone()
    }

    fn code_hash(&mut self) -> CodeHash {
        if self.hashes.is_empty() || self.random.one_in(20) {
            return CodeHash::repeat_byte(7);
        }
        let choices = self.hashes.clone();
        *self.random.pick(&choices)
    }

    fn amount(&mut self) -> Balance {
        match self.random.below(10) {
            0..=6 => 0,
            7..=8 => self.random.below(5_000).into(),
            _ => *self.random.pick(&[1, 1_000_000, 700_000_000_000, Balance::MAX]),
        }
    }

    fn limit(&mut self) -> Option<Balance> {
        match self.random.below(12) {
            0 => Some(self.random.below(500).into()),
            1 => Some(self.random.below(100_000).into()),
            2 => Some(self.amount()),
            _ => None,
        }
    }

    fn compact_limit(&mut self) -> Option<CompactBalance> {
        self.limit().map(Into::into)
    }

    /// Enough, or far too little: what is nearly enough is what engines may differ in.
    fn gas(&mut self) -> Weight {
        match self.random.below(20) {
            0 => Weight::from_parts(self.random.below(1_000_000), GAS_LIMIT.proof_size()),
            1 => Weight::from_parts(GAS_LIMIT.ref_time(), self.random.below(100_000)),
            _ => GAS_LIMIT,
        }
    }

    fn salt(&mut self) -> Vec<u8> {
        let len = self.random.size(3);
        self.random.bytes(len)
    }

    fn call(&mut self) -> Step {
        let (who, dest, value) = (self.actor(), self.account(), self.amount());
        let (gas_limit, storage_deposit_limit, data) = (self.gas(), self.compact_limit(), self.input(3));
        let call = Call::call { dest, value, gas_limit, storage_deposit_limit, data };
        if self.random.one_in(12) {
            Step::Extrinsic { who: None, call: Box::new(call.into()) }
        } else {
            signed(&who, call)
        }
    }

    fn dry_call(&mut self) -> Step {
        Step::DryCall {
            who: self.actor(),
            dest: self.account(),
            value: self.amount(),
            gas: self.gas(),
            deposit_limit: self.limit(),
            input: self.input(3),
            relaxed: self.random.one_in(3),
            keep: self.random.one_in(2),
        }
    }

    fn instantiate(&mut self) -> Step {
        let (who, value, gas_limit, storage_deposit_limit) =
            (self.actor(), self.amount(), self.gas(), self.compact_limit());
        let (data, salt) = (self.input(2), self.salt());
        if self.random.one_in(4) {
            let code = self.code();
            let call = Call::instantiate_with_code { value, gas_limit, storage_deposit_limit, code, data, salt };
            return signed(&who, call);
        }
        let code_hash = self.code_hash();
        signed(&who, Call::instantiate { value, gas_limit, storage_deposit_limit, code_hash, data, salt })
    }

    fn dry_instantiate(&mut self) -> Step {
        Step::DryInstantiate {
            who: self.actor(),
            code: if self.random.one_in(2) { Code::Upload(self.code()) } else { Code::Existing(self.code_hash()) },
            value: self.amount(),
            gas: self.gas(),
            deposit_limit: self.limit(),
            input: self.input(2),
            salt: self.salt(),
            keep: self.random.one_in(2),
        }
    }

    fn code(&mut self) -> Vec<u8> {
        match self.random.below(12) {
            0 => self.random.pick(&self.codes.broken).clone(),
            1 => self.codes.relaxed.clone(),
            _ => self.random.pick(&self.codes.machines).clone(),
        }
    }

    fn upload(&mut self) -> Step {
        let (who, code, storage_deposit_limit) = (self.actor(), self.code(), self.compact_limit());
        let relaxed = self.random.one_in(2);
        if self.random.one_in(5) {
            return Step::DryUpload { who, code, deposit_limit: self.limit(), relaxed };
        }
        let determinism = if relaxed { Determinism::Relaxed } else { Determinism::Enforced };
        signed(&who, Call::upload_code { code, storage_deposit_limit, determinism })
    }

    fn remove_code(&mut self) -> Step {
        let code_hash = self.code_hash();
        let owner = state::code(&code_hash).map(|info| info.owner);
        let who = owner.filter(|_| !self.random.one_in(4)).unwrap_or_else(|| self.actor());
        signed(&who, Call::remove_code { code_hash })
    }

    fn set_code(&mut self) -> Step {
        let (dest, code_hash) = (self.account(), self.code_hash());
        let call = Call::set_code { dest, code_hash };
        let who = self.random.one_in(4).then(|| self.actor());
        Step::Extrinsic { who, call: Box::new(call.into()) }
    }

    fn move_balance(&mut self) -> Step {
        if self.random.one_in(3) {
            return Step::Balance(self.actor(), self.random.below(2_000_000_000_000).into());
        }
        let call = self.transfer();
        Step::Extrinsic { who: Some(self.actor()), call: Box::new(call) }
    }

    fn transfer(&mut self) -> RuntimeCall {
        let (dest, value) = (self.account(), self.amount());
        pallet_balances::Call::transfer_allow_death { dest, value }.into()
    }

    /// Nothing, or enough for all that is to be deleted: what lies between is more than there is, for
    /// pallet-contracts (docs/differences.md), and a debug build of it panics.
    fn idle(&mut self) -> Step {
        let ref_time = *self.random.pick(&[0, 100_000_000, 1_000_000_000_000]);
        Step::Idle(Weight::from_parts(ref_time, 10 << 20))
    }

    fn old_weight(&mut self) -> Step {
        let (who, dest, value) = (self.actor(), self.account(), self.amount());
        let (storage_deposit_limit, data) = (self.compact_limit(), self.input(2));
        let gas_limit = GAS_LIMIT.ref_time();
        #[allow(deprecated, reason = "chains have calls stored that are older than the second dimension of weight")]
        signed(&who, Call::call_old_weight { dest, value, gas_limit, storage_deposit_limit, data })
    }

    /// Input of a contract: nearly always a program.
    fn input(&mut self, depth: u32) -> Vec<u8> {
        if self.random.one_in(20) {
            let len = self.random.size(60);
            return self.random.bytes(len);
        }
        let mut program = Program::default();
        for _ in 0..self.random.below(6) {
            self.instruction(&mut program, depth);
        }
        let flags = if self.random.one_in(6) { 1 } else { 0 };
        program.finish(flags)
    }

    fn instruction(&mut self, program: &mut Program, depth: u32) {
        if self.random.one_in(20) {
            let (own, argument) = *self.random.pick(&[
                (Own::Trap, 0),
                (Own::Spin, 1),
                (Own::Spin, 1_000),
                (Own::Load, 5),
                (Own::Load, u64::from(MEMORY_END) - 1),
                (Own::Load, u64::from(MEMORY_END)),
                (Own::Grow, 1),
                (Own::Grow, 3),
                (Own::Return, 0),
                (Own::Return, 1),
                (Own::Return, 2),
            ]);
            return program.own(own, argument);
        }
        let (index, function) = self.function(depth);
        let hostile = self.random.one_in(25).then(|| self.random.size(function.parameters.len().max(1)));
        let mut arguments = Vec::new();
        for (position, parameter) in function.parameters.iter().enumerate() {
            if hostile == Some(position) {
                (0..parameter.count()).for_each(|_| arguments.push(self.hostile()));
            } else {
                self.arguments(program, *parameter, depth, &mut arguments);
            }
        }
        program.call(index, &arguments);
    }

    /// Half of what is called nests or writes, as that is where there is something to go wrong.
    fn function(&mut self, depth: u32) -> (usize, &'static machine::Function) {
        const PREFERRED: &[&str] = &[
            "call",
            "call",
            "delegate_call",
            "instantiate",
            "set_storage",
            "set_storage",
            "clear_storage",
            "transfer",
            "lock_delegate_dependency",
            "unlock_delegate_dependency",
            "set_code_hash",
            "terminate",
            "call_runtime",
        ];
        let preferred = *self.random.pick(PREFERRED);
        let wanted = self.random.one_in(2);
        let choices: Vec<_> = machine::imported(Interface::Deprecated)
            .filter(|(_, function)| !wanted || function.name == preferred)
            .filter(|(_, function)| depth > 0 || !function.parameters.contains(&Parameter::Program))
            .collect();
        match choices.is_empty() {
            true => (0, &FUNCTIONS[0]),
            false => *self.random.pick(&choices),
        }
    }

    fn hostile(&mut self) -> u64 {
        let end = u64::from(MEMORY_END);
        *self.random.pick(&[0, 1, 31, 33, end - 1, end, end + 1, 0x7FFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFF, u64::MAX])
    }

    fn arguments(&mut self, program: &mut Program, parameter: Parameter, depth: u32, arguments: &mut Vec<u64>) {
        let placed = |program: &mut Program, bytes: &[u8]| u64::from(program.place(bytes));
        let with_len = |program: &mut Program, bytes: &[u8]| [placed(program, bytes), bytes.len() as u64];
        match parameter {
            Parameter::Account => arguments.push(placed(program, &self.account().encode())),
            Parameter::CodeHash => arguments.push(placed(program, self.code_hash().as_ref())),
            Parameter::Amount => arguments.push(placed(program, &self.amount().encode())),
            Parameter::Limit => match self.limit() {
                None => arguments.push(u32::MAX.into()),
                Some(limit) => arguments.push(placed(program, &limit.encode())),
            },
            Parameter::Key => {
                let number = self.random.pick(&[1, 2, 3]).to_owned();
                arguments.push(placed(program, &[number; 32]));
            }
            Parameter::KeyOfLength => arguments.extend(with_len(program, &self.key())),
            Parameter::Value => {
                let len = *self.random.pick(&[0, 1, 4, 32, 100, 1_000, 16_384, 16_385]);
                let fill = self.random.below(95);
                let bytes = vec![b' ' + u8::try_from(fill).expect("it is below 95; qed"); len];
                arguments.extend(with_len(program, &bytes));
            }
            Parameter::Salt => arguments.extend(with_len(program, &self.salt())),
            Parameter::Topics => {
                let count = *self.random.pick(&[0, 1, 2, 4, 5]);
                let mut topics: Vec<CodeHash> = (0_u8..count).map(CodeHash::repeat_byte).collect();
                if self.random.one_in(8) {
                    topics.extend(topics.first().copied());
                }
                let bytes = if topics.is_empty() { Vec::new() } else { topics.encode() };
                arguments.extend(with_len(program, &bytes));
            }
            Parameter::Program => {
                let input = self.input(depth.saturating_sub(1));
                arguments.extend(with_len(program, &input));
            }
            Parameter::Output | Parameter::Unseen => {
                let place = if parameter == Parameter::Unseen { UNSEEN } else { OUTPUT };
                let capacity: u32 = *self.random.pick(&[0x4000, 0x4000, 64, 32, 31, 0]);
                let skipped = parameter == Parameter::Output && self.random.one_in(4);
                arguments.push(if skipped { u32::MAX.into() } else { place.into() });
                arguments.push(placed(program, &capacity.encode()));
            }
            Parameter::RuntimeCall => {
                let call = self.runtime_call();
                arguments.extend(with_len(program, &call));
            }
            Parameter::Place => arguments.push(OUTPUT.into()),
            Parameter::Blob => arguments.push(placed(program, &self.random.bytes(65))),
            Parameter::Reversed => {
                let [address, len] = with_len(program, &self.random.bytes(20));
                arguments.extend([len, address]);
            }
            // Limits that are nearly enough are what engines may differ in.
            Parameter::Gas => arguments.push(*self.random.pick(&[0, 0, 0, 0, 1_000, GAS_LIMIT.ref_time(), u64::MAX])),
            Parameter::CallFlags => {
                arguments.push(*self.random.pick(&[0, 0, 8, 8, 8, 1, 2, 4, 9, 10, 12, 16, 24, 3, 31, 32]));
            }
            Parameter::Ignored => arguments.push(32),
            Parameter::Number => arguments.push(self.random.below(5)),
        }
    }

    fn key(&mut self) -> Vec<u8> {
        let len = *self.random.pick(&[0, 1, 5, 32, 128, 129]);
        vec![*self.random.pick(&[1, 2]); len]
    }

    fn runtime_call(&mut self) -> Vec<u8> {
        match self.random.below(6) {
            0 => self.random.bytes(10),
            1 => RuntimeCall::from(frame_system::Call::remark_with_event { remark: vec![1, 2, 3] }).encode(),
            2 => {
                let (dest, value, data) = (self.account(), 0, Vec::new());
                let (gas_limit, storage_deposit_limit) = (GAS_LIMIT, None);
                RuntimeCall::from(Call::call { dest, value, gas_limit, storage_deposit_limit, data }).encode()
            }
            3 => RuntimeCall::from(Call::remove_code { code_hash: self.code_hash() }).encode(),
            _ => self.transfer().encode(),
        }
    }
}
