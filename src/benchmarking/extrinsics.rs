//! Extrinsics, and loading code, which they and every call pay for by its size.

use super::{
    modules::{self, Filling},
    setup::{Instantiated, funded, funds, hash_of, held, upload},
};
use crate::{BalanceOf, Call, CodeInfoOf, Config, Determinism, HoldReason, Pallet as Contracts, PristineCode};
use alloc::{vec, vec::Vec};
use codec::{Encode, HasCompact};
use core::{fmt::Debug, marker::PhantomData};
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{Get, fungible::Inspect},
    weights::Weight,
};
use frame_system::RawOrigin;
use scale_info::TypeInfo;
use sp_runtime::traits::{StaticLookup, Zero};

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

/// So many bytes of input or salt.
fn bytes(count: u32) -> Vec<u8> {
    vec![42; usize::try_from(count).unwrap_or(usize::MAX)]
}

fn lookup<T: Config>(account: &T::AccountId) -> <T::Lookup as StaticLookup>::Source {
    T::Lookup::unlookup(account.clone())
}

/// What a contract has, and what its creator has left, when value and deposits have moved.
fn assert_instantiated<T: Config>(creator: &T::AccountId, contract: &T::AccountId, value: BalanceOf<T>) {
    let min_balance = Contracts::<T>::min_balance();
    let deposits = held::<T>(HoldReason::StorageDepositReserve, contract)
        + held::<T>(HoldReason::CodeUploadDepositReserve, creator);
    assert!(crate::ContractInfoOf::<T>::contains_key(contract));
    assert_eq!(T::Currency::balance(contract), value + min_balance);
    assert_eq!(T::Currency::balance(creator), funds::<T>() - value - min_balance - deposits);
}

#[benchmarks(where <BalanceOf<T> as HasCompact>::Type: Clone + Eq + PartialEq + Debug + TypeInfo + Encode)]
mod benchmarks {
    use super::*;

    /// `c`: bytes of the code that is called. Nothing of it runs; what it is made of is what is dearest to read of what the engine has no
    /// price for. Only the difference that bytes make is charged.
    #[benchmark(pov_mode = Measured)]
    fn call_with_code_per_byte(c: Linear<0, { T::MaxCodeLen::get() }>) -> Result<(), BenchmarkError> {
        let code = modules::sized(c, Filling::Locals);
        let contract = Instantiated::<T>::of(whitelisted_caller(), code)?;
        let value = Contracts::<T>::min_balance();
        let before = T::Currency::balance(&contract.account);
        let origin = RawOrigin::Signed(contract.owner.clone());
        #[extrinsic_call]
        call(origin, lookup::<T>(&contract.account), value, Weight::MAX, None, vec![]);
        assert_eq!(T::Currency::balance(&contract.account), before + value);
        Ok(())
    }

    /// `c`: bytes of the code, all of which is validated and translated. `i`: bytes of the input. `s`: bytes of the
    /// salt.
    #[benchmark(pov_mode = Measured)]
    fn instantiate_with_code(
        c: Linear<0, { T::MaxCodeLen::get() }>,
        i: Linear<0, { modules::memory_bytes::<T>() }>,
        s: Linear<0, { modules::memory_bytes::<T>() }>,
    ) -> Result<(), BenchmarkError> {
        let (value, input, salt) = (Contracts::<T>::min_balance(), bytes(i), bytes(s));
        let creator = funded::<T>(whitelisted_caller());
        let code = modules::sized(c, Filling::Blocks);
        let contract = Contracts::<T>::contract_address(&creator, &hash_of::<T>(&code), &input, &salt);
        #[extrinsic_call]
        _(RawOrigin::Signed(creator.clone()), value, Weight::MAX, None, code, input, salt);
        assert_instantiated::<T>(&creator, &contract, value);
        Ok(())
    }

    /// `i`: bytes of the input. `s`: bytes of the salt.
    #[benchmark(pov_mode = Measured)]
    fn instantiate(
        i: Linear<0, { modules::memory_bytes::<T>() }>,
        s: Linear<0, { modules::memory_bytes::<T>() }>,
    ) -> Result<(), BenchmarkError> {
        let (value, input, salt) = (Contracts::<T>::min_balance(), bytes(i), bytes(s));
        let creator = funded::<T>(whitelisted_caller());
        let code_hash = upload::<T>(creator.clone(), modules::empty(0))?;
        let contract = Contracts::<T>::contract_address(&creator, &code_hash, &input, &salt);
        #[extrinsic_call]
        _(RawOrigin::Signed(creator.clone()), value, Weight::MAX, None, code_hash, input, salt);
        assert_instantiated::<T>(&creator, &contract, value);
        Ok(())
    }

