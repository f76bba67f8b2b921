//! Decides whether the engine is built with tail-call dispatch (`src/dispatch/tail_calls.rs`).
//!
//! A handler goes on to the next by a call in tail position. LLVM turns that into a jump where the target's calling
//! convention passes all arguments in registers and optimisation is on; everywhere else such calls would pile up
//! native frames, and the portable loop runs instead. `VELLUM_DISPATCH=loop` asks for the loop anyway.

use std::env;

/// Targets whose calling convention passes six integers in registers, and on which the canary test has passed.
const TARGETS: &[&str] = &["x86_64", "aarch64"];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(vellum_tail_calls)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=VELLUM_DISPATCH");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let target = TARGETS.contains(&variable("CARGO_CFG_TARGET_ARCH").as_str());
    let optimised = matches!(variable("OPT_LEVEL").as_str(), "2" | "3" | "s" | "z");
    let interpreted = env::var_os("CARGO_CFG_MIRI").is_some();
    if target && optimised && !interpreted && variable("VELLUM_DISPATCH") != "loop" {
        println!("cargo::rustc-cfg=vellum_tail_calls");
    }
}
