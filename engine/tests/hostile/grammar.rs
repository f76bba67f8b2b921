//! Bodies that are made of operators: of all that any policy accepts, and now and then of others. Operands
//! are mostly there, so that a body gets far; whether their types fit is left to chance.

use crate::mutation::Random;
use crate::shell::{FUNCS, GLOBALS, TYPES, leb};

/// An open block.
struct Frame {
    /// Operands below it.
    base: usize,
    params: usize,
    results: usize,
    is_loop: bool,
    is_if: bool,
}

pub struct Grammar<'r> {
    random: &'r mut Random,
    bytes: Vec<u8>,
    height: usize,
    frames: Vec<Frame>,
    locals: usize,
    /// Whether every value is an i32, so that bodies are mostly valid.
    plain: bool,
}

/// A body for a function of a type.
pub fn body(random: &mut Random, ty: usize) -> Vec<u8> {
    let (params, results) = TYPES[ty];
    let (plain, groups) = (random.percent(40), random.below(3));
    let mut bytes = leb(groups);
    let mut locals = params;
    for _ in 0..groups {
        let count = random.below(4);
        bytes.extend(leb(count));
        bytes.push(if plain { 0x7f } else { random.of(&[0x7f, 0x7e, 0x7d, 0x7c, 0x70, 0x6f]) });
        locals += count;
    }
    let frames = vec![Frame { base: 0, params: 0, results, is_loop: false, is_if: false }];
    let mut body = Grammar { random, bytes, height: 0, frames, locals, plain };
    for _ in 0..body.random.below(40) {
        if body.frames.is_empty() {
            break;
        }
        body.operator();
    }
    while !body.frames.is_empty() {
        body.end();
    }
    body.bytes
}

