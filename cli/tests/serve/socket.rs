//! As much of a WebSocket client as the tests need: text, without a library, so that the default tests build none.

use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// A server that says nothing for so long is one that has failed.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// Opcodes with the bit for the last frame of a message, which all are.
const TEXT: u8 = 0x81;
const PING: u8 = 0x89;
/// In front of a length of two bytes, and of one of eight.
const LENGTH_16: u8 = 126;
const LENGTH_64: u8 = 127;
/// What clients send is masked; this mask changes nothing.
const MASK: [u8; 4] = [0; 4];
const MASKED: u8 = 0x80;

pub struct Socket {
    stream: BufReader<TcpStream>,
    next_id: u64,
    notifications: VecDeque<Value>,
}

impl Socket {
    pub fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens; qed");
        stream.set_read_timeout(Some(SILENCE_MAX)).expect("it is a length of time; qed");
        let mut stream = BufReader::new(stream);
        let hello = format!(
            "GET / HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
        );
        stream.get_mut().write_all(hello.as_bytes()).expect("the server reads; qed");
        let mut line = String::new();
        stream.read_line(&mut line).expect("the server answers; qed");
        assert!(line.contains(" 101 "), "{line}");
        while line != "\r\n" {
            line.clear();
            stream.read_line(&mut line).expect("the answer has an end; qed");
        }
        Self { stream, next_id: 0, notifications: VecDeque::new() }
    }

    /// Asks, and waits for the answer. What is notified meanwhile is kept.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.next_id += 1;
        let id = json!(self.next_id);
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
        loop {
            let mut message = self.receive();
            if message["id"] == id {
                return match message.get_mut("error") {
                    Some(error) => Err(error.take()),
                    None => Ok(message["result"].take()),
                };
            }
            self.notifications.push_back(message);
        }
    }

    /// The next that is notified to a subscription.
    pub fn next(&mut self, subscription: &Value) -> Value {
        loop {
            let ours = |message: &Value| message["params"]["subscription"] == *subscription;
            if let Some(place) = self.notifications.iter().position(ours) {
                let mut message = self.notifications.remove(place).expect("it was just found; qed");
                return message["params"]["result"].take();
            }
            let message = self.receive();
            self.notifications.push_back(message);
        }
    }

    fn send(&mut self, text: &str) {
        let mut frame = vec![TEXT];
        match u16::try_from(text.len()) {
            Ok(len) => {
                frame.push(MASKED | LENGTH_16);
                frame.extend(len.to_be_bytes());
            }
            Err(_) => {
                frame.push(MASKED | LENGTH_64);
                frame.extend(u64::try_from(text.len()).expect("lengths have 64 bits at most; qed").to_be_bytes());
            }
        }
        frame.extend(MASK);
        frame.extend(text.as_bytes());
        self.stream.get_mut().write_all(&frame).expect("the server reads; qed");
    }

    fn receive(&mut self) -> Value {
        loop {
            let [kind, short] = self.bytes();
            let len = match short {
                LENGTH_16 => u64::from(u16::from_be_bytes(self.bytes())),
                LENGTH_64 => u64::from_be_bytes(self.bytes()),
                short => u64::from(short),
            };
            let mut payload = vec![0; usize::try_from(len).expect("it fits the memory; qed")];
            self.stream.read_exact(&mut payload).expect("frames are whole; qed");
            match kind {
                TEXT => return serde_json::from_slice(&payload).expect("messages are JSON; qed"),
                PING => {}
                kind => panic!("a frame of kind {kind:#x}: {}", String::from_utf8_lossy(&payload)),
            }
        }
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.stream.read_exact(&mut bytes).expect("the server speaks; qed");
        bytes
    }
}
