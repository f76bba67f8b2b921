use super::*;
use crate::{host_api::costs::RuntimeCosts as Cost, tests::Test};
use std::collections::BTreeSet;

/// Every name under which something can be imported.
fn names() -> Vec<(&'static str, &'static str)> {
    HOST_FUNCTIONS
        .iter()
        .flat_map(|function| [Some(function.name), function.alias].map(|name| (function.module, name)))
        .filter_map(|(module, name)| name.map(|name| (module, name)))
        .collect()
}

#[test]
fn every_name_finds_the_first_row_that_has_it() {
    for HostFunction { module, name, alias, .. } in HOST_FUNCTIONS {
        for name in [Some(*name), *alias].into_iter().flatten() {
            let first = HOST_FUNCTIONS.iter().find(|function| function.is_named(module, name));
            assert_eq!(find(module, name), first, "{module}::{name}");
        }
    }
    for (module, name) in [("seal0", ""), ("seal0", "calle"), ("seal9", "caller"), ("", "caller")] {
        assert_eq!(find(module, name), None);
    }
}

#[test]
fn the_number_of_a_row_is_its_position() {
    for (position, function) in HOST_FUNCTIONS.iter().enumerate() {
        assert_eq!(usize::from(function.id), position, "{}", function.name);
    }
}

