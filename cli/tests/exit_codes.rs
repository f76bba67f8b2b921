//! Every exit code, each by at least one way to it.

mod common;

use common::{Chain, contract, path};

/// Runs without `--json`, where the error has to be on stderr, with advice.
#[track_caller]
fn fails(chain: &Chain, args: &[&str], code: i32, words: &[&str]) {
    let json = chain.json(args, code);
    let answer = chain.run(args);
    assert_eq!(answer.code, code, "{args:?}: {answer:?}");
    assert!(answer.stderr.starts_with("error: "), "{answer:?}");
    for word in words {
        assert!(answer.stderr.contains(word), "{word}: {}", answer.stderr);
        let error = json["error"].to_string();
        assert!(error.contains(&word.replace('"', "\\\"")), "{word}: {error}");
    }
}

#[test]
fn zero_is_for_what_is_done_and_for_help() {
    let chain = Chain::with_flipper();
    for args in [&["call", "flipper", "flip"][..], &["--help"], &["call", "--help"], &["--version"], &["accounts"]] {
        assert_eq!(chain.run(args).code, 0, "{args:?}");
    }
    let help = chain.run(&["--help"]).stdout;
    for line in ["2  usage", "3  rejected", "4  trap", "5  revert", "6  out of gas", "7  chain", "8  state"] {
        assert!(help.contains(line), "{line}: {help}");
    }
}

#[test]
fn two_is_for_the_command_line() {
    let chain = Chain::with_erc20();
    fails(&chain, &["frobnicate"], 2, &["frobnicate"]);
    fails(&chain, &["upload"], 2, &["FILE"]);
    fails(&chain, &["upload", "nowhere.contract"], 2, &["nowhere.contract", "check the path"]);
    fails(&chain, &["call", "erc20"], 2, &["which message", "transfer(to: AccountId, value: Balance)"]);
    fails(&chain, &["call", "erc20", "trasnfer"], 2, &["no message `trasnfer`", "balance_of"]);
    fails(&chain, &["call", "erc20", "transfer", "bob"], 2, &["takes 2 arguments, but 1 was given"]);
    fails(&chain, &["call", "erc20", "transfer", "bob", "1", "2"], 2, &["takes 2 arguments, but 3 were given"]);
    fails(&chain, &["call", "erc20", "transfer", "bob", "many"], 2, &["argument `value`", "many"]);
    fails(&chain, &["call", "erc20", "transfer", "mallory", "1"], 2, &["argument `to`", "mallory"]);
    fails(&chain, &["call", "erc20", "transfer", "bob", "--arg", "worth=1"], 2, &["no argument `worth`"]);
    fails(&chain, &["call", "erc20", "transfer", "--arg", "to=bob", "--arg", "to=eve"], 2, &["given twice"]);
    fails(&chain, &["call", "erc20", "transfer", "bob", "1", "--value", "1.5"], 2, &["--value", "unit"]);
    fails(&chain, &["call", "erc20", "transfer", "bob", "1", "--value", "1 UNIT"], 2, &["takes no value"]);
    fails(&chain, &["call", "erc20", "--data", "0x123"], 2, &["--data", "hex"]);
    fails(&chain, &["instantiate", "0x1234"], 2, &["0x1234"]);
}

#[test]
fn three_is_for_rejected_code() {
    let chain = Chain::new();
    let file = chain.folder.path().join("empty.wasm");
    std::fs::write(&file, b"\0asm\x01\0\0\0").expect("the folder takes files; qed");
    for args in [
        &["upload", path(&file)][..],
        &["dry-run", "upload", path(&file)],
        &["instantiate", path(&file), "--data", "0x"],
        &["inspect", path(&file)],
    ] {
        fails(&chain, args, 3, &["does not accept this code"]);
    }
    let json = chain.json(&["upload", path(&file)], 3);
    assert_eq!(json["error"]["rule"], "missing_export");
}

#[test]
fn four_is_for_traps() {
    let chain = Chain::with_flipper();
    fails(&chain, &["call", "flipper", "flip_and_trap"], 4, &["trapped", "flip_and_trap", "Unreachable"]);
    // Nothing was sent; and when it is, it fails the same and changes nothing.
    let sent = chain.json(&["call", "flipper", "flip_and_trap", "--force"], 4);
    assert_eq!(sent["executed"], true);
    assert_eq!(chain.get("flipper", "get"), false);
    // An input that no message has.
    fails(&chain, &["call", "flipper", "--data", "0xffffffff"], 5, &["CouldNotReadInput"]);
}

