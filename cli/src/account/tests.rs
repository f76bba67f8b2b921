use super::*;

#[test]
fn an_account_has_three_spellings() {
    let alice = Sr25519Keyring::Alice.to_account_id();
    for text in [
        "alice",
        "Alice",
        "//Alice",
        "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
        "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5",
        "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
    ] {
        assert_eq!(parse(text), Some(alice.clone()), "{text}");
    }
    assert_eq!(name(&alice).as_deref(), Some("alice"));
}

#[test]
fn stash_accounts_have_one_name() {
    let stash = Sr25519Keyring::BobStash.to_account_id();
    assert_eq!(parse("bob-stash"), Some(stash.clone()));
    assert_eq!(parse("bob_stash"), Some(stash.clone()));
    assert_eq!(parse("//Bob//stash"), Some(stash.clone()));
    assert_eq!(name(&stash).as_deref(), Some("bob-stash"));
}

#[test]
fn what_is_no_account_is_refused() {
    // The last one is Alice's address with one letter changed: the checksum must catch it.
    for text in ["", "alicia", "0x12", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQZ"] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn signers_are_names_or_secret_uris() {
    let alice = Signer::named("alice").expect("Alice is a development key; qed").account();
    assert_eq!(Signer::named("//Alice").expect("so is her seed; qed").account(), alice);
    assert_ne!(Signer::named("//Alice//1").expect("any path is a key; qed").account(), alice);
    assert!(Signer::named("mallory").is_err());
}
