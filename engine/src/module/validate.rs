//! Validation by wasmparser, under the features and limits of a policy: of everything at once, or of the
//! sections first and of each body when it is first called. Both count what an operator carries before
//! they look at it, so no body costs more than its bytes allow.

use super::carried::Carried;
use super::header::Header;
use crate::error::{CodeError, CodeErrorKind};
use crate::features::Features;
use crate::limits::{CodeLimits, Limit};
use core::sync::atomic::{AtomicUsize, Ordering};
use wasmparser::{
    BinaryReader, FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, Payload, ValidPayload, Validator,
    ValidatorResources, WasmFeatures,
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
        let types = header.types.iter().map(|ty| 1 + ty.params.len() + ty.results.len());
        let elements = header.elements.iter().map(|segment| 1 + segment.items.len());
        let items = [header.imports.len(), header.funcs.len(), header.tables.len(), header.globals.len()];
        let segments = header.exports.len() + header.data.len();
        let steps = types.chain(elements).chain(items).sum::<usize>() + segments + size(header.signatures());
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

/// Validates every section and every function body of the blob that the header was read from.
///
/// # Errors
/// The first rule that the module breaks, with the function and the byte.
pub(crate) fn validate(blob: &[u8], features: Features, bounds: Bounds<'_>) -> Result<(), CodeError> {
    let mut validator = Validator::new_with_features(features.for_parser());
    let mut allocations = FuncValidatorAllocations::default();
    for payload in Parser::new(0).parse_all(blob) {
        if let ValidPayload::Func(function, body) = validator.payload(&payload?)? {
            allocations = validate_body(function, &body, bounds, allocations)?;
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
    pub(crate) fn validate(&self, bounds: Bounds<'_>, func: u32, bytes: &[u8], offset: usize) -> Result<(), CodeError> {
        let ty = usize::try_from(func).ok().and_then(|func| bounds.header.funcs.get(func));
        let Some(ty) = ty else { return Ok(()) };
        let offset = u64::try_from(offset).unwrap_or(u64::MAX);
        let body = FunctionBody::new(BinaryReader::new_features(bytes, offset, self.features));
        let function =
            FuncToValidate { resources: self.resources.clone(), index: func, ty: *ty, features: self.features };
        validate_body(function, &body, bounds, FuncValidatorAllocations::default()).map(|_| ())
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
                let operator = reader.peek_operator(&validator.visitor(offset))?;
                let frame = |depth: u32| validator.get_control_frame(usize::try_from(depth).ok()?);
                carried.count(&operator, frame).map_err(|error| error.at(offset))?;
            }
            reader.visit_operator(&mut validator.visitor(offset))??;
            operators += 1;
        }
        reader.finish_expression(&validator.visitor(reader.original_position()))?;
        Ok(())
    };
    walk().map_err(|error: CodeError| error.in_function(index))?;
    bounds.effort.add_body(operators, &carried);
    Ok(validator.into_allocations())
}
