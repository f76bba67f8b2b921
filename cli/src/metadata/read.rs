//! From JSON to [`Metadata`], whatever the version.
//!
//! The versions differ in where the object lies (`V3: {..}` or at the top), in names (`name`, a list of names,
//! or `label`; `id` or `type`) and in the form of the types. All of that ends here.

use super::{Argument, Entry, EventSpec, Metadata, TypeId, legacy};
use scale_info::PortableRegistry;
use serde_json::Value;

/// Reads metadata; the error says what is missing or odd.
pub fn parse(json: &Value) -> Result<Metadata, String> {
    let (format, body) = body(json)?;
    let spec = body.get("spec").ok_or("the metadata has no `spec`")?;
    let types = body.get("types").ok_or("the metadata has no `types`")?;
    // Later candidates of ink! 3 had today's types and still no version number.
    let is_legacy = format == "V0" && types.get(0).is_some_and(|first| first.get("def").is_some());
    let numbering = if is_legacy { Numbering::One } else { Numbering::Zero };
    let types = if is_legacy { legacy::types(types)? } else { types.clone() };
    let types: PortableRegistry = serde_json::from_value(serde_json::json!({ "types": types }))
        .map_err(|error| format!("its types cannot be read: {error}"))?;
    check_ids(&types)?;
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let contract = json.get("contract");
    let source = json.get("source");
    let metadata = Metadata {
        name: text(contract.and_then(|it| it.get("name"))),
        contract_version: text(contract.and_then(|it| it.get("version"))),
        language: text(source.and_then(|it| it.get("language"))),
        format,
        code_hash: source.and_then(|it| it.get("hash")).and_then(|hash| bytes(hash).ok()),
        constructors: list(spec, "constructors", |it| entry(it, true, numbering))?,
        messages: list(spec, "messages", |it| entry(it, false, numbering))?,
        events: list(spec, "events", |it| event(it, numbering))?,
        // Solang writes an empty placeholder here when the language has no such error.
        lang_error: spec
            .get("lang_error")
            .filter(|it| !it["displayName"].as_array().is_none_or(Vec::is_empty))
            .and_then(|it| type_id(it, numbering)),
        types,
    };
    Ok(metadata)
}

/// The object that holds `spec` and `types`, and the name of its format.
fn body(json: &Value) -> Result<(String, &Value), String> {
    if let Some((format, body)) = json.as_object().and_then(|object| {
        object.iter().find(|(key, _)| key.strip_prefix('V').is_some_and(|number| number.parse::<u8>().is_ok()))
    }) {
        return Ok((format.clone(), body));
    }
    if json.get("metadataVersion").or_else(|| json.get("metadata_version")).is_some() {
        return Ok(("V0".into(), json));
    }
    match json.get("version") {
        Some(Value::Number(number)) => Ok((format!("V{number}"), json)),
        Some(Value::String(number)) => Ok((format!("V{number}"), json)),
        _ => Err("it is no contract metadata: it names no version".into()),
    }
}

/// References must hit: the registry looks types up by position.
fn check_ids(types: &PortableRegistry) -> Result<(), String> {
    let in_order = types.types.iter().enumerate().all(|(index, ty)| Ok(index) == usize::try_from(ty.id));
    if in_order { Ok(()) } else { Err("its types are not numbered in order".into()) }
}

fn list<T>(spec: &Value, key: &str, read: impl Fn(&Value) -> Result<T, String>) -> Result<Vec<T>, String> {
    let items = spec.get(key).and_then(Value::as_array);
    items
        .map(|items| items.iter().map(|item| read(item).map_err(|error| format!("in `{key}`: {error}"))).collect())
        .unwrap_or_else(|| Err(format!("`spec` has no list `{key}`")))
}

fn entry(json: &Value, constructor: bool, numbering: Numbering) -> Result<Entry, String> {
    let flag = |key: &str| json.get(key).and_then(Value::as_bool);
    let label = label(json)?;
    let selector = json.get("selector").ok_or_else(|| format!("`{label}` has no selector"))?;
    let returns = json.get("returnType").filter(|it| !it.is_null());
    Ok(Entry {
        selector: bytes(selector).map_err(|error| format!("the selector of `{label}`: {error}"))?,
        args: list(json, "args", |it| argument(it, numbering))?,
        returns: returns.and_then(|it| type_id(it, numbering)),
        mutates: constructor || flag("mutates").unwrap_or(true),
        // The oldest formats do not say: then the contract has to.
        payable: flag("payable").unwrap_or(true),
        default: flag("default").unwrap_or(false),
        doc: json["docs"]
            .as_array()
            .and_then(|lines| lines.iter().filter_map(Value::as_str).find(|line| !line.trim().is_empty()))
            .map(|line| line.trim().to_owned())
            .unwrap_or_default(),
        label,
    })
}

fn event(json: &Value, numbering: Numbering) -> Result<EventSpec, String> {
    let label = label(json)?;
    let topic = json.get("signature_topic").filter(|topic| !topic.is_null());
    Ok(EventSpec {
        signature_topic: topic
            .map(bytes)
            .transpose()
            .map_err(|error| format!("the signature topic of `{label}`: {error}"))?,
        fields: list(json, "args", |it| argument(it, numbering))?,
        label,
    })
}

fn argument(json: &Value, numbering: Numbering) -> Result<Argument, String> {
    let label = label(json)?;
    let ty = json.get("type").ok_or_else(|| format!("`{label}` has no type"))?;
    let display = ty["displayName"].as_array();
    Ok(Argument {
        ty: type_id(ty, numbering).ok_or_else(|| format!("the type of `{label}` is no number"))?,
        type_name: display.and_then(|names| names.last()).and_then(Value::as_str).unwrap_or_default().to_owned(),
        indexed: json.get("indexed").and_then(Value::as_bool).unwrap_or(false),
        label,
    })
}

fn label(json: &Value) -> Result<String, String> {
    match json.get("label").or_else(|| json.get("name")) {
        Some(Value::String(label)) => Ok(label.clone()),
        Some(Value::Array(parts)) => {
            let parts: Vec<_> = parts.iter().filter_map(Value::as_str).collect();
            Ok(parts.join("::"))
        }
        _ => Err("an entry has no name".into()),
    }
}

/// How references to types are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    /// From 0, as every numbered version has it.
    Zero,
    /// From 1, as it was before.
    One,
}

fn type_id(json: &Value, numbering: Numbering) -> Option<TypeId> {
    let id = json.get("type").or_else(|| json.get("id"))?;
    match numbering {
        Numbering::One => legacy::id(id),
        Numbering::Zero => TypeId::try_from(id.as_u64()?).ok(),
    }
}

fn bytes<const N: usize>(json: &Value) -> Result<[u8; N], String> {
    let text = json.as_str().ok_or("it is no text")?;
    let bytes = crate::hex::decode(text)?;
    let count = bytes.len();
    bytes.try_into().map_err(|_| format!("it has {count} bytes instead of {N}"))
}
