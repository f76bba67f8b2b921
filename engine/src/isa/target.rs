//! Table 2: the register instructions. From it come the opcodes, the handlers of every dispatch
//! backend, the disassembler, the verifier and docs/ISA.md. It is free to change: nothing outside
//! the engine can tell, and no gas depends on it (Law 1).
//!
//! A row reads `Name "mnemonic" Shape => semantics[parameter]; "what it does"`. The semantics are
//! functions of the same name in `exec`; a missing one is a compile error.

use super::shape::ShapeKind;

/// Hands the whole table to a macro.
macro_rules! instructions {
    ($callback:ident) => {
        $callback! {
            // Moves between cells, constants and globals.
            Copy "copy" Copy1 => copy[]; "dst <- src"
            CopySpan "copy_span" CopySpan => copy_span[]; "cells to.. <- cells from.., `len` of them, as if by way of a buffer"
            Const32 "const32" Const32 => const32[]; "dst <- imm"
            Const64 "const64" Const64 => const64[]; "dst <- imm"
            Select "select" Choose => select[]; "dst <- condition (i32) is not 0 ? lhs : rhs"
            GlobalGet "global.get" GetGlobal => global_get[]; "dst <- global"
            GlobalSet "global.set" SetGlobal => global_set[]; "global <- src"
            // Integer operators of two operands. The right one may be a constant; `sub` of a constant is `add` of its negative.
            I32AddRr "i32.add" Rr => binary_rr[I32Add]; "dst <- lhs + rhs"
            I32AddRi "i32.add_imm" Ri => binary_ri[I32Add]; "dst <- lhs + imm"
            I32SubRr "i32.sub" Rr => binary_rr[I32Sub]; "dst <- lhs - rhs"
            I32MulRr "i32.mul" Rr => binary_rr[I32Mul]; "dst <- lhs * rhs"
            I32MulRi "i32.mul_imm" Ri => binary_ri[I32Mul]; "dst <- lhs * imm"
            I32AndRr "i32.and" Rr => binary_rr[I32And]; "dst <- lhs & rhs"
            I32AndRi "i32.and_imm" Ri => binary_ri[I32And]; "dst <- lhs & imm"
            I32OrRr "i32.or" Rr => binary_rr[I32Or]; "dst <- lhs | rhs"
            I32OrRi "i32.or_imm" Ri => binary_ri[I32Or]; "dst <- lhs | imm"
            I32XorRr "i32.xor" Rr => binary_rr[I32Xor]; "dst <- lhs ^ rhs"
            I32XorRi "i32.xor_imm" Ri => binary_ri[I32Xor]; "dst <- lhs ^ imm"
            I32ShlRr "i32.shl" Rr => binary_rr[I32Shl]; "dst <- lhs << rhs"
            I32ShlRi "i32.shl_imm" Ri => binary_ri[I32Shl]; "dst <- lhs << imm"
            I32ShrSRr "i32.shr_s" Rr => binary_rr[I32ShrS]; "dst <- lhs >>s rhs"
            I32ShrSRi "i32.shr_s_imm" Ri => binary_ri[I32ShrS]; "dst <- lhs >>s imm"
            I32ShrURr "i32.shr_u" Rr => binary_rr[I32ShrU]; "dst <- lhs >>u rhs"
            I32ShrURi "i32.shr_u_imm" Ri => binary_ri[I32ShrU]; "dst <- lhs >>u imm"
            I32RotlRr "i32.rotl" Rr => binary_rr[I32Rotl]; "dst <- lhs rotl rhs"
            I32RotlRi "i32.rotl_imm" Ri => binary_ri[I32Rotl]; "dst <- lhs rotl imm"
            I32RotrRr "i32.rotr" Rr => binary_rr[I32Rotr]; "dst <- lhs rotr rhs"
            I32RotrRi "i32.rotr_imm" Ri => binary_ri[I32Rotr]; "dst <- lhs rotr imm"
            I32DivSRr "i32.div_s" Rr => partial_rr[I32DivS]; "dst <- lhs /s rhs, or a trap"
            I32DivSRi "i32.div_s_imm" Ri => partial_ri[I32DivS]; "dst <- lhs /s imm, or a trap"
            I32DivURr "i32.div_u" Rr => partial_rr[I32DivU]; "dst <- lhs /u rhs, or a trap"
            I32DivURi "i32.div_u_imm" Ri => partial_ri[I32DivU]; "dst <- lhs /u imm, or a trap"
            I32RemSRr "i32.rem_s" Rr => partial_rr[I32RemS]; "dst <- lhs %s rhs, or a trap"
            I32RemSRi "i32.rem_s_imm" Ri => partial_ri[I32RemS]; "dst <- lhs %s imm, or a trap"
            I32RemURr "i32.rem_u" Rr => partial_rr[I32RemU]; "dst <- lhs %u rhs, or a trap"
            I32RemURi "i32.rem_u_imm" Ri => partial_ri[I32RemU]; "dst <- lhs %u imm, or a trap"
            I64AddRr "i64.add" Rr => binary_rr[I64Add]; "dst <- lhs + rhs"
            I64AddRi "i64.add_imm" Ri => binary_ri[I64Add]; "dst <- lhs + imm"
            I64SubRr "i64.sub" Rr => binary_rr[I64Sub]; "dst <- lhs - rhs"
            I64MulRr "i64.mul" Rr => binary_rr[I64Mul]; "dst <- lhs * rhs"
            I64MulRi "i64.mul_imm" Ri => binary_ri[I64Mul]; "dst <- lhs * imm"
            I64AndRr "i64.and" Rr => binary_rr[I64And]; "dst <- lhs & rhs"
            I64AndRi "i64.and_imm" Ri => binary_ri[I64And]; "dst <- lhs & imm"
            I64OrRr "i64.or" Rr => binary_rr[I64Or]; "dst <- lhs | rhs"
            I64OrRi "i64.or_imm" Ri => binary_ri[I64Or]; "dst <- lhs | imm"
            I64XorRr "i64.xor" Rr => binary_rr[I64Xor]; "dst <- lhs ^ rhs"
            I64XorRi "i64.xor_imm" Ri => binary_ri[I64Xor]; "dst <- lhs ^ imm"
            I64ShlRr "i64.shl" Rr => binary_rr[I64Shl]; "dst <- lhs << rhs"
            I64ShlRi "i64.shl_imm" Ri => binary_ri[I64Shl]; "dst <- lhs << imm"
            I64ShrSRr "i64.shr_s" Rr => binary_rr[I64ShrS]; "dst <- lhs >>s rhs"
            I64ShrSRi "i64.shr_s_imm" Ri => binary_ri[I64ShrS]; "dst <- lhs >>s imm"
            I64ShrURr "i64.shr_u" Rr => binary_rr[I64ShrU]; "dst <- lhs >>u rhs"
            I64ShrURi "i64.shr_u_imm" Ri => binary_ri[I64ShrU]; "dst <- lhs >>u imm"
            I64RotlRr "i64.rotl" Rr => binary_rr[I64Rotl]; "dst <- lhs rotl rhs"
            I64RotlRi "i64.rotl_imm" Ri => binary_ri[I64Rotl]; "dst <- lhs rotl imm"
            I64RotrRr "i64.rotr" Rr => binary_rr[I64Rotr]; "dst <- lhs rotr rhs"
            I64RotrRi "i64.rotr_imm" Ri => binary_ri[I64Rotr]; "dst <- lhs rotr imm"
            I64DivSRr "i64.div_s" Rr => partial_rr[I64DivS]; "dst <- lhs /s rhs, or a trap"
            I64DivSRi "i64.div_s_imm" Ri => partial_ri[I64DivS]; "dst <- lhs /s imm, or a trap"
            I64DivURr "i64.div_u" Rr => partial_rr[I64DivU]; "dst <- lhs /u rhs, or a trap"
            I64DivURi "i64.div_u_imm" Ri => partial_ri[I64DivU]; "dst <- lhs /u imm, or a trap"
            I64RemSRr "i64.rem_s" Rr => partial_rr[I64RemS]; "dst <- lhs %s rhs, or a trap"
            I64RemSRi "i64.rem_s_imm" Ri => partial_ri[I64RemS]; "dst <- lhs %s imm, or a trap"
            I64RemURr "i64.rem_u" Rr => partial_rr[I64RemU]; "dst <- lhs %u rhs, or a trap"
            I64RemURi "i64.rem_u_imm" Ri => partial_ri[I64RemU]; "dst <- lhs %u imm, or a trap"
            // Operators of one operand. `i32.wrap_i64` has no instruction: an i32 is read from the low half of a cell.
            I32Clz "i32.clz" Copy1 => unary[I32Clz]; "dst <- clz(src)"
            I32Ctz "i32.ctz" Copy1 => unary[I32Ctz]; "dst <- ctz(src)"
            I32Popcnt "i32.popcnt" Copy1 => unary[I32Popcnt]; "dst <- popcnt(src)"
            I32Extend8S "i32.extend8_s" Copy1 => unary[I32Extend8S]; "dst <- extend8_s(src)"
            I32Extend16S "i32.extend16_s" Copy1 => unary[I32Extend16S]; "dst <- extend16_s(src)"
            I64Clz "i64.clz" Copy1 => unary[I64Clz]; "dst <- clz(src)"
            I64Ctz "i64.ctz" Copy1 => unary[I64Ctz]; "dst <- ctz(src)"
            I64Popcnt "i64.popcnt" Copy1 => unary[I64Popcnt]; "dst <- popcnt(src)"
            I64Extend8S "i64.extend8_s" Copy1 => unary[I64Extend8S]; "dst <- extend8_s(src)"
            I64Extend16S "i64.extend16_s" Copy1 => unary[I64Extend16S]; "dst <- extend16_s(src)"
            I64ExtendI32S "i64.extend_i32_s" Copy1 => unary[I64ExtendI32S]; "dst <- extend_i32_s(src)"
            I64ExtendI32U "i64.extend_i32_u" Copy1 => unary[I64ExtendI32U]; "dst <- extend_i32_u(src)"
            // Comparisons into a cell: 1 if they hold, otherwise 0.
            I32EqRr "i32.eq" Rr => compare_rr[I32Eq]; "dst <- lhs == rhs"
            I32EqRi "i32.eq_imm" Ri => compare_ri[I32Eq]; "dst <- lhs == imm"
            I32NeRr "i32.ne" Rr => compare_rr[I32Ne]; "dst <- lhs != rhs"
            I32NeRi "i32.ne_imm" Ri => compare_ri[I32Ne]; "dst <- lhs != imm"
            I32LtSRr "i32.lt_s" Rr => compare_rr[I32LtS]; "dst <- lhs <s rhs"
            I32LtSRi "i32.lt_s_imm" Ri => compare_ri[I32LtS]; "dst <- lhs <s imm"
            I32LtURr "i32.lt_u" Rr => compare_rr[I32LtU]; "dst <- lhs <u rhs"
            I32LtURi "i32.lt_u_imm" Ri => compare_ri[I32LtU]; "dst <- lhs <u imm"
            I32GtSRr "i32.gt_s" Rr => compare_rr[I32GtS]; "dst <- lhs >s rhs"
            I32GtSRi "i32.gt_s_imm" Ri => compare_ri[I32GtS]; "dst <- lhs >s imm"
            I32GtURr "i32.gt_u" Rr => compare_rr[I32GtU]; "dst <- lhs >u rhs"
            I32GtURi "i32.gt_u_imm" Ri => compare_ri[I32GtU]; "dst <- lhs >u imm"
            I32LeSRr "i32.le_s" Rr => compare_rr[I32LeS]; "dst <- lhs <=s rhs"
            I32LeSRi "i32.le_s_imm" Ri => compare_ri[I32LeS]; "dst <- lhs <=s imm"
            I32LeURr "i32.le_u" Rr => compare_rr[I32LeU]; "dst <- lhs <=u rhs"
            I32LeURi "i32.le_u_imm" Ri => compare_ri[I32LeU]; "dst <- lhs <=u imm"
            I32GeSRr "i32.ge_s" Rr => compare_rr[I32GeS]; "dst <- lhs >=s rhs"
            I32GeSRi "i32.ge_s_imm" Ri => compare_ri[I32GeS]; "dst <- lhs >=s imm"
            I32GeURr "i32.ge_u" Rr => compare_rr[I32GeU]; "dst <- lhs >=u rhs"
            I32GeURi "i32.ge_u_imm" Ri => compare_ri[I32GeU]; "dst <- lhs >=u imm"
            I64EqRr "i64.eq" Rr => compare_rr[I64Eq]; "dst <- lhs == rhs"
            I64EqRi "i64.eq_imm" Ri => compare_ri[I64Eq]; "dst <- lhs == imm"
            I64NeRr "i64.ne" Rr => compare_rr[I64Ne]; "dst <- lhs != rhs"
            I64NeRi "i64.ne_imm" Ri => compare_ri[I64Ne]; "dst <- lhs != imm"
            I64LtSRr "i64.lt_s" Rr => compare_rr[I64LtS]; "dst <- lhs <s rhs"
            I64LtSRi "i64.lt_s_imm" Ri => compare_ri[I64LtS]; "dst <- lhs <s imm"
            I64LtURr "i64.lt_u" Rr => compare_rr[I64LtU]; "dst <- lhs <u rhs"
            I64LtURi "i64.lt_u_imm" Ri => compare_ri[I64LtU]; "dst <- lhs <u imm"
            I64GtSRr "i64.gt_s" Rr => compare_rr[I64GtS]; "dst <- lhs >s rhs"
            I64GtSRi "i64.gt_s_imm" Ri => compare_ri[I64GtS]; "dst <- lhs >s imm"
            I64GtURr "i64.gt_u" Rr => compare_rr[I64GtU]; "dst <- lhs >u rhs"
            I64GtURi "i64.gt_u_imm" Ri => compare_ri[I64GtU]; "dst <- lhs >u imm"
            I64LeSRr "i64.le_s" Rr => compare_rr[I64LeS]; "dst <- lhs <=s rhs"
            I64LeSRi "i64.le_s_imm" Ri => compare_ri[I64LeS]; "dst <- lhs <=s imm"
            I64LeURr "i64.le_u" Rr => compare_rr[I64LeU]; "dst <- lhs <=u rhs"
            I64LeURi "i64.le_u_imm" Ri => compare_ri[I64LeU]; "dst <- lhs <=u imm"
            I64GeSRr "i64.ge_s" Rr => compare_rr[I64GeS]; "dst <- lhs >=s rhs"
            I64GeSRi "i64.ge_s_imm" Ri => compare_ri[I64GeS]; "dst <- lhs >=s imm"
            I64GeURr "i64.ge_u" Rr => compare_rr[I64GeU]; "dst <- lhs >=u rhs"
            I64GeURi "i64.ge_u_imm" Ri => compare_ri[I64GeU]; "dst <- lhs >=u imm"
            // Memory. Addresses are i32; `address + offset` does not wrap. An i32 load zeroes the high half of the cell.
            Load8U "load8_u" Read => load[Load8U]; "dst <- u8 at address + offset, extended"
            Load16U "load16_u" Read => load[Load16U]; "dst <- u16 at address + offset, extended"
            Load32U "load32_u" Read => load[Load32U]; "dst <- u32 at address + offset, extended"
            Load64 "load64" Read => load[Load64]; "dst <- u64 at address + offset, extended"
            I32Load8S "i32.load8_s" Read => load[I32Load8S]; "dst <- i8 at address + offset, extended"
            I32Load16S "i32.load16_s" Read => load[I32Load16S]; "dst <- i16 at address + offset, extended"
            I64Load8S "i64.load8_s" Read => load[I64Load8S]; "dst <- i8 at address + offset, extended"
            I64Load16S "i64.load16_s" Read => load[I64Load16S]; "dst <- i16 at address + offset, extended"
            I64Load32S "i64.load32_s" Read => load[I64Load32S]; "dst <- i32 at address + offset, extended"
            Store8 "store8" Write => store[1]; "8 bits at address + offset <- value"
            Store16 "store16" Write => store[2]; "16 bits at address + offset <- value"
            Store32 "store32" Write => store[4]; "32 bits at address + offset <- value"
            Store64 "store64" Write => store[8]; "64 bits at address + offset <- value"
            Store8Imm "store8_imm" WriteImm => store_imm[1]; "8 bits at address + offset <- imm"
            Store16Imm "store16_imm" WriteImm => store_imm[2]; "16 bits at address + offset <- imm"
            Store32Imm "store32_imm" WriteImm => store_imm[4]; "32 bits at address + offset <- imm"
            Store64Imm "store64_imm" WriteImm => store_imm[8]; "64 bits at address + offset <- imm"
            MemorySize "memory.size" OneDst => memory_size[]; "dst <- pages"
            MemoryGrow "memory.grow" Copy1 => memory_grow[]; "grows by src pages; dst <- pages before, or -1"
            MemoryCopy "memory.copy" Bulk => memory_copy[]; "bytes at first <- bytes at second, third of them"
            MemoryFill "memory.fill" Bulk => memory_fill[]; "bytes at first <- second, third of them"
            MemoryInit "memory.init" BulkData => memory_init[]; "bytes at first <- segment from second, third of them"
            DataDrop "data.drop" OneData => data_drop[]; "the segment becomes empty"
            // Floats. A NaN that is computed is the canonical one.
            F32Add "f32.add" Rr => binary_rr[F32Add]; "dst <- lhs + rhs"
            F32Sub "f32.sub" Rr => binary_rr[F32Sub]; "dst <- lhs - rhs"
            F32Mul "f32.mul" Rr => binary_rr[F32Mul]; "dst <- lhs * rhs"
            F32Div "f32.div" Rr => binary_rr[F32Div]; "dst <- lhs / rhs"
            F32Min "f32.min" Rr => binary_rr[F32Min]; "dst <- lhs min rhs"
            F32Max "f32.max" Rr => binary_rr[F32Max]; "dst <- lhs max rhs"
            F32Copysign "f32.copysign" Rr => binary_rr[F32Copysign]; "dst <- lhs copysign rhs"
            F32Eq "f32.eq" Rr => binary_rr[F32Eq]; "dst <- lhs == rhs"
            F32Ne "f32.ne" Rr => binary_rr[F32Ne]; "dst <- lhs != rhs"
            F32Lt "f32.lt" Rr => binary_rr[F32Lt]; "dst <- lhs < rhs"
            F32Gt "f32.gt" Rr => binary_rr[F32Gt]; "dst <- lhs > rhs"
            F32Le "f32.le" Rr => binary_rr[F32Le]; "dst <- lhs <= rhs"
            F32Ge "f32.ge" Rr => binary_rr[F32Ge]; "dst <- lhs >= rhs"
            F32Abs "f32.abs" Copy1 => unary[F32Abs]; "dst <- abs(src)"
            F32Neg "f32.neg" Copy1 => unary[F32Neg]; "dst <- neg(src)"
            F32Ceil "f32.ceil" Copy1 => unary[F32Ceil]; "dst <- ceil(src)"
            F32Floor "f32.floor" Copy1 => unary[F32Floor]; "dst <- floor(src)"
            F32Trunc "f32.trunc" Copy1 => unary[F32Trunc]; "dst <- trunc(src)"
            F32Nearest "f32.nearest" Copy1 => unary[F32Nearest]; "dst <- nearest(src)"
            F32Sqrt "f32.sqrt" Copy1 => unary[F32Sqrt]; "dst <- sqrt(src)"
            F64Add "f64.add" Rr => binary_rr[F64Add]; "dst <- lhs + rhs"
            F64Sub "f64.sub" Rr => binary_rr[F64Sub]; "dst <- lhs - rhs"
            F64Mul "f64.mul" Rr => binary_rr[F64Mul]; "dst <- lhs * rhs"
            F64Div "f64.div" Rr => binary_rr[F64Div]; "dst <- lhs / rhs"
            F64Min "f64.min" Rr => binary_rr[F64Min]; "dst <- lhs min rhs"
            F64Max "f64.max" Rr => binary_rr[F64Max]; "dst <- lhs max rhs"
            F64Copysign "f64.copysign" Rr => binary_rr[F64Copysign]; "dst <- lhs copysign rhs"
            F64Eq "f64.eq" Rr => binary_rr[F64Eq]; "dst <- lhs == rhs"
            F64Ne "f64.ne" Rr => binary_rr[F64Ne]; "dst <- lhs != rhs"
            F64Lt "f64.lt" Rr => binary_rr[F64Lt]; "dst <- lhs < rhs"
            F64Gt "f64.gt" Rr => binary_rr[F64Gt]; "dst <- lhs > rhs"
            F64Le "f64.le" Rr => binary_rr[F64Le]; "dst <- lhs <= rhs"
            F64Ge "f64.ge" Rr => binary_rr[F64Ge]; "dst <- lhs >= rhs"
            F64Abs "f64.abs" Copy1 => unary[F64Abs]; "dst <- abs(src)"
            F64Neg "f64.neg" Copy1 => unary[F64Neg]; "dst <- neg(src)"
            F64Ceil "f64.ceil" Copy1 => unary[F64Ceil]; "dst <- ceil(src)"
            F64Floor "f64.floor" Copy1 => unary[F64Floor]; "dst <- floor(src)"
            F64Trunc "f64.trunc" Copy1 => unary[F64Trunc]; "dst <- trunc(src)"
            F64Nearest "f64.nearest" Copy1 => unary[F64Nearest]; "dst <- nearest(src)"
            F64Sqrt "f64.sqrt" Copy1 => unary[F64Sqrt]; "dst <- sqrt(src)"
            F32ConvertI32S "f32.convert_i32_s" Copy1 => unary[F32ConvertI32S]; "dst <- convert_i32_s(src)"
            F32ConvertI32U "f32.convert_i32_u" Copy1 => unary[F32ConvertI32U]; "dst <- convert_i32_u(src)"
            F32ConvertI64S "f32.convert_i64_s" Copy1 => unary[F32ConvertI64S]; "dst <- convert_i64_s(src)"
            F32ConvertI64U "f32.convert_i64_u" Copy1 => unary[F32ConvertI64U]; "dst <- convert_i64_u(src)"
            F64ConvertI32S "f64.convert_i32_s" Copy1 => unary[F64ConvertI32S]; "dst <- convert_i32_s(src)"
            F64ConvertI32U "f64.convert_i32_u" Copy1 => unary[F64ConvertI32U]; "dst <- convert_i32_u(src)"
            F64ConvertI64S "f64.convert_i64_s" Copy1 => unary[F64ConvertI64S]; "dst <- convert_i64_s(src)"
            F64ConvertI64U "f64.convert_i64_u" Copy1 => unary[F64ConvertI64U]; "dst <- convert_i64_u(src)"
            F32DemoteF64 "f32.demote_f64" Copy1 => unary[F32DemoteF64]; "dst <- demote_f64(src)"
            F64PromoteF32 "f64.promote_f32" Copy1 => unary[F64PromoteF32]; "dst <- promote_f32(src)"
            I32TruncSatF32S "i32.trunc_sat_f32_s" Copy1 => unary[I32TruncSatF32S]; "dst <- trunc_sat_f32_s(src)"
            I32TruncSatF32U "i32.trunc_sat_f32_u" Copy1 => unary[I32TruncSatF32U]; "dst <- trunc_sat_f32_u(src)"
            I32TruncSatF64S "i32.trunc_sat_f64_s" Copy1 => unary[I32TruncSatF64S]; "dst <- trunc_sat_f64_s(src)"
            I32TruncSatF64U "i32.trunc_sat_f64_u" Copy1 => unary[I32TruncSatF64U]; "dst <- trunc_sat_f64_u(src)"
            I64TruncSatF32S "i64.trunc_sat_f32_s" Copy1 => unary[I64TruncSatF32S]; "dst <- trunc_sat_f32_s(src)"
            I64TruncSatF32U "i64.trunc_sat_f32_u" Copy1 => unary[I64TruncSatF32U]; "dst <- trunc_sat_f32_u(src)"
            I64TruncSatF64S "i64.trunc_sat_f64_s" Copy1 => unary[I64TruncSatF64S]; "dst <- trunc_sat_f64_s(src)"
            I64TruncSatF64U "i64.trunc_sat_f64_u" Copy1 => unary[I64TruncSatF64U]; "dst <- trunc_sat_f64_u(src)"
            I32TruncF32S "i32.trunc_f32_s" Copy1 => partial_unary[I32TruncF32S]; "dst <- trunc_f32_s(src), or a trap"
            I32TruncF32U "i32.trunc_f32_u" Copy1 => partial_unary[I32TruncF32U]; "dst <- trunc_f32_u(src), or a trap"
            I32TruncF64S "i32.trunc_f64_s" Copy1 => partial_unary[I32TruncF64S]; "dst <- trunc_f64_s(src), or a trap"
            I32TruncF64U "i32.trunc_f64_u" Copy1 => partial_unary[I32TruncF64U]; "dst <- trunc_f64_u(src), or a trap"
            I64TruncF32S "i64.trunc_f32_s" Copy1 => partial_unary[I64TruncF32S]; "dst <- trunc_f32_s(src), or a trap"
            I64TruncF32U "i64.trunc_f32_u" Copy1 => partial_unary[I64TruncF32U]; "dst <- trunc_f32_u(src), or a trap"
            I64TruncF64S "i64.trunc_f64_s" Copy1 => partial_unary[I64TruncF64S]; "dst <- trunc_f64_s(src), or a trap"
            I64TruncF64U "i64.trunc_f64_u" Copy1 => partial_unary[I64TruncF64U]; "dst <- trunc_f64_u(src), or a trap"
            // Wide arithmetic: pairs of cells, low one first.
            I64Add128 "i64.add128" Span => wide_span[I64Add128]; "two cells at window <- of the four cells there"
            I64Sub128 "i64.sub128" Span => wide_span[I64Sub128]; "two cells at window <- of the four cells there"
            I64MulWideS "i64.mul_wide_s" WidePair => wide_pair[I64MulWideS]; "two cells at window <- lhs * rhs"
            I64MulWideU "i64.mul_wide_u" WidePair => wide_pair[I64MulWideU]; "two cells at window <- lhs * rhs"
            // References and tables.
            RefFunc "ref.func" FuncRef => ref_func[]; "dst <- a reference to func"
            TableGet "table.get" TableRead => table_get[]; "dst <- element `index` of the table, or a trap"
            TableSet "table.set" TableWrite => table_set[]; "element `index` of the table <- value, or a trap"
            TableSize "table.size" TableOut => table_size[]; "dst <- elements of the table"
            TableGrow "table.grow" TableMore => table_grow[]; "grows by `count` elements of `value`; dst <- elements before, or -1"
            TableFill "table.fill" TableBulk => table_fill[]; "elements at first <- second, third of them"
            TableCopy "table.copy" TableToTable => table_copy[]; "elements at first of `to` <- elements at second of `from`, third of them"
            TableInit "table.init" TableFromSegment => table_init[]; "elements at first <- segment from second, third of them"
            ElemDrop "elem.drop" OneElement => elem_drop[]; "the segment becomes empty"
            // Control within a function. A `br` enters a gas block and pays for it; a `jump` stays in its own.
            Jump "jump" Jump => jump[]; "goes on at target"
            Br "br" Br => br[]; "pays charge, goes on at target"
            BrI32EqRr "br_i32.eq" BrRr => br_if_rr[I32Eq]; "lhs == rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32EqRi "br_i32.eq_imm" BrRi => br_if_ri[I32Eq]; "lhs == imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32NeRr "br_i32.ne" BrRr => br_if_rr[I32Ne]; "lhs != rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32NeRi "br_i32.ne_imm" BrRi => br_if_ri[I32Ne]; "lhs != imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32LtSRr "br_i32.lt_s" BrRr => br_if_rr[I32LtS]; "lhs <s rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32LtSRi "br_i32.lt_s_imm" BrRi => br_if_ri[I32LtS]; "lhs <s imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32LtURr "br_i32.lt_u" BrRr => br_if_rr[I32LtU]; "lhs <u rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32LtURi "br_i32.lt_u_imm" BrRi => br_if_ri[I32LtU]; "lhs <u imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32GtSRr "br_i32.gt_s" BrRr => br_if_rr[I32GtS]; "lhs >s rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32GtSRi "br_i32.gt_s_imm" BrRi => br_if_ri[I32GtS]; "lhs >s imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32GtURr "br_i32.gt_u" BrRr => br_if_rr[I32GtU]; "lhs >u rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32GtURi "br_i32.gt_u_imm" BrRi => br_if_ri[I32GtU]; "lhs >u imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32LeSRr "br_i32.le_s" BrRr => br_if_rr[I32LeS]; "lhs <=s rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32LeSRi "br_i32.le_s_imm" BrRi => br_if_ri[I32LeS]; "lhs <=s imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32LeURr "br_i32.le_u" BrRr => br_if_rr[I32LeU]; "lhs <=u rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32LeURi "br_i32.le_u_imm" BrRi => br_if_ri[I32LeU]; "lhs <=u imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32GeSRr "br_i32.ge_s" BrRr => br_if_rr[I32GeS]; "lhs >=s rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32GeSRi "br_i32.ge_s_imm" BrRi => br_if_ri[I32GeS]; "lhs >=s imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32GeURr "br_i32.ge_u" BrRr => br_if_rr[I32GeU]; "lhs >=u rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI32GeURi "br_i32.ge_u_imm" BrRi => br_if_ri[I32GeU]; "lhs >=u imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64EqRr "br_i64.eq" BrRr => br_if_rr[I64Eq]; "lhs == rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64EqRi "br_i64.eq_imm" BrRi => br_if_ri[I64Eq]; "lhs == imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64NeRr "br_i64.ne" BrRr => br_if_rr[I64Ne]; "lhs != rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64NeRi "br_i64.ne_imm" BrRi => br_if_ri[I64Ne]; "lhs != imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64LtSRr "br_i64.lt_s" BrRr => br_if_rr[I64LtS]; "lhs <s rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64LtSRi "br_i64.lt_s_imm" BrRi => br_if_ri[I64LtS]; "lhs <s imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64LtURr "br_i64.lt_u" BrRr => br_if_rr[I64LtU]; "lhs <u rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64LtURi "br_i64.lt_u_imm" BrRi => br_if_ri[I64LtU]; "lhs <u imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64GtSRr "br_i64.gt_s" BrRr => br_if_rr[I64GtS]; "lhs >s rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64GtSRi "br_i64.gt_s_imm" BrRi => br_if_ri[I64GtS]; "lhs >s imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64GtURr "br_i64.gt_u" BrRr => br_if_rr[I64GtU]; "lhs >u rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64GtURi "br_i64.gt_u_imm" BrRi => br_if_ri[I64GtU]; "lhs >u imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64LeSRr "br_i64.le_s" BrRr => br_if_rr[I64LeS]; "lhs <=s rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64LeSRi "br_i64.le_s_imm" BrRi => br_if_ri[I64LeS]; "lhs <=s imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64LeURr "br_i64.le_u" BrRr => br_if_rr[I64LeU]; "lhs <=u rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64LeURi "br_i64.le_u_imm" BrRi => br_if_ri[I64LeU]; "lhs <=u imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64GeSRr "br_i64.ge_s" BrRr => br_if_rr[I64GeS]; "lhs >=s rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64GeSRi "br_i64.ge_s_imm" BrRi => br_if_ri[I64GeS]; "lhs >=s imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64GeURr "br_i64.ge_u" BrRr => br_if_rr[I64GeU]; "lhs >=u rhs ? pays taken, goes on at target : pays fallthrough, goes on"
            BrI64GeURi "br_i64.ge_u_imm" BrRi => br_if_ri[I64GeU]; "lhs >=u imm ? pays taken, goes on at target : pays fallthrough, goes on"
            BrTable "br_table" Table2 => br_table[]; "pays the charge and goes on at the target of entry min(index, count - 1)"
            BrTableSpan "br_table_span" TableSpan => br_table_span[]; "the same, and copies `len` cells from `from` to the entry's window first"
            Trap "trap" Fault => trap[]; "traps with code"
            // Calls and returns. Arguments stand in the window; the callee's frame begins there, and its results are left there.
            CallFunc "call" CallFunc => call_func[]; "enters func; its return pays after"
            CallHost "call_host" CallHost => call_host[]; "exits to the host; resuming pays after"
            CallTable "call_indirect" CallTable => call_table[]; "calls element `index` of the table if its type is `ty`"
            TailCallFunc "return_call" TailFunc => tail_func[]; "enters func with `len` arguments from `from`, in place of this frame"
            TailCallTable "return_call_indirect" TailTable => tail_table[]; "the same, of element `index` of the table if its type is `ty`"
            Return "return" Bare => return_none[]; "returns nothing"
            Return1 "return1" Result1 => return_one[]; "returns src"
            ReturnSpan "return_span" Results => return_span[]; "returns `len` cells from `from`"
            Exit "exit" Bare => exit[]; "ends the run: the first frame has returned; stands in the entry stub only"
        }
    };
}
pub(crate) use instructions;

macro_rules! opcodes {
    ($($name:ident $mnemonic:literal $shape:ident => $semantics:ident [$($parameter:tt)*]; $doc:literal)*) => {
        /// What an instruction does.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u16)]
        pub enum Opcode { $(#[doc = $doc] $name),* }

        impl Opcode {
            /// Every opcode, in the order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in listings.
            pub const fn mnemonic(self) -> &'static str {
                match self { $(Self::$name => $mnemonic),* }
            }

            /// Which operands follow.
            pub const fn shape(self) -> ShapeKind {
                match self { $(Self::$name => ShapeKind::$shape),* }
            }

            /// What it does, in terms of its operands.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$name => $doc),* }
            }
        }
    };
}

instructions!(opcodes);

impl Opcode {
    /// The opcode of this number.
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The number that stands in code.
    pub const fn number(self) -> u16 {
        self as u16
    }
}
