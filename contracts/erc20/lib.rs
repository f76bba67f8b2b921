//! A fungible token with the six messages and two events of ERC-20. Every refusal is an `Err`, which makes ink! set
//! the revert flag: a refused message leaves no trace in the state.
#![cfg_attr(not(feature = "std"), no_std, no_main)]

pub use self::erc20::{Erc20, Erc20Ref, Error};

#[ink::contract]
mod erc20 {
    use ink::storage::Mapping;

    /// Tokens have moved. `from` is `None` when they were created, `to` is `None` when they were destroyed.
    #[ink(event)]
    pub struct Transfer {
        #[ink(topic)]
        from: Option<AccountId>,
        #[ink(topic)]
        to: Option<AccountId>,
        value: Balance,
    }

    /// `spender` may from now on move up to `value` of the tokens of `owner`.
    #[ink(event)]
    pub struct Approval {
        #[ink(topic)]
        owner: AccountId,
        #[ink(topic)]
        spender: AccountId,
        value: Balance,
    }

    /// Why a message was refused.
    #[derive(Debug, PartialEq, Eq)]
    #[ink::scale_derive(Encode, Decode, TypeInfo)]
    pub enum Error {
        /// The account has fewer tokens than should move.
        InsufficientBalance,
        /// The owner has allowed less than should move.
        InsufficientAllowance,
    }

    #[ink(storage)]
    pub struct Erc20 {
        supply: Balance,
        balances: Mapping<AccountId, Balance>,
        allowances: Mapping<(AccountId, AccountId), Balance>,
    }

    impl Erc20 {
        /// Gives the whole supply to the account that creates the token.
        #[ink(constructor)]
        pub fn new(total_supply: Balance) -> Self {
            let creator = Self::env().caller();
            let mut balances = Mapping::default();
            balances.insert(creator, &total_supply);
            Self::env().emit_event(Transfer {
                from: None,
                to: Some(creator),
                value: total_supply,
            });
            Self {
                supply: total_supply,
                balances,
                allowances: Mapping::default(),
            }
        }

        /// How many tokens there are.
        #[ink(message)]
        pub fn total_supply(&self) -> Balance {
            self.supply
        }

        /// How many tokens the account has.
        #[ink(message)]
        pub fn balance_of(&self, owner: AccountId) -> Balance {
            self.balances.get(owner).unwrap_or_default()
        }

        /// How many of the owner's tokens the spender may still move.
        #[ink(message)]
        pub fn allowance(&self, owner: AccountId, spender: AccountId) -> Balance {
            self.allowances.get((owner, spender)).unwrap_or_default()
        }

        /// Moves tokens of the caller.
        #[ink(message)]
        pub fn transfer(&mut self, to: AccountId, value: Balance) -> Result<(), Error> {
            let from = self.env().caller();
            self.move_tokens(from, to, value)
        }

        /// Lets the spender move up to `value` of the caller's tokens, whatever was allowed before.
        #[ink(message)]
        pub fn approve(&mut self, spender: AccountId, value: Balance) -> Result<(), Error> {
            let owner = self.env().caller();
            self.allowances.insert((owner, spender), &value);
            self.env().emit_event(Approval {
                owner,
                spender,
                value,
            });
            Ok(())
        }

        /// Moves tokens of `from`, out of what `from` has allowed the caller.
        #[ink(message)]
        pub fn transfer_from(
            &mut self,
            from: AccountId,
            to: AccountId,
            value: Balance,
        ) -> Result<(), Error> {
            let spender = self.env().caller();
            let remaining = self
                .allowance(from, spender)
                .checked_sub(value)
                .ok_or(Error::InsufficientAllowance)?;
            self.move_tokens(from, to, value)?;
            self.allowances.insert((from, spender), &remaining);
            Ok(())
        }

        fn move_tokens(&mut self, from: AccountId, to: AccountId, value: Balance) -> Result<(), Error> {
            let remaining = self
                .balance_of(from)
                .checked_sub(value)
                .ok_or(Error::InsufficientBalance)?;
            // The payer is written before the payee is read: when both are the same account, nothing is created.
            self.balances.insert(from, &remaining);
            let received = self
                .balance_of(to)
                .checked_add(value)
                .expect("no balance exceeds the supply, which is a Balance; qed");
            self.balances.insert(to, &received);
            self.env().emit_event(Transfer {
                from: Some(from),
                to: Some(to),
                value,
            });
            Ok(())
        }
    }
}
