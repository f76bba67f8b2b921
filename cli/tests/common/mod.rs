//! Runs the command the way a script would.

#![allow(dead_code, reason = "each test program uses a part of this")]

use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};
use tempfile::TempDir;

/// The files of the project's own contracts.
pub fn contract(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../contracts").join(file)
}

/// A folder of the material beside the project, if it is there.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: there is no {}", path.display());
    None
}

/// A state folder of its own.
pub struct Chain {
    pub folder: TempDir,
}

/// What a command gave.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Chain {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("the system has a folder for temporary files; qed") }
    }

    pub fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// The command with this chain's state.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vellum"));
        command.args(args).arg("--state").arg(self.state()).current_dir(self.folder.path());
        command
    }

    /// Runs the command.
    pub fn run(&self, args: &[&str]) -> Answer {
        answer(self.command(args).output())
    }

    /// Runs the command with `--json` and expects this exit code.
    #[track_caller]
    pub fn json(&self, args: &[&str], code: i32) -> Value {
        let answer = self.run(&[args, &["--json"]].concat());
        assert_eq!(answer.code, code, "{args:?}: {answer:?}");
        assert_eq!(answer.stderr, "", "{args:?}: everything is in the object");
        let json: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {answer:?}"));
        assert_eq!(json["ok"], Value::Bool(code == 0), "{json}");
        if code != 0 {
            assert_eq!(json["error"]["exit_code"], code, "{json}");
        }
        json
    }

    /// A chain with a flipper on it.
    pub fn with_flipper() -> Self {
        let chain = Self::new();
        chain.json(&["instantiate", path(&contract("flipper/flipper.contract")), "new", "false"], 0);
        chain
    }

    /// A chain with a token on it, of which Alice has a million.
    pub fn with_erc20() -> Self {
        let chain = Self::new();
        chain.json(&["instantiate", path(&contract("erc20/erc20.contract")), "new", "1_000_000"], 0);
        chain
    }

    /// The value that a message without arguments returns.
    #[track_caller]
    pub fn get(&self, contract: &str, message: &str) -> Value {
        self.json(&["call", contract, message], 0)["result"]["value"].clone()
    }
}

pub fn answer(output: std::io::Result<Output>) -> Answer {
    let output = output.expect("the command was built for this test; qed");
    Answer {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

pub fn path(path: &Path) -> &str {
    path.to_str().expect("test paths are text; qed")
}
