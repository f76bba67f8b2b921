//! A frame while its code runs, as host functions see it.

use super::{ErrorOf, GuestMemory, HostFunction, RuntimeCosts, memory};
use crate::{
    Config, SENTINEL,
    call_stack::Ext,
    meter::gas::{ChargedAmount, GasMeter},
};
use alloc::{boxed::Box, vec::Vec};
use codec::Encode;
use sp_runtime::DispatchError;

/// What host functions of one frame share.
pub struct HostContext<'a, E: Ext> {
    ext: &'a mut E,
    /// The frame's input, until it is forwarded.
    input_data: Option<Vec<u8>>,
    /// The chain extension lives as long as the frame. It is absent while it runs.
    chain_extension: Option<Box<<E::T as Config>::ChainExtension>>,
    /// The host function that is running.
    function: Option<&'static HostFunction>,
}

impl<'a, E: Ext> HostContext<'a, E> {
    /// The context of a frame that is about to run.
    pub(crate) fn new(ext: &'a mut E, input_data: Vec<u8>) -> Self {
        Self { ext, input_data: Some(input_data), chain_extension: Some(Box::default()), function: None }
    }

    /// Starts a host function: charges what every call costs.
    pub(super) fn enter(&mut self, function: &'static HostFunction) -> Result<(), DispatchError> {
        self.function = Some(function);
        #[cfg(feature = "profile")]
        self.ext.gas_meter_mut().enter_host_function(function.name);
        self.ext.gas_meter_mut().charge(RuntimeCosts::HostFn).map(|_| ())
    }

    /// What the frame can do.
    pub fn ext(&mut self) -> &mut E {
        self.ext
    }

    /// The frame's gas.
    pub(crate) fn gas_meter(&mut self) -> &mut GasMeter<E::T> {
        self.ext.gas_meter_mut()
    }

    /// Pays a cost, or takes nothing and fails.
    pub fn charge_gas(&mut self, cost: RuntimeCosts) -> Result<ChargedAmount, DispatchError> {
        debug_assert!(
            self.function.is_none_or(|function| function.costs.contains(&cost.weight_function())),
            "{:?} charges {} and its row does not say so",
            self.function.map(|function| function.name),
            cost.weight_function(),
        );
        self.ext.gas_meter_mut().charge(cost)
    }

    /// Lowers a charge for the worst case to what it turned out to be.
    pub fn adjust_gas(&mut self, charged: ChargedAmount, actual: RuntimeCosts) {
        self.ext.gas_meter_mut().adjust_gas(charged, actual);
    }

    /// The frame's input, unless it was forwarded.
    pub(super) fn input(&self) -> Result<&Vec<u8>, DispatchError> {
        self.input_data.as_ref().ok_or_else(|| ErrorOf::<E>::InputForwarded.into())
    }

    /// Gives the frame's input away, unless it was forwarded before.
    pub(super) fn take_input(&mut self) -> Result<Vec<u8>, DispatchError> {
        self.input_data.take().ok_or_else(|| ErrorOf::<E>::InputForwarded.into())
    }

    /// Puts the frame's input back.
    pub(super) fn restore_input(&mut self, input: Vec<u8>) {
        self.input_data = Some(input);
    }

    /// Lends the chain extension out.
    pub(super) fn chain_extension(&mut self) -> &mut Option<Box<<E::T as Config>::ChainExtension>> {
        &mut self.chain_extension
    }

    /// Writes an output of any length to a buffer of the contract.
    ///
    /// The number at `len_ptr` is the buffer's capacity, and becomes the length of the output. With
    /// `may_skip` a contract that is not interested passes the sentinel as `ptr`. The price of `cost`
    /// is charged for what is written, after it is known to fit.
    pub fn write_output(
        &mut self,
        memory: &mut dyn GuestMemory,
        (ptr, len_ptr): (u32, u32),
        output: &[u8],
        may_skip: bool,
        cost: impl FnOnce(u32) -> Option<RuntimeCosts>,
    ) -> Result<(), DispatchError> {
        if may_skip && ptr == SENTINEL {
            return Ok(());
        }
        let capacity: u32 = memory::read_as::<E::T, _>(memory, len_ptr)?;
        let len = u32::try_from(output.len())
            .ok()
            .filter(|len| *len <= capacity)
            .ok_or(ErrorOf::<E>::OutputBufferTooSmall)?;
        if let Some(cost) = cost(len) {
            self.charge_gas(cost)?;
        }
        memory::write::<E::T>(memory, ptr, output)?;
        memory::write::<E::T>(memory, len_ptr, &len.to_le_bytes())
    }

    /// Writes an output whose size the chain's types bound. Its price is part of the function's.
    pub(super) fn write_fixed(
        &mut self,
        memory: &mut dyn GuestMemory,
        buffer: (u32, u32),
        output: &impl Encode,
    ) -> Result<(), DispatchError> {
        output.using_encoded(|output| self.write_output(memory, buffer, output, false, |_| None))
    }
}
