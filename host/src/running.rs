//! A call whose gas is booked with the recorder when it is over, however it ends.

use crate::profile;
use core::ops::{Deref, DerefMut};
use vellum_engine::{Execution, Instance};

/// Present until it is taken by `into_instance` or dropped.
pub(crate) struct Running(Option<Execution>);

/// Books the call with the recorder when it is over.
pub(crate) fn running(execution: Execution) -> Running {
    Running(Some(execution))
}

impl Running {
    pub(crate) fn into_instance(mut self) -> Instance {
        self.book();
        self.0.take().expect("nobody else takes it; qed").into_instance()
    }

    fn book(&self) {
        let Some(execution) = &self.0 else { return };
        let (instance, prices) = (execution.instance(), execution.instance().module().price_table());
        for (class, count) in instance.profile().unwrap_or_default().0 {
            profile::gas_class(class.name(), count, prices.cost(class, count));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.book();
    }
}

impl Deref for Running {
    type Target = Execution;

    fn deref(&self) -> &Execution {
        self.0.as_ref().expect("present until it is taken, which consumes it; qed")
    }
}

impl DerefMut for Running {
    fn deref_mut(&mut self) -> &mut Execution {
        self.0.as_mut().expect("present until it is taken, which consumes it; qed")
    }
}
