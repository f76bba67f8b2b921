//! The chain on Wasm runtimes. Builds without the executor of nodes say that they have none; the others want the blobs
//! that `scripts/build-runtime.sh` makes.

mod common;

use common::Chain;

#[cfg(not(feature = "wasm-runtime"))]
#[test]
fn a_lean_build_says_how_to_get_the_other_placements() {
    let chain = Chain::new();
    for placement in ["linked", "host"] {
        let error = chain.json(&["accounts", "--placement", placement], 2)["error"].to_string();
        assert!(error.contains(placement) && error.contains("--features wasm-runtime"), "{error}");
    }
}

#[test]
fn an_unknown_placement_and_a_useless_runtime_are_usage_errors() {
    let chain = Chain::new();
    let error = chain.json(&["accounts", "--placement", "elsewhere"], 2)["error"].to_string();
    assert!(error.contains("native, linked, host"), "{error}");
    let error = chain.json(&["accounts", "--runtime", "some.wasm"], 2)["error"].to_string();
    assert!(error.contains("--placement linked"), "{error}");
}

#[cfg(feature = "wasm-runtime")]
mod wasm {
    use super::common::{Chain, contract, path};
    use serde_json::Value;
    use std::path::Path;
    use vellum_runtime_caller::Placement;

    #[test]
    fn a_missing_blob_is_named_with_how_to_make_it() {
        let chain = Chain::new();
        let error =
            chain.json(&["accounts", "--placement", "linked", "--runtime", "nowhere.wasm"], 2)["error"].to_string();
        assert!(error.contains("nowhere.wasm") && error.contains("scripts/build-runtime.sh"), "{error}");
    }

    #[test]
    fn a_file_that_is_no_runtime_is_an_error() {
        let chain = Chain::new();
        let flipper = contract("flipper/flipper.wasm");
        let args = ["upload", path(&flipper), "--placement", "linked", "--runtime", path(&flipper)];
        let error = chain.json(&args, 1)["error"].to_string();
        assert!(error.contains("the runtime failed"), "{error}");
    }

    /// What a short story says in a placement. Hashes of blocks hold the time, so they are not part of it.
    fn story(placement: Placement) -> Vec<Value> {
        let chain = Chain::new();
        let mut place = vec!["--placement".to_owned(), placement.to_string()];
        if let Some(blob) = placement.blob() {
            let blob = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(blob);
            place.extend(["--runtime".to_owned(), path(&blob).to_owned()]);
        }
        let place: Vec<&str> = place.iter().map(String::as_str).collect();
        let (flipper, token) = (contract("flipper/flipper.contract"), contract("erc20/erc20.contract"));
        let steps: [(&[&str], i32); 6] = [
            (&["instantiate", path(&flipper), "new", "false"], 0),
            (&["call", "flipper", "flip"], 0),
            (&["call", "flipper", "get"], 0),
            (&["call", "flipper", "flip_to", "true"], 5),
            (&["call", "flipper", "flip", "--gas", "1000"], 6),
            (&["instantiate", path(&token), "new", "1_000_000"], 0),
        ];
        steps
            .into_iter()
            .map(|(step, code)| {
                let mut answer = chain.json(&[step, &place].concat(), code);
                answer["block"]["hash"] = Value::Null;
                // A Wasm runtime cannot tell what weight was spent on.
                answer["weight"]["profile"] = Value::Null;
                answer
            })
            .collect()
    }

    #[test]
    fn a_story_is_the_same_in_every_placement() {
        let native = story(Placement::Native);
        for placement in [Placement::Linked, Placement::Host] {
            for (told, expected) in story(placement).iter().zip(&native) {
                assert_eq!(told, expected, "{placement}");
            }
        }
    }
}
