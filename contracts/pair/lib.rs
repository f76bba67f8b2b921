//! Two tokens that anyone may swap for each other: the heart of an exchange without an order book. What is paid out
//! keeps the product of both reserves from shrinking, and three per mille of what comes in stay in the reserves.
//!
//! It is here to be measured and to be read. It gives no shares to whoever provides its reserves, so they stay.
#![cfg_attr(not(feature = "std"), no_std, no_main)]

#[ink::contract]
mod pair {
    use erc20::Erc20Ref;
    use ink::env::call::FromAccountId;

    /// Of so many parts of what comes in...
    const PARTS: Balance = 1_000;
    /// ... these count. The others are the fee.
    const PARTS_COUNTED: Balance = 997;

    /// One token has been swapped for the other.
    #[ink(event)]
    pub struct Swapped {
        /// Who swapped.
        #[ink(topic)]
        by: AccountId,
        /// The token that came in.
        #[ink(topic)]
        token_in: AccountId,
        amount_in: Balance,
        amount_out: Balance,
    }

    /// Why a message was refused.
    #[derive(Debug, PartialEq, Eq)]
    #[ink::scale_derive(Encode, Decode, TypeInfo)]
    pub enum Error {
        /// The token is none of the pair's.
        UnknownToken,
        /// The swap would pay less than was asked for.
        TooLittlePaid,
        /// The amounts are too large to be multiplied.
        TooLarge,
        /// A token has refused to move.
        Token(erc20::Error),
    }

    #[ink(storage)]
    pub struct Pair {
        tokens: [AccountId; 2],
        /// What it has of each token, in the same order.
        reserves: [Balance; 2],
    }

    impl Pair {
        /// A pair of these tokens, without reserves.
        #[ink(constructor)]
        pub fn new(first: AccountId, second: AccountId) -> Self {
            Self { tokens: [first, second], reserves: [0, 0] }
        }

        /// Both tokens.
        #[ink(message)]
        pub fn tokens(&self) -> [AccountId; 2] {
            self.tokens
        }

        /// What it has of each.
        #[ink(message)]
        pub fn reserves(&self) -> [Balance; 2] {
            self.reserves
        }

        /// Takes tokens of the caller, who has allowed it to, into the reserves. The caller gets nothing for them.
        #[ink(message)]
        pub fn provide(&mut self, amounts: [Balance; 2]) -> Result<(), Error> {
            for (index, amount) in amounts.into_iter().enumerate() {
                self.reserves[index] = self.reserves[index].checked_add(amount).ok_or(Error::TooLarge)?;
                self.take(index, amount)?;
            }
            Ok(())
        }

        /// Takes tokens of the caller, who has allowed it to, and pays with the other token. Returns how much.
        ///
        /// No token can call back meanwhile: a contract that is called must not call its caller unless that allows it.
        #[ink(message)]
        pub fn swap(&mut self, token_in: AccountId, amount_in: Balance, least_out: Balance) -> Result<Balance, Error> {
            let index_in = self.tokens.iter().position(|token| *token == token_in).ok_or(Error::UnknownToken)?;
            let index_out = usize::from(index_in == 0);
            let (reserve_in, reserve_out) = (self.reserves[index_in], self.reserves[index_out]);
            let amount_out = amount_out(reserve_in, reserve_out, amount_in).ok_or(Error::TooLarge)?;
            if amount_out < least_out || amount_out == 0 {
                return Err(Error::TooLittlePaid);
            }
            self.reserves[index_in] = reserve_in.checked_add(amount_in).ok_or(Error::TooLarge)?;
            self.reserves[index_out] = reserve_out.checked_sub(amount_out).ok_or(Error::TooLarge)?;
            self.take(index_in, amount_in)?;
            let by = self.env().caller();
            self.token(index_out).transfer(by, amount_out).map_err(Error::Token)?;
            self.env().emit_event(Swapped { by, token_in, amount_in, amount_out });
            Ok(amount_out)
        }

        fn take(&self, index: usize, amount: Balance) -> Result<(), Error> {
            let (from, to) = (self.env().caller(), self.env().account_id());
            self.token(index).transfer_from(from, to, amount).map_err(Error::Token)
        }

        fn token(&self, index: usize) -> Erc20Ref {
            Erc20Ref::from_account_id(self.tokens[index])
        }
    }

    /// What is paid: as much as leaves the product of both reserves what it was, were it not for the fee. `None` where
    /// there is nothing to divide by, or numbers do not fit.
    fn amount_out(reserve_in: Balance, reserve_out: Balance, amount_in: Balance) -> Option<Balance> {
        let counted = amount_in.checked_mul(PARTS_COUNTED)?;
        let reserve = reserve_in.checked_mul(PARTS)?.checked_add(counted)?;
        reserve_out.checked_mul(counted)?.checked_div(reserve)
    }
}
