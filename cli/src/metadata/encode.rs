//! From text to SCALE: arguments, guided by their types.
//!
//! Promises: what is encoded is exactly what the type asks for; a text that does not fit is refused with the
//! place inside the argument, what was expected there and what was found.

use super::{Argument, Entry, Metadata, TypeId, literal, primitive_name};
use crate::{
    account, amount,
    exit::{Failure, Outcome},
    hex,
};
use codec::{Compact, Encode};
use scale_info::{Field, TypeDef, TypeDefPrimitive, form::PortableForm};
use scale_value::{Composite, Primitive, Value, ValueDef};
use sp_core::U256;

/// Types inside types: more than any real contract has; it ends types that contain themselves.
const DEPTH_MAX: u32 = 96;

/// The input of a constructor or message: its selector and its encoded arguments.
///
/// `positional` fill the arguments from the left that `named` leaves open.
pub fn input(
    metadata: &Metadata,
    entry: &Entry,
    positional: &[String],
    named: &[(String, String)],
) -> Outcome<Vec<u8>> {
    let texts = assign(metadata, entry, positional, named)?;
    let mut input = entry.selector.to_vec();
    for (argument, text) in entry.args.iter().zip(texts) {
        let encoded = argument_bytes(metadata, argument, text).map_err(|error| {
            Failure::usage(format!("argument `{}` of `{}`: {error}", argument.label, entry.label))
                .help(format!("it is declared as {}", metadata.signature(entry)))
                .detail("argument", argument.label.clone())
        })?;
        input.extend(encoded);
    }
    Ok(input)
}

/// One text per argument, in order.
fn assign<'a>(
    metadata: &Metadata,
    entry: &Entry,
    positional: &'a [String],
    named: &'a [(String, String)],
) -> Outcome<Vec<&'a str>> {
    let help = || format!("it is declared as {}", metadata.signature(entry));
    let mut texts = vec![None; entry.args.len()];
    for (name, text) in named {
        let index = entry
            .args
            .iter()
            .position(|arg| arg.label == *name)
            .ok_or_else(|| Failure::usage(format!("`{}` has no argument `{name}`", entry.label)).help(help()))?;
        if texts[index].replace(text.as_str()).is_some() {
            return Err(Failure::usage(format!("the argument `{name}` is given twice")).help(help()));
        }
    }
    let mut rest = positional.iter();
    for text in texts.iter_mut().filter(|text| text.is_none()) {
        *text = rest.next().map(String::as_str);
    }
    let given = positional.len() + named.len();
    let complete: Option<Vec<_>> = texts.into_iter().collect();
    match complete {
        Some(texts) if rest.next().is_none() => Ok(texts),
        _ => Err(Failure::usage(format!(
            "`{}` takes {}, but {} given",
            entry.label,
            counted(entry.args.len()),
            if given == 1 { "1 was".to_owned() } else { format!("{given} were") },
        ))
        .help(help())),
    }
}

fn counted(arguments: usize) -> String {
    if arguments == 1 { "1 argument".into() } else { format!("{arguments} arguments") }
}

/// An argument's text in SCALE.
pub fn argument_bytes(metadata: &Metadata, argument: &Argument, text: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let encoder = Encoder { metadata };
    // Text needs no quotes and amounts may contain spaces when they stand alone.
    let value = match encoder.top_level(argument, text) {
        Some(value) => value,
        None => literal::parse(text)?,
    };
    encoder.value(&value, argument.ty, &mut out, DEPTH_MAX)?;
    Ok(out)
}

struct Encoder<'a> {
    metadata: &'a Metadata,
}

