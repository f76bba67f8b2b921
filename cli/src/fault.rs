//! Faults that surface where no error can be returned.
//!
//! The runtime reads its state through host functions that cannot fail: a state that cannot be read ends in a
//! panic. The trie notes the reason here first, so that the panic hook can say it.

use std::sync::Mutex;

static NOTED: Mutex<Option<String>> = Mutex::new(None);

/// Remembers the first fault, and gives the text back for the error that carries it on.
pub fn note(what: String) -> String {
    if let Ok(mut noted) = NOTED.lock() {
        noted.get_or_insert_with(|| what.clone());
    }
    what
}

/// The first fault, if there was one.
pub fn noted() -> Option<String> {
    NOTED.lock().ok().and_then(|noted| noted.clone())
}
