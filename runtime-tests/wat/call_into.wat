;; Calls another contract and gives its output so much room. Input: capacity u32, callee, data.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\10")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (i32.store (i32.const 0x2000)
      (call $call (i32.const 0) (i32.const 8) (i64.const 0) (i32.const 0x3000)
        (i32.const 40) (i32.sub (i32.load (i32.const 0)) (i32.const 36)) (i32.const 0x4000) (i32.const 4)))
    (call $return (i32.const 0) (i32.const 0x2000) (i32.const 4))))
