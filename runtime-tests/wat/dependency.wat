;; Locks (0) or unlocks (1) a delegate dependency. Input: which u32, code hash. In the constructor too, if it has an input.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "lock_delegate_dependency" (func $lock (param i32)))
  (import "seal0" "unlock_delegate_dependency" (func $unlock (param i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\40")
  (func $run
    (call $input (i32.const 4) (i32.const 0))
    (if (i32.eqz (i32.load (i32.const 0))) (then (return)))
    (if (i32.load (i32.const 4))
      (then (call $unlock (i32.const 8)))
      (else (call $lock (i32.const 8)))))
  (export "deploy" (func $run))
  (export "call" (func $run)))
