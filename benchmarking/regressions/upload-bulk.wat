;; Kept by `vellum gas search`: of its kind, the program that was charged least for what it took.
;; part: upload
;; set: resident
;; k: 0.531
;; found: 2026-11-28, AMD EPYC, family 26
;; turns: 6225
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (result i32 i32)))
  (type (;3;) (func (result i64 i64)))
  (type (;4;) (func (result i32 i32 i32)))
  (type (;5;) (func (result i64 i64 i64)))
  (type (;6;) (func (result i32 i32 i32 i32)))
  (type (;7;) (func (result i64 i64 i64 i64)))
  (type (;8;) (func (result i32 i32 i32 i32 i32)))
  (type (;9;) (func (result i64 i64 i64 i64 i64)))
  (type (;10;) (func (result i32 i32 i32 i32 i32 i32)))
  (type (;11;) (func (result i64 i64 i64 i64 i64 i64)))
  (type (;12;) (func (result i32 i32 i32 i32 i32 i32 i32)))
  (type (;13;) (func (result i64 i64 i64 i64 i64 i64 i64)))
  (type (;14;) (func (result i32 i32 i32 i32 i32 i32 i32 i32)))
  (type (;15;) (func (result i64 i64 i64 i64 i64 i64 i64 i64)))
  (type (;16;) (func))
  (table (;0;) 16 funcref)
  (memory (;0;) 1 16)
  (global (;0;) (mut i32) i32.const 7)
  (global (;1;) (mut i64) i64.const 7)
  (export "prepare" (func 4))
  (export "run" (func 5))
  (elem (;0;) func 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3)
  (elem (;1;) func 0 1 2 3)
  (elem (;2;) (i32.const 0) func 0 1 2 3)
  (elem (;3;) (i32.const 8) func 0)
  (elem (;4;) (i32.const 13) func 0)
  (elem (;5;) (i32.const 10) func 0)
  (elem (;6;) (i32.const 15) func 0)
  (elem (;7;) (i32.const 12) func 0)
  (elem (;8;) (i32.const 9) func 0)
  (elem (;9;) (i32.const 14) func 0)
  (elem (;10;) (i32.const 11) func 0)
  (elem (;11;) (i32.const 8) func 0)
  (elem (;12;) (i32.const 13) func 0)
  (elem (;13;) (i32.const 10) func 0)
  (elem (;14;) (i32.const 15) func 0)
  (elem (;15;) (i32.const 12) func 0)
  (elem (;16;) (i32.const 9) func 0)
  (elem (;17;) (i32.const 14) func 0)
  (elem (;18;) (i32.const 11) func 0)
  (elem (;19;) (i32.const 8) func 0)
  (elem (;20;) (i32.const 13) func 0)
  (elem (;21;) (i32.const 10) func 0)
  (elem (;22;) (i32.const 15) func 0)
  (elem (;23;) (i32.const 12) func 0)
  (elem (;24;) (i32.const 9) func 0)
  (elem (;25;) (i32.const 14) func 0)
  (elem (;26;) (i32.const 11) func 0)
  (elem (;27;) (i32.const 8) func 0)
  (elem (;28;) (i32.const 13) func 0)
  (elem (;29;) (i32.const 10) func 0)
  (elem (;30;) (i32.const 15) func 0)
  (elem (;31;) (i32.const 12) func 0)
  (elem (;32;) (i32.const 9) func 0)
  (elem (;33;) (i32.const 14) func 0)
  (elem (;34;) (i32.const 11) func 0)
  (elem (;35;) (i32.const 8) func 0)
  (elem (;36;) (i32.const 13) func 0)
  (elem (;37;) (i32.const 10) func 0)
  (elem (;38;) (i32.const 15) func 0)
  (elem (;39;) (i32.const 12) func 0)
  (elem (;40;) (i32.const 9) func 0)
  (elem (;41;) (i32.const 14) func 0)
  (elem (;42;) (i32.const 11) func 0)
  (elem (;43;) (i32.const 8) func 0)
  (elem (;44;) (i32.const 13) func 0)
  (elem (;45;) (i32.const 10) func 0)
  (elem (;46;) (i32.const 15) func 0)
  (elem (;47;) (i32.const 12) func 0)
  (elem (;48;) (i32.const 9) func 0)
  (elem (;49;) (i32.const 14) func 0)
  (elem (;50;) (i32.const 11) func 0)
  (elem (;51;) (i32.const 8) func 0)
  (elem (;52;) (i32.const 13) func 0)
  (elem (;53;) (i32.const 10) func 0)
  (elem (;54;) (i32.const 15) func 0)
  (elem (;55;) (i32.const 12) func 0)
  (elem (;56;) (i32.const 9) func 0)
  (elem (;57;) (i32.const 14) func 0)
  (elem (;58;) (i32.const 11) func 0)
  (elem (;59;) (i32.const 8) func 0)
  (elem (;60;) (i32.const 13) func 0)
  (elem (;61;) (i32.const 10) func 0)
  (elem (;62;) (i32.const 15) func 0)
  (elem (;63;) (i32.const 12) func 0)
  (elem (;64;) (i32.const 9) func 0)
  (elem (;65;) (i32.const 14) func 0)
  (elem (;66;) (i32.const 11) func 0)
  (elem (;67;) (i32.const 8) func 0)
  (elem (;68;) (i32.const 13) func 0)
  (elem (;69;) (i32.const 10) func 0)
  (elem (;70;) (i32.const 15) func 0)
  (elem (;71;) (i32.const 12) func 0)
  (elem (;72;) (i32.const 9) func 0)
  (elem (;73;) (i32.const 14) func 0)
  (elem (;74;) (i32.const 11) func 0)
  (elem (;75;) (i32.const 8) func 0)
  (elem (;76;) (i32.const 13) func 0)
  (elem (;77;) (i32.const 10) func 0)
  (elem (;78;) (i32.const 15) func 0)
  (elem (;79;) (i32.const 12) func 0)
  (elem (;80;) (i32.const 9) func 0)
  (elem (;81;) (i32.const 14) func 0)
  (elem (;82;) (i32.const 11) func 0)
  (elem (;83;) (i32.const 8) func 0)
  (elem (;84;) (i32.const 13) func 0)
  (elem (;85;) (i32.const 10) func 0)
  (elem (;86;) (i32.const 15) func 0)
  (elem (;87;) (i32.const 12) func 0)
  (elem (;88;) (i32.const 9) func 0)
  (elem (;89;) (i32.const 14) func 0)
  (elem (;90;) (i32.const 11) func 0)
  (elem (;91;) (i32.const 8) func 0)
  (elem (;92;) (i32.const 13) func 0)
  (elem (;93;) (i32.const 10) func 0)
  (elem (;94;) (i32.const 15) func 0)
  (elem (;95;) (i32.const 12) func 0)
  (elem (;96;) (i32.const 9) func 0)
  (elem (;97;) (i32.const 14) func 0)
  (elem (;98;) (i32.const 11) func 0)
  (func (;0;) (type 0))
  (func (;1;) (type 0))
  (func (;2;) (type 0))
  (func (;3;) (type 0))
  (func (;4;) (type 16)
    (local i32)
    loop ;; label = @1
      local.get 0
      i32.const 6
      i32.shl
      local.get 0
      i32.const 1365
      i32.mul
      i32.const 1237
      i32.add
      i32.const 63
      i32.and
      i32.const 6
      i32.shl
      i32.store
      local.get 0
      i32.const 6
      i32.shl
      local.get 0
      i64.extend_i32_u
      i64.const -7046029254386353131
      i64.mul
      i64.store offset=8
      local.get 0
      i32.const 1
      i32.add
      local.tee 0
      i32.const 64
      i32.lt_u
      br_if 0 (;@1;)
    end
  )
  (func (;5;) (type 1) (param i32)
    loop ;; label = @1
      i32.const 34851
      i32.const 4104
      i32.const 8
      memory.copy
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;6;) (type 16)
    i32.const 1
    call 5
  )
  (data (;0;) "\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5")
  (data (;1;) "\01\01\01\01\01\01\01\01")
)
