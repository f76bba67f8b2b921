//! Contracts of the project: the text modules of `wat/` and the ink! contracts of `contracts/`.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The root of the project. This source is in more than one package, so the way there is searched.
pub fn project() -> PathBuf {
    let is_root = |folder: &&Path| folder.join("Cargo.lock").exists();
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(is_root).expect("the workspace is locked").into()
}

/// The code of `wat/NAME.wat`.
pub fn wat(name: &str) -> Vec<u8> {
    let path = project().join("runtime-tests/wat").join(format!("{name}.wat"));
    wat::parse_file(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of all modules in a folder of `wat/`, sorted, to be given to [`wat`].
pub fn wat_names(folder: &str) -> Vec<String> {
    let path = project().join("runtime-tests/wat").join(folder);
    let mut names: Vec<String> = fs::read_dir(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.expect("a folder of the project can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "wat"))
        .map(|path| {
            let name = path.file_stem().expect("it has an extension, so it has a stem; qed");
            format!("{folder}/{}", name.to_string_lossy())
        })
        .collect();
    names.sort();
    names
}

/// The code `contracts/CONTRACT/FILE.wasm`.
pub fn ink_file(contract: &str, file: &str) -> Vec<u8> {
    let path = project().join("contracts").join(contract).join(format!("{file}.wasm"));
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The code of an ink! contract of the project.
pub fn ink(contract: &str) -> Vec<u8> {
    ink_file(contract, contract)
}

/// The selector that ink! gives a message or constructor of this name.
pub fn selector(name: &str) -> [u8; 4] {
    let hash = sp_io::hashing::blake2_256(name.as_bytes());
    [hash[0], hash[1], hash[2], hash[3]]
}

/// Input of an ink! message: its selector and its encoded arguments.
pub fn message(name: &str, arguments: impl codec::Encode) -> Vec<u8> {
    let mut input = selector(name).to_vec();
    arguments.encode_to(&mut input);
    input
}
