//! From SCALE to text and to JSON, guided by types.
//!
//! Promises: the text reads back through [`super::encode`] to the same bytes. In JSON, integers of up to 32 bits
//! are numbers and wider ones are decimal strings, because JavaScript has no wider numbers; accounts are SS58
//! addresses, byte arrays and vectors are `0x..`, a variant without fields is its name, any other variant is an
//! object with its name as the only key.

use super::{Metadata, TypeId};
use crate::hex;
use scale_info::{TypeDef, TypeDefPrimitive};
use scale_value::{Composite, Primitive, Value, ValueDef};
use serde_json::{Map, Value as Json, json};
use sp_core::{U256, crypto::Ss58Codec};
use vellum_runtime::AccountId;

/// A decoded value that remembers the type of each of its parts.
pub type Typed = Value<TypeId>;

/// Decodes one value and takes its bytes off the front.
pub fn value(metadata: &Metadata, id: TypeId, bytes: &mut &[u8]) -> Result<Typed, String> {
    metadata.resolve(id)?;
    scale_value::scale::decode_as_type(bytes, id, &metadata.types).map_err(|error| error.to_string())
}

/// Decodes one value that must use all bytes.
pub fn whole_value(metadata: &Metadata, id: TypeId, mut bytes: &[u8]) -> Result<Typed, String> {
    let value = value(metadata, id, &mut bytes)?;
    if bytes.is_empty() { Ok(value) } else { Err(format!("{} bytes are left over", bytes.len())) }
}

/// The value as text, in the form that arguments are written in.
pub fn text(metadata: &Metadata, value: &Typed) -> String {
    let mut out = String::new();
    Printer { metadata, names: false }.value(value, &mut out);
    out
}

/// The value as text for people: development accounts by name.
pub fn friendly(metadata: &Metadata, value: &Typed) -> String {
    let mut out = String::new();
    Printer { metadata, names: true }.value(value, &mut out);
    out
}

/// The value as JSON.
pub fn json(metadata: &Metadata, value: &Typed) -> Json {
    match shape(metadata, value) {
        Shape::Account(account) => json!(account.to_ss58check()),
        Shape::Bytes(bytes) => json!(hex::encode(bytes)),
        Shape::Number(number) => json!(number.to_string()),
        Shape::Plain => match &value.value {
            ValueDef::Composite(fields) => json_fields(metadata, fields, is_list(metadata, value.context)),
            ValueDef::Variant(variant) if variant.values.is_empty() => json!(variant.name),
            ValueDef::Variant(variant) => {
                let mut object = Map::new();
                object.insert(variant.name.clone(), json_fields(metadata, &variant.values, false));
                Json::Object(object)
            }
            ValueDef::Primitive(primitive) => json_primitive(metadata, value.context, primitive),
            ValueDef::BitSequence(bits) => {
                json!(bits.iter().map(|bit| if bit { '1' } else { '0' }).collect::<String>())
            }
        },
    }
}

fn json_fields(metadata: &Metadata, fields: &Composite<TypeId>, list: bool) -> Json {
    match fields {
        Composite::Named(fields) => {
            Json::Object(fields.iter().map(|(name, value)| (name.clone(), json(metadata, value))).collect())
        }
        Composite::Unnamed(fields) => match fields.as_slice() {
            // A wrapper is what it wraps.
            [only] if !list => json(metadata, only),
            fields => Json::Array(fields.iter().map(|value| json(metadata, value)).collect()),
        },
    }
}

fn json_primitive(metadata: &Metadata, id: TypeId, primitive: &Primitive) -> Json {
    match primitive {
        Primitive::Bool(flag) => json!(flag),
        Primitive::Char(c) => json!(c),
        Primitive::String(text) => json!(text),
        Primitive::U128(number) => match u32::try_from(*number) {
            Ok(number) if is_narrow(metadata, id) => json!(number),
            _ => json!(number.to_string()),
        },
        Primitive::I128(number) => match i32::try_from(*number) {
            Ok(number) if is_narrow(metadata, id) => json!(number),
            _ => json!(number.to_string()),
        },
        Primitive::U256(bytes) => json!(U256::from_little_endian(bytes).to_string()),
        Primitive::I256(bytes) => json!(signed_256(bytes)),
    }
}

/// Whether every value of the type fits into 32 bits. By type, so that a field never changes its JSON type.
fn is_narrow(metadata: &Metadata, id: TypeId) -> bool {
    use TypeDefPrimitive as P;
    matches!(
        metadata.types.resolve(id).map(|ty| &ty.type_def),
        Some(TypeDef::Primitive(P::U8 | P::U16 | P::U32 | P::I8 | P::I16 | P::I32))
    )
}

fn is_list(metadata: &Metadata, id: TypeId) -> bool {
    matches!(metadata.types.resolve(id).map(|ty| &ty.type_def), Some(TypeDef::Sequence(_) | TypeDef::Array(_)))
}

/// What a value is beyond its structure.
enum Shape {
    Account(AccountId),
    Bytes(Vec<u8>),
    Number(U256),
    Plain,
}

