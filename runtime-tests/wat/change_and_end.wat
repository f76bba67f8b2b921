;; Becomes the codes in its input one after the other, locks the last but one as a dependency if the first byte is 1,
;; unlocks it again if that is 2, and ends for the beneficiary unless that is all zeros.
;; Input: what to do with the dependency u8, beneficiary, code hashes.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "set_code_hash" (func $set_code_hash (param i32) (result i32)))
  (import "seal0" "lock_delegate_dependency" (func $lock (param i32)))
  (import "seal0" "unlock_delegate_dependency" (func $unlock (param i32)))
  (import "seal1" "terminate" (func $terminate (param i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\10")
  (func (export "deploy"))
  (func (export "call")
    (local $at i32)
    (call $input (i32.const 4) (i32.const 0))
    (local.set $at (i32.const 37))
    (loop $again
      (if (i32.lt_u (local.get $at) (i32.add (i32.const 4) (i32.load (i32.const 0))))
        (then
          (if (call $set_code_hash (local.get $at)) (then (unreachable)))
          (local.set $at (i32.add (local.get $at) (i32.const 32)))
          (br $again))))
    (if (i32.load8_u (i32.const 4)) (then (call $lock (i32.sub (local.get $at) (i32.const 64)))))
    (if (i32.eq (i32.load8_u (i32.const 4)) (i32.const 2))
      (then (call $unlock (i32.sub (local.get $at) (i32.const 64)))))
    (if (i64.ne (i64.load (i32.const 5)) (i64.const 0)) (then (call $terminate (i32.const 5)) (unreachable)))))
