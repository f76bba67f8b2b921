//! What a caller is told when there is no answer. Numbers are those of nodes, where they have one for it: clients know them.

use crate::exit::Failure;
use jsonrpsee::types::{ErrorObjectOwned, error::INTERNAL_ERROR_CODE, error::INVALID_PARAMS_CODE};
use sp_core::H256;
use sp_runtime::transaction_validity::TransactionValidityError;

/// An answer, or why there is none.
pub type Answer<T> = Result<T, ErrorObjectOwned>;

/// A transaction does not decode.
const BAD_FORMAT: i32 = 1001;
/// The runtime refuses a transaction.
const INVALID_TRANSACTION: i32 = 1010;
/// The runtime cannot say whether a transaction is valid.
const UNKNOWN_VALIDITY: i32 = 1011;
/// A question about a block or a state, or to the runtime, has no answer.
const CLIENT: i32 = 4003;

fn error(code: i32, message: impl Into<String>, data: Option<String>) -> ErrorObjectOwned {
    ErrorObjectOwned::owned(code, message, data)
}

/// A parameter is not what it should be.
pub fn parameter(message: impl Into<String>) -> ErrorObjectOwned {
    error(INVALID_PARAMS_CODE, message, None)
}

/// A failure of this program.
pub fn failure(failure: Failure) -> ErrorObjectOwned {
    error(INTERNAL_ERROR_CODE, failure.message, failure.help)
}

/// The runtime gave no answer to a question.
pub fn no_answer(failure: Failure) -> ErrorObjectOwned {
    error(CLIENT, failure.message, failure.help)
}

/// The runtime has no such question, or not with such arguments.
pub fn question(message: impl Into<String>) -> ErrorObjectOwned {
    error(CLIENT, message, None)
}

/// There is no block of this hash.
pub fn unknown_block(hash: H256) -> ErrorObjectOwned {
    error(CLIENT, format!("UnknownBlock: there is no block {hash:?}"), None)
}

/// The state of this block is gone.
pub fn discarded(hash: H256, number: u32) -> ErrorObjectOwned {
    error(
        CLIENT,
        format!("UnknownBlock: State already discarded for {hash:?}"),
        Some(format!(
            "block {number}: the states of the last {} blocks that this process has made can be read, and the last block's",
            super::bounds::STATES_MAX
        )),
    )
}

/// The bytes are no transaction.
pub fn no_transaction(why: impl Into<String>) -> ErrorObjectOwned {
    error(BAD_FORMAT, "Extrinsic has invalid format", Some(why.into()))
}

/// The transaction cannot be in the next block.
pub fn refused(why: TransactionValidityError) -> ErrorObjectOwned {
    let words: &'static str = why.into();
    match why {
        TransactionValidityError::Invalid(_) => {
            error(INVALID_TRANSACTION, "Invalid Transaction", Some(words.to_owned()))
        }
        TransactionValidityError::Unknown(_) => {
            error(UNKNOWN_VALIDITY, "Unknown Transaction Validity", Some(words.to_owned()))
        }
    }
}

/// The transaction's nonce is not the next one.
pub fn ahead() -> ErrorObjectOwned {
    let why = "Transaction will be valid in the future: an earlier nonce of its account is missing. Each transaction \
               becomes a block when it comes, so none waits here";
    error(INVALID_TRANSACTION, "Invalid Transaction", Some(why.to_owned()))
}

/// The program ends, or what was asked made the runtime panic.
pub fn unanswered() -> ErrorObjectOwned {
    error(INTERNAL_ERROR_CODE, "there is no answer: the runtime panicked, or the program ends", None)
}
