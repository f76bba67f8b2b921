;; Kept by `vellum gas search`: of its kind, the program that was charged least for what it took.
;; part: execution
;; set: resident
;; k: 1.943
;; found: 2026-11-29, AMD EPYC, family 26
;; turns: 95
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
    (local i32 i32 i64 i64 i64 i64 i32 i32 i32 i32 i32 i32)
    i32.const 790189183
    local.set 7
    i32.const -1546329559
    local.set 12
    i32.const 247271397
    local.set 10
    i32.const 2040872353
    local.set 8
    i64.const 174732996715333
    local.set 4
    i64.const 338662541173573
    local.set 5
    i64.const 502592085631813
    local.set 6
    i64.const 10803452257093
    local.set 3
    i32.const 1497954567
    local.set 11
    loop ;; label = @1
      i32.const 8
      local.set 1
      loop ;; label = @2
        i32.const 7
        local.set 2
        loop ;; label = @3
          local.get 3
          local.set 4
          local.get 5
          local.set 6
          local.get 4
          local.set 3
          local.get 7
          local.set 8
          local.get 3
          local.set 4
          local.get 9
          local.set 10
          local.get 11
          local.set 8
          local.get 4
          local.set 3
          local.get 9
          local.set 12
          local.get 3
          local.set 4
          local.get 4
          local.set 3
          local.get 11
          local.set 8
          local.get 3
          local.set 4
          local.get 4
          local.set 5
          local.get 4
          local.set 3
          local.get 11
          local.set 12
          local.get 3
          local.set 4
          local.get 4
          local.set 5
          local.get 4
          local.set 3
          local.get 12
          local.set 7
          local.get 3
          local.set 4
          local.get 11
          local.set 8
          local.get 4
          local.set 3
          local.get 11
          local.set 12
          local.get 3
          local.set 4
          local.get 4
          local.set 3
          local.get 4
          local.set 3
          local.get 3
          local.set 4
          local.get 2
          i32.const 1
          i32.sub
          local.tee 2
          br_if 0 (;@3;)
        end
        local.get 1
        i32.const 1
        i32.sub
        local.tee 1
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