impl Encoder<'_> {
    /// Texts that need no grammar: a string without quotes, an amount with its unit.
    fn top_level(&self, argument: &Argument, text: &str) -> Option<Value<()>> {
        let ty = self.metadata.types.resolve(argument.ty)?;
        let trimmed = text.trim();
        match ty.type_def {
            TypeDef::Primitive(TypeDefPrimitive::Str) if !trimmed.starts_with('"') => Some(Value::string(text)),
            TypeDef::Primitive(TypeDefPrimitive::U128) => amount::parse(trimmed).ok().map(Value::u128),
            _ => None,
        }
    }

    fn value(&self, value: &Value<()>, id: TypeId, out: &mut Vec<u8>, depth: u32) -> Result<(), String> {
        let depth = depth.checked_sub(1).ok_or("its type is nested too deeply")?;
        let ty = self.metadata.resolve(id)?;
        if let Some(bytes) = self.special(value, id)? {
            out.extend(bytes);
            return Ok(());
        }
        match &ty.type_def {
            TypeDef::Primitive(kind) => primitive(value, kind, out),
            TypeDef::Composite(composite) => self.fields(value, &composite.fields, id, out, depth),
            TypeDef::Variant(_) => self.variant(value, id, out, depth),
            TypeDef::Tuple(tuple) => {
                let types: Vec<_> = tuple.fields.iter().map(|ty| ty.id).collect();
                self.tuple(value, &types, id, out, depth)
            }
            TypeDef::Sequence(sequence) => {
                let items = self.items(value, sequence.type_param.id, id)?;
                let count = u32::try_from(items.len()).map_err(|_| "the list is too long")?;
                Compact(count).encode_to(out);
                self.each(&items, sequence.type_param.id, out, depth)
            }
            TypeDef::Array(array) => {
                let items = self.items(value, array.type_param.id, id)?;
                if u32::try_from(items.len()) != Ok(array.len) {
                    return Err(format!("expected {} elements, found {}", array.len, items.len()));
                }
                self.each(&items, array.type_param.id, out, depth)
            }
            TypeDef::Compact(compact) => self.compact(value, compact.type_param.id, out, depth),
            TypeDef::BitSequence(_) => scale_value::scale::encode_as_type(value, id, &self.metadata.types, out)
                .map_err(|error| error.to_string()),
        }
    }

    /// Accounts by name or address, bytes in hex, and 256-bit numbers made of limbs.
    fn special(&self, value: &Value<()>, id: TypeId) -> Result<Option<Vec<u8>>, String> {
        let ValueDef::Primitive(Primitive::String(word)) = &value.value else { return Ok(None) };
        if self.is_account(id) {
            return match account::parse(word) {
                Some(account) => Ok(Some(account.encode())),
                None => Err(format!(
                    "`{word}` is no account: expected the name of a development account or contract, an SS58 address, or 32 \
                     bytes as `0x..`"
                )),
            };
        }
        if self.is_limbs(id) {
            return number_256(word).map(|number| Some(number.to_little_endian().to_vec()));
        }
        let Some(length) = self.byte_length(id, DEPTH_MAX) else { return Ok(None) };
        if let Some(digits) = word.strip_prefix("0x") {
            let bytes = hex::decode(digits)?;
            return match length {
                Some(length) if length != bytes.len() => Err(format!("expected {length} bytes, found {}", bytes.len())),
                Some(_) => Ok(Some(bytes)),
                None => Ok(Some(bytes.encode())),
            };
        }
        // Plain 32-byte arrays often hold accounts.
        match account::parse(word) {
            Some(account) if length == Some(32) => Ok(Some(account.encode())),
            _ => Err(format!("`{word}` are no bytes: expected `0x..` or a list of numbers")),
        }
    }

    /// Whether the type is an account by its name.
    pub fn is_account(&self, id: TypeId) -> bool {
        let ident = self.metadata.types.resolve(id).and_then(|ty| ty.path.ident());
        matches!(ident.as_deref(), Some("AccountId" | "AccountId32"))
            && self.byte_length(id, DEPTH_MAX) == Some(Some(32))
    }

    /// Whether the type is a 256-bit number made of four words, as `primitive_types::U256` is.
    fn is_limbs(&self, id: TypeId) -> bool {
        let Some(ty) = self.metadata.types.resolve(id) else { return false };
        ty.path.ident().as_deref() == Some("U256") && matches!(ty.type_def, TypeDef::Composite(_))
    }

    /// `Some(Some(n))` for `n` bytes (behind any wrappers), `Some(None)` for bytes of any number.
    fn byte_length(&self, id: TypeId, depth: u32) -> Option<Option<usize>> {
        let depth = depth.checked_sub(1)?;
        let is_byte = |id: TypeId| {
            let ty = self.metadata.types.resolve(id);
            ty.is_some_and(|ty| matches!(ty.type_def, TypeDef::Primitive(TypeDefPrimitive::U8)))
        };
        match &self.metadata.types.resolve(id)?.type_def {
            TypeDef::Array(array) if is_byte(array.type_param.id) => Some(Some(usize::try_from(array.len).ok()?)),
            TypeDef::Sequence(sequence) if is_byte(sequence.type_param.id) => Some(None),
            TypeDef::Composite(composite) => match composite.fields.as_slice() {
                [field] => self.byte_length(field.ty.id, depth),
                _ => None,
            },
            _ => None,
        }
    }

    fn fields(
        &self,
        value: &Value<()>,
        fields: &[Field<PortableForm>],
        id: TypeId,
        out: &mut Vec<u8>,
        depth: u32,
    ) -> Result<(), String> {
        if let ValueDef::Composite(Composite::Named(given)) = &value.value
            && fields.iter().all(|field| field.name.is_some())
        {
            return self.named_fields(given, fields, out, depth);
        }
        let types: Vec<_> = fields.iter().map(|field| field.ty.id).collect();
        self.tuple(value, &types, id, out, depth)
    }

    fn named_fields(
        &self,
        given: &[(String, Value<()>)],
        fields: &[Field<PortableForm>],
        out: &mut Vec<u8>,
        depth: u32,
    ) -> Result<(), String> {
        let name = |field: &Field<PortableForm>| field.name.clone().unwrap_or_default();
        let unknown = given.iter().find(|(key, _)| !fields.iter().any(|field| name(field) == *key));
        if let Some((key, _)) = unknown {
            let names: Vec<_> = fields.iter().map(name).collect();
            return Err(format!("there is no field `{key}`; the fields are {}", names.join(", ")));
        }
        for field in fields {
            let name = name(field);
            let (_, value) =
                given.iter().find(|(key, _)| *key == name).ok_or_else(|| format!("the field `{name}` is missing"))?;
            self.value(value, field.ty.id, out, depth).map_err(|error| format!("in `{name}`: {error}"))?;
        }
        Ok(())
    }

    /// Values in order; a single field needs no group around it.
    fn tuple(
        &self,
        value: &Value<()>,
        types: &[TypeId],
        id: TypeId,
        out: &mut Vec<u8>,
        depth: u32,
    ) -> Result<(), String> {
        let given: Vec<&Value<()>> = match (&value.value, types) {
            (ValueDef::Composite(Composite::Unnamed(given)), [only]) => {
                // `(x)` may be the wrapper or, if the wrapped type is a group itself, that group.
                let mut attempt = Vec::new();
                match given.as_slice() {
                    [inner] if self.value(inner, *only, &mut attempt, depth).is_ok() => vec![inner],
                    _ => vec![value],
                }
            }
            (_, [_]) => vec![value],
            (ValueDef::Composite(Composite::Unnamed(given)), _) => given.iter().collect(),
            _ => return Err(self.mismatch(value, id)),
        };
        if given.len() != types.len() {
            return Err(format!(
                "expected {} values for {}, found {}",
                types.len(),
                self.metadata.type_name(id),
                given.len()
            ));
        }
        for (index, (value, ty)) in given.into_iter().zip(types).enumerate() {
            self.value(value, *ty, out, depth)
                .map_err(|error| if types.len() == 1 { error } else { format!("in value {index}: {error}") })?;
        }
        Ok(())
    }

    fn variant(&self, value: &Value<()>, id: TypeId, out: &mut Vec<u8>, depth: u32) -> Result<(), String> {
        let ty = self.metadata.resolve(id)?;
        let TypeDef::Variant(definition) = &ty.type_def else { return Err(self.mismatch(value, id)) };
        let empty = Composite::Unnamed(Vec::new());
        let (name, fields) = match &value.value {
            ValueDef::Variant(variant) => (variant.name.as_str(), &variant.values),
            ValueDef::Primitive(Primitive::String(word)) => (word.as_str(), &empty),
            _ => return Err(self.mismatch(value, id)),
        };
        // `Error::TooLow` names the variant `TooLow`.
        let plain = name.rsplit("::").next().unwrap_or(name);
        let variant = definition.variants.iter().find(|variant| variant.name == plain).ok_or_else(|| {
            let names: Vec<_> = definition.variants.iter().map(|variant| variant.name.as_str()).collect();
            format!("`{name}` is no variant of {}: {}", self.metadata.type_name(id), names.join(", "))
        })?;
        out.push(variant.index);
        if variant.fields.is_empty() && fields.is_empty() {
            return Ok(());
        }
        if fields.is_empty() {
            let count = variant.fields.len();
            return Err(format!("`{plain}` needs {count} value{}", if count == 1 { "" } else { "s" }));
        }
        let group = Value::without_context(ValueDef::Composite(fields.clone()));
        self.fields(&group, &variant.fields, id, out, depth).map_err(|error| format!("in `{plain}`: {error}"))
    }

    fn items(&self, value: &Value<()>, item: TypeId, id: TypeId) -> Result<Vec<Value<()>>, String> {
        match &value.value {
            ValueDef::Composite(Composite::Unnamed(items)) => Ok(items.clone()),
            // A map is a list of pairs.
            ValueDef::Composite(Composite::Named(pairs))
                if pairs.is_empty() || matches!(self.metadata.resolve(item)?.type_def, TypeDef::Tuple(_)) =>
            {
                Ok(pairs
                    .iter()
                    .map(|(key, value)| Value::unnamed_composite([Value::string(key), value.clone()]))
                    .collect())
            }
            _ => Err(self.mismatch(value, id)),
        }
    }

    fn each(&self, items: &[Value<()>], ty: TypeId, out: &mut Vec<u8>, depth: u32) -> Result<(), String> {
        for (index, item) in items.iter().enumerate() {
            self.value(item, ty, out, depth).map_err(|error| format!("in element {index}: {error}"))?;
        }
        Ok(())
    }

    /// A number in as few bytes as it needs. Wrappers of numbers are allowed, as SCALE allows them.
    fn compact(&self, value: &Value<()>, inner: TypeId, out: &mut Vec<u8>, depth: u32) -> Result<(), String> {
        let mut fixed = Vec::new();
        self.value(value, inner, &mut fixed, depth)?;
        if fixed.len() > 16 {
            return Err("only numbers of up to 128 bits have a compact form".into());
        }
        fixed.resize(16, 0);
        let bytes: [u8; 16] = fixed.try_into().expect("it was resized to 16; qed");
        Compact(u128::from_le_bytes(bytes)).encode_to(out);
        Ok(())
    }

    fn mismatch(&self, value: &Value<()>, id: TypeId) -> String {
        format!("expected {}, found `{}`", self.metadata.type_name(id), scale_value::stringify::to_string(value))
    }
}

