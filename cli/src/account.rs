//! Accounts as people name them: `alice`, the name of a contract, an SS58 address, or 32 bytes in hex.
//!
//! Relies on the well-known development keys; they are public, so this is for development chains only. Names of
//! contracts come from the open chain, which keeps them in this process's book: arguments and events mention
//! accounts at any depth, and a name should mean the same everywhere.

use crate::exit::{Code, Failure, Outcome};
use sp_core::{
    Pair,
    crypto::{Ss58Codec, UncheckedFrom},
    sr25519,
};
use sp_keyring::Sr25519Keyring;
use std::sync::RwLock;
use vellum_runtime::AccountId;

/// The contracts that have a name on the chain that is open.
static CONTRACTS: RwLock<Vec<(String, AccountId)>> = RwLock::new(Vec::new());

/// Gives contracts the names of the chain that is open.
pub fn set_contract_names(names: Vec<(String, AccountId)>) {
    if let Ok(mut contracts) = CONTRACTS.write() {
        *contracts = names;
    }
}

fn contract_named(name: &str) -> Option<AccountId> {
    let contracts = CONTRACTS.read().ok()?;
    contracts.iter().find(|(known, _)| known == name).map(|(_, account)| account.clone())
}

/// The development accounts with the names that this command gives them: `alice`, `alice-stash`, ...
pub fn development() -> impl Iterator<Item = (String, AccountId)> {
    Sr25519Keyring::iter().map(|key| (name_of_key(key), key.to_account_id()))
}

fn name_of_key(key: Sr25519Keyring) -> String {
    // The seed is `//Alice`, or `//AliceStash` although the key's path is `//Alice//stash`.
    key.to_seed().trim_start_matches("//").replace("Stash", "-stash").to_lowercase()
}

/// The name of a development account or of a contract.
pub fn name(account: &AccountId) -> Option<String> {
    if let Some(key) = Sr25519Keyring::from_account_id(account) {
        return Some(name_of_key(key));
    }
    let contracts = CONTRACTS.read().ok()?;
    contracts.iter().find(|(_, known)| known == account).map(|(name, _)| name.clone())
}

/// Whether a contract may be called this: whoever types the name must mean the contract and nothing else.
pub fn is_contract_name(name: &str) -> bool {
    let plain = |letter: char| letter.is_alphanumeric() || "_-.".contains(letter);
    !name.is_empty()
        && name.chars().all(plain)
        && !name.starts_with("0x")
        && !development().any(|(taken, _)| taken == name.replace('_', "-").to_lowercase())
        && AccountId::from_ss58check_with_version(name).is_err()
}

/// Reads an account; `None` if the text is none of the four forms.
pub fn parse(text: &str) -> Option<AccountId> {
    if let Some(hex) = text.strip_prefix("0x") {
        let bytes: [u8; 32] = crate::hex::decode(hex).ok()?.try_into().ok()?;
        return Some(AccountId::unchecked_from(bytes.into()));
    }
    let wanted = text.trim_start_matches("//").replace("//", "-").replace('_', "-").to_lowercase();
    if let Some((_, account)) = development().find(|(name, _)| *name == wanted) {
        return Some(account);
    }
    let address = AccountId::from_ss58check_with_version(text).ok().map(|(account, _)| account);
    address.or_else(|| contract_named(text))
}

/// The account in text: its address, behind its name if it has one.
pub fn show(account: &AccountId) -> String {
    match name(account) {
        Some(name) => format!("{name} ({})", account.to_ss58check()),
        None => account.to_ss58check(),
    }
}

/// A key that signs transactions.
pub struct Signer(sr25519::Pair);

impl Signer {
    /// The key of a development name, or of a secret URI such as `//Alice/hard//soft`.
    pub fn named(text: &str) -> Outcome<Self> {
        let wanted = text.replace('_', "-").to_lowercase();
        let known = Sr25519Keyring::iter().find(|key| name_of_key(*key) == wanted);
        if let Some(key) = known {
            return Ok(Self(key.pair()));
        }
        let unknown = || {
            Failure::new(Code::Chain, format!("there is no key for the signer `{text}`")).help(
                "sign as a development account (`vellum accounts` lists them), or give a secret URI \
                 such as `//Alice//my-account`",
            )
        };
        if !text.starts_with("//") {
            return Err(unknown());
        }
        sr25519::Pair::from_string(text, None).map(Self).map_err(|_| unknown())
    }

    /// The account that the key controls.
    pub fn account(&self) -> AccountId {
        self.0.public().into()
    }

    /// A signature over the bytes.
    pub fn sign(&self, message: &[u8]) -> vellum_runtime::Signature {
        self.0.sign(message).into()
    }
}

#[cfg(test)]
mod tests;
