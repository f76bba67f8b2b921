//! The pallet's metadata is that of pallet-contracts 51, but for documentation, additions, and what an instruction
//! weighs: the same source of a runtime is compiled with either, and what clients see of it is compared.
#![cfg(feature = "pallet-contracts-51")]

use codec::Decode;
use frame_metadata::{
    RuntimeMetadata, RuntimeMetadataPrefixed,
    v14::{PalletMetadata, RuntimeMetadataV14, StorageEntryType},
};
use scale_info::{TypeDef, form::PortableForm};
use std::collections::BTreeMap;

/// What a client can find, by its name: its place, its type and, of a constant, its value.
type Surface = BTreeMap<String, String>;

fn v14(metadata: RuntimeMetadataPrefixed) -> RuntimeMetadataV14 {
    match metadata.1 {
        RuntimeMetadata::V14(metadata) => metadata,
        other => panic!("version {}", other.version()),
    }
}

/// A type with all that it consists of, so that equal texts are equal types.
fn spell(metadata: &RuntimeMetadataV14, id: u32, open: &mut Vec<u32>) -> String {
    let ty = metadata.types.resolve(id).expect("a type that is named is there");
    let path = ty.path.segments.join("::");
    if open.contains(&id) {
        return format!("{path} again");
    }
    open.push(id);
    let mut of = |id: u32| spell(metadata, id, open);
    let mut fields = |fields: &[scale_info::Field<PortableForm>]| -> String {
        fields.iter().map(|field| format!("{:?} {:?}: {}, ", field.name, field.type_name, of(field.ty.id))).collect()
    };
    let text = match &ty.type_def {
        TypeDef::Composite(composite) => format!("{path} {{ {} }}", fields(&composite.fields)),
        TypeDef::Variant(variants) => {
            let variants = variants.variants.iter();
            let spelt: String = variants
                .map(|variant| format!("{} {}({}), ", variant.index, variant.name, fields(&variant.fields)))
                .collect();
            format!("{path} [ {spelt} ]")
        }
        TypeDef::Sequence(sequence) => format!("[{}]", of(sequence.type_param.id)),
        TypeDef::Array(array) => format!("[{}; {}]", of(array.type_param.id), array.len),
        TypeDef::Tuple(tuple) => tuple.fields.iter().map(|field| format!("({})", of(field.id))).collect(),
        TypeDef::Primitive(primitive) => format!("{primitive:?}"),
        TypeDef::Compact(compact) => format!("compact {}", of(compact.type_param.id)),
        TypeDef::BitSequence(_) => "bits".into(),
    };
    open.pop();
    text
}

fn variants(surface: &mut Surface, metadata: &RuntimeMetadataV14, what: &str, id: Option<u32>) {
    let Some(TypeDef::Variant(variants)) =
        id.map(|id| &metadata.types.resolve(id).expect("a type that is named is there").type_def)
    else {
        panic!("the pallet has {what}s");
    };
    for variant in &variants.variants {
        let fields: String = variant
            .fields
            .iter()
            .map(|field| {
                format!("{:?} {:?}: {}, ", field.name, field.type_name, spell(metadata, field.ty.id, &mut Vec::new()))
            })
            .collect();
        surface.insert(format!("{what} {}", variant.name), format!("{} ({fields})", variant.index));
    }
}

/// Everything of the pallet.
fn surface(metadata: &RuntimeMetadataV14) -> Surface {
    let pallet: &PalletMetadata<PortableForm> =
        metadata.pallets.iter().find(|pallet| pallet.name == "Contracts").expect("the runtime has it");
    let spell = |id: u32| spell(metadata, id, &mut Vec::new());
    let mut surface = Surface::new();
    variants(&mut surface, metadata, "call", pallet.calls.as_ref().map(|calls| calls.ty.id));
    variants(&mut surface, metadata, "event", pallet.event.as_ref().map(|event| event.ty.id));
    variants(&mut surface, metadata, "error", pallet.error.as_ref().map(|error| error.ty.id));
    for constant in &pallet.constants {
        let value =
            if constant.name == "Schedule" { schedule(&constant.value) } else { format!("{:?}", constant.value) };
        surface.insert(format!("constant {}", constant.name), format!("{} = {value}", spell(constant.ty.id)));
    }
    let storage = pallet.storage.as_ref().expect("the pallet stores something");
    surface.insert("prefix".into(), storage.prefix.clone());
    for entry in &storage.entries {
        let ty = match &entry.ty {
            StorageEntryType::Plain(value) => spell(value.id),
            StorageEntryType::Map { hashers, key, value } => {
                format!("{hashers:?} {} -> {}", spell(key.id), spell(value.id))
            }
        };
        surface
            .insert(format!("storage {}", entry.name), format!("{:?} {ty}, else {:?}", entry.modifier, entry.default));
    }
    surface
}

/// A schedule without what an instruction weighs, which the engine decides.
fn schedule(value: &[u8]) -> String {
    let (limits, base) = value.split_at(value.len() - 4);
    assert!(u32::decode(&mut &*base).is_ok_and(|base| base > 0), "an instruction weighs something");
    format!("{limits:?}")
}

#[test]
fn clients_find_what_they_find_of_pallet_contracts_51() {
    let ours = surface(&v14(vellum_runtime::Runtime::metadata()));
    let theirs = surface(&v14(vellum_runtime_51::Runtime::metadata()));
    let mut different = 0;
    for (name, expected) in &theirs {
        let found = ours.get(name).map_or("nothing", String::as_str);
        if found != expected {
            different += 1;
            println!("{name}\n  pallet-contracts 51: {expected}\n  here: {found}");
        }
    }
    let added: Vec<_> = ours.keys().filter(|name| !theirs.contains_key(*name)).collect();
    println!("{} items are compared, {different} differ; added: {added:?}", theirs.len());
    assert_eq!(different, 0);
    assert_eq!(added, ["storage CodeFeatures"]);
}