fn primitive(value: &Value<()>, kind: &TypeDefPrimitive, out: &mut Vec<u8>) -> Result<(), String> {
    use TypeDefPrimitive as P;
    let mismatch = || {
        let found = scale_value::stringify::to_string(value);
        format!("expected {}, found `{}`", primitive_name(kind), found.trim_matches('"'))
    };
    let ValueDef::Primitive(given) = &value.value else { return Err(mismatch()) };
    match (kind, given) {
        (P::Bool, Primitive::Bool(flag)) => flag.encode_to(out),
        (P::Char, Primitive::Char(c)) => u32::from(*c).encode_to(out),
        (P::Str, Primitive::String(text)) => text.encode_to(out),
        (P::Bool | P::Char | P::Str, _) => return Err(mismatch()),
        (_, Primitive::Bool(_) | Primitive::Char(_)) => return Err(mismatch()),
        (_, Primitive::String(word)) => {
            number(word, kind, out).map_err(|error| if error.is_empty() { mismatch() } else { error })?
        }
        (_, Primitive::U128(given)) => number(&given.to_string(), kind, out)?,
        (_, Primitive::I128(given)) => number(&given.to_string(), kind, out)?,
        (_, Primitive::U256(_) | Primitive::I256(_)) => return Err(mismatch()),
    }
    Ok(())
}