fn shape(metadata: &Metadata, value: &Typed) -> Shape {
    let Some(ty) = metadata.types.resolve(value.context) else { return Shape::Plain };
    let ValueDef::Composite(fields) = &value.value else { return Shape::Plain };
    match (ty.path.ident().as_deref(), &ty.type_def) {
        (Some("AccountId" | "AccountId32"), _) => {
            match wrapped_bytes(metadata, value).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) {
                Some(bytes) => Shape::Account(AccountId::from(bytes)),
                None => Shape::Plain,
            }
        }
        (Some("U256"), TypeDef::Composite(_)) => limbs(fields).map_or(Shape::Plain, Shape::Number),
        (_, TypeDef::Sequence(_) | TypeDef::Array(_)) => bytes_of(metadata, value).map_or(Shape::Plain, Shape::Bytes),
        _ => Shape::Plain,
    }
}

/// The bytes behind any number of wrappers.
fn wrapped_bytes(metadata: &Metadata, value: &Typed) -> Option<Vec<u8>> {
    if let Some(bytes) = bytes_of(metadata, value) {
        return Some(bytes);
    }
    let ValueDef::Composite(fields) = &value.value else { return None };
    let mut values = fields.values();
    match (values.next(), values.next()) {
        (Some(only), None) => wrapped_bytes(metadata, only),
        _ => None,
    }
}

/// The bytes of a list of `u8`.
fn bytes_of(metadata: &Metadata, value: &Typed) -> Option<Vec<u8>> {
    let item = match &metadata.types.resolve(value.context)?.type_def {
        TypeDef::Sequence(sequence) => sequence.type_param.id,
        TypeDef::Array(array) => array.type_param.id,
        _ => return None,
    };
    let is_byte = matches!(metadata.types.resolve(item)?.type_def, TypeDef::Primitive(TypeDefPrimitive::U8));
    let ValueDef::Composite(items) = &value.value else { return None };
    let byte = |value: &Typed| value.as_u128().and_then(|number| u8::try_from(number).ok());
    if is_byte { items.values().map(byte).collect() } else { None }
}

fn limbs(fields: &Composite<TypeId>) -> Option<U256> {
    let array = fields.values().next()?;
    let ValueDef::Composite(words) = &array.value else { return None };
    let words: Option<Vec<u64>> =
        words.values().map(|word| word.as_u128().and_then(|word| u64::try_from(word).ok())).collect();
    let words: [u64; 4] = words?.try_into().ok()?;
    Some(U256(words))
}

fn signed_256(bytes: &[u8; 32]) -> String {
    let number = U256::from_little_endian(bytes);
    if number.bit(255) { format!("-{}", (!number).overflowing_add(U256::one()).0) } else { number.to_string() }
}

struct Printer<'a> {
    metadata: &'a Metadata,
    names: bool,
}

impl Printer<'_> {
    fn value(&self, value: &Typed, out: &mut String) {
        match shape(self.metadata, value) {
            Shape::Account(account) => {
                let name = crate::account::name(&account).filter(|_| self.names);
                out.push_str(&name.unwrap_or_else(|| account.to_ss58check()));
            }
            Shape::Bytes(bytes) => out.push_str(&hex::encode(bytes)),
            Shape::Number(number) => out.push_str(&number.to_string()),
            Shape::Plain => self.plain(value, out),
        }
    }

    fn plain(&self, value: &Typed, out: &mut String) {
        match &value.value {
            ValueDef::Composite(fields) if is_list(self.metadata, value.context) => {
                out.push('[');
                self.list(fields.values(), out);
                out.push(']');
            }
            ValueDef::Composite(fields) => match self.wrapped_atom(fields) {
                Some(atom) => self.value(atom, out),
                None => self.fields(fields, out),
            },
            ValueDef::Variant(variant) => {
                out.push_str(&variant.name);
                if !variant.values.is_empty() {
                    let gap = if matches!(variant.values, Composite::Named(_)) { " " } else { "" };
                    out.push_str(gap);
                    self.fields(&variant.values, out);
                }
            }
            ValueDef::Primitive(Primitive::U256(bytes)) => {
                out.push_str(&U256::from_little_endian(bytes).to_string());
            }
            ValueDef::Primitive(Primitive::I256(bytes)) => out.push_str(&signed_256(bytes)),
            ValueDef::Primitive(_) | ValueDef::BitSequence(_) => {
                out.push_str(&scale_value::stringify::to_string(&value.clone().remove_context()));
            }
        }
    }

    /// The content of a wrapper around one value that is no group: it needs no brackets to read back.
    fn wrapped_atom<'v>(&self, fields: &'v Composite<TypeId>) -> Option<&'v Typed> {
        let Composite::Unnamed(fields) = fields else { return None };
        let [only] = fields.as_slice() else { return None };
        let is_atom = match shape(self.metadata, only) {
            Shape::Account(_) | Shape::Bytes(_) | Shape::Number(_) => true,
            Shape::Plain => matches!(only.value, ValueDef::Primitive(_)),
        };
        is_atom.then_some(only)
    }

    fn fields(&self, fields: &Composite<TypeId>, out: &mut String) {
        match fields {
            Composite::Named(fields) => {
                out.push_str("{ ");
                for (index, (name, value)) in fields.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    out.push_str(name);
                    out.push_str(": ");
                    self.value(value, out);
                }
                out.push_str(" }");
            }
            Composite::Unnamed(fields) => {
                out.push('(');
                self.list(fields.iter(), out);
                out.push(')');
            }
        }
    }

    fn list<'v>(&self, values: impl Iterator<Item = &'v Typed>, out: &mut String) {
        for (index, value) in values.enumerate() {
            out.push_str(if index == 0 { "" } else { ", " });
            self.value(value, out);
        }
    }
}
