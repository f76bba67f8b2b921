use super::*;
use crate::engines::Session;
use crate::host::Host;

/// Each instruction of the code, with how often it ran.
fn counted(text: &str, args: &[u64]) -> Vec<(&'static str, u64)> {
    let vellum = Vellum::new(Translation::Lazy);
    let mut session = vellum.module(&wat::parse_str(text).unwrap()).unwrap().session(Host::default());
    session.profile().unwrap();
    session.call("run", args).unwrap();
    let runs = flow::runs(&session.code_counts()).unwrap();
    runs.iter().flat_map(|run| run.steps.iter().map(|step| (step.mnemonic, run.times))).collect()
}

#[test]
fn a_loop_runs_as_often_as_it_turns() {
    let text = r#"(module (func (export "run") (param i32) (result i32) (local i32)
        (loop
            (local.set 1 (i32.xor (local.get 1) (local.get 0)))
            (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get 1)))"#;
    let counts = counted(text, &[7]);
    let times =
        |mnemonic: &str| counts.iter().filter(|(name, _)| *name == mnemonic).map(|(_, times)| times).sum::<u64>();
    assert_eq!((times("i32.xor"), times("return1")), (7, 1), "{counts:?}");
}

#[test]
fn both_ways_of_a_branch_are_told_apart() {
    // A number that is halved again and again: the last one is below three and is added, the others multiply.
    let text = r#"(module (func (export "run") (param i32) (result i32) (local i32)
        (loop
            (if (i32.lt_u (local.get 0) (i32.const 3))
                (then (local.set 1 (i32.add (local.get 1) (local.get 0))))
                (else (local.set 1 (i32.mul (local.get 1) (local.get 0)))))
            (local.set 0 (i32.shr_u (local.get 0) (i32.const 1)))
            (br_if 0 (i32.ne (local.get 0) (i32.const 0))))
        (local.get 1)))"#;
    // The numbers are 255, 127, 63, 31, 15, 7, 3 and 1.
    let counts = counted(text, &[255]);
    let times =
        |mnemonic: &str| counts.iter().filter(|(name, _)| *name == mnemonic).map(|(_, times)| times).sum::<u64>();
    assert_eq!((times("i32.mul"), times("i32.add")), (7, 1), "{counts:?}");
}

#[test]
fn callees_run_as_often_as_they_are_called() {
    let text = r#"(module
        (func $twice (param i32) (result i32) (i32.shl (local.get 0) (local.get 0)))
        (func (export "run") (param i32) (result i32)
            (i32.xor (call $twice (local.get 0)) (call $twice (i32.const 3)))))"#;
    let counts = counted(text, &[1]);
    let times =
        |mnemonic: &str| counts.iter().filter(|(name, _)| *name == mnemonic).map(|(_, times)| times).sum::<u64>();
    // Whatever has become one with them.
    let calls = counts.iter().filter(|(name, _)| name.ends_with("call")).map(|(_, times)| times).sum::<u64>();
    assert_eq!((times("i32.shl"), times("i32.xor"), calls), (2, 1, 2), "{counts:?}");
}

#[test]
fn a_pair_that_a_branch_leads_into_is_not_one() {
    let step = |mnemonic, writes, reads: &[u16]| Step { mnemonic, writes, reads: reads.to_vec() };
    let runs = [
        Run { steps: vec![step("a", Some(5), &[0]), step("b", Some(1), &[5])], locals: 2, times: 3 },
        Run { steps: vec![step("c", None, &[])], locals: 2, times: 4 },
    ];
    let mut census = Census::default();
    census.add("one", &runs, 1.0);
    assert_eq!(census.by_length[1].keys().collect::<Vec<_>>(), [&vec!["a", "b"]]);
    let pair = &census.by_length[1][&vec!["a", "b"]];
    assert!((pair.mean - 0.3).abs() < 1e-9 && (pair.folds - 0.3).abs() < 1e-9, "{pair:?}");
}
