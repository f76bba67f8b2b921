//! Contracts of other projects, in a folder `shared` beside the project where there is one.
//!
//! They are not part of the project, as their licences differ. Tests that want them run when they are there and say
//! that they were skipped when not.

use std::path::PathBuf;

/// The path of a file or folder below `../shared`, or `None`, with a line that says so, if it is not there.
pub fn path(test: &str, name: &str) -> Option<PathBuf> {
    let path = crate::fixture::project().join("../shared").join(name);
    if path.exists() {
        return Some(path);
    }
    println!("SKIPPED {test}: no ../shared/{name}");
    None
}
