//! Validation by wasmparser, under the features and limits of a policy: of everything at once, or of the
//! sections first and of each body when it is first called. Both count what an operator carries before
//! they look at it, so no body costs more than its bytes allow.

use super::carried::Carried;
use super::header::{Body, Header};
use crate::error::{CodeError, CodeErrorKind};
use crate::features::Features;
use crate::limits::{CodeLimits, Limit};
use crate::operators::{self, Refused};
use core::sync::atomic::{AtomicUsize, Ordering};
use wasmparser::{
    BinaryReader, FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, Payload, ValidPayload, Validator,
    ValidatorResources, WasmFeatures, WasmModuleResources as _,
};

/// What has been validated so far: a measure that no clock disturbs.
#[derive(Default)]
pub(crate) struct Effort {
    /// Items of sections, operators, entries of branch tables, and values that are carried.
    steps: AtomicUsize,
    /// Values carried for each byte of a body, where that is most.
    carried_per_byte: AtomicUsize,
}

impl Effort {
    pub(crate) fn steps(&self) -> usize {
        self.steps.load(Ordering::Relaxed)
    }

    pub(crate) fn carried_per_byte(&self) -> usize {
        self.carried_per_byte.load(Ordering::Relaxed)
    }

    fn add_sections(&self, header: &Header) {
        let (items, constants) = header.item_and_constant_counts();
        let tables = header.table_count() + header.global_count() + constants;
        let names = header.import_count() + header.export_count();
        let segments = header.element_count() + header.data_count() + items;
        let types = header.type_count() + header.func_count();
        let steps = tables + names + segments + types + size(header.type_values()) + size(header.signatures());
        self.steps.fetch_add(steps, Ordering::Relaxed);
    }

    fn add_body(&self, operators: usize, carried: &Carried<'_>) {
        self.steps.fetch_add(operators.saturating_add(size(carried.steps())), Ordering::Relaxed);
        self.carried_per_byte.fetch_max(size(carried.per_byte()), Ordering::Relaxed);
    }
}

fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// What it takes to validate the bodies of a module whose sections are valid.
#[derive(Clone)]
pub(crate) struct Bodies {
    resources: ValidatorResources,
    features: WasmFeatures,
}

/// What bodies are held against, and counted into.
#[derive(Clone, Copy)]
pub(crate) struct Bounds<'a> {
    pub(crate) header: &'a Header,
    pub(crate) limits: &'a CodeLimits,
    pub(crate) effort: &'a Effort,
}

impl Bounds<'_> {
    /// Counts the sections, and holds what functions take and return against the bytes of the blob. Each of
    /// them is set up, however little its body does, so this is done before any body is read.
    ///
    /// # Errors
    /// If there is more than the limits allow.
    pub(crate) fn check_sections(&self, blob_bytes: usize) -> Result<(), CodeError> {
        self.effort.add_sections(self.header);
        let bytes = u64::try_from(blob_bytes).unwrap_or(u64::MAX).max(1);
        let (limit, max) = (Limit::SignaturesPerByte, u64::from(self.limits.signatures_per_byte));
        let count = self.header.signatures().div_ceil(bytes);
        if count > max { Err(CodeError::new(CodeErrorKind::Limit { limit, count, max })) } else { Ok(()) }
    }
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
    pub(crate) fn validate(&self, bounds: Bounds<'_>, func: u32, body: &Body, bytes: &[u8]) -> Result<(), CodeError> {
        self.validate_next(bounds, func, body, bytes, FuncValidatorAllocations::default()).map(|_| ())
    }

    /// Validates every body of a module, in order.
    ///
    /// # Errors
    /// As [`Self::validate`]: the first in order.
    pub(crate) fn validate_all(&self, bounds: Bounds<'_>, blob: &[u8]) -> Result<(), CodeError> {
        let header = bounds.header;
        let mut allocations = FuncValidatorAllocations::default();
        for func in header.defined_funcs() {
            let Some(body) = header.body(func) else { break };
            let bytes = blob.get(body.bytes.clone()).unwrap_or_default();
            allocations = self.validate_next(bounds, func, &body, bytes, allocations)?;
        }
        Ok(())
    }

    fn validate_next(
        &self,
        bounds: Bounds<'_>,
        func: u32,
        body: &Body,
        bytes: &[u8],
        allocations: FuncValidatorAllocations,
    ) -> Result<FuncValidatorAllocations, CodeError> {
        // The type that the blob says, which is the header's unless that comes from another blob's index.
        let ty =
            self.resources.type_index_of_function(func).filter(|ty| bounds.header.func_type_index(func) == Some(*ty));
        let ty = ty.ok_or_else(|| CodeError::new(CodeErrorKind::Body).in_function(func))?;
        let offset = u64::try_from(body.bytes.start).unwrap_or(u64::MAX);
        let body = FunctionBody::new(BinaryReader::new_features(bytes, offset, self.features));
        let function = FuncToValidate { resources: self.resources.clone(), index: func, ty, features: self.features };
        validate_body(function, &body, bounds, allocations)
    }
}

fn validate_body(
    function: FuncToValidate<ValidatorResources>,
    body: &FunctionBody<'_>,
    bounds: Bounds<'_>,
    allocations: FuncValidatorAllocations,
) -> Result<FuncValidatorAllocations, CodeError> {
    let (index, features) = (function.index, function.features);
    let mut validator = function.into_validator(allocations);
    let mut carried = Carried::new(bounds.header, bounds.limits, index, body.as_bytes().len());
    let mut operators = 0;
    let mut walk = || {
        let (mut reader, bytes) = (body.get_binary_reader(), body.as_bytes());
        validator.read_locals(&mut reader)?;
        reader.set_features(features);
        while !reader.eof() {
            let offset = reader.original_position();
            if bytes.get(reader.current_position()).is_some_and(|first| Carried::concerns(*first)) {
                let operator = operators::peek(&reader, &validator.visitor(offset))?;
                let frame = |depth: u32| validator.get_control_frame(usize::try_from(depth).ok()?);
                if let Ok(operator) = operator {
                    carried.count(&operator, frame).map_err(|error| error.at(offset))?;
                }
            }
            let refused =
                |refused: &Refused| CodeError::new(CodeErrorKind::Invalid { message: refused.message() }).at(offset);
            operators::visit(&mut reader, &mut validator.visitor(offset), refused)??;
            operators += 1;
        }
        reader.finish_expression(&validator.visitor(reader.original_position()))?;
        Ok(())
    };
    walk().map_err(|error: CodeError| error.in_function(index))?;
    bounds.effort.add_body(operators, &carried);
    Ok(validator.into_allocations())
}

#[cfg(feature = "std")]
mod parallel;
