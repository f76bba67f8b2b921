//! Texts against types: a small hand-made registry for each rule, and every real contract that is at hand.

use super::{Argument, Kind, Metadata, decode, encode};
use crate::bundle::Bundle;
use codec::Encode;
use scale_info::{MetaType, PortableRegistry, Registry, TypeInfo};
use sp_core::U256;
use std::path::{Path, PathBuf};
use vellum_runtime::AccountId;

mod generate;
mod real;

/// Metadata that knows one type.
fn knowing<T: TypeInfo + 'static>() -> (Metadata, Argument) {
    let mut registry = Registry::new();
    let ty = registry.register_type(&MetaType::new::<T>()).id;
    let metadata = Metadata {
        name: "test".into(),
        contract_version: String::new(),
        language: String::new(),
        format: "V5".into(),
        code_hash: None,
        constructors: Vec::new(),
        messages: Vec::new(),
        events: Vec::new(),
        types: PortableRegistry::from(registry),
        lang_error: None,
    };
    let argument = Argument { label: "it".into(), ty, type_name: String::new(), indexed: false };
    (metadata, argument)
}

/// The text means this value, and the value's text means it too.
#[track_caller]
fn means<T: TypeInfo + Encode + 'static>(text: &str, value: T) {
    let (metadata, argument) = knowing::<T>();
    let bytes = encode::argument_bytes(&metadata, &argument, text).expect(text);
    assert_eq!(bytes, value.encode(), "{text}");
    let decoded = decode::whole_value(&metadata, argument.ty, &bytes).expect(text);
    let shown = decode::text(&metadata, &decoded);
    let again = encode::argument_bytes(&metadata, &argument, &shown).expect(&shown);
    assert_eq!(again, bytes, "{text} was shown as {shown}");
}

/// The text means nothing of this type, and the error says why.
#[track_caller]
fn is_refused<T: TypeInfo + 'static>(text: &str, reason: &str) {
    let (metadata, argument) = knowing::<T>();
    match encode::argument_bytes(&metadata, &argument, text) {
        Ok(bytes) => panic!("`{text}` was encoded as {bytes:?}"),
        Err(error) => assert!(error.contains(reason), "`{text}`: {error}"),
    }
}

#[derive(Encode, TypeInfo)]
struct Point {
    x: u32,
    y: i32,
}

#[derive(Encode, TypeInfo)]
struct Wrapper(Vec<u16>);

#[derive(Encode, TypeInfo)]
struct Id([u8; 4]);

#[derive(Encode, TypeInfo)]
enum Shape {
    Empty,
    Circle(u32),
    Line {
        from: Point,
        to: Point,
    },
    #[codec(index = 9)]
    Pair(u8, u8),
}

#[derive(Encode, TypeInfo)]
struct Account(AccountId32Like);

/// Named as ink! names its accounts.
mod ink {
    use codec::Encode;
    use scale_info::TypeInfo;
    #[derive(Encode, TypeInfo)]
    pub struct AccountId(pub [u8; 32]);
    #[derive(Encode, TypeInfo)]
    pub struct U256(pub [u64; 4]);
}
use ink::AccountId as AccountId32Like;

fn alice() -> AccountId {
    crate::account::parse("alice").expect("Alice is a development account; qed")
}

#[test]
fn numbers_of_every_width_are_read() {
    means("0", 0u8);
    means("255", 255u8);
    means("0xff", 255u8);
    means("1_000", 1000u16);
    means("-128", -128i8);
    means("-1", -1i64);
    means("+5", 5i32);
    means("340282366920938463463374607431768211455", u128::MAX);
    means("-170141183460469231731687303715884105728", i128::MIN);
    means("\"7\"", 7u32);
}

#[test]
fn numbers_that_do_not_fit_are_refused() {
    is_refused::<u8>("256", "does not fit into u8");
    is_refused::<u8>("-1", "does not fit into u8");
    is_refused::<i8>("128", "does not fit into i8");
    is_refused::<i8>("-129", "does not fit into i8");
    is_refused::<u64>("1.5", "no whole number");
    is_refused::<u64>("five", "no whole number");
    is_refused::<u32>("true", "expected u32");
    is_refused::<u32>("(1, 2)", "expected u32");
    is_refused::<u32>("1 2", "behind the value");
    is_refused::<u32>("", "Expected a value");
}

#[test]
fn balances_may_have_units() {
    means("1.5 UNIT", 1_500_000_000_000u128);
    means("3mUNIT", 3_000_000_000u128);
    means("(1UNIT, 2)", (1_000_000_000_000u128, 2u8));
    is_refused::<u128>("1.5", "no whole number");
}

#[test]
fn truth_characters_and_strings_are_read() {
    means("true", true);
    means("plain words, no quotes", "plain words, no quotes".to_owned());
    means("\"quo\\\"ted\"", "quo\"ted".to_owned());
    means("é", "é".to_owned());
    means("(\"é\", 5)", ("é".to_owned(), 5u8));
    is_refused::<bool>("1", "expected bool");
    is_refused::<bool>("yes", "expected bool");
}

