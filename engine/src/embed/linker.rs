//! What modules may import, by names.

use super::error::{Error, HostError};
use super::external::Extern;
use super::guest::Guest;
use super::handle::Instance;
use super::host_func::{HostFunc, HostFunction};
use super::instantiate::{Provided, provide};
use super::store::AsStore;
use crate::module::Module;
use crate::types::{FuncType, Import, ImportKind};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

/// Names, and what they stand for. What is defined later under a name replaces what was there.
///
/// Host functions do for any store; externals only for the store that they belong to.
pub struct Linker<T> {
    modules: BTreeMap<String, BTreeMap<String, Definition<T>>>,
}

pub(super) enum Definition<T> {
    Host(Arc<HostFunc<T>>),
    Extern(Extern),
}

impl<T> Clone for Definition<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Host(function) => Self::Host(Arc::clone(function)),
            Self::Extern(external) => Self::Extern(*external),
        }
    }
}

impl<T> Clone for Linker<T> {
    fn clone(&self) -> Self {
        Self { modules: self.modules.clone() }
    }
}

impl<T> Default for Linker<T> {
    fn default() -> Self {
        Self { modules: BTreeMap::new() }
    }
}

impl<T: 'static> Linker<T> {
    /// A linker that knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Defines a host function: a closure that takes its caller and values, and returns values, or a
    /// `Result` of these and [`HostError`].
    pub fn func<P, R>(&mut self, module: &str, name: &str, function: impl HostFunction<T, P, R>) -> &mut Self {
        self.insert(module, name, Definition::Host(Arc::new(HostFunc::typed(function))))
    }

    /// Defines a host function whose type is known only now. Arguments and results are cells of 64
    /// bits; those of 32-bit types have their bits in the lower half.
    pub fn func_of_type(
        &mut self,
        module: &str,
        name: &str,
        ty: FuncType,
        function: impl Fn(&mut Guest<'_, T>, &[u64], &mut [u64]) -> Result<(), HostError> + Send + Sync + 'static,
    ) -> &mut Self {
        self.insert(module, name, Definition::Host(Arc::new(HostFunc::untyped(ty, function))))
    }

    /// Defines something that exists in a store.
    pub fn define(&mut self, module: &str, name: &str, external: Extern) -> &mut Self {
        self.insert(module, name, Definition::Extern(external))
    }

    /// Offers everything that an instance exports under a module name.
    pub fn register(&mut self, store: &impl AsStore, module: &str, instance: Instance) -> &mut Self {
        for (name, external) in instance.exports(store) {
            self.insert(module, name, Definition::Extern(external));
        }
        self
    }

    /// Defines every function that a module imports and that is not known yet, as one that fails and
    /// says which it was: for modules that import more than they call.
    pub fn missing_funcs_fail(&mut self, module: &Module) -> &mut Self {
        for import in module.imports() {
            let ImportKind::Func(ty) = &import.kind else { continue };
            if self.get(&import.module, &import.name).is_none() {
                let words = alloc::format!("`{}::{}` is not offered by this host", import.module, import.name);
                let fail = move |_: &mut Guest<'_, T>, _: &[u64], _: &mut [u64]| Err(HostError::message(words.clone()));
                self.func_of_type(&import.module, &import.name, ty.clone(), fail);
            }
        }
        self
    }

    /// Makes an instance of a module: links its imports, places its segments, runs its start
    /// function. The fuel that this is worth is taken from the store.
    ///
    /// # Errors
    /// Which import is missing or is something else; a trap if a segment does not fit or the start
    /// function fails, or what a host function fails with. What was written to shared memories and
    /// tables before that stays.
    pub fn instantiate<S: AsStore<Data = T>>(&self, store: &mut S, module: &Module) -> Result<Instance, Error> {
        let imports = module.imports().iter().map(|import| self.provide(store, import));
        let provided = imports.collect::<Result<Vec<Provided<T>>, Error>>()?;
        store.store_mut().instantiate(module, provided)
    }

    fn provide<S: AsStore<Data = T>>(&self, store: &S, import: &Import) -> Result<Provided<T>, Error> {
        match self.get(&import.module, &import.name) {
            Some(definition) => provide(store.store(), import, definition),
            None => Err(Error::MissingImport {
                module: import.module.clone(),
                name: import.name.clone(),
                expected: super::instantiate::describe(&import.kind),
            }),
        }
    }

    fn insert(&mut self, module: &str, name: &str, definition: Definition<T>) -> &mut Self {
        self.modules.entry(module.into()).or_default().insert(name.into(), definition);
        self
    }

    fn get(&self, module: &str, name: &str) -> Option<&Definition<T>> {
        self.modules.get(module)?.get(name)
    }
}
