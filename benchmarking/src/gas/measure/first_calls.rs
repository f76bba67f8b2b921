//! What the first calls of all functions of a blob are charged, by counts of its source, as docs/GAS.md says.

use anyhow::{Result, anyhow};
use vellum_engine::{GasClass, PriceTable};
use wasmparser::{CompositeInnerType, Parser, Payload};

/// The sum over all functions, in fuel; `None` if there are none.
///
/// # Errors
/// If the blob is not Wasm.
pub fn first_calls(blob: &[u8], prices: &PriceTable) -> Result<Option<u64>> {
    let (mut params, mut functions, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(blob) {
        match payload? {
            Payload::TypeSection(types) => {
                for group in types {
                    for ty in group?.types() {
                        let CompositeInnerType::Func(func) = &ty.composite_type.inner else {
                            return Err(anyhow!("a type that no function has"));
                        };
                        params.push(func.params().len());
                    }
                }
            }
            Payload::FunctionSection(types) => functions = types.into_iter().collect::<Result<_, _>>()?,
            Payload::CodeSectionEntry(body) => {
                let locals = body.get_locals_reader()?.into_iter();
                let declared = locals.map(|group| group.map(|(count, _)| u64::from(count)));
                let declared = declared.sum::<Result<u64, _>>()?;
                bodies.push((body.range().end - body.range().start, declared));
            }
            _ => {}
        }
    }
    if bodies.is_empty() {
        return Ok(None);
    }
    let charges = functions.iter().zip(bodies).map(|(ty, (bytes, declared))| {
        let params = usize::try_from(*ty).ok().and_then(|ty| params.get(ty));
        let params = params.ok_or_else(|| anyhow!("a function without a type"))?;
        Ok(prices.cost(GasClass::FirstCall, 1)
            + prices.cost(GasClass::FirstCallByte, bytes)
            + prices.cost(GasClass::FirstCallLocal, declared + u64::try_from(*params)?))
    });
    charges.sum::<Result<u64>>().map(Some)
}