#[test]
fn bytes_are_hex_or_lists() {
    means("0x01020304", [1u8, 2, 3, 4]);
    means("[1, 2, 3, 4]", [1u8, 2, 3, 4]);
    means("0x", Vec::<u8>::new());
    means("0xabcd", vec![0xabu8, 0xcd]);
    means("0x01020304", Id([1, 2, 3, 4]));
    is_refused::<[u8; 4]>("0x0102", "expected 4 bytes, found 2");
    is_refused::<[u8; 4]>("[1, 2]", "expected 4 elements, found 2");
    is_refused::<Vec<u8>>("0xabc", "no whole number of bytes");
    is_refused::<Vec<u8>>("0xzz", "not a hex digit");
    is_refused::<Vec<u8>>("hello", "no bytes");
}

#[test]
fn accounts_have_names_and_addresses() {
    let bytes: [u8; 32] = alice().into();
    for text in ["alice", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", "//Alice"] {
        means(text, AccountId32Like(bytes));
        means(text, Account(AccountId32Like(bytes)));
        means(text, bytes);
        means(&format!("Some({text})"), Some(AccountId32Like(bytes)));
        means(&format!("[{text}, {text}]"), vec![AccountId32Like(bytes), AccountId32Like(bytes)]);
    }
    is_refused::<AccountId32Like>("mallory", "no account");
}

#[test]
fn groups_nest_and_take_names() {
    means("(1, true)", (1u8, true));
    means("()", ());
    means("[]", Vec::<u32>::new());
    means("[[1, 2], []]", vec![vec![1u32, 2], vec![]]);
    means("{ x: 1, y: -2 }", Point { x: 1, y: -2 });
    means("(1, -2)", Point { x: 1, y: -2 });
    means("[1, 2]", Wrapper(vec![1, 2]));
    means("([1, 2])", Wrapper(vec![1, 2]));
    is_refused::<Point>("{ x: 1 }", "`y` is missing");
    is_refused::<Point>("{ x: 1, y: 2, z: 3 }", "no field `z`");
    is_refused::<Point>("{ x: 1, y: z }", "in `y`");
    is_refused::<(u8, bool)>("(1)", "expected 2 values");
    is_refused::<Vec<u32>>("[1, 2", "");
    is_refused::<Vec<u32>>("[1, 2)", "expected `]`");
    is_refused::<Vec<u32>>("[1, x]", "in element 1");
    is_refused::<Vec<u32>>(&"[".repeat(100_000), "nested");
}

#[test]
fn variants_are_named() {
    means("None", None::<u32>);
    means("Some(5)", Some(5u32));
    means("Some(None)", Some(None::<u32>));
    means("Empty", Shape::Empty);
    means("Circle(3)", Shape::Circle(3));
    means("Shape::Empty", Shape::Empty);
    means("Pair(1, 2)", Shape::Pair(1, 2));
    means(
        "Line { from: (0, 0), to: { x: 1, y: 1 } }",
        Shape::Line { from: Point { x: 0, y: 0 }, to: Point { x: 1, y: 1 } },
    );
    means("Ok(())", Ok::<(), u8>(()));
    is_refused::<Option<u32>>("5", "no variant of Option<u32>: None, Some");
    is_refused::<Shape>("Square", "Empty, Circle, Line, Pair");
    is_refused::<Shape>("Circle", "`Circle` needs 1 value");
}

#[test]
fn numbers_of_256_bits_are_read() {
    let value = U256::from_dec_str("115792089237316195423570985008687907853269984665640564039457584007913129639935");
    means(
        "115792089237316195423570985008687907853269984665640564039457584007913129639935",
        ink::U256(value.expect("it is the largest; qed").0),
    );
    means("0x10", ink::U256([16, 0, 0, 0]));
    is_refused::<ink::U256>(
        "115792089237316195423570985008687907853269984665640564039457584007913129639936",
        "256 bits",
    );
    is_refused::<ink::U256>("many", "no whole number");
}

#[test]
fn compact_numbers_are_read() {
    for number in [0u32, 63, 64, 16383, 16384, u32::MAX] {
        means(&number.to_string(), codec::Compact(number));
    }
}

#[test]
fn json_gives_narrow_numbers_as_numbers_and_wide_ones_as_text() {
    let show = |text: &str, (metadata, argument): (Metadata, Argument)| {
        let bytes = encode::argument_bytes(&metadata, &argument, text).expect(text);
        let value = decode::whole_value(&metadata, argument.ty, &bytes).expect(text);
        decode::json(&metadata, &value).to_string()
    };
    assert_eq!(show("5", knowing::<u32>()), "5");
    assert_eq!(show("5", knowing::<u64>()), "\"5\"");
    assert_eq!(show("-5", knowing::<i16>()), "-5");
    assert_eq!(show("{ x: 1, y: -2 }", knowing::<Point>()), r#"{"x":1,"y":-2}"#);
    assert_eq!(show("0x0102", knowing::<Vec<u8>>()), "\"0x0102\"");
    assert_eq!(show("[1]", knowing::<Vec<u16>>()), "[1]");
    assert_eq!(show("None", knowing::<Option<u8>>()), "\"None\"");
    assert_eq!(show("Some(1)", knowing::<Option<u8>>()), r#"{"Some":1}"#);
    assert_eq!(show("alice", knowing::<AccountId32Like>()), "\"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY\"");
}

/// The folder of real contracts beside the project, if it is there.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(folder);
    if path.is_dir() {
        Some(path)
    } else {
        println!("skipped: there is no {}", path.display());
        None
    }
}
