use super::*;
use crate::tests::Test;
use frame_support::assert_err;

#[derive(Clone, Copy)]
struct Costs(u64, u64);

impl Token<Test> for Costs {
    fn weight(&self) -> Weight {
        Weight::from_parts(self.0, self.1)
    }

    fn account(&self) -> ProfileAccount {
        ProfileAccount::Own("test")
    }
}

fn meter(ref_time: u64, proof_size: u64) -> GasMeter<Test> {
    GasMeter::new(Weight::from_parts(ref_time, proof_size))
}

#[test]
fn a_charge_takes_what_it_says() {
    let mut meter = meter(100, 10);
    assert_eq!(meter.charge(Costs(30, 3)).unwrap().amount(), Weight::from_parts(30, 3));
    assert_eq!(meter.gas_left(), Weight::from_parts(70, 7));
    assert_eq!(meter.gas_consumed(), Weight::from_parts(30, 3));
}

#[test]
fn a_charge_that_cannot_be_paid_takes_nothing() {
    let mut meter = meter(100, 10);
    assert_err!(meter.charge(Costs(101, 0)), Error::<Test>::OutOfGas);
    assert_err!(meter.charge(Costs(1, 11)), Error::<Test>::OutOfGas);
    assert_eq!(meter.gas_left(), Weight::from_parts(100, 10));
    meter.charge(Costs(100, 10)).unwrap();
    assert_eq!(meter.gas_left(), Weight::zero());
}

#[test]
fn an_adjustment_gives_back_and_is_remembered_as_required() {
    let mut meter = meter(100, 10);
    let charged = meter.charge(Costs(80, 8)).unwrap();
    meter.adjust_gas(charged, Costs(20, 2));
    assert_eq!(meter.gas_consumed(), Weight::from_parts(20, 2));
    assert_eq!(meter.gas_required(), Weight::from_parts(80, 8));
}

#[test]
fn an_adjustment_never_charges() {
    let mut meter = meter(100, 10);
    let charged = meter.charge(Costs(20, 2)).unwrap();
    meter.adjust_gas(charged, Costs(80, 8));
    assert_eq!(meter.gas_consumed(), Weight::from_parts(20, 2));
}

#[test]
fn zero_gives_a_sub_call_all_that_is_left_in_that_dimension() {
    let mut meter = meter(100, 10);
    let nested = meter.nested(Weight::from_parts(0, 4));
    assert_eq!(nested.gas_left(), Weight::from_parts(100, 4));
    assert_eq!(meter.gas_left(), Weight::from_parts(0, 6));
}

#[test]
fn a_sub_call_gets_no_more_than_is_left() {
    let mut meter = meter(100, 10);
    let nested = meter.nested(Weight::from_parts(500, 500));
    assert_eq!(nested.gas_left(), Weight::from_parts(100, 10));
}

#[test]
fn what_a_sub_call_did_not_use_comes_back_and_its_peak_is_required() {
    let mut meter = meter(100, 10);
    let mut nested = meter.nested(Weight::from_parts(60, 6));
    let charged = nested.charge(Costs(50, 5)).unwrap();
    nested.adjust_gas(charged, Costs(10, 1));
    meter.absorb_nested(nested);
    assert_eq!(meter.gas_consumed(), Weight::from_parts(10, 1));
    // The peak of the sub-call, not its limit.
    assert_eq!(meter.gas_required(), Weight::from_parts(50, 5));
}

#[test]
fn fuel_is_the_ref_time_that_is_left() {
    let mut meter = meter(100, 10);
    assert_eq!(meter.fuel(), 100);
    meter.set_fuel(37);
    assert_eq!(meter.gas_left(), Weight::from_parts(37, 10));
    meter.charge(Costs(7, 1)).unwrap();
    assert_eq!(meter.fuel(), 30);
}

#[test]
fn exhausting_fuel_takes_all_ref_time_and_no_proof() {
    let mut parent = meter(100, 10);
    let mut nested = parent.nested(Weight::from_parts(60, 6));
    nested.charge(Costs(1, 1)).unwrap();
    nested.exhaust_fuel();
    assert_eq!(nested.gas_consumed(), Weight::from_parts(60, 1));
    parent.absorb_nested(nested);
    assert_eq!(parent.gas_left(), Weight::from_parts(40, 9));
    assert_eq!(parent.gas_required(), Weight::from_parts(60, 1));
}
