//! Makes a text for any type, in as many spellings as the type has.

use super::super::{Metadata, TypeId};
use scale_info::{Field, TypeDef, TypeDefPrimitive, form::PortableForm};

/// A text of this type. `seed` varies numbers, lengths and variants. `None` if the type never ends.
pub fn text(metadata: &Metadata, id: TypeId, seed: u64) -> Option<String> {
    Generator { metadata, seed }.ty(id, 24)
}

struct Generator<'a> {
    metadata: &'a Metadata,
    seed: u64,
}

impl Generator<'_> {
    /// A number below `limit` (splitmix64).
    fn next(&mut self, limit: u64) -> u64 {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }

    fn ty(&mut self, id: TypeId, depth: u32) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let metadata = self.metadata;
        let ty = metadata.types.resolve(id)?;
        match (ty.path.ident().as_deref(), &ty.type_def) {
            (Some("AccountId"), TypeDef::Composite(_)) => {
                return Some(
                    ["alice", "bob", "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty"][self.next(3) as usize]
                        .to_owned(),
                );
            }
            (Some("U256"), TypeDef::Composite(_)) => return Some(self.next(u64::MAX).to_string()),
            _ => {}
        }
        match &ty.type_def {
            TypeDef::Primitive(primitive) => Some(self.primitive(primitive)),
            TypeDef::Composite(composite) => self.fields(&composite.fields, depth),
            TypeDef::Variant(variant) => {
                if variant.variants.is_empty() {
                    return None;
                }
                let start = self.next(variant.variants.len() as u64) as usize;
                // A type that contains itself ends by another variant.
                let mut order = variant.variants.iter().cycle().skip(start).take(variant.variants.len());
                order.find_map(|variant| {
                    if variant.fields.is_empty() {
                        return Some(variant.name.clone());
                    }
                    Some(format!("{}{}", variant.name, self.fields(&variant.fields, depth)?))
                })
            }
            TypeDef::Sequence(sequence) => {
                let count = self.next(3);
                self.list(sequence.type_param.id, count, depth).or_else(|| Some("[]".into()))
            }
            TypeDef::Array(array) => self.list(array.type_param.id, u64::from(array.len), depth),
            TypeDef::Tuple(tuple) => {
                let items: Option<Vec<_>> = tuple.fields.iter().map(|ty| self.ty(ty.id, depth)).collect();
                Some(format!("({})", items?.join(", ")))
            }
            TypeDef::Compact(compact) => self.ty(compact.type_param.id, depth),
            TypeDef::BitSequence(_) => Some("<0110>".into()),
        }
    }

    fn fields(&mut self, fields: &[Field<PortableForm>], depth: u32) -> Option<String> {
        let named = fields.iter().all(|field| field.name.is_some()) && !fields.is_empty();
        let items: Option<Vec<_>> = fields
            .iter()
            .map(|field| {
                let text = self.ty(field.ty.id, depth)?;
                Some(match &field.name {
                    Some(name) if named => format!("{name}: {text}"),
                    _ => text,
                })
            })
            .collect();
        let items = items?.join(", ");
        Some(if named { format!("{{ {items} }}") } else { format!("({items})") })
    }

    fn list(&mut self, item: TypeId, count: u64, depth: u32) -> Option<String> {
        let items: Option<Vec<_>> = (0..count).map(|_| self.ty(item, depth)).collect();
        Some(format!("[{}]", items?.join(", ")))
    }

    fn primitive(&mut self, primitive: &TypeDefPrimitive) -> String {
        use TypeDefPrimitive as P;
        let number = self.next(u64::MAX);
        match primitive {
            P::Bool => ["true", "false"][(number % 2) as usize].into(),
            P::Char => "'x'".into(),
            P::Str => format!("\"text {number} \\\" é\""),
            P::U8 => (number as u8).to_string(),
            P::U16 => (number as u16).to_string(),
            P::U32 => (number as u32).to_string(),
            P::U64 => number.to_string(),
            P::U128 | P::U256 => (u128::from(number) * u128::from(number)).to_string(),
            P::I8 => (number as i8).to_string(),
            P::I16 => (number as i16).to_string(),
            P::I32 => (number as i32).to_string(),
            P::I64 => (number as i64).to_string(),
            P::I128 | P::I256 => (i128::from(number as i64) * 3).to_string(),
        }
    }
}