impl Grammar<'_> {
    fn operator(&mut self) {
        match self.random.below(20) {
            0..=2 => self.constant(),
            3..=5 => self.local(),
            6..=9 => self.numeric(),
            10..=11 => self.memory(),
            12..=14 => self.block(),
            15..=16 => self.branch(),
            17 => self.call(),
            18 => self.table(),
            _ if self.random.percent(90) => self.global(),
            _ => self.wild(),
        }
    }

    /// Writes an operator without its operands.
    fn write(&mut self, bytes: &[u8], pops: usize, pushes: usize) {
        self.bytes.extend(bytes);
        self.height = self.height.saturating_sub(pops) + pushes;
    }

    /// Mostly sees to it that there are so many operands.
    fn need(&mut self, count: usize) {
        let base = self.frames.last().map_or(0, |frame| frame.base);
        while self.height < base + count && self.random.percent(98) {
            self.constant();
        }
    }

    fn index(&mut self, bound: usize) -> Vec<u8> {
        if self.random.percent(99) { leb(self.random.below(bound)) } else { leb(self.random.below(70_000)) }
    }

    fn constant(&mut self) {
        let small = [self.random.of(&[0, 1, 2, 8, 0x3f, 0x40, 0x7f])];
        match if self.plain { 0 } else { self.random.below(6) } {
            0 | 1 => self.write(&[&[0x41], &small[..]].concat(), 0, 1),
            2 => self.write(&[&[0x42], &small[..]].concat(), 0, 1),
            3 => {
                let bits = [self.random.byte(), 0, 0xc0, self.random.of(&[0x3f, 0x7f, 0xff])];
                self.write(&[&[0x43], &bits[..]].concat(), 0, 1);
            }
            4 => {
                let bits = [0, 0, 0, 0, self.random.byte(), 0, 0xf0, self.random.of(&[0x3f, 0x7f, 0xff])];
                self.write(&[&[0x44], &bits[..]].concat(), 0, 1);
            }
            _ => {
                // A long constant: high halves must not matter where an i32 is read.
                self.write(&[0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f], 0, 1);
            }
        }
    }

    fn local(&mut self) {
        let (opcode, local) = (self.random.of(&[0x20, 0x20, 0x21, 0x22]), self.index(self.locals.max(1)));
        let pops = usize::from(opcode != 0x20);
        self.need(pops);
        self.write(&[&[opcode], &local[..]].concat(), pops, usize::from(opcode != 0x21));
    }

    fn global(&mut self) {
        let set = self.random.percent(50);
        let index = if self.plain { leb(0) } else { self.index(GLOBALS) };
        self.need(usize::from(set));
        let opcode = if set { 0x24 } else { 0x23 };
        self.write(&[&[opcode], &index[..]].concat(), usize::from(set), usize::from(!set));
    }

    fn numeric(&mut self) {
        let opcode = if self.plain {
            self.random.of(&[
                0x45, 0x46, 0x48, 0x49, 0x4f, 0x67, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x70, 0x71, 0x73, 0x74, 0x76, 0x77,
                0xc0, 0xc1,
            ])
        } else {
            0x45 + u8::try_from(self.random.below(0xc5 - 0x45)).unwrap()
        };
        let unary = matches!(opcode, 0x45 | 0x50 | 0x67..=0x69 | 0x79..=0x7b | 0x8b..=0x91 | 0x99..=0x9f | 0xa7..);
        match self.random.below(12) {
            0 => {
                self.need(3);
                self.write(&[0x1b], 3, 1);
            }
            1 => {
                self.need(1);
                self.write(&[0x1a], 1, 0);
            }
            2 if !self.plain => {
                let (code, pops) =
                    self.random.of(&[(0, 1), (3, 1), (5, 1), (7, 1), (19, 4), (20, 4), (21, 2), (22, 2)]);
                self.need(pops);
                self.write(&[0xfc, code], pops, if pops == 1 { 1 } else { 2 });
            }
            3 if !self.plain => {
                self.need(3);
                let ty = self.random.of(&[0x7f, 0x7e, 0x70]);
                self.write(&[0x1c, 1, ty], 3, 1);
            }
            _ => {
                let pops = if unary { 1 } else { 2 };
                self.need(pops);
                self.write(&[opcode], pops, 1);
            }
        }
    }

    fn memory(&mut self) {
        let offset = leb(self.random.of(&[0, 4, 65_530, 65_536, 0xffff_ffff]));
        let load = self.random.percent(50);
        let opcode = match (load, self.plain) {
            (true, true) => self.random.of(&[0x28, 0x2c, 0x2d, 0x2e, 0x2f]),
            (false, true) => self.random.of(&[0x36, 0x3a, 0x3b]),
            (true, false) => 0x28 + u8::try_from(self.random.below(14)).unwrap(),
            (false, false) => 0x36 + u8::try_from(self.random.below(9)).unwrap(),
        };
        match self.random.below(10) {
            0 => self.write(&[0x3f, 0], 0, 1),
            1 => {
                self.need(1);
                self.write(&[0x40, 0], 1, 1);
            }
            2 => {
                self.need(3);
                let bytes = match self.random.below(3) {
                    0 => vec![0xfc, 8, u8::try_from(self.random.below(3)).unwrap(), 0],
                    1 => vec![0xfc, 10, 0, 0],
                    _ => vec![0xfc, 11, 0],
                };
                self.write(&bytes, 3, 0);
            }
            3 => {
                let segment = u8::try_from(self.random.below(3)).unwrap();
                self.write(&[0xfc, 9, segment], 0, 0);
            }
            _ => {
                let pops = if load { 1 } else { 2 };
                self.need(pops);
                self.write(&[&[opcode, 0], &offset[..]].concat(), pops, usize::from(load));
            }
        }
    }

    fn block(&mut self) {
        if self.random.percent(35) && self.frames.len() > 1 {
            return if self.frames.last().unwrap().is_if && self.random.percent(50) {
                self.otherwise()
            } else {
                self.end()
            };
        }
        let opcode = self.random.of(&[0x02, 0x03, 0x04]);
        let (ty, (params, results)) = match self.random.below(4) {
            0 => (vec![0x40], (0, 0)),
            1 => (vec![0x7f], (0, 1)),
            _ => {
                let ty = if self.plain { self.random.of(&[0, 1, 2, 5, 6]) } else { self.random.below(TYPES.len()) };
                (leb(ty), TYPES[ty])
            }
        };
        let condition = usize::from(opcode == 0x04);
        self.need(params + condition);
        self.write(&[&[opcode], &ty[..]].concat(), condition, 0);
        let base = self.height.saturating_sub(params);
        self.frames.push(Frame { base, params, results, is_loop: opcode == 0x03, is_if: opcode == 0x04 });
    }

    /// Mostly leaves as many operands as the block has results.
    fn settle(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let height = frame.base + frame.results;
        self.need(height - frame.base);
        while self.height > height && self.random.percent(98) {
            self.write(&[0x1a], 1, 0);
        }
        self.height = height;
    }

    fn otherwise(&mut self) {
        self.settle();
        let frame = self.frames.last_mut().unwrap();
        frame.is_if = false;
        self.height = frame.base + frame.params;
        self.write(&[0x05], 0, 0);
    }

    fn end(&mut self) {
        self.settle();
        self.frames.pop();
        self.write(&[0x0b], 0, 0);
    }

    fn branch(&mut self) {
        let depth = self.random.below(self.frames.len());
        let frame = &self.frames[self.frames.len() - 1 - depth];
        let arity = if frame.is_loop { frame.params } else { frame.results };
        let depth = if self.random.percent(99) { leb(depth) } else { leb(self.random.below(300)) };
        match self.random.below(8) {
            0 => {
                self.need(arity);
                self.write(&[&[0x0c], &depth[..]].concat(), 0, 0);
            }
            1 => {
                self.need(arity + 1);
                let count = self.random.below(4);
                let entries = depth.repeat(count + 1);
                self.write(&[&[0x0e], &leb(count)[..], &entries[..]].concat(), 1, 0);
            }
            2 => {
                self.need(self.frames[0].results);
                self.write(&[0x0f], 0, 0);
            }
            3 if self.random.percent(20) => self.write(&[0x00], 0, 0),
            _ => {
                self.need(arity + 1);
                self.write(&[&[0x0d], &depth[..]].concat(), 1, 0);
            }
        }
    }

    fn call(&mut self) {
        let tail = self.random.percent(20);
        if self.random.percent(60) {
            let func = self.random.below(FUNCS);
            let (params, results) = TYPES[type_of(func)];
            self.need(params);
            let index = if self.random.percent(99) { leb(func) } else { self.index(FUNCS) };
            self.write(&[&[if tail { 0x12 } else { 0x10 }], &index[..]].concat(), params, results);
        } else {
            let ty = self.random.below(TYPES.len());
            let (params, results) = TYPES[ty];
            self.need(params);
            let element = u8::try_from(self.random.below(14)).unwrap();
            self.write(&[0x41, element], 0, 1);
            let table = u8::from(self.random.percent(3));
            let opcode = if tail { 0x13 } else { 0x11 };
            self.write(&[&[opcode], &leb(ty)[..], &[table]].concat(), params + 1, results);
        }
    }

    fn table(&mut self) {
        let table = u8::try_from(self.random.below(2)).unwrap();
        let segment = u8::try_from(self.random.below(4)).unwrap();
        let func = self.index(FUNCS);
        let (bytes, pops, pushes) = match self.random.below(11) {
            0 => (vec![0x25, table], 1, 1),
            1 => (vec![0x26, table], 2, 0),
            2 => (vec![0xfc, 12, segment, table], 3, 0),
            3 => (vec![0xfc, 13, segment], 0, 0),
            4 => (vec![0xfc, 14, table, table], 3, 0),
            5 => (vec![0xfc, 15, table], 2, 1),
            6 => (vec![0xfc, 16, table], 0, 1),
            7 => (vec![0xfc, 17, table], 3, 0),
            8 => (vec![0xd0, self.random.of(&[0x70, 0x6f])], 0, 1),
            9 => (vec![0xd1], 1, 1),
            _ => ([&[0xd2], &func[..]].concat(), 0, 1),
        };
        self.need(pops);
        self.write(&bytes, pops, pushes);
    }

    /// Anything: operators of other proposals, and bytes that are none.
    fn wild(&mut self) {
        let prefix = self.random.of(&[0xfb, 0xfc, 0xfd, 0xfe, 0x06, 0x08, 0x14, 0x1f, 0xd5, 0xff]);
        let bytes = [prefix, self.random.byte(), self.random.byte()];
        let len = 1 + self.random.below(3);
        self.write(&bytes[..len], 0, 0);
    }
}

/// The type of one of the shell's functions.
fn type_of(func: usize) -> usize {
    match func {
        0 | 2 => 1,
        1 => 0,
        3 => 2,
        _ => crate::shell::HOSTILE[func - crate::shell::HOSTILE_FIRST],
    }
}
