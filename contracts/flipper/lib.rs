//! The smallest contract with a state: one boolean. Beside the two classic messages it has one that reverts and one
//! that traps, so that callers can show what becomes of a callee that fails.
#![cfg_attr(not(feature = "std"), no_std, no_main)]

pub use self::flipper::{FlipError, Flipper, FlipperRef};

#[ink::contract]
mod flipper {
    /// The value has changed.
    #[ink(event)]
    pub struct Flipped {
        /// Who asked for it.
        #[ink(topic)]
        by: AccountId,
        /// The value from now on.
        value: bool,
    }

    /// Why a message was refused.
    #[derive(Debug, PartialEq, Eq)]
    #[ink::scale_derive(Encode, Decode, TypeInfo)]
    pub enum FlipError {
        /// The value was already what it should become.
        NothingToDo,
    }

    #[ink(storage)]
    pub struct Flipper {
        value: bool,
    }

    impl Flipper {
        /// Starts with the given value.
        #[ink(constructor)]
        pub fn new(init_value: bool) -> Self {
            Self { value: init_value }
        }

        /// Starts with `false`.
        #[ink(constructor, default)]
        pub fn new_default() -> Self {
            Self::new(false)
        }

        /// Inverts the value.
        #[ink(message, default)]
        pub fn flip(&mut self) {
            self.value = !self.value;
            self.env().emit_event(Flipped {
                by: self.env().caller(),
                value: self.value,
            });
        }

        /// The value.
        #[ink(message)]
        pub fn get(&self) -> bool {
            self.value
        }

        /// Makes the value `wanted`; reverts when it is that already.
        #[ink(message)]
        pub fn flip_to(&mut self, wanted: bool) -> Result<(), FlipError> {
            if self.value == wanted {
                return Err(FlipError::NothingToDo);
            }
            self.flip();
            Ok(())
        }

        /// Inverts the value and then traps: nothing of it must remain.
        #[ink(message)]
        pub fn flip_and_trap(&mut self) {
            self.flip();
            panic!("this message always traps");
        }
    }
}
