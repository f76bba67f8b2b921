//! Events: which one it is, and its fields.
//!
//! V5 tells events apart by a topic, everything older by a leading byte. Either way the data holds all fields,
//! those that are topics too.

use super::{EventSpec, Metadata, decode};
use serde_json::{Map, Value as Json, json};
use sp_core::H256;

/// A decoded event.
pub struct Decoded<'a> {
    /// What the metadata says about it.
    pub spec: &'a EventSpec,
    /// Its fields in order.
    pub values: Vec<decode::Typed>,
}

/// Decodes what a contract emitted; `None` if the metadata knows no such event.
pub fn decode<'a>(metadata: &'a Metadata, data: &[u8], topics: &[H256]) -> Option<Decoded<'a>> {
    let by_topic = metadata
        .events
        .iter()
        .find(|spec| spec.signature_topic.is_some_and(|topic| topics.first().is_some_and(|first| first.0 == topic)));
    if let Some(decoded) = by_topic.and_then(|spec| fields(metadata, spec, data)) {
        return Some(decoded);
    }
    if has_signatures(metadata) {
        // Anonymous events say nothing about themselves: the first that fits is taken.
        let mut anonymous = metadata.events.iter().filter(|spec| spec.signature_topic.is_none());
        return anonymous.find_map(|spec| fields(metadata, spec, data));
    }
    let (index, rest) = data.split_first()?;
    fields(metadata, metadata.events.get(usize::from(*index))?, rest)
}

/// Whether events are told apart by topics.
fn has_signatures(metadata: &Metadata) -> bool {
    metadata.events.iter().any(|spec| spec.signature_topic.is_some())
        || metadata.format.strip_prefix('V').and_then(|number| number.parse::<u8>().ok()).is_some_and(|v| v >= 5)
}

fn fields<'a>(metadata: &'a Metadata, spec: &'a EventSpec, mut data: &[u8]) -> Option<Decoded<'a>> {
    let mut values = Vec::with_capacity(spec.fields.len());
    for field in &spec.fields {
        values.push(decode::value(metadata, field.ty, &mut data).ok()?);
    }
    data.is_empty().then_some(Decoded { spec, values })
}

impl Decoded<'_> {
    /// `Name { field: value, .. }`.
    pub fn text(&self, metadata: &Metadata) -> String {
        let fields: Vec<_> = self
            .spec
            .fields
            .iter()
            .zip(&self.values)
            .map(|(field, value)| format!("{}: {}", field.label, decode::friendly(metadata, value)))
            .collect();
        if fields.is_empty() {
            self.spec.label.clone()
        } else {
            format!("{} {{ {} }}", self.spec.label, fields.join(", "))
        }
    }

    /// The fields as an object; those that are topics are listed beside them.
    pub fn json(&self, metadata: &Metadata) -> Json {
        let fields: Map<_, _> = self
            .spec
            .fields
            .iter()
            .zip(&self.values)
            .map(|(field, value)| (field.label.clone(), decode::json(metadata, value)))
            .collect();
        let indexed: Vec<_> = self.spec.fields.iter().filter(|field| field.indexed).map(|field| &field.label).collect();
        json!({ "name": self.spec.label, "fields": fields, "indexed": indexed })
    }
}
