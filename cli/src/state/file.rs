//! A state in a file. It may have gigabytes, so it is never in memory as a whole.

use super::hex_bytes;
use crate::exit::{Failure, Outcome};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::{borrow::Cow, fmt, fs::File, io::BufReader, path::Path};

/// A key and its value.
pub type Entry = (Vec<u8>, Vec<u8>);

/// Names on the way from the root of a chain specification to its state.
const WAY: [&str; 3] = ["genesis", "raw", "top"];

/// The entries of a file whose keys have a prefix.
pub fn entries(path: &Path, prefix: &[u8]) -> Outcome<Vec<Entry>> {
    let file = File::open(path).map_err(|error| {
        Failure::usage(format!("{}: {error}", path.display()))
            .help("give a file that a node wrote with `export-state --raw`, or the URL of a node such as http://127.0.0.1:9944")
    })?;
    let mut found = Found { prefix: crate::hex::encode(prefix), entries: Vec::new() };
    let mut json = serde_json::Deserializer::from_reader(BufReader::new(file));
    Object { found: &mut found }.deserialize(&mut json).and_then(|()| json.end()).map_err(|error| {
        Failure::usage(format!("{} is no state of a chain: {error}", path.display()))
            .help("it has to be a raw chain specification, or one JSON object of hex keys and hex values")
    })?;
    found
        .entries
        .iter()
        .map(|(key, value)| Ok((hex_bytes("a key", key)?, hex_bytes(&format!("the value under {key}"), value)?)))
        .collect()
}

/// Entries so far, in hex.
struct Found {
    prefix: String,
    entries: Vec<(String, String)>,
}

/// An object that holds the state, or is it.
struct Object<'f> {
    found: &'f mut Found,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of keys and values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<str>>()? {
            if WAY.contains(&key.as_ref()) {
                map.next_value_seed(Object { found: self.found })?;
            } else if key.starts_with(&self.found.prefix) {
                let value = map.next_value::<String>().map_err(|error| {
                    A::Error::custom(format_args!("the value under {key} is no text of hex digits: {error}"))
                })?;
                self.found.entries.push((key.into_owned(), value));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
