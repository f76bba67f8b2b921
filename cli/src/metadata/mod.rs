//! A contract's metadata: what its constructors, messages and events are called and how their data is encoded.
//!
//! Relies on the JSON that ink! and Solang write beside a contract: V3, V4 and V5, and the older V1, V2 and
//! unnumbered formats, which [`read`] turns into one form. Promises: what [`encode`] makes of a text,
//! [`decode`] turns back into a text that encodes to the same bytes.

pub mod decode;
pub mod encode;
pub mod event;
mod legacy;
pub mod literal;
pub mod outcome;
mod read;

use crate::exit::{Failure, Outcome};
use scale_info::{PortableRegistry, TypeDef, form::PortableForm};

pub use read::parse;

/// The number of a type in the metadata's registry.
pub type TypeId = u32;

/// Metadata of one contract, whatever version it was written in.
#[derive(Debug)]
pub struct Metadata {
    /// The contract's name.
    pub name: String,
    /// The version as its author numbered it.
    pub contract_version: String,
    /// Which language and compiler made it, as the metadata says.
    pub language: String,
    /// The version of the metadata's own format, such as `V5`.
    pub format: String,
    /// The hash of the code that it belongs to.
    pub code_hash: Option<[u8; 32]>,
    /// What instantiates it.
    pub constructors: Vec<Entry>,
    /// What can be called.
    pub messages: Vec<Entry>,
    /// What it can emit.
    pub events: Vec<EventSpec>,
    /// Its types.
    pub types: PortableRegistry,
    /// The type of the error that the language itself returns.
    pub lang_error: Option<TypeId>,
}

/// A constructor or a message.
#[derive(Debug)]
pub struct Entry {
    /// Its name; a trait's message is called `Trait::message`.
    pub label: String,
    /// What its input starts with.
    pub selector: [u8; 4],
    /// Its arguments in order.
    pub args: Vec<Argument>,
    /// What it returns.
    pub returns: Option<TypeId>,
    /// Whether it may change the state. Constructors always do.
    pub mutates: bool,
    /// Whether it takes a value.
    pub payable: bool,
    /// Whether it is the one to take when none is named.
    pub default: bool,
    /// Its first line of documentation.
    pub doc: String,
}

/// An argument or an event's field.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub label: String,
    /// Its type.
    pub ty: TypeId,
    /// Its type as the source calls it.
    pub type_name: String,
    /// Whether it is also a topic (events only).
    pub indexed: bool,
}

/// An event.
#[derive(Debug)]
pub struct EventSpec {
    /// Its name.
    pub label: String,
    /// The topic that identifies it; `None` if it is anonymous or identified by a leading byte.
    pub signature_topic: Option<[u8; 32]>,
    /// Its fields in order.
    pub fields: Vec<Argument>,
}

/// Whether something is looked for among constructors or among messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A constructor.
    Constructor,
    /// A message.
    Message,
}

impl Kind {
    fn noun(self) -> &'static str {
        match self {
            Self::Constructor => "constructor",
            Self::Message => "message",
        }
    }
}

impl Metadata {
    fn entries(&self, kind: Kind) -> &[Entry] {
        match kind {
            Kind::Constructor => &self.constructors,
            Kind::Message => &self.messages,
        }
    }

    /// The constructor or message of this name, its part behind `::` if that is unambiguous, or its selector.
    pub fn entry(&self, kind: Kind, name: &str) -> Outcome<&Entry> {
        let entries = self.entries(kind);
        if let Some(entry) = entries.iter().find(|entry| entry.label == name) {
            return Ok(entry);
        }
        if let Some(selector) = name.strip_prefix("0x").and_then(|hex| crate::hex::decode(hex).ok())
            && let Some(entry) = entries.iter().find(|entry| entry.selector[..] == selector[..])
        {
            return Ok(entry);
        }
        let plain = |label: &str| normal(label.rsplit("::").next().unwrap_or(label));
        let wanted = normal(name);
        let matches: Vec<_> =
            entries.iter().filter(|entry| normal(&entry.label) == wanted || plain(&entry.label) == wanted).collect();
        match matches.as_slice() {
            [entry] => Ok(entry),
            [] => Err(Failure::usage(format!("the contract `{}` has no {} `{name}`", self.name, kind.noun()))
                .help(self.list(kind))),
            several => Err(Failure::usage(format!("`{name}` may be several {}s", kind.noun())).help(format!(
                "say which: {}",
                several.iter().map(|entry| entry.label.as_str()).collect::<Vec<_>>().join(", ")
            ))),
        }
    }

    /// The constructor to take when none is named: the only one, the default one, or the one called `new`.
    pub fn default_constructor(&self) -> Outcome<&Entry> {
        let all = &self.constructors;
        let default = match all.as_slice() {
            [only] => Some(only),
            _ => all.iter().find(|entry| entry.default).or_else(|| all.iter().find(|entry| entry.label == "new")),
        };
        default.ok_or_else(|| {
            Failure::usage(format!("the contract `{}` has several constructors", self.name))
                .help(self.list(Kind::Constructor))
        })
    }

