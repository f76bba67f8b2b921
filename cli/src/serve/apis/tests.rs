use super::{QUESTIONS, arguments};
use crate::{
    args::Cli,
    chain::{Chain, placement::Runtime},
};
use clap::Parser;
use codec::{Decode, Encode};
use frame_support::weights::Weight;
use vellum_runtime::{AccountId, BLOCK_WEIGHT_MAX, Balance};

fn chain() -> Chain {
    let cli = Cli::try_parse_from(["vellum", "accounts"]).expect("this is a command line; qed");
    let runtime = Runtime::chosen(&cli.global).expect("the native runtime is always there; qed");
    Chain::in_memory(runtime).expect("a chain in memory needs no disk; qed")
}

fn account(byte: u8) -> AccountId {
    AccountId::new([byte; 32])
}

/// The arguments of a call that are not about weight.
fn call(limit: Option<Weight>) -> Vec<u8> {
    (account(1), account(2), 0 as Balance, limit, None::<Balance>, vec![1u8, 2]).encode()
}

#[test]
fn every_question_is_one_that_the_runtime_answers() {
    let chain = chain();
    let view = chain.view().expect("a new chain can be read; qed");
    let asked: [(&str, Vec<u8>); 9] = [
        ("AccountNonceApi_account_nonce", account(1).encode()),
        ("ContractsApi_call", call(None)),
        ("ContractsApi_get_storage", (account(1), vec![0u8]).encode()),
        ("GenesisBuilder_get_preset", None::<String>.encode()),
        ("Metadata_metadata_at_version", 15u32.encode()),
        ("TransactionPaymentApi_query_length_to_fee", 7u32.encode()),
        ("TransactionPaymentApi_query_weight_to_fee", Weight::from_parts(1, 2).encode()),
        ("ContractsApi_upload_code", (account(1), vec![0u8], None::<Balance>, 0u8).encode()),
        (
            "ContractsApi_instantiate",
            (account(1), 0 as Balance, None::<Weight>, None::<Balance>, (0u8, vec![0u8]), vec![0u8], vec![0u8])
                .encode(),
        ),
    ];
    let mut answered = 0;
    for (api, _) in QUESTIONS {
        // Those that want a transaction are asked in `tests/serve`.
        let wants_a_transaction = arguments(api, &[]).is_err() && !asked.iter().any(|(name, _)| name == api);
        if wants_a_transaction {
            continue;
        }
        let sent = asked.iter().find(|(name, _)| name == api).map(|(_, sent)| sent.as_slice()).unwrap_or_default();
        let read = arguments(api, sent).unwrap_or_else(|error| panic!("{api}: {error}"));
        chain.ask(&view, api, &read).unwrap_or_else(|failure| panic!("{api}: {failure}"));
        answered += 1;
    }
    assert_eq!(answered, QUESTIONS.len() - 3);
}

#[test]
fn what_makes_blocks_is_no_question() {
    for api in [
        "BlockBuilder_apply_extrinsic",
        "BlockBuilder_finalize_block",
        "Core_execute_block",
        "Core_initialize_block",
        "GenesisBuilder_build_state",
        "nothing",
        "",
    ] {
        let error = arguments(api, &[]).expect_err("it would run out of turn; qed");
        assert!(error.message().contains("answers questions"), "{error}");
    }
}

#[test]
fn arguments_that_do_not_decode_never_reach_the_runtime() {
    for (api, bytes) in [
        ("Core_version", &[0u8][..]),
        ("AccountNonceApi_account_nonce", &[0; 31]),
        ("AccountNonceApi_account_nonce", &[0; 33]),
        ("ContractsApi_call", &[0; 10]),
        ("TransactionPaymentApi_query_info", &[0xff; 40]),
    ] {
        assert!(arguments(api, bytes).is_err(), "{api} {bytes:?}");
    }
}

/// The limit that a call runs with.
fn limit(sent: Option<Weight>) -> Option<Weight> {
    type Call = (AccountId, AccountId, Balance, Option<Weight>, Option<Balance>, Vec<u8>);
    let read = arguments("ContractsApi_call", &call(sent)).expect("they decode; qed");
    let (_, _, _, limit, ..) = Call::decode(&mut &read[..]).expect("they still do; qed");
    limit
}

#[test]
fn a_dry_run_gets_a_block_at_most() {
    assert_eq!(limit(None), None);
    assert_eq!(limit(Some(Weight::from_parts(5, 6))), Some(Weight::from_parts(5, 6)));
    assert_eq!(limit(Some(Weight::MAX)), Some(BLOCK_WEIGHT_MAX));
}

#[test]
fn a_limit_without_proof_size_is_of_a_client_that_knows_none() {
    assert_eq!(limit(Some(Weight::from_parts(5, 0))), Some(Weight::from_parts(5, BLOCK_WEIGHT_MAX.proof_size())));
}
