//! Closures as host functions.

use super::error::HostError;
use super::guest::Guest;
use super::value::{VALUES_MAX, WasmValue, WasmValues};
use crate::types::FuncType;
use alloc::boxed::Box;

type Run<T> = dyn Fn(&mut Guest<'_, T>) -> Result<(), HostError> + Send + Sync;

/// A host function as a linker keeps it. It takes its arguments from the pending call of its guest,
/// and answers it.
pub(super) struct HostFunc<T> {
    pub(super) ty: FuncType,
    pub(super) run: Box<Run<T>>,
}

impl<T: 'static> HostFunc<T> {
    pub(super) fn typed<P, R>(function: impl HostFunction<T, P, R>) -> Self {
        Self { ty: function.ty(), run: Box::new(move |guest| function.run(guest)) }
    }

    /// A function that gets its arguments and gives its results as cells.
    pub(super) fn untyped(
        ty: FuncType,
        function: impl Fn(&mut Guest<'_, T>, &[u64], &mut [u64]) -> Result<(), HostError> + Send + Sync + 'static,
    ) -> Self {
        let count = ty.results.len();
        let run = move |guest: &mut Guest<'_, T>| {
            let args = guest.args().to_vec();
            let mut results = alloc::vec![0; count];
            function(guest, &args, &mut results)?;
            guest.answer(&results);
            Ok(())
        };
        Self { ty, run: Box::new(run) }
    }
}

/// A closure that a guest can call: it takes a [`Guest`] and values, and returns [`HostResults`].
///
/// `P` are the types of its parameters, as a tuple, and `R` is what it returns.
pub trait HostFunction<T, P, R>: Send + Sync + 'static {
    /// Its Wasm type.
    fn ty(&self) -> FuncType;
    /// Calls it with the arguments of the guest's pending call, and answers that.
    ///
    /// # Errors
    /// What it fails with.
    fn run(&self, guest: &mut Guest<'_, T>) -> Result<(), HostError>;
}

/// What a host function returns: nothing, a value, a tuple of values, or a `Result` of these.
pub trait HostResults {
    /// The values.
    type Values: WasmValues;
    /// The values, or why there are none.
    ///
    /// # Errors
    /// What the function failed with.
    fn into_values(self) -> Result<Self::Values, HostError>;
}

impl<V: WasmValues> HostResults for V {
    type Values = V;

    fn into_values(self) -> Result<V, HostError> {
        Ok(self)
    }
}

impl<V: WasmValues> HostResults for Result<V, HostError> {
    type Values = V;

    fn into_values(self) -> Self {
        self
    }
}

macro_rules! host_functions {
    ($(($($name:ident $value:ident)*))*) => {$(
        impl<T, Run, R, $($name,)*> HostFunction<T, ($($name,)*), R> for Run
        where
            T: 'static,
            Run: Fn(&mut Guest<'_, T>, $($name),*) -> R + Send + Sync + 'static,
            R: HostResults,
            $($name: WasmValue,)*
        {
            fn ty(&self) -> FuncType {
                FuncType { params: alloc::vec![$($name::TYPE),*], results: R::Values::types() }
            }

            fn run(&self, guest: &mut Guest<'_, T>) -> Result<(), HostError> {
                let mut _args = guest.args().iter().copied();
                $(let $value = $name::from_cell(_args.next().unwrap_or(0));)*
                let values = self(guest, $($value),*).into_values()?;
                let mut cells = [0; VALUES_MAX];
                values.into_cells(&mut cells);
                guest.answer(&cells[..R::Values::COUNT]);
                Ok(())
            }
        }
    )*};
}

host_functions! {
    ()
    (A a)
    (A a B b)
    (A a B b C c)
    (A a B b C c D d)
    (A a B b C c D d E e)
    (A a B b C c D d E e F f)
    (A a B b C c D d E e F f G g)
    (A a B b C c D d E e F f G g H h)
    (A a B b C c D d E e F f G g H h I i)
    (A a B b C c D d E e F f G g H h I i J j)
}