    /// All constructors or messages with their arguments, one per line.
    pub fn list(&self, kind: Kind) -> String {
        let mut list = format!("its {}s are:", kind.noun());
        for entry in self.entries(kind) {
            list.push_str("\n    ");
            list.push_str(&self.signature(entry));
            if !entry.doc.is_empty() {
                list.push_str("  -- ");
                list.push_str(&entry.doc);
            }
        }
        list
    }

    /// `name(arg: Type, ..) -> Type`.
    pub fn signature(&self, entry: &Entry) -> String {
        let args: Vec<_> = entry.args.iter().map(|arg| format!("{}: {}", arg.label, self.argument_type(arg))).collect();
        let returns = match entry.returns.map(|ty| self.type_name(self.unwrapped_return(ty))) {
            None => String::new(),
            Some(name) if name == "()" => String::new(),
            Some(name) => format!(" -> {name}"),
        };
        format!("{}({}){returns}", entry.label, args.join(", "))
    }

    /// What the source calls an argument's type.
    pub fn argument_type(&self, arg: &Argument) -> String {
        // Names such as `Option` say too little without their parameters.
        if arg.type_name.is_empty() || self.types.resolve(arg.ty).is_some_and(|ty| !ty.type_params.is_empty()) {
            self.type_name(arg.ty)
        } else {
            arg.type_name.clone()
        }
    }

    /// A type as one would write it in Rust.
    pub fn type_name(&self, id: TypeId) -> String {
        self.type_name_within(id, 8)
    }

    fn type_name_within(&self, id: TypeId, depth: u8) -> String {
        let Some(ty) = self.types.resolve(id) else { return format!("type {id}") };
        let Some(depth) = depth.checked_sub(1) else { return "..".into() };
        let name = |id| self.type_name_within(id, depth);
        if let Some(ident) = ty.path.ident() {
            let params: Vec<_> = ty.type_params.iter().filter_map(|param| param.ty).map(|ty| name(ty.id)).collect();
            return if params.is_empty() { ident } else { format!("{ident}<{}>", params.join(", ")) };
        }
        match &ty.type_def {
            TypeDef::Primitive(primitive) => primitive_name(primitive).into(),
            TypeDef::Sequence(inner) => format!("Vec<{}>", name(inner.type_param.id)),
            TypeDef::Array(inner) => format!("[{}; {}]", name(inner.type_param.id), inner.len),
            TypeDef::Compact(inner) => format!("Compact<{}>", name(inner.type_param.id)),
            TypeDef::Tuple(inner) => {
                let fields: Vec<_> = inner.fields.iter().map(|ty| name(ty.id)).collect();
                format!("({})", fields.join(", "))
            }
            TypeDef::BitSequence(_) => "BitVec".into(),
            TypeDef::Composite(_) | TypeDef::Variant(_) => format!("type {id}"),
        }
    }

    /// The type inside `Result<T, LangError>`, or the type itself.
    pub fn unwrapped_return(&self, id: TypeId) -> TypeId {
        self.lang_result(id).unwrap_or(id)
    }

    /// `T` if the type is `Result<T, LangError>`.
    fn lang_result(&self, id: TypeId) -> Option<TypeId> {
        let ty = self.types.resolve(id)?;
        let TypeDef::Variant(variant) = &ty.type_def else { return None };
        if ty.path.ident().as_deref() != Some("Result") {
            return None;
        }
        let field = |name: &str| {
            let variant = variant.variants.iter().find(|variant| variant.name == name)?;
            Some(variant.fields.first()?.ty.id)
        };
        let error = field("Err")?;
        let is_lang_error = Some(error) == self.lang_error
            || self.types.resolve(error).and_then(|ty| ty.path.ident()).as_deref() == Some("LangError");
        if is_lang_error { field("Ok") } else { None }
    }

    /// A type, or a complaint about the metadata.
    fn resolve(&self, id: TypeId) -> Result<&scale_info::Type<PortableForm>, String> {
        self.types.resolve(id).ok_or_else(|| format!("the metadata has no type {id}"))
    }
}

/// Names are compared without regard to `-`, `_` and case: `balance-of`, `balanceOf` and `balance_of` are one.
fn normal(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
}

fn primitive_name(primitive: &scale_info::TypeDefPrimitive) -> &'static str {
    use scale_info::TypeDefPrimitive as P;
    match primitive {
        P::Bool => "bool",
        P::Char => "char",
        P::Str => "String",
        P::U8 => "u8",
        P::U16 => "u16",
        P::U32 => "u32",
        P::U64 => "u64",
        P::U128 => "u128",
        P::U256 => "u256",
        P::I8 => "i8",
        P::I16 => "i16",
        P::I32 => "i32",
        P::I64 => "i64",
        P::I128 => "i128",
        P::I256 => "i256",
    }
}

#[cfg(test)]
mod tests;
