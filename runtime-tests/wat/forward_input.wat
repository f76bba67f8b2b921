;; Calls the contract in its input with the input itself and then reads the input once more. Input: callee, flags u32.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\10")
  (data (i32.const 0x2000) "\00\10")
  (data (i32.const 0x4000) "\00\10")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (drop
      (call $call (i32.load (i32.const 36)) (i32.const 4) (i64.const 0) (i32.const 0xf000)
        (i32.const 0) (i32.const 0) (i32.const 0x2004) (i32.const 0x2000)))
    (call $input (i32.const 0x4004) (i32.const 0x4000))
    (call $return (i32.const 0) (i32.const 0x4004) (i32.load (i32.const 0x4000)))))
