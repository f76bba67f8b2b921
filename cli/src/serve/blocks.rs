//! The chain as clients ask about it: blocks by hash and number, the states behind recent ones, questions to the
//! runtime, and transactions, each of which becomes a block.
//!
//! The store knows blocks by number and has one state, the last. So this keeps the hashes of all blocks and, of the last
//! few that this process has made, their states.

use super::{
    apis,
    bounds::{self, STATES_MAX},
    error::{self, Answer},
    owner::Head,
};
use crate::{
    chain::{Chain, view::View},
    exit::Outcome,
};
use codec::{DecodeAll, DecodeLimit, Encode};
use frame_support::MAX_EXTRINSIC_DEPTH;
use sp_core::{H256, storage::ChildInfo};
use sp_runtime::transaction_validity::{TransactionSource, TransactionValidity};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};
use tokio::sync::broadcast;
use vellum_runtime::{Header, UncheckedExtrinsic};

/// The chain and what clients know its blocks by.
pub struct Blocks {
    chain: Chain,
    /// By number.
    hashes: Vec<H256>,
    numbers: HashMap<H256, u32>,
    /// The states of the last blocks; the head's is the last.
    views: VecDeque<View>,
    heads: broadcast::Sender<Head>,
}

impl Blocks {
    /// Begins with the chain as it is.
    pub fn over(chain: Chain, heads: broadcast::Sender<Head>) -> Outcome<Self> {
        let hashes = chain.hashes()?;
        let numbers = (0..).zip(&hashes).map(|(number, hash)| (*hash, number)).collect();
        let views = VecDeque::from([chain.view()?]);
        Ok(Self { chain, hashes, numbers, views, heads })
    }

    /// The chain.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The chain, when nobody asks any more.
    pub fn into_chain(self) -> Chain {
        self.chain
    }

    /// The last block, which is final.
    pub fn head(&self) -> Head {
        let header = self.chain.head();
        Head { hash: header.hash(), header: Arc::new(header.clone()) }
    }

    /// The hash of the block with this number.
    pub fn hash(&self, number: u64) -> Option<H256> {
        self.hashes.get(usize::try_from(number).ok()?).copied()
    }

    /// The header and the transactions of a block, or of the last one.
    pub fn block(&self, at: Option<H256>) -> Answer<Option<(Header, Vec<Vec<u8>>)>> {
        let number = match at {
            Some(hash) => self.numbers.get(&hash).copied(),
            None => Some(self.chain.head().number),
        };
        let Some(number) = number else { return Ok(None) };
        let block = self.chain.store().block(number).map_err(error::failure)?;
        Ok(block.map(|(header, transactions, _)| (header, transactions)))
    }

    /// The header of a block, or of the last one.
    pub fn header(&self, at: Option<H256>) -> Answer<Option<Header>> {
        match at {
            Some(_) => Ok(self.block(at)?.map(|(header, _)| header)),
            None => Ok(Some(self.chain.head().clone())),
        }
    }

    /// Whether there is such a block; the last one is.
    pub fn known(&self, at: Option<H256>) -> Answer<()> {
        match at {
            Some(hash) if !self.numbers.contains_key(&hash) => Err(error::unknown_block(hash)),
            _ => Ok(()),
        }
    }

    /// The state behind a block, or behind the last one.
    pub fn view(&self, at: Option<H256>) -> Answer<&View> {
        let head = self.views.back().expect("the head's view is there from the beginning; qed");
        let Some(hash) = at else { return Ok(head) };
        let number = *self.numbers.get(&hash).ok_or_else(|| error::unknown_block(hash))?;
        let age = usize::try_from(head.header().number - number).unwrap_or(usize::MAX);
        let place = self.views.len().checked_sub(age.saturating_add(1));
        place.and_then(|place| self.views.get(place)).ok_or_else(|| error::discarded(hash, number))
    }

    /// The values under keys, of a child trie if one is named, as far as an answer takes them.
    pub fn values(
        &self,
        child: Option<&ChildInfo>,
        keys: &[Vec<u8>],
        at: Option<H256>,
    ) -> Answer<Vec<Option<Vec<u8>>>> {
        if keys.len() > bounds::KEYS_MAX {
            return Err(error::parameter(format!("{} keys, {} at most", keys.len(), bounds::KEYS_MAX)));
        }
        let view = self.view(at)?;
        let mut bytes = 0;
        keys.iter()
            .map(|key| {
                let value = view.value(child, key).map_err(error::failure)?;
                bytes += value.as_ref().map_or(0, Vec::len);
                match bytes > bounds::VALUES_BYTES_MAX {
                    true => Err(error::parameter("the values are too long for one answer: ask for fewer keys")),
                    false => Ok(value),
                }
            })
            .collect()
    }

    /// Asks the runtime something over the state of a block, or of the last one.
    pub fn ask(&self, api: &str, arguments: &[u8], at: Option<H256>) -> Answer<Vec<u8>> {
        let arguments = apis::arguments(api, arguments)?;
        self.chain.ask(self.view(at)?, api, &arguments).map_err(error::no_answer)
    }

    /// The same, for an answer of a type.
    pub fn ask_for<R: DecodeAll>(&self, api: &str, arguments: &[u8], at: Option<H256>) -> Answer<R> {
        let answer = self.ask(api, arguments, at)?;
        R::decode_all(&mut &answer[..])
            .map_err(|error| error::question(format!("the answer of {api} cannot be read: {error}")))
    }

    /// Makes a block of a transaction, if it can be in the next one. Gives the hashes of the transaction and of the block.
    ///
    /// Only what the runtime calls valid is tried, as in a node: what must not come from outside, such as the clock's
    /// inherent, ends here.
    pub fn submit(&mut self, bytes: &[u8]) -> Answer<(H256, H256)> {
        let transaction = transaction(bytes)?;
        let arguments = (TransactionSource::External, &transaction, self.chain.head().hash()).encode();
        let validity: TransactionValidity =
            self.ask_for("TaggedTransactionQueue_validate_transaction", &arguments, None)?;
        if !validity.map_err(error::refused)?.requires.is_empty() {
            return Err(error::ahead());
        }
        self.chain.include(transaction).map_err(error::failure)?;
        let block = self.sealed().map_err(error::failure)?;
        Ok((sp_io::hashing::blake2_256(bytes).into(), block))
    }

    /// Notes the new head and tells everybody.
    fn sealed(&mut self) -> Outcome<H256> {
        let view = self.chain.view()?;
        let head = self.head();
        self.hashes.push(head.hash);
        self.numbers.insert(head.hash, head.header.number);
        self.views.push_back(view);
        if self.views.len() > STATES_MAX {
            self.views.pop_front();
        }
        let hash = head.hash;
        // Maybe nobody listens.
        let _ = self.heads.send(head);
        Ok(hash)
    }
}

/// The transaction that the bytes are.
pub fn transaction(bytes: &[u8]) -> Answer<UncheckedExtrinsic> {
    UncheckedExtrinsic::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut &*bytes)
        .map_err(|error| error::no_transaction(error.to_string()))
}
