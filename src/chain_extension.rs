//! Functions that a chain adds for its contracts.
//!
//! A contract calls all of them through one host function, with a number, two arguments that say where
//! its input is and two that say where the output goes. An extension decides first how it reads those
//! four arguments, and the type of its [`Environment`] then has the methods that fit.
//!
//! Nothing is charged but what the extension charges: it must pay for everything it does, before it
//! does it.

use crate::{
    Error,
    host_api::{GuestMemory, HostContext, RuntimeCosts, memory},
};
use alloc::vec::Vec;
use codec::{Decode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::weights::Weight;
use sp_runtime::DispatchError;

pub use crate::{
    Config,
    api::ReturnFlags,
    call_stack::Ext,
    meter::{diff::Diff, gas::ChargedAmount},
};
pub use frame_system::Config as SysConfig;

/// A result of an extension. An error ends the frame.
pub type Result<T> = core::result::Result<T, DispatchError>;

/// Functions that a chain adds.
///
/// An instance is made for each frame, so that what it holds lasts for one call of a contract.
pub trait ChainExtension<C: Config> {
    /// Runs the function that a contract called.
    ///
    /// The frame may be read-only, which the extension must heed: `env.ext().is_read_only()`.
    fn call<E: Ext<T = C>>(&mut self, env: Environment<E, InitState>) -> Result<RetVal>;

    /// Whether there is any function. If not, code that imports the host function is refused.
    fn enabled() -> bool {
        true
    }
}

/// An extension that can stand in a tuple with others. It gets the calls whose number has its id in the
/// upper half.
pub trait RegisteredChainExtension<C: Config>: ChainExtension<C> {
    /// Its id, unique among all extensions of all chains. Id 0 is for functions of one chain only.
    const ID: u16;
}

#[impl_trait_for_tuples::impl_for_tuples(10)]
#[tuple_types_custom_trait_bound(RegisteredChainExtension<C>)]
impl<C: Config> ChainExtension<C> for Tuple {
    fn call<E: Ext<T = C>>(&mut self, mut env: Environment<E, InitState>) -> Result<RetVal> {
        for_tuples!(
            #(
                if Tuple::ID == env.ext_id() && Tuple::enabled() {
                    return Tuple.call(env);
                }
            )*
        );
        Err(Error::<E::T>::NoChainExtension.into())
    }

    fn enabled() -> bool {
        for_tuples!(
            #(
                if Tuple::enabled() {
                    return true;
                }
            )*
        );
        false
    }
}

/// How an extension returns.
pub enum RetVal {
    /// To the contract, with a number.
    Converging(u32),
    /// Past the contract, as if that had returned this.
    Diverging {
        /// The flags of the return.
        flags: ReturnFlags,
        /// The output.
        data: Vec<u8>,
    },
}

/// The arguments of a call of an extension, and all that the contract can do.
pub struct Environment<'a, 'b, E: Ext, S: State> {
    inner: Inner<'a, 'b, E>,
    phantom: PhantomData<S>,
}

struct Inner<'a, 'b, E: Ext> {
    context: &'a mut HostContext<'b, E>,
    memory: &'a mut dyn GuestMemory,
    id: u32,
    /// Pointer and length, or two numbers.
    input: (u32, u32),
    /// Pointer and pointer to the length, or two numbers.
    output: (u32, u32),
}

impl<'a, 'b, E: Ext, S: State> Environment<'a, 'b, E, S> {
    /// The lower half of the number: the function of this extension.
    pub fn func_id(&self) -> u16 {
        halves(self.inner.id).1
    }

    /// The upper half of the number: the extension.
    pub fn ext_id(&self) -> u16 {
        halves(self.inner.id).0
    }

    /// Pays a cost, or takes nothing and fails. A failure should be passed on.
    pub fn charge_weight(&mut self, amount: Weight) -> Result<ChargedAmount> {
        self.inner.context.charge_gas(RuntimeCosts::ChainExtension(amount))
    }

    /// Lowers a charge for the worst case to what it turned out to be.
    pub fn adjust_weight(&mut self, charged: ChargedAmount, actual_weight: Weight) {
        self.inner.context.adjust_gas(charged, RuntimeCosts::ChainExtension(actual_weight));
    }

    /// All that the contract can do.
    pub fn ext(&mut self) -> &mut E {
        self.inner.context.ext()
    }
}

impl<'a, 'b, E: Ext> Environment<'a, 'b, E, InitState> {
    /// The environment of a call.
    pub(crate) fn new(
        context: &'a mut HostContext<'b, E>,
        memory: &'a mut dyn GuestMemory,
        id: u32,
        input: (u32, u32),
        output: (u32, u32),
    ) -> Self {
        let inner = Inner { context, memory, id, input, output };
        Environment { inner, phantom: PhantomData }
    }

    /// All four arguments are numbers.
    pub fn only_in(self) -> Environment<'a, 'b, E, OnlyInState> {
        Environment { inner: self.inner, phantom: PhantomData }
    }

