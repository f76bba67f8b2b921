//! Bytes in hexadecimal.

/// The bytes of an even number of hex digits, with or without `0x`.
pub fn decode(text: &str) -> Result<Vec<u8>, String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if !digits.len().is_multiple_of(2) {
        return Err(format!("{} hex digits are no whole number of bytes", digits.len()));
    }
    let mut nibbles =
        digits.chars().map(|digit| digit.to_digit(16).ok_or_else(|| format!("`{digit}` is not a hex digit")));
    let mut bytes = Vec::with_capacity(digits.len() / 2);
    while let (Some(high), Some(low)) = (nibbles.next(), nibbles.next()) {
        let byte = high? * 16 + low?;
        bytes.push(u8::try_from(byte).expect("two hex digits are below 256; qed"));
    }
    Ok(bytes)
}

/// `0x` and two digits per byte.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    use std::fmt::Write;
    let bytes = bytes.as_ref();
    let mut text = String::with_capacity(2 + bytes.len() * 2);
    text.push_str("0x");
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string does not fail; qed");
    }
    text
}
