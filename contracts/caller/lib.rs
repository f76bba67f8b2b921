//! Calls another contract in every way there is: creates a flipper or takes one by its address, forwards messages to
//! it, survives its failures, and runs its code on the own storage.
#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod caller {
    use flipper::{FlipError, FlipperRef};
    use ink::{
        env::{
            call::{build_call, ExecutionInput, FromAccountId, Selector},
            DefaultEnvironment,
        },
        storage::Lazy,
        ToAccountId,
    };

    /// What became of a call that was allowed to fail.
    #[derive(Debug, PartialEq, Eq)]
    #[ink::scale_derive(Encode, Decode, TypeInfo)]
    pub enum Outcome {
        /// The callee did what it was asked for.
        Done,
        /// The callee reverted with this reason.
        Reverted(FlipError),
        /// The callee trapped, or could not be called at all.
        Failed,
    }

    /// Only `value` lies in the root cell, at the same key and in the same form as the flipper's own: this is what
    /// makes `delegate_flip` meaningful. The rest lies in cells of its own.
    #[ink(storage)]
    pub struct Caller {
        value: bool,
        flipper: Lazy<FlipperRef>,
        failures: Lazy<u32>,
    }

    impl Caller {
        /// Works with a flipper that exists already.
        #[ink(constructor)]
        pub fn new(flipper: AccountId) -> Self {
            Self::with(FlipperRef::from_account_id(flipper))
        }

        /// Creates the flipper that it works with.
        #[ink(constructor, payable)]
        pub fn with_new_flipper(code_hash: Hash, init_value: bool, salt: [u8; 32]) -> Self {
            let flipper = FlipperRef::new(init_value)
                .code_hash(code_hash)
                .endowment(Self::env().transferred_value())
                .salt_bytes(salt)
                .instantiate();
            Self::with(flipper)
        }

        /// The address of the flipper.
        #[ink(message)]
        pub fn flipper(&self) -> AccountId {
            self.target().to_account_id()
        }

        /// Forwards a flip.
        #[ink(message)]
        pub fn flip(&mut self) {
            self.target().flip();
        }

        /// Reads the flipper's value.
        #[ink(message)]
        pub fn get(&self) -> bool {
            self.target().get()
        }

        /// Asks for a value and reports a revert instead of failing with it.
        #[ink(message)]
        pub fn try_flip_to(&mut self, wanted: bool) -> Outcome {
            let selector = Selector::new(ink::selector_bytes!("flip_to"));
            let answer = build_call::<DefaultEnvironment>()
                .call(self.flipper())
                .exec_input(ExecutionInput::new(selector).push_arg(wanted))
                .returns::<Result<(), FlipError>>()
                .try_invoke();
            match answer {
                Ok(Ok(Ok(()))) => Outcome::Done,
                Ok(Ok(Err(reason))) => self.failed(Outcome::Reverted(reason)),
                _ => self.failed(Outcome::Failed),
            }
        }

        /// Calls the message that flips and then traps, and survives it.
        #[ink(message)]
        pub fn try_flip_and_trap(&mut self) -> Outcome {
            let selector = Selector::new(ink::selector_bytes!("flip_and_trap"));
            let answer = build_call::<DefaultEnvironment>()
                .call(self.flipper())
                .exec_input(ExecutionInput::new(selector))
                .returns::<()>()
                .try_invoke();
            match answer {
                Ok(Ok(())) => Outcome::Done,
                _ => self.failed(Outcome::Failed),
            }
        }

        /// How many calls have failed and were survived.
        #[ink(message)]
        pub fn failures(&self) -> u32 {
            self.failures.get_or_default()
        }

        /// Runs the flipper's `flip` on the own storage. A message that takes `&self` does not write the root cell
        /// back when it ends, so what the flipper's code wrote there stays.
        #[ink(message)]
        pub fn delegate_flip(&self, code_hash: Hash) {
            let selector = Selector::new(ink::selector_bytes!("flip"));
            build_call::<DefaultEnvironment>()
                .delegate(code_hash)
                .exec_input(ExecutionInput::new(selector))
                .returns::<()>()
                .invoke();
        }

        /// The own value, which only `delegate_flip` changes.
        #[ink(message)]
        pub fn own_value(&self) -> bool {
            self.value
        }

        fn with(flipper: FlipperRef) -> Self {
            let mut cell = Lazy::new();
            cell.set(&flipper);
            Self {
                value: false,
                flipper: cell,
                failures: Lazy::new(),
            }
        }

        fn target(&self) -> FlipperRef {
            self.flipper
                .get()
                .expect("every constructor stores a flipper; qed")
        }

        fn failed(&mut self, outcome: Outcome) -> Outcome {
            self.failures.set(&self.failures().saturating_add(1));
            outcome
        }
    }
}