    /// The first two arguments are numbers, the others are a buffer for the output.
    pub fn prim_in_buf_out(self) -> Environment<'a, 'b, E, PrimInBufOutState> {
        Environment { inner: self.inner, phantom: PhantomData }
    }

    /// The first two arguments are the input, the others are a buffer for the output.
    pub fn buf_in_buf_out(self) -> Environment<'a, 'b, E, BufInBufOutState> {
        Environment { inner: self.inner, phantom: PhantomData }
    }
}

impl<E: Ext, S: PrimIn> Environment<'_, '_, E, S> {
    /// The first argument.
    pub fn val0(&self) -> u32 {
        self.inner.input.0
    }

    /// The second argument.
    pub fn val1(&self) -> u32 {
        self.inner.input.1
    }
}

impl<E: Ext, S: PrimOut> Environment<'_, '_, E, S> {
    /// The third argument.
    pub fn val2(&self) -> u32 {
        self.inner.output.0
    }

    /// The fourth argument.
    pub fn val3(&self) -> u32 {
        self.inner.output.1
    }
}

// Reading costs nothing here. An extension knows best how its cost depends on its input, and charges
// for reading and working in one.
impl<E: Ext, S: BufIn> Environment<'_, '_, E, S> {
    /// Reads the input, but no more than `max_len` bytes. Charge for `max_len` or [`Self::in_len`]
    /// before.
    pub fn read(&self, max_len: u32) -> Result<Vec<u8>> {
        let (ptr, len) = self.inner.input;
        memory::read::<E::T>(self.inner.memory, ptr, len.min(max_len))
    }

    /// Reads the input into a buffer, as far as it goes, and shrinks the buffer to what was read.
    pub fn read_into(&self, buffer: &mut &mut [u8]) -> Result<()> {
        let (ptr, len) = self.inner.input;
        let len = usize::try_from(len).map_or(buffer.len(), |len| len.min(buffer.len()));
        let (filled, _) = core::mem::take(buffer).split_at_mut(len);
        memory::read_into::<E::T>(self.inner.memory, ptr, filled)?;
        *buffer = filled;
        Ok(())
    }

    /// Reads a value whose size is bounded, so that its cost can be part of a fixed one.
    pub fn read_as<D: Decode + MaxEncodedLen>(&mut self) -> Result<D> {
        memory::read_as::<E::T, D>(self.inner.memory, self.inner.input.0)
    }

    /// Reads a value that is encoded in `len` bytes. Charge for them before.
    pub fn read_as_unbounded<D: Decode>(&mut self, len: u32) -> Result<D> {
        memory::read_as_unbounded::<E::T, D>(self.inner.memory, self.inner.input.0, len)
    }

    /// Bytes of the input.
    pub fn in_len(&self) -> u32 {
        self.inner.input.1
    }
}

impl<E: Ext, S: BufOut> Environment<'_, '_, E, S> {
    /// Writes the output, or fails if the contract's buffer is too small.
    ///
    /// With `allow_skip` a contract that is not interested passes the sentinel as pointer.
    /// `weight_per_byte` is charged for what is written.
    pub fn write(&mut self, buffer: &[u8], allow_skip: bool, weight_per_byte: Option<Weight>) -> Result<()> {
        let cost =
            |len: u32| weight_per_byte.map(|weight| RuntimeCosts::ChainExtension(weight.saturating_mul(len.into())));
        let Inner { context, memory, output, .. } = &mut self.inner;
        context.write_output(*memory, *output, buffer, allow_skip, cost)
    }
}

/// The upper and the lower half of a number.
fn halves(id: u32) -> (u16, u16) {
    let [a, b, c, d] = id.to_be_bytes();
    (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]))
}

/// How an extension reads its arguments.
pub trait State: sealed::Sealed {}

/// The first two arguments are numbers.
pub trait PrimIn: State {}

/// The last two arguments are numbers.
pub trait PrimOut: State {}

/// The first two arguments are the input.
pub trait BufIn: State {}

/// The last two arguments are a buffer for the output.
pub trait BufOut: State {}

/// Not decided yet.
pub enum InitState {}

/// See [`Environment::only_in`].
pub enum OnlyInState {}

/// See [`Environment::prim_in_buf_out`].
pub enum PrimInBufOutState {}

/// See [`Environment::buf_in_buf_out`].
pub enum BufInBufOutState {}

impl State for InitState {}
impl State for OnlyInState {}
impl State for PrimInBufOutState {}
impl State for BufInBufOutState {}

impl PrimIn for OnlyInState {}
impl PrimOut for OnlyInState {}
impl PrimIn for PrimInBufOutState {}
impl BufOut for PrimInBufOutState {}
impl BufIn for BufInBufOutState {}
impl BufOut for BufInBufOutState {}

mod sealed {
    use super::{BufInBufOutState, InitState, OnlyInState, PrimInBufOutState};

    /// Keeps [`super::State`] to this module.
    pub trait Sealed {}

    impl Sealed for InitState {}
    impl Sealed for OnlyInState {}
    impl Sealed for PrimInBufOutState {}
    impl Sealed for BufInBufOutState {}
}
