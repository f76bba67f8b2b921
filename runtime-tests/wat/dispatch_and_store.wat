;; Dispatches a call of the runtime and then stores a value. Input: length of the value u32, call.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "call_runtime" (func $call_runtime (param i32 i32) (result i32)))
  (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\10")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (if (call $call_runtime (i32.const 8) (i32.sub (i32.load (i32.const 0)) (i32.const 4))) (then (unreachable)))
    (drop (call $set (i32.const 0) (i32.const 4) (i32.const 0x2000) (i32.load (i32.const 4))))))
