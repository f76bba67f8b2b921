use super::*;

#[test]
fn amounts_with_and_without_units_are_read() {
    for (text, amount) in [
        ("0", 0),
        ("1000", 1_000),
        ("1_000 ", 1_000),
        ("1 UNIT", 1_000_000_000_000),
        ("1.5UNIT", 1_500_000_000_000),
        ("0.000000000001 UNIT", 1),
        ("20 mUNIT", 20_000_000_000),
        ("3.25 nUNIT", 3_250),
        ("7 pUNIT", 7),
    ] {
        assert_eq!(parse(text), Ok(amount), "{text}");
    }
}

#[test]
fn amounts_that_mean_nothing_are_refused_with_the_reason() {
    for (text, reason) in [
        ("", "not an amount"),
        ("UNIT", "not an amount"),
        ("1.5", "no unit"),
        ("1 DOT", "no unit"),
        ("1.2.3 UNIT", "more decimals"),
        ("0.0000000000001 UNIT", "more decimals"),
        ("1.5 pUNIT", "more decimals"),
        ("999999999999999999999999999999 UNIT", "too large"),
        ("-5", "not an amount"),
    ] {
        let error = parse(text).expect_err(text);
        assert!(error.contains(reason), "{text}: {error}");
    }
}

#[test]
fn what_is_shown_reads_back() {
    for amount in [0, 1, 999, 1_000_000_000_000, 1_234_567_890_123_456, u128::MAX] {
        assert_eq!(parse(&show(amount)), Ok(amount), "{}", show(amount));
    }
    assert_eq!(show(1_234_500_000_000_000), "1 234.5 UNIT");
    assert_eq!(group(1_000_000u32), "1 000 000");
}