    /// An empty contract. A contract that reads its input pays for that by a host function.
    #[benchmark(pov_mode = Measured)]
    fn call() -> Result<(), BenchmarkError> {
        let contract = Instantiated::<T>::of(whitelisted_caller(), modules::empty(0))?;
        let value = Contracts::<T>::min_balance();
        let before = (T::Currency::balance(&contract.owner), T::Currency::balance(&contract.account));
        let origin = RawOrigin::Signed(contract.owner.clone());
        #[extrinsic_call]
        _(origin, lookup::<T>(&contract.account), value, Weight::MAX, None, bytes(1_024));
        let after = (T::Currency::balance(&contract.owner), T::Currency::balance(&contract.account));
        assert_eq!(after, (before.0 - value, before.1 + value));
        contract.info()?;
        Ok(())
    }

    /// `c`: bytes of the code, all of which is validated and translated.
    #[benchmark(pov_mode = Measured)]
    fn upload_code_determinism_enforced(c: Linear<0, { T::MaxCodeLen::get() }>) -> Result<(), BenchmarkError> {
        let owner = funded::<T>(whitelisted_caller());
        let code = modules::sized(c, Filling::Blocks);
        let code_hash = hash_of::<T>(&code);
        #[extrinsic_call]
        upload_code(RawOrigin::Signed(owner.clone()), code, None, Determinism::Enforced);
        let info = CodeInfoOf::<T>::get(code_hash).ok_or("the code is not stored")?;
        assert!(PristineCode::<T>::contains_key(code_hash));
        assert_eq!(held::<T>(HoldReason::CodeUploadDepositReserve, &owner), info.deposit());
        Ok(())
    }

    /// `c`: bytes of the code, all of which is validated and translated twice: the stricter rules come first.
    #[benchmark(pov_mode = Measured)]
    fn upload_code_determinism_relaxed(c: Linear<0, { T::MaxCodeLen::get() }>) -> Result<(), BenchmarkError> {
        let owner = funded::<T>(whitelisted_caller());
        let code = modules::sized(c, Filling::BlocksAndFloat);
        let code_hash = hash_of::<T>(&code);
        #[extrinsic_call]
        upload_code(RawOrigin::Signed(owner.clone()), code, None, Determinism::Relaxed);
        let info = CodeInfoOf::<T>::get(code_hash).ok_or("the code is not stored")?;
        // The rules that allow floats were needed.
        assert_eq!(info.determinism(), Determinism::Relaxed);
        assert_eq!(held::<T>(HoldReason::CodeUploadDepositReserve, &owner), info.deposit());
        Ok(())
    }

    /// The code is not read, so that its size does not matter.
    #[benchmark(pov_mode = Measured)]
    fn remove_code() -> Result<(), BenchmarkError> {
        let owner = funded::<T>(whitelisted_caller());
        let code_hash = upload::<T>(owner.clone(), modules::empty(0))?;
        assert!(!held::<T>(HoldReason::CodeUploadDepositReserve, &owner).is_zero());
        #[extrinsic_call]
        _(RawOrigin::Signed(owner.clone()), code_hash);
        assert!(held::<T>(HoldReason::CodeUploadDepositReserve, &owner).is_zero());
        assert!(!CodeInfoOf::<T>::contains_key(code_hash) && !PristineCode::<T>::contains_key(code_hash));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn set_code() -> Result<(), BenchmarkError> {
        let contract = Instantiated::<T>::of(whitelisted_caller(), modules::empty(0))?;
        let code_hash = upload::<T>(contract.owner.clone(), modules::empty(1))?;
        assert_ne!(contract.info()?.code_hash, code_hash);
        #[extrinsic_call]
        _(RawOrigin::Root, lookup::<T>(&contract.account), code_hash);
        assert_eq!(contract.info()?.code_hash, code_hash);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}
