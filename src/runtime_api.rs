//! The runtime API through which clients try calls before they send them.

use crate::{Code, CodeUploadResult, ContractExecResult, ContractInstantiateResult, Determinism, GetStorageResult};
use alloc::vec::Vec;
use codec::Codec;
use frame_support::weights::Weight;

sp_api::decl_runtime_apis! {
    /// Dry runs and reads. Nothing that a method does is kept.
    #[api_version(2)]
    pub trait ContractsApi<AccountId, Balance, BlockNumber, Hash, EventRecord> where
        AccountId: Codec,
        Balance: Codec,
        BlockNumber: Codec,
        Hash: Codec,
        EventRecord: Codec,
    {
        /// Calls a contract. See [`crate::Pallet::bare_call`].
        fn call(
            origin: AccountId,
            dest: AccountId,
            value: Balance,
            gas_limit: Option<Weight>,
            storage_deposit_limit: Option<Balance>,
            input_data: Vec<u8>,
        ) -> ContractExecResult<Balance, EventRecord>;

        /// Instantiates a contract. See [`crate::Pallet::bare_instantiate`].
        fn instantiate(
            origin: AccountId,
            value: Balance,
            gas_limit: Option<Weight>,
            storage_deposit_limit: Option<Balance>,
            code: Code<Hash>,
            data: Vec<u8>,
            salt: Vec<u8>,
        ) -> ContractInstantiateResult<AccountId, Balance, EventRecord>;

        /// Uploads code. See [`crate::Pallet::bare_upload_code`].
        fn upload_code(
            origin: AccountId,
            code: Vec<u8>,
            storage_deposit_limit: Option<Balance>,
            determinism: Determinism,
        ) -> CodeUploadResult<Hash, Balance>;

        /// The value that a contract stores under a key of variable size, if there is one.
        fn get_storage(
            address: AccountId,
            key: Vec<u8>,
        ) -> GetStorageResult;
    }
}
