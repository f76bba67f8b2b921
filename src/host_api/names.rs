//! Table 3 by name. Imports are looked up each time that code is run, so that is done by hash and not row by row.
//!
//! Relies on nothing but the table, from which the compiler makes the list.

use super::{HOST_FUNCTIONS, HostFunction};

/// Every name and older name, by its hash, with the place of its row; of names that are alike the first row comes first.
static NAMES: [(u32, usize); COUNT] = sorted();

/// How many names there are.
const COUNT: usize = {
    let (mut count, mut row) = (0, 0);
    while row < HOST_FUNCTIONS.len() {
        count += if HOST_FUNCTIONS[row].alias.is_some() { 2 } else { 1 };
        row += 1;
    }
    count
};

/// The function that is imported under a name.
pub fn find(module: &str, name: &str) -> Option<&'static HostFunction> {
    let wanted = hash(name);
    let start = NAMES.partition_point(|(hash, _)| *hash < wanted);
    let alike = NAMES[start..].iter().take_while(|(hash, _)| *hash == wanted);
    alike.map(|(_, row)| &HOST_FUNCTIONS[*row]).find(|function| function.is_named(module, name))
}

const fn sorted() -> [(u32, usize); COUNT] {
    let mut names = [(0, 0); COUNT];
    let (mut count, mut row) = (0, 0);
    while row < HOST_FUNCTIONS.len() {
        let function = &HOST_FUNCTIONS[row];
        count = inserted(&mut names, count, (hash(function.name), row));
        if let Some(alias) = function.alias {
            count = inserted(&mut names, count, (hash(alias), row));
        }
        row += 1;
    }
    names
}

/// Puts a name behind those whose hash is not larger. Returns how many there are then.
const fn inserted(names: &mut [(u32, usize); COUNT], count: usize, name: (u32, usize)) -> usize {
    let mut at = count;
    while at > 0 && names[at - 1].0 > name.0 {
        names[at] = names[at - 1];
        at -= 1;
    }
    names[at] = name;
    count + 1
}

/// FNV-1a.
const fn hash(name: &str) -> u32 {
    let (bytes, mut hash, mut at) = (name.as_bytes(), 0x811c_9dc5_u32, 0);
    while at < bytes.len() {
        #[allow(clippy::as_conversions, reason = "`From` is not for constants yet")]
        let byte = bytes[at] as u32;
        hash = (hash ^ byte).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}
