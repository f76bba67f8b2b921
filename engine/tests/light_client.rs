//! The example, run on a real runtime where there is one.

#[allow(dead_code, reason = "an example has a main function")]
#[path = "../examples/light_client.rs"]
mod light_client;

use std::path::Path;

#[test]
fn a_substrate_runtime_starts_lazily_and_answers() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/wasm/kusama_runtime.wasm");
    if !path.exists() {
        println!("skipped: there is no {}", path.display());
        return;
    }
    let version = light_client::run(path.to_str().unwrap()).unwrap();
    assert_eq!((version.spec_name.as_str(), version.spec_version), ("kusama", 9190));
}
