//! A chain that is served by the real command, asked over HTTP, and transactions that are signed here.

use crate::common::Chain;
use codec::{Decode, Encode};
use serde_json::{Value, json};
use sp_keyring::Sr25519Keyring;
use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command, Stdio},
};
use vellum_runtime::{Hash, RuntimeCall, SignedPayload, UncheckedExtrinsic, VERSION, tx_extension};

pub struct Served<'c> {
    pub address: String,
    /// What the command said when it was ready.
    pub ready: Value,
    process: Child,
    stdout: BufReader<ChildStdout>,
    chain: &'c Chain,
    genesis: Hash,
}

impl<'c> Served<'c> {
    /// Serves the chain at a free port.
    pub fn start(chain: &'c Chain) -> Self {
        let mut process = chain
            .command(&["serve", "--port", "0", "--json"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command was built for this test; qed");
        let mut stdout = BufReader::new(process.stdout.take().expect("it was asked for; qed"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the command says where it is; qed");
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let address = ready["address"].as_str().expect("it is text; qed").to_owned();
        let mut served = Self { address, ready, process, stdout, chain, genesis: Hash::zero() };
        served.genesis = hash(&served.ask("chain_getBlockHash", json!([0])));
        served
    }

    /// The answer over HTTP.
    #[track_caller]
    pub fn ask(&self, method: &str, params: Value) -> Value {
        self.try_ask(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// The code and the text of the error that is the answer.
    #[track_caller]
    pub fn refused(&self, method: &str, params: Value) -> (i64, String) {
        let answer = self.try_ask(method, params.clone());
        let error = answer.expect_err(&format!("{method} {params} must be refused"));
        (error["code"].as_i64().expect("it is a number; qed"), error.to_string())
    }

    pub fn try_ask(&self, method: &str, params: Value) -> Result<Value, Value> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
        let (status, mut answer) = self.post(request);
        assert_eq!(status, 200, "{answer}");
        match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer["result"].take()),
        }
    }

    /// Sends anything that the server reads to its end.
    pub fn post(&self, request: String) -> (u16, Value) {
        self.try_post(request).expect("the server answers; qed")
    }

    /// Sends anything. There is no answer where the server has closed the connection while the request was sent.
    pub fn try_post(&self, request: String) -> Option<(u16, Value)> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let answer =
            agent.post(format!("http://{}", self.address)).content_type("application/json").send(request).ok()?;
        let status = answer.status().as_u16();
        let text = answer.into_body().into_with_config().limit(64 << 20).read_to_string().expect("it is text; qed");
        Some((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    /// Asks an API of the runtime.
    #[track_caller]
    pub fn call<R: Decode>(&self, api: &str, arguments: impl Encode) -> R {
        let answer = self.ask("state_call", json!([api, hex(&arguments.encode())]));
        R::decode(&mut &bytes(&answer)[..]).expect("the runtime answers in its types; qed")
    }

    /// A transaction of this account, in hex.
    pub fn sign(&self, signer: Sr25519Keyring, nonce: u32, call: impl Into<RuntimeCall>) -> String {
        let implicit =
            ((), (), VERSION.spec_version, VERSION.transaction_version, self.genesis, self.genesis, (), (), (), ());
        let payload = SignedPayload::from_raw(call.into(), tx_extension(nonce), implicit);
        let signature = payload.using_encoded(|bytes| signer.sign(bytes));
        let (call, extension, _) = payload.deconstruct();
        let account = signer.to_account_id().into();
        hex(&UncheckedExtrinsic::new_signed(call, account, signature.into(), extension).encode())
    }

    /// Sends a transaction of Alice, and gives the hash of its block.
    #[track_caller]
    pub fn send(&self, call: impl Into<RuntimeCall>) -> Value {
        let alice = Sr25519Keyring::Alice.to_account_id();
        let nonce = self.call("AccountNonceApi_account_nonce", alice);
        self.ask("author_submitExtrinsic", json!([self.sign(Sr25519Keyring::Alice, nonce, call)]));
        self.ask("chain_getBlockHash", json!([]))
    }

    /// Ends the server as Ctrl-C does, and gives its exit code and what it said last.
    pub fn end(mut self) -> (i32, Value) {
        let signal = Command::new("kill").args(["-INT", &self.process.id().to_string()]).status();
        assert!(signal.expect("there is a kill; qed").success());
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).expect("it is text; qed");
        let status = self.process.wait().expect("a child can be waited for; qed");
        let last = serde_json::from_str(&rest).unwrap_or_else(|error| panic!("{error}: {rest}"));
        (status.code().unwrap_or(-1), last)
    }

    pub fn is_running(&mut self) -> bool {
        self.process.try_wait().expect("a child can be asked; qed").is_none()
    }

    pub fn chain(&self) -> &Chain {
        self.chain
    }
}

impl Drop for Served<'_> {
    fn drop(&mut self) {
        // It may have ended, as it should.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn hex(bytes: &[u8]) -> String {
    let mut text = "0x".to_owned();
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a string takes any text; qed");
    }
    text
}

#[track_caller]
pub fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap_or_else(|| panic!("no hex: {value}"));
    let digits = text.strip_prefix("0x").expect("hex has a prefix; qed");
    let byte = |place| u8::from_str_radix(&digits[place..place + 2], 16).expect("these are digits; qed");
    (0..digits.len()).step_by(2).map(byte).collect()
}

#[track_caller]
pub fn hash(value: &Value) -> Hash {
    Hash::from_slice(&bytes(value))
}