#[test]
fn five_is_for_reverts() {
    let chain = Chain::with_flipper();
    fails(&chain, &["call", "flipper", "flip_to", "false"], 5, &["reverted", "NothingToDo"]);
    let sent = chain.json(&["call", "flipper", "flip_to", "false", "--force"], 5);
    assert_eq!(sent["executed"], true);
    assert_eq!(sent["result"]["reverted"], true);
}

#[test]
fn six_is_for_weight_limits() {
    let chain = Chain::with_flipper();
    for limit in [&["--gas", "1000"][..], &["--proof-size", "100"], &["--gas", "100000000"]] {
        fails(&chain, &[&["call", "flipper", "flip"], limit].concat(), 6, &["weight limit", "--gas"]);
    }
    let sent = chain.json(&["call", "flipper", "flip", "--gas", "100000000", "--force"], 6);
    assert_eq!(sent["executed"], true);
    assert_eq!(chain.get("flipper", "get"), false);
}

#[test]
fn seven_is_for_what_the_chain_refuses() {
    let chain = Chain::with_erc20();
    let file = contract("erc20/erc20.contract");
    fails(&chain, &["call", "nothing", "get"], 7, &["no contract `nothing`", "erc20"]);
    fails(&chain, &["call", "bob", "get"], 7, &["no contract at bob"]);
    fails(&chain, &["call", "erc20", "total_supply", "--signer", "mallory"], 7, &["mallory", "vellum accounts"]);
    // A key that is real and owns nothing.
    fails(&chain, &["call", "erc20", "transfer", "bob", "0", "--signer", "//Nobody"], 7, &["fee", "--signer"]);
    fails(&chain, &["instantiate", path(&file), "new", "1_000_000"], 7, &["DuplicateContract", "--salt"]);
    fails(
        &chain,
        &["instantiate", path(&file), "new", "5", "--deposit-limit", "1"],
        7,
        &["StorageDepositLimitExhausted", "--deposit-limit"],
    );
    let absent = format!("0x{}", "11".repeat(32));
    fails(&chain, &["instantiate", &absent, "--data", "0x"], 7, &["no code"]);
    fails(&chain, &["remove", &absent], 7, &["CodeNotFound"]);
}

#[test]
fn eight_is_for_the_state_folder() {
    let chain = Chain::with_flipper();
    let file = chain.state().join("chain.redb");
    // Something that is no database at all.
    let foreign = Chain::new();
    std::fs::create_dir_all(foreign.state()).expect("the folder takes folders; qed");
    std::fs::write(foreign.state().join("chain.redb"), b"these are not the pages you are looking for").expect("qed");
    fails(&foreign, &["info"], 8, &["chain.redb", "--state"]);
    // A database of somebody else.
    let other = Chain::new();
    std::fs::create_dir_all(other.state()).expect("the folder takes folders; qed");
    let database = redb::Database::create(other.state().join("chain.redb")).expect("it is a new file; qed");
    // While it is open here it cannot be opened there.
    fails(&other, &["info"], 8, &["in use by another process"]);
    let writing = database.begin_write().expect("nobody else writes; qed");
    writing.open_table(redb::TableDefinition::<u32, u32>::new("numbers")).expect("it is a new table; qed");
    writing.commit().expect("there is room; qed");
    drop(database);
    fails(&other, &["info"], 8, &["is not a state of this program", "--state"]);
    // A file where a folder should be.
    let blocked = Chain::new();
    std::fs::write(blocked.state(), b"").expect("the folder takes files; qed");
    fails(&blocked, &["info"], 8, &["cannot create the state folder"]);
    // A state that was cut off.
    let bytes = std::fs::read(&file).expect("the first command made it; qed");
    std::fs::write(&file, &bytes[..bytes.len() / 3]).expect("it can be written; qed");
    fails(&chain, &["info"], 8, &["chain.redb"]);
}

#[test]
fn a_contract_cannot_take_the_name_of_an_account() {
    let chain = Chain::new();
    let flipper = contract("flipper/flipper.contract");
    for name in ["alice", "Bob", "", "0x12", "a b", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"] {
        fails(&chain, &["instantiate", path(&flipper), "new", "false", "--name", name], 2, &["cannot be named"]);
    }
}