/// A number of the width that `kind` has; the error is empty if the word is no number at all.
fn number(word: &str, kind: &TypeDefPrimitive, out: &mut Vec<u8>) -> Result<(), String> {
    use TypeDefPrimitive as P;
    let (negative, digits) = match word.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, word.strip_prefix('+').unwrap_or(word)),
    };
    let magnitude = match (kind, amount::parse(digits)) {
        // Balances inside groups may have a unit too, if it is written without a space.
        (P::U128, Ok(amount)) => U256::from(amount),
        _ => number_256(digits)?,
    };
    let (bytes, signed) = match kind {
        P::U8 => (1, false),
        P::U16 => (2, false),
        P::U32 => (4, false),
        P::U64 => (8, false),
        P::U128 => (16, false),
        P::U256 => (32, false),
        P::I8 => (1, true),
        P::I16 => (2, true),
        P::I32 => (4, true),
        P::I64 => (8, true),
        P::I128 => (16, true),
        P::I256 => (32, true),
        P::Bool | P::Char | P::Str => return Err(String::new()),
    };
    let bits: usize = bytes * 8 - usize::from(signed);
    let limit = if bits == 256 { U256::MAX } else { (U256::one() << bits) - 1 };
    let fits = match (negative, signed) {
        (false, _) => magnitude <= limit,
        (true, true) => magnitude <= limit + 1,
        (true, false) => magnitude.is_zero(),
    };
    if !fits {
        return Err(format!("`{word}` does not fit into {}", primitive_name(kind)));
    }
    let value = if negative { (!magnitude).overflowing_add(U256::one()).0 } else { magnitude };
    out.extend(&value.to_little_endian()[..bytes]);
    Ok(())
}

/// A number of up to 256 bits in decimal (with `_` anywhere) or hex.
fn number_256(word: &str) -> Result<U256, String> {
    let digits: String = word.chars().filter(|c| *c != '_').collect();
    let too_large = |_| format!("`{word}` does not fit into 256 bits");
    if let Some(hex) = digits.strip_prefix("0x")
        && !hex.is_empty()
        && hex.chars().all(|c| c.is_ascii_hexdigit())
    {
        return U256::from_str_radix(hex, 16).map_err(|_| too_large(()));
    }
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(format!("`{word}` is no whole number"));
    }
    U256::from_dec_str(&digits).map_err(|_| too_large(()))
}
