//! What a constructor or message gave back: the value inside its wrappings, or the error.

use super::{Entry, Metadata, decode};
use crate::hex;
use codec::Decode;
use scale_value::{Value, ValueDef};
use serde_json::{Value as Json, json};

/// The selector of Solidity's `Error(string)`.
const SOLIDITY_ERROR: [u8; 4] = [0x08, 0xc3, 0x79, 0xa0];
/// The selector of Solidity's `Panic(uint256)`.
const SOLIDITY_PANIC: [u8; 4] = [0x4e, 0x48, 0x7b, 0x71];

/// What came back, in both forms.
#[derive(Debug)]
pub struct Returned {
    /// For people.
    pub text: String,
    /// In the form that arguments are written in.
    pub literal: String,
    /// For scripts.
    pub json: Json,
}

/// Reads returned data. Data that does not decode is shown as it is.
pub fn read(metadata: Option<&Metadata>, entry: Option<&Entry>, data: &[u8], reverted: bool) -> Returned {
    if reverted && let Some(text) = solidity(data) {
        return Returned { json: json!({ "Err": text }), literal: text.clone(), text };
    }
    if let (true, None, Some(metadata)) = (reverted, entry, metadata)
        && let Some(returned) = language_error(metadata, data)
    {
        return returned;
    }
    let typed = metadata.zip(entry.and_then(|entry| entry.returns)).and_then(|(metadata, id)| {
        let value = decode::whole_value(metadata, id, data)
            .or_else(|error| constructed(metadata, id, data).ok_or(error))
            .ok()?;
        Some((metadata, unwrapped(metadata, id, value)))
    });
    match typed {
        Some((metadata, value)) => Returned {
            text: decode::friendly(metadata, &value),
            literal: decode::text(metadata, &value),
            json: decode::json(metadata, &value),
        },
        None if data.is_empty() => Returned { text: "()".into(), literal: "()".into(), json: Json::Null },
        None => Returned { text: hex::encode(data), literal: hex::encode(data), json: json!(hex::encode(data)) },
    }
}

/// The value inside `Ok` of `Result<T, LangError>`; an `Err` stays, because it is the news.
fn unwrapped(metadata: &Metadata, id: u32, value: decode::Typed) -> decode::Typed {
    if metadata.lang_result(id).is_none() {
        return value;
    }
    match value {
        Value { value: ValueDef::Variant(variant), context } if variant.name == "Ok" => {
            let mut values = variant.values.into_values();
            values
                .next()
                .unwrap_or(Value { value: ValueDef::Composite(scale_value::Composite::Unnamed(Vec::new())), context })
        }
        other => other,
    }
}

/// What ink! answers to an input that no message has.
fn language_error(metadata: &Metadata, data: &[u8]) -> Option<Returned> {
    let (1, rest) = data.split_first().map(|(variant, rest)| (*variant, rest))? else { return None };
    let error = decode::whole_value(metadata, metadata.lang_error?, rest).ok()?;
    let text = format!("Err({})", decode::text(metadata, &error));
    Some(Returned { literal: text.clone(), text, json: json!({ "Err": decode::json(metadata, &error) }) })
}

/// ink! answers `Ok(Ok(()))` for constructors that cannot fail, but describes them as `Ok(())`.
fn constructed(metadata: &Metadata, id: u32, data: &[u8]) -> Option<decode::Typed> {
    let (last, rest) = data.split_last()?;
    (*last == 0).then(|| decode::whole_value(metadata, id, rest).ok()).flatten()
}

fn solidity(data: &[u8]) -> Option<String> {
    let (selector, mut rest) = data.split_at_checked(4)?;
    if selector == SOLIDITY_ERROR {
        let reason = String::decode(&mut rest).ok()?;
        return rest.is_empty().then(|| format!("Error({reason:?})"));
    }
    if selector == SOLIDITY_PANIC {
        let code: [u8; 32] = rest.try_into().ok()?;
        return Some(format!("Panic({:#04x})", code[0]));
    }
    None
}
