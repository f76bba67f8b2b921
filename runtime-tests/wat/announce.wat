;; Emits an event that says whether the root of the chain calls, and then calls the contract in its input, if there is one.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "caller_is_root" (func $caller_is_root (result i32)))
  (import "seal0" "deposit_event" (func $deposit_event (param i32 i32 i32 i32)))
  (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\20")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (i32.store (i32.const 64) (call $caller_is_root))
    (call $deposit_event (i32.const 0) (i32.const 0) (i32.const 64) (i32.const 4))
    (if (i32.load (i32.const 0))
      (then
        (if (call $call (i32.const 0) (i32.const 4) (i64.const 0) (i32.const 128)
              (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0))
          (then (unreachable)))))))
