//! What clients find in metadata and in storage.

use super::*;
use codec::{Decode, Encode};
use frame_support::traits::{PalletInfoAccess, StorageInfoTrait, StorageVersion};
use scale_info::TypeInfo;

fn path<T: TypeInfo>() -> String {
    T::type_info().path.segments.join("::")
}

#[test]
fn types_have_the_paths_that_generated_client_code_names() {
    assert_eq!(path::<crate::Origin<Test>>(), "pallet_contracts::Origin");
    assert_eq!(path::<crate::Environment<Test>>(), "pallet_contracts::Environment");
    assert_eq!(path::<crate::EnvironmentType<u32>>(), "pallet_contracts::EnvironmentType");
    assert_eq!(path::<crate::ApiVersion>(), "pallet_contracts::ApiVersion");
    assert_eq!(path::<Schedule<Test>>(), "pallet_contracts::schedule::Schedule");
    assert_eq!(path::<crate::Limits>(), "pallet_contracts::schedule::Limits");
    assert_eq!(path::<Determinism>(), "pallet_contracts::wasm::Determinism");
    assert_eq!(path::<crate::CodeInfo<Test>>(), "pallet_contracts::wasm::CodeInfo");
    assert_eq!(path::<ContractInfo<Test>>(), "pallet_contracts::storage::ContractInfo");
    assert_eq!(path::<crate::DeletionQueueManager<Test>>(), "pallet_contracts::storage::DeletionQueueManager");
    assert_eq!(path::<ExecReturnValue>(), "pallet_contracts::primitives::ExecReturnValue");
    assert_eq!(path::<Code<H256>>(), "pallet_contracts::primitives::Code");
    assert_eq!(path::<crate::StorageDeposit<u64>>(), "pallet_contracts::primitives::StorageDeposit");
    assert_eq!(path::<crate::ReturnFlags>(), "pallet_contracts_uapi::flags::ReturnFlags");
    assert_eq!(path::<crate::Event<Test>>(), "pallet_contracts::pallet::Event");
    assert_eq!(path::<crate::Call<Test>>(), "pallet_contracts::pallet::Call");
}

#[test]
fn the_environment_names_six_types() {
    let scale_info::TypeDef::Composite(environment) = crate::Environment::<Test>::type_info().type_def else {
        panic!("the environment is a struct");
    };
    let names: Vec<_> = environment.fields.iter().filter_map(|field| field.name).collect();
    assert_eq!(names, ["account_id", "balance", "hash", "hasher", "timestamp", "block_number"]);
}

/// Index and name of each variant.
fn variants<T: TypeInfo>() -> Vec<(u8, &'static str)> {
    match T::type_info().type_def {
        scale_info::TypeDef::Variant(def) => def.variants.iter().map(|v| (v.index, v.name)).collect(),
        other => panic!("not an enum: {other:?}"),
    }
}

#[test]
fn calls_have_their_indices() {
    let expected = [
        (0, "call_old_weight"),
        (1, "instantiate_with_code_old_weight"),
        (2, "instantiate_old_weight"),
        (3, "upload_code"),
        (4, "remove_code"),
        (5, "set_code"),
        (6, "call"),
        (7, "instantiate_with_code"),
        (8, "instantiate"),
        (9, "migrate"),
    ];
    assert_eq!(variants::<crate::Call<Test>>(), expected);
}

#[test]
fn events_and_errors_have_their_indices() {
    let events = [
        (0, "Instantiated"),
        (1, "Terminated"),
        (2, "CodeStored"),
        (3, "ContractEmitted"),
        (4, "CodeRemoved"),
        (5, "ContractCodeUpdated"),
        (6, "Called"),
        (7, "DelegateCalled"),
        (8, "StorageDepositTransferredAndHeld"),
        (9, "StorageDepositTransferredAndReleased"),
    ];
    assert_eq!(variants::<crate::Event<Test>>(), events);
    let errors = variants::<Error<Test>>();
    assert_eq!(errors.len(), 37);
    assert_eq!(errors[2], (2, "OutOfGas"));
    assert_eq!(errors[12], (12, "ContractTrapped"));
    assert_eq!(errors[19], (19, "XCMDecodeFailed"));
    assert_eq!(errors[28], (28, "CodeRejected"));
    assert_eq!(errors[36], (36, "OutOfTransientStorage"));
}

#[test]
fn constants_are_those_of_pallet_contracts() {
    let names: Vec<_> = Contracts::pallet_constants_metadata().into_iter().map(|constant| constant.name).collect();
    let expected = [
        "Schedule",
        "DepositPerByte",
        "DefaultDepositLimit",
        "DepositPerItem",
        "CodeHashLockupDepositPercent",
        "MaxCodeLen",
        "MaxStorageKeyLen",
        "MaxTransientStorageSize",
        "MaxDelegateDependencies",
        "UnsafeUnstableInterface",
        "MaxDebugBufferLen",
        "Environment",
        "ApiVersion",
    ];
    assert_eq!(names, expected);
}

#[test]
fn storage_has_the_prefixes_of_pallet_contracts_and_one_map_of_its_own() {
    let prefixes: Vec<_> =
        Contracts::storage_info().into_iter().map(|info| String::from_utf8(info.storage_name).unwrap()).collect();
    let expected = [
        "PristineCode",
        "CodeInfoOf",
        "CodeFeatures",
        "Nonce",
        "ContractInfoOf",
        "DeletionQueue",
        "DeletionQueueCounter",
        "MigrationInProgress",
    ];
    assert_eq!(prefixes, expected);
    assert_eq!(Contracts::name(), "Contracts");
    assert_eq!(crate::pallet::STORAGE_VERSION, StorageVersion::new(16));
}

#[test]
fn keys_are_hashed_as_in_pallet_contracts() {
    let hash = H256([7; 32]);
    let key = crate::PristineCode::<Test>::hashed_key_for(hash);
    assert_eq!(key[32..], [7; 32], "identity");
    let key = ContractInfoOf::<Test>::hashed_key_for(ALICE);
    assert_eq!(key.len(), 32 + 8 + 32);
    assert_eq!(key[40..], [1; 32], "twox64concat");
}

#[test]
fn results_are_encoded_as_clients_decode_them() {
    let flags = crate::ReturnFlags::REVERT;
    let value = ExecReturnValue { flags, data: vec![9] };
    assert_eq!(value.encode(), [1, 0, 0, 0, 1 << 2, 9]);
    assert_eq!(ExecReturnValue::decode(&mut &value.encode()[..]).unwrap(), value);
    assert_eq!(Code::<H256>::Upload(vec![]).encode()[0], 0);
    assert_eq!(crate::StorageDeposit::<u64>::Refund(1).encode()[0], 0);
    assert_eq!(Determinism::Relaxed.encode(), [1]);
    assert_eq!(crate::ApiVersion::default().encode(), [4, 0]);
}
