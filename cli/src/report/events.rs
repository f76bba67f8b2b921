//! Events of a block, those of contracts decoded with their metadata.

use super::Report;
use crate::{
    account,
    chain::{Chain, block::Event},
    exit::Outcome,
    hex,
    metadata::{self, Metadata, decode, event},
};
use codec::Encode;
use scale_info::{MetaType, PortableRegistry, Registry};
use serde_json::{Value, json};
use sp_core::H256;
use std::collections::BTreeMap;
use vellum_runtime::{AccountId, Contracts, RuntimeEvent, units::EXISTENTIAL_DEPOSIT};

/// Knows the metadata of the contracts that emit.
pub struct Reader<'a> {
    chain: &'a Chain,
    /// The contract that a command is about.
    about: Option<AccountId>,
    /// That contract's metadata, which wins over what is stored.
    given: Option<&'a Metadata>,
    known: BTreeMap<H256, Option<Metadata>>,
    chain_types: Metadata,
    chain_event: u32,
}

impl<'a> Reader<'a> {
    /// A reader over what the chain's store knows.
    pub fn new(chain: &'a Chain, about: Option<AccountId>, given: Option<&'a Metadata>) -> Self {
        let (chain_types, chain_event) = chain_types();
        Self { chain, about, given, known: BTreeMap::new(), chain_types, chain_event }
    }

    /// Adds a section `Events` with one line per event.
    pub fn report(&mut self, report: &mut Report, events: &[Event]) -> Outcome<()> {
        let mut list = Vec::new();
        let mut label = "events";
        for record in events {
            let (text, json) = self.read(record)?;
            // The chain's own housekeeping is for scripts: people see it with `vellum events`.
            if !self.is_housekeeping(&record.event) {
                report.row(label, text);
                label = "";
            }
            list.push(json);
        }
        report.field("events", list);
        Ok(())
    }

    /// One event in both forms.
    pub fn read(&mut self, record: &Event) -> Outcome<(String, Value)> {
        let (text, mut json) = self.chain_event(&record.event);
        let RuntimeEvent::Contracts(pallet_contracts::Event::ContractEmitted { contract, data }) = &record.event else {
            return Ok((text, json));
        };
        json["topics"] = record.topics.iter().map(hex::encode).collect();
        let from = account::show(contract);
        self.load(contract)?;
        let metadata = self.metadata(contract);
        let decoded = metadata.and_then(|it| Some((it, event::decode(it, data, &record.topics)?)));
        let Some((metadata, decoded)) = decoded else {
            return Ok((format!("{from} emitted {}", hex::encode(data)), json));
        };
        json["decoded"] = decoded.json(metadata);
        Ok((format!("{}::{}", metadata.name, decoded.text(metadata)), json))
    }

    fn load(&mut self, contract: &AccountId) -> Outcome<()> {
        let Some(code_hash) = self.chain.read(|| Contracts::code_hash(contract)) else { return Ok(()) };
        if !self.known.contains_key(&code_hash) {
            let metadata = stored_metadata(self.chain, &code_hash)?;
            self.known.insert(code_hash, metadata);
        }
        Ok(())
    }

    fn metadata(&self, contract: &AccountId) -> Option<&Metadata> {
        if let Some(metadata) = self.given
            && self.about.as_ref() == Some(contract)
        {
            return Some(metadata);
        }
        let code_hash = self.chain.read(|| Contracts::code_hash(contract))?;
        self.known.get(&code_hash)?.as_ref()
    }

    fn chain_event(&self, event: &RuntimeEvent) -> (String, Value) {
        let bytes = event.encode();
        match decode::whole_value(&self.chain_types, self.chain_event, &bytes) {
            Ok(value) => {
                let text = decode::friendly(&self.chain_types, &value);
                let json = decode::json(&self.chain_types, &value);
                (shorten(&text), flatten(json))
            }
            Err(error) => (format!("{event:?}"), json!({ "undecodable": hex::encode(bytes), "error": error })),
        }
    }

    /// Whether an event says nothing that the rest of a report does not say: fees, deposits, the call itself.
    fn is_housekeeping(&self, event: &RuntimeEvent) -> bool {
        use pallet_balances::Event as Balances;
        use pallet_contracts::Event as Contracts;
        match event {
            RuntimeEvent::Contracts(Contracts::Called { contract, .. }) => self.about.as_ref() == Some(contract),
            RuntimeEvent::Contracts(event) => matches!(
                event,
                Contracts::Instantiated { .. }
                    | Contracts::StorageDepositTransferredAndHeld { .. }
                    | Contracts::StorageDepositTransferredAndReleased { .. }
            ),
            // The existential deposit of a new account is part of making it.
            RuntimeEvent::Balances(Balances::Transfer { amount, .. }) => *amount == EXISTENTIAL_DEPOSIT,
            RuntimeEvent::Sudo(_) => false,
            _ => true,
        }
    }
}

/// The metadata that was stored with a code.
pub fn stored_metadata(chain: &Chain, code_hash: &H256) -> Outcome<Option<Metadata>> {
    let Some(json) = chain.store().metadata(code_hash)? else { return Ok(None) };
    let parsed = serde_json::from_str(&json).map_err(|error| error.to_string());
    parsed
        .and_then(|json| metadata::parse(&json))
        .map(Some)
        .map_err(|error| chain.store().damaged(&format!("the metadata of {code_hash:?}: {error}")))
}

/// The runtime's own event type, described the way contracts describe theirs.
fn chain_types() -> (Metadata, u32) {
    let mut registry = Registry::new();
    let event = registry.register_type(&MetaType::new::<RuntimeEvent>());
    let metadata = Metadata {
        name: "chain".into(),
        contract_version: String::new(),
        language: String::new(),
        format: String::new(),
        code_hash: None,
        constructors: Vec::new(),
        messages: Vec::new(),
        events: Vec::new(),
        types: PortableRegistry::from(registry),
        lang_error: None,
    };
    (metadata, event.id)
}

/// `Balances(Transfer { .. })` as `Balances::Transfer { .. }`.
fn shorten(text: &str) -> String {
    match text.split_once('(') {
        Some((pallet, rest)) => {
            format!("{pallet}::{}", rest.strip_suffix(')').unwrap_or(rest))
        }
        None => text.to_owned(),
    }
}

/// `{"Balances": {"Transfer": {..}}}` as `{"pallet": "Balances", "name": "Transfer", "fields": {..}}`.
fn flatten(json: Value) -> Value {
    let only = |json: &Value| -> Option<(String, Value)> {
        match json {
            Value::Object(object) => object.iter().next().map(|(key, value)| (key.clone(), value.clone())),
            Value::String(name) => Some((name.clone(), Value::Null)),
            _ => None,
        }
    };
    match only(&json).and_then(|(pallet, event)| Some((pallet, only(&event)?))) {
        Some((pallet, (name, fields))) => json!({ "pallet": pallet, "name": name, "fields": fields }),
        None => json,
    }
}
