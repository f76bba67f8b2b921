//! Hashing and signatures.

use sp_core::{Pair, ecdsa, sr25519};
use vellum_runtime_tests::{
    chain::{self, call, deployed},
    inputs::{answer, answer_code, code},
};

#[test]
fn hashes_are_those_that_everybody_computes() {
    chain::run(|| {
        let hasher = deployed("hash");
        let data = b"what is hashed";
        let hash = |which: u8| call(&hasher).bytes(&[&[which], &data[..]].concat()).output();
        assert_eq!(hash(0), sp_io::hashing::sha2_256(data));
        assert_eq!(hash(1), sp_io::hashing::keccak_256(data));
        assert_eq!(hash(2), sp_io::hashing::blake2_256(data));
        assert_eq!(hash(3)[..16], sp_io::hashing::blake2_128(data));
        assert_eq!(hash(3)[16..], [0; 16]);
    });
}

#[test]
fn sr25519_signatures_are_verified() {
    chain::run(|| {
        let verifier = deployed("sr25519");
        let pair = sr25519::Pair::from_seed(&[7; 32]);
        let signature = pair.sign(b"message");
        let verify = |message: &[u8]| {
            let input = [&signature.0[..], pair.public().as_ref(), message].concat();
            answer_code(call(&verifier).bytes(&input).output())
        };
        assert_eq!(verify(b"message"), code::SUCCESS);
        assert_eq!(verify(b"massage"), code::SR25519_VERIFY_FAILED);
    });
}

#[test]
fn ecdsa_keys_are_recovered() {
    chain::run(|| {
        let recoverer = deployed("ecdsa");
        let pair = ecdsa::Pair::from_seed(&[7; 32]);
        let hash = sp_io::hashing::blake2_256(b"message");
        let signature = pair.sign_prehashed(&hash);
        let output = call(&recoverer).input((signature.0, hash)).output();
        let (recovered, rest) = answer(output);
        let (converted, rest) = answer(rest);
        assert_eq!((recovered, converted), (code::SUCCESS, code::SUCCESS));
        assert_eq!(rest[..33], pair.public().0);
        let uncompressed = sp_io::crypto::secp256k1_ecdsa_recover(&signature.0, &hash);
        let key = uncompressed.unwrap_or_else(|_| panic!("the signature is a good one"));
        assert_eq!(rest[33..], sp_io::hashing::keccak_256(&key)[12..]);
    });
}

#[test]
fn a_broken_ecdsa_signature_gives_no_key() {
    chain::run(|| {
        let recoverer = deployed("ecdsa");
        let (recovered, _) = answer(call(&recoverer).input(([0xff_u8; 65], [1u8; 32])).output());
        assert_eq!(recovered, code::ECDSA_RECOVERY_FAILED);
    });
}