#[test]
fn no_name_occurs_twice() {
    let names = names();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[test]
fn there_are_as_many_names_as_the_interface_has() {
    // `noop` is there for benchmarks only.
    let of_benchmarks = usize::from(cfg!(feature = "runtime-benchmarks"));
    assert_eq!(HOST_FUNCTIONS.len(), 70 + of_benchmarks);
    assert_eq!(names().len(), 120 + of_benchmarks);
    let names_of =
        |stability| names().iter().filter(|(module, name)| find(module, name).unwrap().stability == stability).count();
    assert_eq!(names_of(Stability::Unstable), 9 + of_benchmarks);
    assert_eq!(names_of(Stability::Stable) + names_of(Stability::Deprecated), 111);
}

#[test]
fn an_older_name_is_the_name_with_a_prefix() {
    for function in HOST_FUNCTIONS {
        if let Some(alias) = function.alias {
            assert_eq!(alias, format!("seal_{}", function.name));
        }
    }
}

#[test]
fn functions_are_found_by_module_and_either_name() {
    let found = |module, name| find(module, name).map(|function| function.id);
    assert_eq!(found("seal1", "call"), found("seal1", "seal_call"));
    assert_ne!(found("seal0", "call"), found("seal1", "call"));
    assert_eq!(found("seal2", "seal_call"), None);
    assert_eq!(found("env", "call"), None);
    assert!(names().iter().all(|(module, name)| found(module, name).is_some()));
}

#[test]
fn the_types_of_functions_are_those_that_contracts_are_compiled_with() {
    let ty = |module, name| find(module, name).unwrap().func_type().to_string();
    assert_eq!(ty("seal0", "seal_return"), "(i32, i32, i32) -> ()");
    assert_eq!(ty("seal2", "set_storage"), "(i32, i32, i32, i32) -> (i32)");
    assert_eq!(ty("seal0", "instantiation_nonce"), "() -> (i64)");
    assert_eq!(ty("seal1", "call"), "(i32, i32, i64, i32, i32, i32, i32, i32) -> (i32)");
    assert_eq!(ty("seal2", "call"), "(i32, i32, i64, i64, i32, i32, i32, i32, i32, i32) -> (i32)");
    assert_eq!(ty("seal0", "weight_to_fee"), "(i64, i32, i32) -> ()");
}

#[test]
fn a_function_has_only_its_own_type() {
    let caller = find("seal0", "caller").unwrap();
    let mut ty = caller.func_type();
    assert!(caller.has_type(&ty.params, &ty.results));
    ty.results.push(ValType::I32);
    assert!(!caller.has_type(&ty.params, &ty.results));
    assert!(!find("seal0", "address").unwrap().has_type(&ty.params, &ty.results));
}

#[test]
fn the_cells_for_arguments_suffice() {
    let most = HOST_FUNCTIONS.iter().map(|function| function.params.len()).max();
    assert_eq!(most, Some(table::PARAMS_MAX));
}

#[test]
fn every_row_is_documented_and_names_a_price_of_its_own() {
    for function in HOST_FUNCTIONS {
        assert!(function.doc.trim().ends_with('.'), "{}", function.name);
        assert!(function.costs.len() > 1 || function.name == "noop", "{}", function.name);
    }
}

#[test]
fn exactly_these_functions_are_refused_in_read_only_frames() {
    let mutating: BTreeSet<_> =
        HOST_FUNCTIONS.iter().filter(|function| function.mutating).map(|function| function.name).collect();
    let expected = [
        "call_runtime",
        "clear_storage",
        "deposit_event",
        "instantiate",
        "lock_delegate_dependency",
        "set_code_hash",
        "set_storage",
        "take_storage",
        "terminate",
        "transfer",
        "unlock_delegate_dependency",
        "xcm_execute",
        "xcm_send",
    ];
    assert_eq!(mutating, BTreeSet::from(expected));
}

#[test]
fn storage_is_priced_for_a_full_trie() {
    use crate::{meter::gas::Token, weights::WeightInfo};
    type Weights = <Test as crate::Config>::WeightInfo;
    let full = Weights::get_storage_full() - Weights::get_storage_empty();
    let weight = Token::<Test>::weight(&Cost::GetStorage(7));
    assert_eq!(weight, Weights::seal_get_storage(7) + full);
}

#[test]
fn answers_have_the_numbers_that_contracts_know() {
    use ReturnErrorCode as Code;
    let numbers = [
        Code::Success,
        Code::CalleeTrapped,
        Code::CalleeReverted,
        Code::KeyNotFound,
        Code::TransferFailed,
        Code::CodeNotFound,
        Code::NotCallable,
        Code::LoggingDisabled,
        Code::CallRuntimeFailed,
        Code::EcdsaRecoveryFailed,
        Code::Sr25519VerifyFailed,
        Code::XcmExecutionFailed,
        Code::XcmSendFailed,
    ]
    .map(Code::code);
    assert_eq!(numbers, [0, 1, 2, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14]);
}

mod guest_memory {
    use super::super::memory::*;
    use crate::{Error, tests::Test};
    use frame_support::assert_err;
    use vellum_host::MemoryOutOfBounds;

    /// Memory of a few bytes.
    struct Bytes(Vec<u8>);

    impl GuestMemory for Bytes {
        fn size_bytes(&self) -> u32 {
            self.0.len() as u32
        }

        fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds> {
            let offset = offset as usize;
            into.copy_from_slice(self.0.get(offset..offset + into.len()).ok_or(MemoryOutOfBounds)?);
            Ok(())
        }

        fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds> {
            let offset = offset as usize;
            let into = self.0.get_mut(offset..offset + from.len()).ok_or(MemoryOutOfBounds)?;
            into.copy_from_slice(from);
            Ok(())
        }
    }

    #[test]
    fn spans_are_checked_before_anything_is_allocated() {
        let memory = Bytes(vec![7; 8]);
        assert_eq!(read::<Test>(&memory, 6, 2), Ok(vec![7, 7]));
        assert_eq!(read::<Test>(&memory, 8, 0), Ok(vec![]));
        for (ptr, len) in [(7, 2), (9, 0), (0, u32::MAX), (u32::MAX, u32::MAX), (u32::MAX, 1)] {
            assert_err!(read::<Test>(&memory, ptr, len), Error::<Test>::OutOfBounds);
        }
    }

    #[test]
    fn a_value_may_end_with_the_memory_even_if_a_longer_one_would_not_fit() {
        // A compact number takes up to five bytes.
        let memory = Bytes(vec![0, 0, 0, 4]);
        assert_eq!(read_as::<Test, codec::Compact<u32>>(&memory, 3), Ok(codec::Compact(1)));
        assert_err!(read_as::<Test, u32>(&memory, 3), Error::<Test>::DecodingFailed);
        assert_err!(read_as::<Test, u32>(&memory, 4), Error::<Test>::DecodingFailed);
        assert_err!(read_as::<Test, u32>(&memory, 5), Error::<Test>::OutOfBounds);
    }

    #[test]
    fn a_value_of_given_length_must_use_all_of_it() {
        let memory = Bytes(vec![4, 9, 9]);
        assert_eq!(read_as_unbounded::<Test, Vec<u8>>(&memory, 0, 2), Ok(vec![9]));
        assert_err!(read_as_unbounded::<Test, Vec<u8>>(&memory, 0, 3), Error::<Test>::DecodingFailed);
    }
}

#[test]
fn what_a_function_reads_is_told_by_the_names_of_its_parameters() {
    use vellum_host::{Span, SpanLen};
    let reads = |module: &str, name: &str| find(module, name).unwrap().reads().collect::<Vec<_>>();
    let value = |pointer| Span { pointer, len: SpanLen::Bytes(32) };
    let length = |pointer| Span { pointer, len: SpanLen::Bytes(4) };
    let measured = |pointer| Span { pointer, len: SpanLen::Arg(pointer + 1) };
    assert_eq!(reads("seal0", "get_storage"), [value(0), length(2)]);
    assert_eq!(reads("seal1", "get_storage"), [measured(0), length(3)]);
    assert_eq!(reads("seal2", "set_storage"), [measured(0), measured(2)]);
    assert_eq!(reads("seal0", "caller"), [length(1)]);
    assert_eq!(reads("seal0", "gas_left"), [length(1)]);
    assert_eq!(reads("seal0", "seal_return"), [measured(1)]);
    assert_eq!(reads("seal0", "deposit_event"), [measured(0), measured(2)]);
    assert_eq!(reads("seal0", "hash_keccak_256"), [measured(0)]);
    assert_eq!(reads("seal1", "call"), [value(1), value(3), measured(4), length(7)]);
    assert_eq!(
        reads("seal2", "instantiate"),
        [value(0), value(3), value(4), measured(5), length(8), length(10), measured(11)]
    );
    assert_eq!(reads("seal0", "caller_is_origin"), []);
    // What is left out is read on its own, so that nothing but speed depends on it: but a plan has room for eight.
    for function in HOST_FUNCTIONS {
        assert!(function.reads().count() <= 8, "{}", function.name);
    }
}
