//! The state survives: a process that is killed at any moment, a disk that is full, two commands at once.

mod common;

use common::{Chain, answer, contract, path};
use serde_json::Value;
use std::{
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// How often a process is killed.
const KILLS: u64 = 60;

/// The state opens, every node and block in it is sound, and it says at which block it is.
#[track_caller]
fn verified_head(chain: &Chain) -> u64 {
    let info = chain.json(&["info", "--verify"], 0);
    let head = info["head"]["number"].as_u64().expect("it is a number; qed");
    assert_eq!(info["verified"]["blocks"], head + 1);
    head
}

/// Runs a command, kills it after the time, and says whether it was still running.
fn kill_after(chain: &Chain, args: &[&str], time: Duration) -> bool {
    let mut child = chain
        .command(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command was built for this test; qed");
    sleep(time);
    let killed = child.try_wait().expect("a child can be asked; qed").is_none();
    // It may end between the question and the kill.
    let _ = child.kill();
    child.wait().expect("a child can be waited for; qed");
    killed
}

#[test]
fn a_killed_process_leaves_the_old_state_or_the_new_one() {
    let chain = Chain::with_flipper();
    let flip = ["call", "flipper", "flip"];
    let started = Instant::now();
    chain.json(&flip, 0);
    let whole = started.elapsed();
    let mut head = verified_head(&chain);
    let mut value = chain.get("flipper", "get");
    let (mut old, mut new) = (0, 0);
    for number in 0..KILLS {
        // Moments spread over the whole life of the command, in no order.
        let share = u32::try_from(number * 37 % KILLS).expect("it is small; qed");
        let killed = kill_after(&chain, &flip, whole * share * 3 / 2 / u32::try_from(KILLS).expect("so is this; qed"));
        let now = verified_head(&chain);
        let flipped = chain.get("flipper", "get");
        match now - head {
            0 => {
                assert!(killed, "a command that ended left no block");
                assert_eq!(flipped, value);
                old += 1;
            }
            1 => {
                assert_ne!(flipped, value);
                new += 1;
            }
            more => panic!("one command made {more} blocks"),
        }
        (head, value) = (now, flipped);
    }
    println!("{old} commands were killed before their block was stored, {new} stored it");
    assert!(old > 0 && new > 0, "the moments were not spread: {old} old, {new} new");
}

#[test]
fn a_process_killed_while_it_makes_a_new_state_leaves_none_or_a_whole_one() {
    for number in 0..KILLS / 3 {
        let chain = Chain::new();
        kill_after(&chain, &["info"], Duration::from_millis(number * 2));
        assert_eq!(verified_head(&chain), 0);
    }
}

/// Runs a command that may make no file longer than `kibibytes`. The signal that would end it is ignored, so that
/// it sees the failed write, as it does on a full disk.
#[cfg(target_os = "linux")]
fn with_little_disk(chain: &Chain, args: &[&str], kibibytes: u64) -> common::Answer {
    let script = format!("trap '' XFSZ; ulimit -f {kibibytes}; exec \"$@\"");
    let mut command = Command::new("bash");
    command.args(["-c", &script, "bash", env!("CARGO_BIN_EXE_vellum")]).args(args);
    answer(command.arg("--state").arg(chain.state()).current_dir(chain.folder.path()).output())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_changes_nothing() {
    let chain = Chain::with_flipper();
    let size = std::fs::metadata(chain.state().join("chain.redb")).expect("the state has a file; qed").len();
    let head = verified_head(&chain);
    let file = contract("erc20/erc20.contract");
    let (mut failed, mut done) = (0, 0);
    // From less than what is there to more than enough.
    for share in 0..24 {
        let (salt, name) = (format!("0x{share:02x}"), format!("token{share}"));
        let args = ["instantiate", path(&file), "new", "7", "--salt", &salt, "--name", &name, "--json"];
        let before = verified_head(&chain);
        let limit = size / 1024 * (2 + share) / 8;
        let answer = with_little_disk(&chain, &args, limit.max(1));
        let after = verified_head(&chain);
        match answer.code {
            0 => {
                assert_eq!(after, before + 1);
                done += 1;
            }
            8 => {
                let json: Value = serde_json::from_str(&answer.stdout).expect("errors are objects too; qed");
                assert_eq!(json["error"]["code"], "state", "{json}");
                assert!(json["error"]["help"].is_string(), "{json}");
                assert_eq!(after, before, "{answer:?}");
                failed += 1;
            }
            _ => panic!("{limit} KiB: {answer:?}"),
        }
    }
    println!("{failed} commands had too little disk, {done} had enough");
    assert!(failed > 0 && done > 0, "{failed} failed, {done} done");
    assert!(verified_head(&chain) > head);
}

#[cfg(target_os = "linux")]
#[test]
fn a_new_state_on_a_full_disk_leaves_nothing_behind() {
    let chain = Chain::new();
    for kibibytes in [1, 64, 300] {
        let answer = with_little_disk(&chain, &["info", "--json"], kibibytes);
        assert_eq!(answer.code, 8, "{kibibytes} KiB: {answer:?}");
        let left: Vec<_> = std::fs::read_dir(chain.state()).expect("the folder was made; qed").flatten().collect();
        assert!(left.is_empty(), "{left:?}");
    }
    assert_eq!(verified_head(&chain), 0);
}

#[test]
fn two_commands_at_once_do_not_mix() {
    let chain = Chain::with_flipper();
    let before = verified_head(&chain);
    let children: Vec<_> = (0..6)
        .map(|_| {
            let mut command = chain.command(&["call", "flipper", "flip", "--json"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it was built for this test; qed")
        })
        .collect();
    let mut done = 0;
    for child in children {
        let answer = answer(child.wait_with_output());
        match answer.code {
            0 => done += 1,
            8 => assert!(answer.stdout.contains("in use by another process"), "{answer:?}"),
            _ => panic!("{answer:?}"),
        }
    }
    assert!(done > 0);
    assert_eq!(verified_head(&chain), before + done);
}

#[test]
fn flipped_bits_in_the_state_are_noticed_or_harmless() {
    let chain = Chain::with_flipper();
    let file = chain.state().join("chain.redb");
    let good = std::fs::read(&file).expect("the state has a file; qed");
    let mut noticed = 0;
    for number in 0..80 {
        let mut bad = good.clone();
        let index = bad.len() * number / 80;
        for byte in bad.iter_mut().skip(index).take(16) {
            *byte ^= 0x55;
        }
        std::fs::write(&file, &bad).expect("it can be written; qed");
        let answer = chain.run(&["info", "--verify", "--json"]);
        assert!([0, 8].contains(&answer.code), "byte {index}: {answer:?}");
        noticed += usize::from(answer.code == 8);
    }
    println!("{noticed} of 80 damages were noticed, the others hit unused pages");
    std::fs::write(&file, &good).expect("it can be written; qed");
    verified_head(&chain);
}
