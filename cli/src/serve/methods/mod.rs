//! The methods, by the part of their names in front of the underscore.
//!
//! Promises: names, parameters and answers are those of Substrate nodes, so that their clients work.

mod author;
mod chain;
mod payment;
mod state;
mod subscription;
mod system;

use super::{blocks::Blocks, error::Answer, owner::Owner};
use jsonrpsee::{RpcModule, core::RegisterMethodError, types::params::ParamsSequence};
use serde_json::json;

/// What a definition of methods comes to: two of one name are a mistake of this program.
type Defined = Result<(), RegisterMethodError>;

/// All methods.
pub fn all(owner: Owner) -> Result<RpcModule<Owner>, RegisterMethodError> {
    let mut module = RpcModule::new(owner);
    author::define(&mut module)?;
    chain::define(&mut module)?;
    payment::define(&mut module)?;
    state::define(&mut module)?;
    system::define(&mut module)?;
    let mut names: Vec<_> = module.method_names().chain(["rpc_methods"]).collect();
    names.sort_unstable();
    module.register_method("rpc_methods", move |_, _, _| json!({ "methods": names }))?;
    Ok(module)
}

/// Defines a method: how its parameters are read, and what the chain answers.
fn method<P, R>(
    module: &mut RpcModule<Owner>,
    name: &'static str,
    read: fn(&mut ParamsSequence<'_>) -> Answer<P>,
    answer: fn(&mut Blocks, P) -> Answer<R>,
) -> Defined
where
    P: Send + 'static,
    R: serde::Serialize + Clone + Send + 'static,
{
    module.register_async_method(name, move |params, owner, _| async move {
        let params = read(&mut params.sequence())?;
        owner.ask(move |blocks| answer(blocks, params)).await
    })?;
    Ok(())
}

/// Defines a method that always answers the same.
fn constant(module: &mut RpcModule<Owner>, name: &'static str, answer: serde_json::Value) -> Defined {
    module.register_method(name, move |_, _, _| answer.clone())?;
    Ok(())
}

/// Further names of a method.
fn aliases(module: &mut RpcModule<Owner>, name: &'static str, others: &[&'static str]) -> Defined {
    others.iter().try_for_each(|other| module.register_alias(other, name))
}
