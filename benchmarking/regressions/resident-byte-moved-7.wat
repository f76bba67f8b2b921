;; Kept by `vellum gas search`: of its kind, the program that was charged least for what it took.
;; part: execution
;; set: resident
;; k: 1.464
;; found: 2026-11-29, AMD EPYC, family 26
;; turns: 19
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
  (memory (;0;) 16 16)
  (global (;0;) (mut i32) i32.const 7)
  (global (;1;) (mut i64) i64.const 7)
  (export "prepare" (func 4))
  (export "run" (func 5))
  (elem (;0;) func 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3)
  (elem (;1;) func 0 1 2 3)
  (elem (;2;) (i32.const 0) func 0 1 2 3)
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
      i32.const 511
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
      i32.const 512
      i32.lt_u
      br_if 0 (;@1;)
    end
  )
  (func (;5;) (type 1) (param i32)
    (local i32 i32 i32 i32)
    i32.const -1168259371
    local.set 2
    loop ;; label = @1
      local.get 2
      i32.const 1664525
      i32.mul
      i32.const 3
      i32.add
      local.set 2
      i32.const 8
      local.set 3
      loop ;; label = @2
        i32.const 8
        local.set 4
        loop ;; label = @3
          i32.const 540702
          i32.const 32780
          i32.const 4096
          memory.copy
          local.get 4
          i32.const 1
          i32.sub
          local.tee 4
          br_if 0 (;@3;)
        end
        local.get 3
        i32.const 1
        i32.sub
        local.tee 3
        br_if 0 (;@2;)
      end
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
