//! A module that is valid but for some of its bodies, which are put in afterwards.

use wasmparser::{Parser, Payload};

/// Parameters and results of the shell's types, by index.
pub const TYPES: [(usize, usize); 7] = [(0, 0), (2, 1), (3, 2), (3, 1), (3, 1), (16, 16), (1, 0)];
/// The type of each of the functions whose bodies are put in.
pub const HOSTILE: [usize; 8] = [0, 1, 2, 3, 4, 5, 1, 1];
/// The index of the first of them: before it two imported functions and two good ones.
pub const HOSTILE_FIRST: usize = 4;
pub const FUNCS: usize = HOSTILE_FIRST + HOSTILE.len();
pub const GLOBALS: usize = 5;

const SOURCE: &str = r#"(module
  (type (func))
  (type (func (param i32 i32) (result i32)))
  (type (func (param i32 i32 i32) (result i32 i32)))
  (type (func (param i64 f64 f32) (result i64)))
  (type (func (param funcref externref i32) (result funcref)))
  (type (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
  (type (func (param i32)))
  (import "env" "f" (func (type 1)))
  (import "env" "g" (func (type 0)))
  (memory (export "memory") 1 4)
  (table $functions 12 20 funcref)
  (table $others 4 8 externref)
  (global (mut i32) (i32.const 7))
  (global (mut i64) (i64.const -1))
  (global (mut f64) (f64.const 0.5))
  (global i32 (i32.const 3))
  (global (mut funcref) (ref.null func))
  (data (i32.const 8) "abcdefgh")
  (data "passive")
  (elem (table $functions) (i32.const 0) func 0 1 2 3 4 5 6 7 8 9)
  (elem func 2 3 4)
  (elem declare func 0 1 2 3 4 5 6 7 8 9 10 11)
  (func $good (export "good") (type 1) (local i32)
    (memory.init 1 (i32.const 100) (i32.const 0) (i32.const 0))
    (loop (local.set 2 (i32.add (local.get 2) (local.get 1)))
      (br_if 0 (i32.lt_u (local.get 2) (i32.const 50))))
    (call $pair (local.get 0) (local.get 1) (local.get 2)) i32.xor)
  (func $pair (type 2) (i32.mul (local.get 0) (local.get 2)) (local.get 1))
  (func (export "h0") (type 0)) (func (export "h1") (type 1) unreachable)
  (func (export "h2") (type 2) unreachable) (func (export "h3") (type 3) unreachable)
  (func (export "h4") (type 4) unreachable) (func (export "h5") (type 5) unreachable)
  (func (export "h6") (type 1) unreachable) (func (export "h7") (type 1) unreachable))"#;

/// The bodies of a blob, or what can be read of them.
pub fn bodies(blob: &[u8]) -> Vec<Vec<u8>> {
    let payloads = Parser::new(0).parse_all(blob).map_while(Result::ok);
    let bodies = payloads.filter_map(|payload| match payload {
        Payload::CodeSectionEntry(body) => Some(body.as_bytes().to_vec()),
        _ => None,
    });
    bodies.collect()
}

pub struct Shell {
    before: Vec<u8>,
    good: Vec<Vec<u8>>,
    after: Vec<u8>,
}

impl Shell {
    pub fn new() -> Self {
        let blob = wat::parse_str(SOURCE).unwrap();
        let mut sections = Parser::new(0).parse_all(&blob).filter_map(|payload| payload.unwrap().as_section());
        let (_, code) = sections.find(|(id, _)| *id == 10).unwrap();
        let [start, end] = [code.start, code.end].map(|at| usize::try_from(at).unwrap());
        // In front of the section's contents stand its number and its length.
        let head = start - 1 - leb(end - start).len();
        let good = bodies(&blob).into_iter().take(2).collect();
        Self { before: blob[..head].to_vec(), good, after: blob[end..].to_vec() }
    }

    /// The module with these bodies.
    pub fn with(&self, hostile: &[Vec<u8>]) -> Vec<u8> {
        assert_eq!(hostile.len(), HOSTILE.len());
        let mut section = leb(self.good.len() + hostile.len());
        for body in self.good.iter().chain(hostile) {
            section.extend(leb(body.len()));
            section.extend(body);
        }
        [&self.before, &[10][..], &leb(section.len()), &section, &self.after].concat()
    }
}

/// A number as the binary format writes it.
pub fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}
