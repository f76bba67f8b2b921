//! The state of a running node, over its JSON-RPC.

use super::{file::Entry, hex_bytes};
use crate::{
    exit::{Code, Failure, Outcome},
    hex,
};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

/// Keys that are asked for at once: no node gives more.
const PAGE_KEYS: usize = 1_000;
/// The longest answer that is read: no code, twice in hex, is nearly as long.
const ANSWER_BYTES_MAX: u64 = 64 << 20;

/// The entries of a node's last final block whose keys have a prefix.
pub fn entries(url: &str, prefix: &[u8]) -> Outcome<Vec<Entry>> {
    if let Some(rest) = url.strip_prefix("ws") {
        return Err(Failure::usage(format!("{url}: a node is asked over HTTP"))
            .help(format!("nodes answer both at the same port: http{rest}")));
    }
    let node = Node { url, agent: ureq::Agent::config_builder().http_status_as_error(false).build().into() };
    let block = text(node.ask("chain_getFinalizedHead", json!([]))?, url)?;
    let keys = node.keys(&hex::encode(prefix), &block)?;
    let progress = ProgressBar::new(u64::try_from(keys.len()).unwrap_or(u64::MAX)).with_style(style());
    let mut entries = Vec::with_capacity(keys.len());
    for key in keys {
        let value = node.ask("state_getStorage", json!([key, block]))?;
        let value = hex_bytes(&format!("the value under {key}"), &text(value, url)?)?;
        entries.push((hex_bytes("a key", &key)?, value));
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(entries)
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{msg:.dim}reading codes {bar:30} {pos}/{len}, {eta} left")
        .expect("the template is one; qed")
}

struct Node<'u> {
    url: &'u str,
    agent: ureq::Agent,
}

impl Node<'_> {
    /// All keys with a prefix.
    fn keys(&self, prefix: &str, block: &str) -> Outcome<Vec<String>> {
        let mut keys: Vec<String> = Vec::new();
        loop {
            let page = self.ask("state_getKeysPaged", json!([prefix, PAGE_KEYS, keys.last(), block]))?;
            let page = page.as_array().ok_or_else(|| strange(self.url, &page))?;
            let before = keys.len();
            for key in page {
                let key = text(key.clone(), self.url)?;
                // What does not go on could go on for ever.
                if !key.starts_with(prefix) || keys.last().is_some_and(|last| *last >= key) {
                    return Err(strange(self.url, &Value::String(key)));
                }
                keys.push(key);
            }
            if keys.len() - before < PAGE_KEYS {
                return Ok(keys);
            }
        }
    }

    fn ask(&self, method: &str, params: Value) -> Outcome<Value> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
        let answer = self
            .agent
            .post(self.url)
            .content_type("application/json")
            .send(request)
            .and_then(|answer| answer.into_body().into_with_config().limit(ANSWER_BYTES_MAX).read_to_string());
        let answer = answer.map_err(|error| {
            Failure::new(Code::Other, format!("{} does not answer: {error}", self.url))
                .help("is it the RPC address of a node? An own node's is http://127.0.0.1:9944")
        })?;
        let answer: Value = serde_json::from_str(&answer)
            .map_err(|_| strange(self.url, &Value::String(answer.chars().take(80).collect())))?;
        match (answer.get("error"), answer.get("result")) {
            (None, Some(result)) => Ok(result.clone()),
            (Some(error), _) => Err(Failure::new(Code::Other, format!("{} refuses {method}: {error}", self.url))
                .help("state_getKeysPaged and state_getStorage must be allowed there")),
            (None, None) => Err(strange(self.url, &answer)),
        }
    }
}

fn text(value: Value, url: &str) -> Outcome<String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(strange(url, &other)),
    }
}

fn strange(url: &str, answer: &Value) -> Failure {
    Failure::new(Code::Other, format!("{url} answers what no node does: {answer}"))
}
