//! Calls the flipper so and so often, for those who count what a call costs: `flip [CALLS] [MESSAGE]`.
//!
//! `valgrind --tool=callgrind target/debug/examples/flip 300` says where the instructions are. The difference between
//! two numbers of calls is what calls cost without the start of the process.

use vellum_runtime_tests::{
    chain::{self, call, instantiate},
    fixture::{ink, message},
    runtime::System,
};

fn main() {
    let mut args = std::env::args().skip(1);
    let calls: u32 = args.next().map_or(100, |calls| calls.parse().expect("the number of calls is a number"));
    let name = args.next().unwrap_or_else(|| "flip".into());
    chain::run(|| {
        let flipper = instantiate(&ink("flipper")).bytes(&message("new", true)).address();
        let flip = message(&name, ());
        for _ in 0..calls {
            System::reset_events();
            call(&flipper).bytes(&flip).output();
        }
    });
    println!("{calls} calls of {name}");
}
