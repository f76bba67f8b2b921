//! Validation by wasmparser, under the features of a policy: of everything at once, or of the
//! sections first and of each body when it is first called.

use super::header::Header;
use crate::error::CodeError;
use crate::features::Features;
use wasmparser::{
    BinaryReader, FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, Payload, ValidPayload, Validator,
    ValidatorResources, WasmFeatures,
};

/// What it takes to validate the bodies of a module whose sections are valid.
#[derive(Clone)]
pub(crate) struct Bodies {
    resources: ValidatorResources,
    features: WasmFeatures,
}

/// Validates every section and every function body.
///
/// # Errors
/// The first rule that the module breaks, with the function and the byte.
pub(crate) fn validate(blob: &[u8], features: Features) -> Result<(), CodeError> {
    let mut validator = Validator::new_with_features(features.for_parser());
    let mut allocations = FuncValidatorAllocations::default();
    for payload in Parser::new(0).parse_all(blob) {
        if let ValidPayload::Func(function, body) = validator.payload(&payload?)? {
            allocations = validate_body(function, &body, allocations)?;
        }
    }
    Ok(())
}

/// Validates sections as they are read, and leaves the bodies for later.
pub(crate) struct Sections {
    validator: Validator,
    bodies: Option<Bodies>,
}

impl Sections {
    pub(crate) fn new(features: Features) -> Self {
        Self { validator: Validator::new_with_features(features.for_parser()), bodies: None }
    }

    /// Validates the next section, short of operators.
    ///
    /// # Errors
    /// As [`validate`].
    pub(crate) fn section(&mut self, payload: &Payload<'_>) -> Result<(), CodeError> {
        let valid = self.validator.payload(payload)?;
        if let (ValidPayload::Func(FuncToValidate { resources, features, .. }, _), None) = (valid, &self.bodies) {
            self.bodies = Some(Bodies { resources, features });
        }
        Ok(())
    }

    /// What validates the bodies; `None` if there are none.
    pub(crate) fn into_bodies(self) -> Option<Bodies> {
        self.bodies
    }
}

impl Bodies {
    /// Validates one body. `offset` is its place in the blob.
    ///
    /// # Errors
    /// As [`validate`].
    pub(crate) fn validate(&self, header: &Header, func: u32, bytes: &[u8], offset: usize) -> Result<(), CodeError> {
        let Some(ty) = usize::try_from(func).ok().and_then(|func| header.funcs.get(func)) else { return Ok(()) };
        let offset = u64::try_from(offset).unwrap_or(u64::MAX);
        let body = FunctionBody::new(BinaryReader::new_features(bytes, offset, self.features));
        let function =
            FuncToValidate { resources: self.resources.clone(), index: func, ty: *ty, features: self.features };
        validate_body(function, &body, FuncValidatorAllocations::default()).map(|_| ())
    }
}

fn validate_body(
    function: FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    allocations: FuncValidatorAllocations,
) -> Result<FuncValidatorAllocations, CodeError> {
    let index = function.index;
    let mut validator = function.into_validator(allocations);
    validator.validate(body).map_err(|error| CodeError::from(error).in_function(index))?;
    Ok(validator.into_allocations())
}
