//! Loads, stores, walks, and what moves many bytes.

use super::{Body, LINE_BYTES, Local, PAGE_BYTES, PASSIVE, access};
use crate::gas::search::genome::{Gene, Kind};
use crate::gas::search::operators::{Access, LOADS, STORES, Ty, chosen};
use wasm_encoder::{Instruction as I, MemArg};

/// Lengths of moves.
const LENGTHS: [u32; 16] = [0, 1, 2, 3, 8, 15, 16, 31, 32, 64, 100, 256, 1_024, 4_096, 8_192, 16_384];

impl Body<'_> {
    pub(super) fn memory(&mut self, gene: Gene) {
        let Gene(kind, choice, other, number) = gene;
        match kind {
            Kind::Load => {
                let pointer = self.local(Local::Pointer);
                self.emit(I::LocalGet(pointer));
                self.load(chosen(LOADS, choice), number);
            }
            Kind::LoadAt => {
                self.operands(&[Ty::I32], gene);
                self.code.extend([I::I32Const(self.line_mask().cast_signed()), I::I32And]);
                self.pop(1);
                self.load(chosen(LOADS, choice), number);
            }
            Kind::Store | Kind::StoreAt => self.store(gene),
            Kind::Stride | Kind::Jump | Kind::Chase | Kind::Scramble => self.walk(gene),
            Kind::MemoryCopy | Kind::MemoryFill | Kind::MemoryInit => self.bulk(gene),
            Kind::DataDrop => self.emit(I::DataDrop(1)),
            Kind::MemorySize => {
                self.emit(I::MemorySize(0));
                self.stack.push(Ty::I32);
            }
            Kind::MemoryGrow => {
                self.emit_const(if other == 0 { 1 } else { 0 });
                self.emit(I::MemoryGrow(0));
                self.stack.push(Ty::I32);
            }
            _ => {}
        }
    }

    fn load(&mut self, (ty, align, load): &Access, number: u32) {
        let offset = self.offset(number, 1 << align);
        self.emit(load(offset));
        self.stack.push(*ty);
    }

    fn store(&mut self, gene: Gene) {
        let (ty, align, store) = chosen(STORES, gene.1);
        // Below the value there is no address, so a value from the stack waits in a local.
        let waiting = self.top() == Some(*ty);
        let spare = waiting.then(|| self.local(Local::Spare(super::ty8(*ty))));
        if let Some(spare) = spare {
            self.emit(I::LocalSet(spare));
            self.pop(1);
        }
        let address = if gene.0 == Kind::Store { Local::Pointer } else { Local::Value(0, gene.2 % 4) };
        let address = self.local(address);
        self.emit(I::LocalGet(address));
        if gene.0 == Kind::StoreAt {
            self.code.extend([I::I32Const(self.line_mask().cast_signed()), I::I32And]);
        }
        match spare {
            Some(spare) => self.emit(I::LocalGet(spare)),
            None => {
                self.push_any(*ty, gene.2 >> 2, gene.3);
                self.pop(1);
            }
        }
        // The first bytes of a line say where the next one is, and this line is not left: behind it begins another.
        let bytes = 1_u32 << align;
        let at = 8 + gene.3 % (LINE_BYTES - 8 - bytes + 1);
        let offset = MemArg { offset: at.into(), align: 0, ..access() };
        self.emit(store(offset));
    }

    /// An offset that a gene chooses, for a load of so many bytes that stays in memory.
    fn offset(&self, number: u32, bytes: u32) -> MemArg {
        let room = self.memory_bytes() - self.walked_bytes() + LINE_BYTES;
        let offset = number % (room.min(2_048) - bytes + 1);
        MemArg { offset: offset.into(), align: 0, ..access() }
    }

    /// Moves the pointer, or what chooses where it goes.
    fn walk(&mut self, Gene(kind, choice, _, number): Gene) {
        let (pointer, random) = (self.local(Local::Pointer), self.local(Local::Random));
        let mask = I::I32Const(self.line_mask().cast_signed());
        match kind {
            Kind::Stride => {
                let lines = [1, 2, 3, 17, 64, 65, 257, 1_024][usize::from(choice % 8)];
                self.code.extend([
                    I::LocalGet(pointer),
                    I::I32Const(lines * LINE_BYTES.cast_signed()),
                    I::I32Add,
                    mask,
                    I::I32And,
                    I::LocalSet(pointer),
                ]);
            }
            Kind::Jump => self.code.extend([I::LocalGet(random), mask, I::I32And, I::LocalSet(pointer)]),
            Kind::Chase => {
                let at = MemArg { align: 2, ..access() };
                self.code.extend([I::LocalGet(pointer), I::I32Load(at), I::LocalSet(pointer)]);
            }
            _ => self.code.extend([
                I::LocalGet(random),
                I::I32Const(1_664_525),
                I::I32Mul,
                I::I32Const((number | 1).cast_signed()),
                I::I32Add,
                I::LocalSet(random),
            ]),
        }
    }

    /// Moves within what nobody walks over, so that every line still says where the next one is.
    fn bulk(&mut self, Gene(kind, choice, other, number): Gene) {
        let start = self.walked_bytes();
        let half = (self.memory_bytes() - start) / 2;
        if half == 0 {
            return;
        }
        let skew = u32::from(other) % 64;
        let len = LENGTHS[usize::from(choice % 16)].min(half - 64);
        match kind {
            Kind::MemoryCopy => {
                self.emit_const(start + half + skew % 64);
                if number & 1 == 0 {
                    self.emit_const(start + number % 32);
                } else {
                    // Overlapping: from a little below.
                    self.emit_const(start + half);
                }
                self.emit_const(len);
                self.emit(I::MemoryCopy { src_mem: 0, dst_mem: 0 });
            }
            Kind::MemoryFill => {
                self.emit_const(start + skew);
                self.push_any(Ty::I32, other >> 5, number);
                self.pop(1);
                self.emit_const(len);
                self.emit(I::MemoryFill(0));
            }
            _ => {
                self.emit_const(start + skew);
                self.emit_const(0);
                self.emit_const(len.min(PASSIVE));
                self.emit(I::MemoryInit { mem: 0, data_index: 0 });
            }
        }
    }

    fn memory_bytes(&self) -> u32 {
        u32::from(self.role.shape.pages) * PAGE_BYTES
    }

    fn walked_bytes(&self) -> u32 {
        LINE_BYTES << self.role.shape.lines_log2
    }

    /// What keeps a pointer on a line that is walked over.
    pub(super) fn line_mask(&self) -> u32 {
        self.walked_bytes() - LINE_BYTES
    }
}
