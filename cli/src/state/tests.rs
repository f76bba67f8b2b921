use super::*;

/// A code's key and value, in hex.
fn entry(pallet: &str, hash: u8, code: &[u8]) -> (String, String) {
    use codec::Encode;
    (hex::encode([prefix(pallet), [hash; 32]].concat()), hex::encode(code.to_vec().encode()))
}

fn codes_of(json: &serde_json::Value) -> Outcome<Vec<StoredCode>> {
    let folder = tempfile::tempdir().expect("the system has a folder for temporary files; qed");
    let file = folder.path().join("state.json");
    std::fs::write(&file, json.to_string()).expect("the folder takes files; qed");
    codes(file.to_str().expect("it is UTF-8; qed"), "Contracts")
}

#[test]
fn codes_are_found_in_a_raw_specification_and_in_a_plain_object() {
    let ((key_b, value_b), (key_a, value_a)) = (entry("Contracts", 7, b"second"), entry("Contracts", 1, b"first"));
    let (other, other_value) = entry("Others", 3, b"another pallet's");
    let top = serde_json::json!({ key_b: value_b, "0x1234": "0x", other: other_value, key_a: value_a });
    let specification = serde_json::json!({
        "name": "a chain", "bootNodes": [], "genesis": { "raw": { "top": top, "childrenDefault": {} } }, "id": "a",
    });
    for json in [top, specification] {
        let codes = codes_of(&json).expect("it is a state");
        let read: Vec<_> = codes.into_iter().map(|code| (code.hash, code.code.expect("it is whole"))).collect();
        assert_eq!(read, [(H256([1; 32]), b"first".to_vec()), (H256([7; 32]), b"second".to_vec())]);
    }
}

#[test]
fn an_entry_that_is_cut_short_is_named_and_the_others_are_read() {
    let ((key, value), (good_key, good)) = (entry("Contracts", 1, b"cut short"), entry("Contracts", 2, b"whole"));
    let codes = codes_of(&serde_json::json!({ key: value[..value.len() - 2], good_key: good })).expect("it is a state");
    assert!(codes[0].code.as_ref().expect_err("it is cut").contains("says that it has 9"));
    assert_eq!(codes[1].code.as_ref().expect("it is whole"), b"whole");
}

#[test]
fn what_is_no_state_is_refused_with_the_reason() {
    let message = |json: &serde_json::Value| codes_of(json).err().expect("it is refused").to_string();
    assert!(message(&serde_json::json!({})).contains("no code of a pallet called `Contracts`"));
    assert!(message(&serde_json::json!([1])).contains("expected an object of keys and values"));
    let (key, _) = entry("Contracts", 1, b"");
    assert!(message(&serde_json::json!({ key.clone(): 5 })).contains("no text of hex digits"));
    assert!(message(&serde_json::json!({ key: "0xz0" })).contains("is not hex"));
    assert!(codes("no/such/file", "Contracts").err().expect("it is refused").to_string().contains("export-state"));
}

mod of_a_node {
    use super::*;
    use std::{
        io::{BufRead, BufReader, Read, Write},
        net::TcpListener,
        thread,
    };

    /// A node that answers each question once, in order, and expects what it is asked.
    fn node(answers: Vec<(&'static str, String)>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free; qed");
        let url = format!("http://{}", listener.local_addr().expect("it is bound; qed"));
        thread::spawn(move || {
            for (expected, answer) in answers {
                let (stream, _) = listener.accept().expect("somebody asks");
                let mut reader = BufReader::new(stream);
                let (mut line, mut length) = (String::new(), 0);
                while reader.read_line(&mut line).expect("headers are text") > 2 {
                    if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().expect("a number");
                    }
                    line.clear();
                }
                let mut body = vec![0; length];
                reader.read_exact(&mut body).expect("as long as it says");
                let asked = String::from_utf8(body).expect("JSON is text");
                let answer = if asked.contains(expected) { answer } else { format!("{{\"error\":\"asked {asked}\"}}") };
                let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", answer.len());
                reader.into_inner().write_all(format!("{head}{answer}").as_bytes()).expect("it listens");
            }
        });
        url
    }

    fn result(value: impl Into<serde_json::Value>) -> String {
        serde_json::json!({ "jsonrpc": "2.0", "id": 1, "result": value.into() }).to_string()
    }

    #[test]
    fn codes_are_read_at_the_last_final_block() {
        let (key, value) = entry("Contracts", 4, b"code");
        let url = node(vec![
            ("chain_getFinalizedHead", result("0xb10c")),
            ("0xb10c", result(vec![key.clone()])),
            ("state_getStorage", result(value)),
        ]);
        let codes = codes(&url, "Contracts").expect("the node answers");
        assert_eq!(codes.len(), 1);
        assert_eq!(codes[0].hash, H256([4; 32]));
        assert_eq!(codes[0].code.as_ref().expect("it is whole"), b"code");
    }

    #[test]
    fn a_node_that_refuses_or_answers_nonsense_is_named() {
        let message = |answer: &str| {
            let url = node(vec![("chain_getFinalizedHead", answer.to_owned())]);
            codes(&url, "Contracts").err().expect("it is refused").to_string()
        };
        assert!(message(r#"{"error":{"code":-32601}}"#).contains("refuses chain_getFinalizedHead"));
        assert!(message(r#"{"result":5}"#).contains("answers what no node does: 5"));
        assert!(message("<html>").contains("answers what no node does"));
        assert!(
            codes("ws://127.0.0.1:1", "Contracts").err().expect("refused").to_string().contains("http://127.0.0.1:1")
        );
        assert!(
            codes("http://127.0.0.1:1", "Contracts").err().expect("refused").to_string().contains("does not answer")
        );
    }

    #[test]
    fn a_node_that_repeats_its_keys_is_not_asked_for_ever() {
        let (key, _) = entry("Contracts", 4, b"code");
        let url = node(vec![
            ("chain_getFinalizedHead", result("0xb10c")),
            ("state_getKeysPaged", result(vec![key.clone(), key])),
        ]);
        assert!(codes(&url, "Contracts").err().expect("refused").to_string().contains("answers what no node does"));
    }
}
