//! The types of metadata from before it had version numbers (ink! 2 and the first candidates of ink! 3).
//!
//! There types are numbered from 1 by position, variants carry no index, and fields name their type only.

use super::TypeId;
use serde_json::{Value, json};

/// A reference of the old numbering as one of the new.
pub fn id(json: &Value) -> Option<TypeId> {
    let id = json.as_u64()?.checked_sub(1)?;
    TypeId::try_from(id).ok()
}

/// The list of types in today's form.
pub fn types(json: &Value) -> Result<Value, String> {
    let types = json.as_array().ok_or("`types` is no list")?;
    let converted: Result<Vec<_>, String> = types
        .iter()
        .enumerate()
        .map(|(index, ty)| {
            let def = definition(ty.get("def").ok_or_else(|| format!("type {} has no definition", index + 1))?)?;
            let params: Vec<_> = ty
                .get("params")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .map(|param| Ok(json!({ "name": "T", "type": reference(param)? })))
                .collect::<Result<_, String>>()?;
            let path = ty.get("path").cloned().unwrap_or_else(|| json!([]));
            Ok(json!({ "id": index, "type": { "path": path, "params": params, "def": def } }))
        })
        .collect();
    converted.map(Value::Array)
}

fn reference(json: &Value) -> Result<TypeId, String> {
    id(json).ok_or_else(|| format!("`{json}` refers to no type"))
}

fn definition(def: &Value) -> Result<Value, String> {
    let (kind, body) = def.as_object().and_then(|object| object.iter().next()).ok_or("a type's definition is empty")?;
    Ok(match kind.as_str() {
        "composite" => json!({ "composite": { "fields": fields(body)? } }),
        "variant" => {
            let variants = body.get("variants").and_then(Value::as_array);
            let variants: Vec<_> = variants
                .into_iter()
                .flatten()
                .enumerate()
                .map(|(index, variant)| {
                    let index = variant.get("discriminant").cloned().unwrap_or_else(|| json!(index));
                    Ok(json!({ "name": variant["name"], "index": index, "fields": fields(variant)? }))
                })
                .collect::<Result<_, String>>()?;
            json!({ "variant": { "variants": variants } })
        }
        "array" => json!({ "array": { "len": body["len"], "type": reference(&body["type"])? } }),
        "sequence" => json!({ "sequence": { "type": reference(&body["type"])? } }),
        "compact" => json!({ "compact": { "type": reference(&body["type"])? } }),
        "tuple" => {
            let items = body.as_array().into_iter().flatten().map(reference);
            json!({ "tuple": items.collect::<Result<Vec<_>, String>>()? })
        }
        "primitive" => json!({ "primitive": body }),
        // A phantom holds nothing, as the empty tuple does.
        "phantom" => json!({ "tuple": [] }),
        other => return Err(format!("`{other}` is no kind of type")),
    })
}

fn fields(body: &Value) -> Result<Vec<Value>, String> {
    let fields = body.get("fields").and_then(Value::as_array);
    fields
        .into_iter()
        .flatten()
        .map(|field| {
            let mut converted = json!({ "type": reference(&field["type"])? });
            if let Some(name) = field.get("name").filter(|name| name.is_string()) {
                converted["name"] = name.clone();
            }
            Ok(converted)
        })
        .collect()
}
