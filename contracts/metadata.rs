// Included by each contract's `examples/metadata.rs`. The macro `ink::contract` emits one unmangled function that
// describes the contract; it exists in a native build only, hence this small native program.
extern "Rust" {
    fn __ink_generate_metadata() -> ink::metadata::InkProject;
}

fn main() {
    // SAFETY: the symbol is the one that `ink::contract` defines, with this signature, in the contract linked above.
    let project = unsafe { __ink_generate_metadata() };
    let json = serde_json::to_string_pretty(&project).expect("metadata has string keys only; qed");
    println!("{json}");
}
