;; Stores a value and then calls another contract, which may call back.
;; Input: length of the value u32, which is also its key; then, for the call: callee, deposit limit u128 (0: none of its own), data.
;; Returns the call's code.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "seal2" "call" (func $call (param i32 i32 i64 i64 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\10")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (drop (call $set (i32.const 4) (i32.const 4) (i32.const 0x2000) (i32.load (i32.const 4))))
    (if (i32.lt_u (i32.load (i32.const 0)) (i32.const 52)) (then (return)))
    (i32.store (i32.const 0x2000)
      (call $call (i32.const 8) (i32.const 8) (i64.const 0) (i64.const 0) (i32.const 40) (i32.const 0x3000)
        (i32.const 56) (i32.sub (i32.load (i32.const 0)) (i32.const 52)) (i32.const -1) (i32.const 0)))
    (call $return (i32.const 0) (i32.const 0x2000) (i32.const 4))))
