//! Arguments as text: what may be written on a command line, before any type is known.
//!
//! Relies on scale-value's grammar, and adds what people type in a shell: bare words (`alice`, `None`,
//! `5Grw..`, `0x12ab`, `1.5`, `1_000`) and square brackets for lists. A word stays text until the type says
//! what it is.

use scale_value::{
    Value,
    stringify::{ParseError, from_str_custom},
};

/// Groups inside groups: no real argument goes deeper, and the grammar recurses.
const DEPTH_MAX: usize = 64;

/// Reads one value and expects nothing behind it.
pub fn parse(text: &str) -> Result<Value<()>, String> {
    let text = round_brackets(text.trim())?;
    let (value, rest) = from_str_custom().add_custom_parser(word).parse(&text);
    match value {
        Ok(_) if !rest.trim().is_empty() => Err(format!("unexpected `{}` behind the value", rest.trim())),
        Ok(value) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

/// A bare word that is neither a named group (`Some(..)`, `Point {..}`) nor a keyword.
///
/// ASCII only: the grammar counts what a custom parser took in bytes and skips as many characters.
fn word(text: &mut &str) -> Option<Result<Value<()>, ParseError>> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-' | '/' | ':');
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let word = &text[..end];
    let opens_group = text[end..].trim_start().starts_with(['(', '{']);
    if word.is_empty() || opens_group || word == "true" || word == "false" {
        return None;
    }
    *text = &text[end..];
    Some(Ok(Value::string(word)))
}

/// The text with `[..]` spelled `(..)`, which is one thing to the grammar, after a check that groups match.
fn round_brackets(text: &str) -> Result<String, String> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut escaped = false;
    let mut rounded = String::with_capacity(text.len());
    for c in text.chars() {
        let mut out = c;
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(end), _) if c == end => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => {
                open.push(c);
                out = if c == '[' { '(' } else { c };
            }
            (None, ')' | ']' | '}') => {
                let expected = match open.pop() {
                    Some('(') => ')',
                    Some('[') => ']',
                    Some(_) => '}',
                    None => return Err(format!("`{c}` closes nothing")),
                };
                if c != expected {
                    return Err(format!("expected `{expected}` where `{c}` is"));
                }
                out = if c == ']' { ')' } else { c };
            }
            (None, _) => {}
        }
        if open.len() > DEPTH_MAX {
            return Err(format!("groups are nested more than {DEPTH_MAX} deep"));
        }
        rounded.push(out);
    }
    Ok(rounded)
}
