//! Validation of a whole module by wasmparser, under the features of a policy.

use crate::error::CodeError;
use crate::features::Features;
use wasmparser::{FuncValidatorAllocations, Parser, ValidPayload, Validator};

/// Validates every section and every function body.
///
/// # Errors
/// The first rule that the module breaks, with the function and the byte.
pub fn validate(blob: &[u8], features: Features) -> Result<(), CodeError> {
    let mut validator = Validator::new_with_features(features.for_parser());
    let mut allocations = FuncValidatorAllocations::default();
    for payload in Parser::new(0).parse_all(blob) {
        let payload = payload?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
            let index = function.index;
            let mut function = function.into_validator(allocations);
            function.validate(&body).map_err(|error| CodeError::from(error).in_function(index))?;
            allocations = function.into_allocations();
        }
    }
    Ok(())
}
