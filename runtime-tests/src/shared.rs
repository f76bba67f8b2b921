//! Contracts of other projects, in a folder `shared` beside the project where there is one.
//!
//! They are not part of the project, as their licences differ. Tests that want them run when they are there and say
//! that they were skipped when not.

use std::{
    fmt,
    io::{self, Write},
    path::PathBuf,
};

/// The path of a file or folder below `../shared`, or `None`, with a line that says so, if it is not there.
pub fn path(test: &str, name: &str) -> Option<PathBuf> {
    let path = crate::fixture::project().join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    report(format_args!("SKIPPED {test}: no ../shared/{name}"));
    None
}

/// Tells whoever runs the tests what was compared or skipped, also when the test succeeds: the test runner withholds
/// what goes through `println!` then.
pub fn report(line: fmt::Arguments<'_>) {
    // A report that nobody can read is no reason to fail.
    let _ = writeln!(io::stderr(), "{line}");
}

/// A text module of `wat/` in today's spelling, which the crate `wat` reads: those modules are older.
pub fn respelled(text: &str) -> String {
    text.replace("get_local", "local.get").replace("set_local", "local.set").replace("tee_local", "local.tee").replace(
        "\t\t\t(unreachable)\n\t\t)\n\t\t(local.set $input_ptr",
        "\t\t\t(then (unreachable))\n\t\t)\n\t\t(local.set $input_ptr",
    )
}
