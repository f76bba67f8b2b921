//! Bodies are added up under the part that their names belong to.

use super::{PARTS, Sizes, part};

#[test]
fn the_first_listed_path_in_a_name_decides() {
    let title = |name: &str| PARTS.get(part(name)).map(|(title, _)| *title);
    assert_eq!(title("<wasmparser::Validator as core::fmt::Debug>::fmt"), Some("validation (wasmparser)"));
    assert_eq!(title("core::ptr::drop_in_place<vellum_engine::translate::Stack>"), Some("translation"));
    assert_eq!(title("vellum_engine::exec::memory::load"), Some("execution"));
    assert_eq!(title("vellum_engine::module::parse"), Some("rest of the engine"));
    assert_eq!(title("pallet_contracts::execution::run"), Some("contracts pallet"));
    assert_eq!(title("core::slice::sort"), None);
}

#[test]
fn a_module_is_taken_apart_without_remainder() {
    let blob = wat::parse_str(
        r#"(module
            (import "env" "print" (func $print))
            (memory 1)
            (data (i32.const 0) "four")
            (func $wasmparser::read call $print)
            (func $vellum_engine::exec::run nop nop nop)
            (func $other))"#,
    )
    .expect("the text is a module; qed");
    let file = std::env::temp_dir().join(format!("vellum-runtime-size-{}.wasm", std::process::id()));
    std::fs::write(&file, &blob).expect("there is room for a small file; qed");
    let sizes = Sizes::of(&file);
    std::fs::remove_file(&file).expect("it was just written; qed");
    let sizes = sizes.expect("the module has names; qed");
    // Each body has a byte for its locals and one for its end; a call takes two more.
    assert_eq!((sizes.parts[0], sizes.parts[2], sizes.parts[PARTS.len()]), (4, 5, 2));
    assert_eq!(sizes.engine(), 9);
    assert_eq!(sizes.parts.iter().sum::<usize>() + sizes.data + sizes.other, blob.len());
}
