//! Table 3: every function that a contract can import.
//!
//! A row gives, in this order: what the function does; its number, which is its position and never
//! changes; module, name and the older name, if it has one; who may import it, and `mutating` if it is
//! refused in a read-only frame; parameters and result; the weight functions that price it, besides
//! `noop_host_fn` for every call; and the body.
//!
//! Rows are only appended. All the rest that has to do with a function is made from its row.

use super::{
    HostContext, HostFunction, Param, ReturnErrorCode, Stability, TrapReason, calls, chain, code, crypto, deprecated,
    environment, events, storage, trace,
    value::{WasmParam, WasmResult},
    xcm,
};
use crate::call_stack::Ext;

/// The most parameters that a function has. Checked by a test.
pub(super) const PARAMS_MAX: usize = 13;

macro_rules! host_functions {
    ($(
        $(#[doc = $doc:literal])+
        $(#[cfg($($condition:tt)*)])?
        $id:literal $module:ident $name:ident $(as $alias:literal)?,
        $stability:ident $($mutating:ident)?,
        ($($param:ident: $ty:ty),*) -> $result:ty,
        [$($cost:literal),*],
        $body:path;
    )*) => {
        /// All rows.
        pub static HOST_FUNCTIONS: &[HostFunction] = &[$($(#[cfg($($condition)*)])? HostFunction {
            id: $id,
            module: stringify!($module),
            name: stringify!($name),
            alias: host_functions!(@alias $($alias)?),
            stability: Stability::$stability,
            mutating: host_functions!(@mutating $($mutating)?),
            params: &[$(Param { name: stringify!($param), ty: <$ty as WasmParam>::TYPE }),*],
            result: <$result as WasmResult>::TYPE,
            costs: &["noop_host_fn" $(, $cost)*],
            doc: concat!($($doc),+),
        }),*];

        /// Runs the body of a row with arguments in cells.
        #[allow(unused_mut, unused_variables, reason = "some rows have no parameters")]
        pub(super) fn dispatch<E: Ext>(
            function: &'static HostFunction,
            context: &mut HostContext<'_, E>,
            memory: &mut vellum_host::Execution,
            args: &[u64; PARAMS_MAX],
        ) -> Result<Option<u64>, TrapReason> {
            let mut cells = args.iter().copied();
            match function.id {
                $($(#[cfg($($condition)*)])? $id => {
                    $(let $param = <$ty as WasmParam>::from_cell(cells.next().unwrap_or(0));)*
                    let result: Result<$result, _> = $body(context, memory, $($param),*);
                    trace(function, context, args, &result);
                    result.map(WasmResult::into_cell)
                })*
                _ => unreachable!("`function` is a row of this table, and its number is in it; qed"),
            }
        }
    };
    (@alias) => { None };
    (@alias $alias:literal) => { Some($alias) };
    (@mutating) => { false };
    (@mutating mutating) => { true };
}

host_functions! {
    /// Stores a value under a key of 32 bytes.
    0 seal0 set_storage as "seal_set_storage", Stable mutating,
    (key_ptr: u32, value_ptr: u32, value_len: u32) -> (),
    ["seal_set_storage"], storage::set_fixed_without_result;

    /// Stores a value under a key of 32 bytes and returns the length of the value that was there.
    1 seal1 set_storage as "seal_set_storage", Stable mutating,
    (key_ptr: u32, value_ptr: u32, value_len: u32) -> u32,
    ["seal_set_storage"], storage::set_fixed;

    /// Stores a value under a key of any length and returns the length of the value that was there.
    2 seal2 set_storage as "seal_set_storage", Stable mutating,
    (key_ptr: u32, key_len: u32, value_ptr: u32, value_len: u32) -> u32,
    ["seal_set_storage"], storage::set_variable;

    /// Removes the value under a key of 32 bytes.
    3 seal0 clear_storage as "seal_clear_storage", Stable mutating,
    (key_ptr: u32) -> (),
    ["seal_clear_storage"], storage::clear_fixed;

    /// Removes the value under a key of any length and returns its length.
    4 seal1 clear_storage as "seal_clear_storage", Stable mutating,
    (key_ptr: u32, key_len: u32) -> u32,
    ["seal_clear_storage"], storage::clear_variable;

    /// Reads the value under a key of 32 bytes.
    5 seal0 get_storage as "seal_get_storage", Stable,
    (key_ptr: u32, out_ptr: u32, out_len_ptr: u32) -> ReturnErrorCode,
    ["seal_get_storage"], storage::get_fixed;

    /// Reads the value under a key of any length.
    6 seal1 get_storage as "seal_get_storage", Stable,
    (key_ptr: u32, key_len: u32, out_ptr: u32, out_len_ptr: u32) -> ReturnErrorCode,
    ["seal_get_storage"], storage::get_variable;

    /// Returns the length of the value under a key of 32 bytes.
    7 seal0 contains_storage as "seal_contains_storage", Stable,
    (key_ptr: u32) -> u32,
    ["seal_contains_storage"], storage::contains_fixed;

    /// Returns the length of the value under a key of any length.
    8 seal1 contains_storage as "seal_contains_storage", Stable,
    (key_ptr: u32, key_len: u32) -> u32,
    ["seal_contains_storage"], storage::contains_variable;

    /// Reads and removes the value under a key of any length.
    9 seal0 take_storage as "seal_take_storage", Stable mutating,
    (key_ptr: u32, key_len: u32, out_ptr: u32, out_len_ptr: u32) -> ReturnErrorCode,
    ["seal_take_storage"], storage::take_variable;

    /// Moves balance to an account. No code runs.
    10 seal0 transfer as "seal_transfer", Stable mutating,
    (account_ptr: u32, account_len: u32, value_ptr: u32, value_len: u32) -> ReturnErrorCode,
    ["seal_transfer"], calls::transfer;

    /// Calls a contract and allows it to call back.
    11 seal0 call as "seal_call", Stable,
    (callee_ptr: u32, callee_len: u32, gas: u64, value_ptr: u32, value_len: u32,
        input_data_ptr: u32, input_data_len: u32, output_ptr: u32, output_len_ptr: u32)
        -> ReturnErrorCode,
    ["seal_call", "seal_return", "seal_input"], calls::call_v0;

    /// Calls a contract with flags.
    12 seal1 call as "seal_call", Stable,
    (flags: u32, callee_ptr: u32, gas: u64, value_ptr: u32, input_data_ptr: u32,
        input_data_len: u32, output_ptr: u32, output_len_ptr: u32) -> ReturnErrorCode,
    ["seal_call", "seal_return", "seal_input"], calls::call_v1;

    /// Calls a contract with flags, both dimensions of weight, and a limit on deposits.
    13 seal2 call, Stable,
    (flags: u32, callee_ptr: u32, ref_time_limit: u64, proof_size_limit: u64, deposit_ptr: u32,
        value_ptr: u32, input_data_ptr: u32, input_data_len: u32, output_ptr: u32,
        output_len_ptr: u32) -> ReturnErrorCode,
    ["seal_call", "seal_return", "seal_input"], calls::call_v2;

    /// Runs other code as this contract.
    14 seal0 delegate_call as "seal_delegate_call", Stable,
    (flags: u32, code_hash_ptr: u32, input_data_ptr: u32, input_data_len: u32, output_ptr: u32,
        output_len_ptr: u32) -> ReturnErrorCode,
    ["seal_delegate_call", "seal_call", "seal_return", "seal_input"], calls::delegate_call;

    /// Creates a contract.
    15 seal0 instantiate as "seal_instantiate", Stable mutating,
    (code_hash_ptr: u32, code_hash_len: u32, gas: u64, value_ptr: u32, value_len: u32,
        input_data_ptr: u32, input_data_len: u32, address_ptr: u32, address_len_ptr: u32,
        output_ptr: u32, output_len_ptr: u32, salt_ptr: u32, salt_len: u32) -> ReturnErrorCode,
    ["seal_instantiate", "seal_input"], calls::instantiate_v0;

    /// Creates a contract.
    16 seal1 instantiate as "seal_instantiate", Stable mutating,
    (code_hash_ptr: u32, gas: u64, value_ptr: u32, input_data_ptr: u32, input_data_len: u32,
        address_ptr: u32, address_len_ptr: u32, output_ptr: u32, output_len_ptr: u32,
        salt_ptr: u32, salt_len: u32) -> ReturnErrorCode,
    ["seal_instantiate", "seal_input"], calls::instantiate_v1;

    /// Creates a contract with both dimensions of weight and a limit on deposits.
    17 seal2 instantiate, Stable mutating,
    (code_hash_ptr: u32, ref_time_limit: u64, proof_size_limit: u64, deposit_ptr: u32,
        value_ptr: u32, input_data_ptr: u32, input_data_len: u32, address_ptr: u32,
        address_len_ptr: u32, output_ptr: u32, output_len_ptr: u32, salt_ptr: u32, salt_len: u32)
        -> ReturnErrorCode,
    ["seal_instantiate", "seal_input"], calls::instantiate_v2;

    /// Removes this contract and leaves its balance to an account.
    18 seal0 terminate as "seal_terminate", Stable mutating,
    (beneficiary_ptr: u32, beneficiary_len: u32) -> (),
    ["seal_terminate"], calls::terminate_v0;

    /// Removes this contract and leaves its balance to an account.
    19 seal1 terminate as "seal_terminate", Stable mutating,
    (beneficiary_ptr: u32) -> (),
    ["seal_terminate"], calls::terminate_v1;

    /// Reads the input of the call.
    20 seal0 input as "seal_input", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_input"], calls::input;

    /// Ends the call with an output.
    21 seal0 seal_return, Stable,
    (flags: u32, data_ptr: u32, data_len: u32) -> (),
    ["seal_return"], calls::seal_return;

    /// Finds the account that called.
    22 seal0 caller as "seal_caller", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_caller"], environment::caller;

    /// Returns 1 if a contract lives on an account.
    23 seal0 is_contract as "seal_is_contract", Stable,
    (account_ptr: u32) -> u32,
    ["seal_is_contract"], environment::is_contract;

    /// Finds the code hash of the contract on an account.
    24 seal0 code_hash as "seal_code_hash", Stable,
    (account_ptr: u32, out_ptr: u32, out_len_ptr: u32) -> ReturnErrorCode,
    ["seal_code_hash"], environment::code_hash;

    /// Finds the code hash of this contract.
    25 seal0 own_code_hash as "seal_own_code_hash", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_own_code_hash"], environment::own_code_hash;

    /// Returns 1 if the caller started the whole call stack.
    26 seal0 caller_is_origin as "seal_caller_is_origin", Stable,
    () -> u32,
    ["seal_caller_is_origin"], environment::caller_is_origin;

    /// Returns 1 if the caller is root.
    27 seal0 caller_is_root, Stable,
    () -> u32,
    ["seal_caller_is_root"], environment::caller_is_root;

    /// Finds the account of this contract.
    28 seal0 address as "seal_address", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_address"], environment::address;

    /// Finds what an amount of ref_time costs, for information.
    29 seal0 weight_to_fee as "seal_weight_to_fee", Stable,
    (gas: u64, out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_weight_to_fee"], environment::weight_to_fee_v0;

    /// Finds the ref_time that is left.
    30 seal0 gas_left as "seal_gas_left", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_gas_left"], environment::gas_left;

    /// Finds what this contract can spend.
    31 seal0 balance as "seal_balance", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_balance"], environment::balance;

    /// Finds the value that came with the call.
    32 seal0 value_transferred as "seal_value_transferred", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_value_transferred"], environment::value_transferred;

    /// Finds the time of the block.
    33 seal0 now as "seal_now", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_now"], environment::now;

    /// Finds the existential deposit.
    34 seal0 minimum_balance as "seal_minimum_balance", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_minimum_balance"], environment::minimum_balance;

    /// Finds the number of the block.
    35 seal0 block_number as "seal_block_number", Stable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_block_number"], environment::block_number;

    /// Emits an event with up to four topics.
    36 seal0 deposit_event as "seal_deposit_event", Stable mutating,
    (topics_ptr: u32, topics_len: u32, data_ptr: u32, data_len: u32) -> (),
    ["seal_deposit_event"], events::deposit_event;

    /// Hashes bytes with SHA-2 to 32 bytes.
    37 seal0 hash_sha2_256 as "seal_hash_sha2_256", Stable,
    (input_ptr: u32, input_len: u32, output_ptr: u32) -> (),
    ["seal_hash_sha2_256"], crypto::hash_sha2_256;

    /// Hashes bytes with Keccak to 32 bytes.
    38 seal0 hash_keccak_256 as "seal_hash_keccak_256", Stable,
    (input_ptr: u32, input_len: u32, output_ptr: u32) -> (),
    ["seal_hash_keccak_256"], crypto::hash_keccak_256;

    /// Hashes bytes with BLAKE2b to 32 bytes.
    39 seal0 hash_blake2_256 as "seal_hash_blake2_256", Stable,
    (input_ptr: u32, input_len: u32, output_ptr: u32) -> (),
    ["seal_hash_blake2_256"], crypto::hash_blake2_256;

    /// Hashes bytes with BLAKE2b to 16 bytes.
    40 seal0 hash_blake2_128 as "seal_hash_blake2_128", Stable,
    (input_ptr: u32, input_len: u32, output_ptr: u32) -> (),
    ["seal_hash_blake2_128"], crypto::hash_blake2_128;

    /// Calls an extension of the chain.
    41 seal0 call_chain_extension as "seal_call_chain_extension", Stable,
    (id: u32, input_ptr: u32, input_len: u32, output_ptr: u32, output_len_ptr: u32) -> u32,
    ["chain_extension"], chain::call_chain_extension;

    /// Writes text for people, if this is a dry run that asks for it.
    42 seal0 debug_message as "seal_debug_message", Stable,
    (str_ptr: u32, str_len: u32) -> ReturnErrorCode,
    ["seal_debug_message"], events::debug_message;

    /// Dispatches a call of the runtime as signed by this contract.
    43 seal0 call_runtime, Stable mutating,
    (call_ptr: u32, call_len: u32) -> ReturnErrorCode,
    ["seal_return", "dispatchable"], chain::call_runtime;

    /// Recovers the compressed public key that made an ECDSA signature.
    44 seal0 ecdsa_recover as "seal_ecdsa_recover", Stable,
    (signature_ptr: u32, message_hash_ptr: u32, output_ptr: u32) -> ReturnErrorCode,
    ["seal_ecdsa_recover"], crypto::ecdsa_recover;

    /// Verifies an sr25519 signature.
    45 seal0 sr25519_verify, Stable,
    (signature_ptr: u32, pub_key_ptr: u32, message_len: u32, message_ptr: u32) -> ReturnErrorCode,
    ["seal_sr25519_verify"], crypto::sr25519_verify;

    /// Makes this contract run other code from the next call on.
    46 seal0 set_code_hash as "seal_set_code_hash", Stable mutating,
    (code_hash_ptr: u32) -> ReturnErrorCode,
    ["seal_set_code_hash"], code::set_code_hash;

    /// Finds the Ethereum address of a compressed ECDSA public key.
    47 seal0 ecdsa_to_eth_address as "seal_ecdsa_to_eth_address", Stable,
    (key_ptr: u32, out_ptr: u32) -> ReturnErrorCode,
    ["seal_ecdsa_to_eth_address"], crypto::ecdsa_to_eth_address;

    /// Returns how many nonces were given out to contracts.
    48 seal0 instantiation_nonce, Stable,
    () -> u64,
    ["seal_instantiation_nonce"], environment::instantiation_nonce;

    /// Keeps code from being removed while this contract exists.
    49 seal0 lock_delegate_dependency, Stable mutating,
    (code_hash_ptr: u32) -> (),
    ["lock_delegate_dependency"], code::lock_delegate_dependency;

    /// Takes a lock on code back.
    50 seal0 unlock_delegate_dependency, Stable mutating,
    (code_hash_ptr: u32) -> (),
    ["unlock_delegate_dependency"], code::unlock_delegate_dependency;

    /// Stores a value under a key of any length until the call stack ends, and returns the length of the
    /// value that was there.
    51 seal0 set_transient_storage, Unstable,
    (key_ptr: u32, key_len: u32, value_ptr: u32, value_len: u32) -> u32,
    ["seal_set_transient_storage"], storage::set_transient;

    /// Removes a value that lives until the call stack ends, and returns its length.
    52 seal0 clear_transient_storage, Unstable,
    (key_ptr: u32, key_len: u32) -> u32,
    ["seal_clear_transient_storage"], storage::clear_transient;

    /// Reads a value that lives until the call stack ends.
    53 seal0 get_transient_storage, Unstable,
    (key_ptr: u32, key_len: u32, out_ptr: u32, out_len_ptr: u32) -> ReturnErrorCode,
    ["seal_get_transient_storage"], storage::get_transient;

    /// Returns the length of a value that lives until the call stack ends.
    54 seal0 contains_transient_storage, Unstable,
    (key_ptr: u32, key_len: u32) -> u32,
    ["seal_contains_transient_storage"], storage::contains_transient;

    /// Reads and removes a value that lives until the call stack ends.
    55 seal0 take_transient_storage, Unstable,
    (key_ptr: u32, key_len: u32, out_ptr: u32, out_len_ptr: u32) -> ReturnErrorCode,
    ["seal_take_transient_storage"], storage::take_transient;

    /// Returns how many frames below this one run this contract. Delegate calls do not count.
    56 seal0 reentrance_count, Unstable,
    () -> u32,
    ["seal_reentrance_count"], environment::reentrance_count;

    /// Returns how many frames run the contract of an account. Delegate calls do not count.
    57 seal0 account_reentrance_count, Unstable,
    (account_ptr: u32) -> u32,
    ["seal_account_reentrance_count"], environment::account_reentrance_count;

    /// Finds the weight that is left, both dimensions.
    58 seal1 gas_left, Unstable,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_gas_left"], environment::weight_left;

    /// Finds what an amount of weight, both dimensions, costs, for information.
    59 seal1 weight_to_fee, Unstable,
    (ref_time_limit: u64, proof_size_limit: u64, out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_weight_to_fee"], environment::weight_to_fee_v1;

    /// Finds a random number for a subject.
    60 seal0 random as "seal_random", Deprecated,
    (subject_ptr: u32, subject_len: u32, out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_random"], deprecated::random_v0;

    /// Finds a random number for a subject, and the block since which it could be known.
    61 seal1 random as "seal_random", Deprecated,
    (subject_ptr: u32, subject_len: u32, out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_random"], deprecated::random_v1;

    /// Finds the deposit of a tombstone, which is zero: contracts pay no rent any more.
    62 seal0 tombstone_deposit as "seal_tombstone_deposit", Deprecated,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_balance"], deprecated::tombstone_deposit;

    /// Does nothing. It restored contracts that had paid no rent.
    63 seal0 restore_to as "seal_restore_to", Deprecated,
    (dest_ptr: u32, dest_len: u32, code_hash_ptr: u32, code_hash_len: u32, rent_allowance_ptr: u32,
        rent_allowance_len: u32, delta_ptr: u32, delta_count: u32) -> (),
    ["seal_debug_message"], deprecated::restore_to_v0;

    /// Does nothing. It restored contracts that had paid no rent.
    64 seal1 restore_to as "seal_restore_to", Deprecated,
    (dest_ptr: u32, code_hash_ptr: u32, rent_allowance_ptr: u32, delta_ptr: u32, delta_count: u32) -> (),
    ["seal_debug_message"], deprecated::restore_to_v1;

    /// Does nothing. It set how much rent a contract would pay.
    65 seal0 set_rent_allowance as "seal_set_rent_allowance", Deprecated,
    (value_ptr: u32, value_len: u32) -> (),
    ["seal_debug_message"], deprecated::set_rent_allowance_v0;

    /// Does nothing. It set how much rent a contract would pay.
    66 seal1 set_rent_allowance as "seal_set_rent_allowance", Deprecated,
    (value_ptr: u32) -> (),
    ["seal_debug_message"], deprecated::set_rent_allowance_v1;

    /// Finds how much rent this contract would pay: as much as there is.
    67 seal0 rent_allowance as "seal_rent_allowance", Deprecated,
    (out_ptr: u32, out_len_ptr: u32) -> (),
    ["seal_balance"], deprecated::rent_allowance;

    /// Executes an XCM program with this contract as its origin.
    68 seal0 xcm_execute, Stable mutating,
    (msg_ptr: u32, msg_len: u32) -> ReturnErrorCode,
    ["seal_return", "xcm_execute"], xcm::execute;

    /// Sends an XCM program from this contract.
    69 seal0 xcm_send, Stable mutating,
    (dest_ptr: u32, msg_ptr: u32, msg_len: u32, output_ptr: u32) -> ReturnErrorCode,
    ["seal_return", "dispatchable"], xcm::send;

    /// Does nothing, for benchmarks.
    #[cfg(feature = "runtime-benchmarks")]
    70 seal0 noop, Unstable,
    () -> (),
    [], environment::noop;
}
