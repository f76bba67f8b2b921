//! Code that the node reads from the state.

mod common;

use codec::Encode;
use common::*;
use sp_externalities::{Externalities, set_and_run_with_externalities};
use sp_state_machine::{BasicExternalities, TestExternalities};
use vellum_host::{Refusal, SessionLimits, Terms, interface::vellum as node};

fn constant(number: u32) -> Vec<u8> {
    blob(&format!(r#"(module (func (export "call") (result i32) (i32.const {number})))"#))
}

fn load_stored(key: &[u8], hash: &[u8]) -> i64 {
    node::load(key, hash, VALIDATED, &mut [0; ROOM])
}

/// What the function of [`constant`] returns.
fn answer(module: u32) -> u64 {
    let mut room = [0; ROOM];
    let instance = done(node::instantiate(module, &[]));
    done(node::run(instance, 0, FUEL, &mut room));
    u64::from_le_bytes(room[24..32].try_into().unwrap())
}

#[test]
fn code_is_what_the_state_has_whatever_its_hash_is_said_to_be() {
    let (one, two) = (constant(1), constant(2));
    let hashes = [&one, &two].map(|blob| sp_crypto_hashing::blake2_256(blob));
    let mut state = BasicExternalities::default();
    state.place_storage(b"one".to_vec(), Some(one.encode()));
    state.place_storage(b"two".to_vec(), Some(two.encode()));
    set_and_run_with_externalities(&mut state, || {
        open();
        // In every order, so that each is found and not found under each hash.
        for hash in [&hashes[0][..], &hashes[1], &[0; 32], b"short", &[]] {
            assert_eq!(answer(done(load_stored(b"one", hash))), 1);
            assert_eq!(answer(done(load_stored(b"two", hash))), 2);
            node::close_session();
            open();
        }
    });
}

#[test]
fn code_that_changes_under_a_key_is_the_changed_code() {
    let hash = sp_crypto_hashing::blake2_256(&constant(1));
    for number in [1, 2, 1] {
        let mut state = BasicExternalities::default();
        state.place_storage(b"key".to_vec(), Some(constant(number).encode()));
        set_and_run_with_externalities(&mut state, || {
            open();
            assert_eq!(answer(done(load_stored(b"key", &hash))), number.into());
        });
    }
}

#[test]
fn what_no_vector_of_bounded_length_is_decoded_from_is_no_code() {
    let code = constant(1);
    let (encoded, max) = (code.encode(), code.len() as u32);
    let cases = [
        (None, max, false),
        (Some(encoded.clone()), max, true),
        (Some(encoded.clone()), max - 1, false),
        (Some(encoded[..encoded.len() - 1].to_vec()), max, false),
        (Some(Vec::new()), max, false),
        // Somebody who decodes it does not see what stands behind.
        (Some([&encoded[..], b"more"].concat()), max, true),
        // A length must be encoded in as few bytes as it can be.
        (Some([&[2 | (max as u8) << 2, 0, 0, 0][..], &code].concat()), max, false),
        (Some(vec![0xff; 9]), u32::MAX, false),
    ];
    for (value, code_bytes, found) in cases {
        let mut state = BasicExternalities::default();
        state.place_storage(b"key".to_vec(), value.clone());
        set_and_run_with_externalities(&mut state, || {
            let session = SessionLimits { code_bytes, ..terms().session };
            done(node::open_session(&Terms { session, ..terms() }.encode()));
            let answer = load_stored(b"key", &[]);
            let decoded = value.and_then(|value| <Vec<u8> as codec::Decode>::decode(&mut &value[..]).ok());
            let decoded = decoded.filter(|blob| blob.len() <= code_bytes as usize);
            assert_eq!(decoded.is_some(), found);
            match found {
                true => _ = done(answer),
                false => assert_eq!(refused(answer), Refusal::NotFound),
            }
        });
    }
}

#[test]
fn the_state_is_read_alike_whether_the_node_knows_the_code_or_not() {
    // Code that no other test has loaded: not found, then found, and found under another hash than it is said to have.
    let code = constant(0x5eed);
    let mut storage = sp_core::storage::Storage::default();
    let others = (0..50u32).map(|number| (number.encode(), number.encode()));
    storage.top.extend(others.chain([(b"key".to_vec(), code.encode())]));
    let mut state = TestExternalities::<sp_core::Blake2Hasher>::new(storage);
    state.commit_all().unwrap();
    let mut run = |hash: &[u8]| {
        state.execute_and_prove(|| {
            open();
            answer(done(load_stored(b"key", hash)))
        })
    };
    let hash = sp_crypto_hashing::blake2_256(&code);
    let runs = [run(&hash), run(&hash), run(&[1; 32]), run(&hash)];
    for (answer, proof) in &runs {
        assert_eq!((*answer, proof), (0x5eed, &runs[0].1));
    }
    assert!(runs[0].1.encoded_size() > code.len());
}

#[test]
fn nothing_is_read_for_a_runtime_that_has_no_session() {
    let mut storage = sp_core::storage::Storage::default();
    storage.top.insert(b"key".to_vec(), constant(1).encode());
    let mut state = TestExternalities::<sp_core::Blake2Hasher>::new(storage);
    state.commit_all().unwrap();
    let (answer, proof) = state.execute_and_prove(|| load_stored(b"key", &[]));
    assert_eq!((refused(answer), proof.is_empty()), (Refusal::NoSession, true));
}
