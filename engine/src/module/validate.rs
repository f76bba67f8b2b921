//! Validation by wasmparser, under the features of a policy: of the sections first, then of bodies:
//! all of them, or each when it is first called.

use super::header::{Body, Header};
use crate::error::{CodeError, CodeErrorKind};
use crate::features::Features;
use wasmparser::{
    BinaryReader, FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, Payload, ValidPayload, Validator,
    ValidatorResources, WasmFeatures, WasmModuleResources as _,
};

/// What it takes to validate the bodies of a module whose sections are valid.
#[derive(Clone)]
pub(crate) struct Bodies {
    resources: ValidatorResources,
    features: WasmFeatures,
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

    /// Validates the next section, short of operators. Of bodies it need not see more than the first.
    ///
    /// # Errors
    /// The first rule that the module breaks, and where.
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
    /// What validates the bodies of a blob, from the sections in front of them: for a module that was
    /// started from an index.
    ///
    /// # Errors
    /// The first rule that a section breaks; or that there is no body.
    pub(crate) fn of(blob: &[u8], features: Features) -> Result<Self, CodeError> {
        let mut sections = Sections::new(features);
        for payload in Parser::new(0).parse_all(blob) {
            sections.section(&payload?)?;
            if let Some(bodies) = sections.bodies {
                return Ok(bodies);
            }
        }
        Err(CodeError::new(CodeErrorKind::Body))
    }

    /// Validates one body.
    ///
    /// # Errors
    /// The first rule that it breaks, with the function and the byte.
    pub(crate) fn validate(&self, header: &Header, func: u32, body: &Body, bytes: &[u8]) -> Result<(), CodeError> {
        self.validate_next(header, func, body, bytes, FuncValidatorAllocations::default()).map(|_| ())
    }

    /// Validates every body of a module, in order.
    ///
    /// # Errors
    /// As [`Self::validate`]: the first in order.
    pub(crate) fn validate_all(&self, header: &Header, blob: &[u8]) -> Result<(), CodeError> {
        let mut allocations = FuncValidatorAllocations::default();
        for func in header.defined_funcs() {
            let Some(body) = header.body(func) else { break };
            let bytes = blob.get(body.bytes.clone()).unwrap_or_default();
            allocations = self.validate_next(header, func, &body, bytes, allocations)?;
        }
        Ok(())
    }

    fn validate_next(
        &self,
        header: &Header,
        func: u32,
        body: &Body,
        bytes: &[u8],
        allocations: FuncValidatorAllocations,
    ) -> Result<FuncValidatorAllocations, CodeError> {
        // The type that the blob says, which is the header's unless that comes from another blob's index.
        let ty = self.resources.type_index_of_function(func).filter(|ty| header.func_type_index(func) == Some(*ty));
        let ty = ty.ok_or_else(|| CodeError::new(CodeErrorKind::Body).in_function(func))?;
        let offset = u64::try_from(body.bytes.start).unwrap_or(u64::MAX);
        let body = FunctionBody::new(BinaryReader::new_features(bytes, offset, self.features));
        let function = FuncToValidate { resources: self.resources.clone(), index: func, ty, features: self.features };
        let mut validator = function.into_validator(allocations);
        validator.validate(&body).map_err(|error| CodeError::from(error).in_function(func))?;
        Ok(validator.into_allocations())
    }
}

#[cfg(feature = "std")]
mod parallel;
