//! Hashes and signatures.

use super::{
    modules,
    setup::{Memory, Setup},
};
use crate::Config;
use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::{crypto::ecdsa::ECDSAExt, traits::Get};
use sp_core::crypto::KeyTypeId;
use sp_io::{crypto, hashing};

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

/// Where the node keeps the keys that sign here.
const KEYS: KeyTypeId = KeyTypeId(*b"code");

/// Bytes of signature and key, with something to spare.
const SIGNED_WITH_BYTES: u32 = 255;

/// The bytes that are hashed. The hash takes the place of the first of them, so that all of memory can be hashed.
fn hashed(count: u32) -> Vec<u8> {
    vec![42; usize::try_from(count).unwrap_or(usize::MAX)]
}

/// The longest message of which pallet-contracts knows what it takes, if it fits into memory.
fn message_bytes_max<T: Config>() -> u32 {
    T::MaxCodeLen::get().min(modules::memory_bytes::<T>()).saturating_sub(SIGNED_WITH_BYTES)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// `n`: bytes that are hashed.
    #[benchmark(pov_mode = Measured)]
    fn seal_hash_sha2_256(n: Linear<0, { modules::memory_bytes::<T>() }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let input = memory.put(&hashed(n));
        let mut frame = setup.at_call(("seal0", "hash_sha2_256"), &[input, n, input], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.read(input, 32), hashing::sha2_256(&hashed(n)));
        Ok(())
    }

    /// `n`: bytes that are hashed.
    #[benchmark(pov_mode = Measured)]
    fn seal_hash_keccak_256(n: Linear<0, { modules::memory_bytes::<T>() }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let input = memory.put(&hashed(n));
        let mut frame = setup.at_call(("seal0", "hash_keccak_256"), &[input, n, input], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.read(input, 32), hashing::keccak_256(&hashed(n)));
        Ok(())
    }

    /// `n`: bytes that are hashed.
    #[benchmark(pov_mode = Measured)]
    fn seal_hash_blake2_256(n: Linear<0, { modules::memory_bytes::<T>() }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let input = memory.put(&hashed(n));
        let mut frame = setup.at_call(("seal0", "hash_blake2_256"), &[input, n, input], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.read(input, 32), hashing::blake2_256(&hashed(n)));
        Ok(())
    }

    /// `n`: bytes that are hashed.
    #[benchmark(pov_mode = Measured)]
    fn seal_hash_blake2_128(n: Linear<0, { modules::memory_bytes::<T>() }>) -> Result<(), BenchmarkError> {
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let input = memory.put(&hashed(n));
        let mut frame = setup.at_call(("seal0", "hash_blake2_128"), &[input, n, input], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), None);
        assert_eq!(frame.read(input, 16), hashing::blake2_128(&hashed(n)));
        Ok(())
    }

    /// `n`: bytes of the message.
    #[benchmark(pov_mode = Measured)]
    fn seal_sr25519_verify(n: Linear<0, { message_bytes_max::<T>() }>) -> Result<(), BenchmarkError> {
        let message = hashed(n);
        let public = crypto::sr25519_generate(KEYS, None);
        let signature = crypto::sr25519_sign(KEYS, &public, &message).ok_or("the node cannot sign")?;
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let (signature, public) = (memory.encode(&signature), memory.encode(&public));
        let message = memory.put(&message);
        let args = [signature, public, n, message];
        let mut frame = setup.at_call(("seal0", "sr25519_verify"), &args, &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_ecdsa_recover() -> Result<(), BenchmarkError> {
        let message_hash = hashing::blake2_256(b"message");
        let public = crypto::ecdsa_generate(KEYS, None);
        let signature = crypto::ecdsa_sign_prehashed(KEYS, &public, &message_hash).ok_or("the node cannot sign")?;
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let (signature, message_hash) = (memory.encode(&signature), memory.encode(&message_hash));
        let recovered = memory.put(&[0; 33]);
        let mut frame = setup.at_call(("seal0", "ecdsa_recover"), &[signature, message_hash, recovered], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        assert_eq!(frame.read(recovered, 33), public.0);
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn seal_ecdsa_to_eth_address() -> Result<(), BenchmarkError> {
        let public = crypto::ecdsa_generate(KEYS, None);
        let mut setup = Setup::<T>::new()?;
        let mut memory = Memory::default();
        let (key, address) = (memory.encode(&public), memory.put(&[0; 20]));
        let mut frame = setup.at_call(("seal0", "ecdsa_to_eth_address"), &[key, address], &memory)?;
        let result;
        #[block]
        {
            result = frame.call();
        }
        assert_eq!(result.unwrap(), Some(0));
        let expected = public.to_eth_address().map_err(|()| "the key has no address")?;
        assert_eq!(frame.read(address, 20), expected);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}
