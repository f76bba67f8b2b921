;; Stores two values. Input: their lengths, two u32.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\08")
  (data (i32.const 16) "12")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (drop (call $set (i32.const 16) (i32.const 1) (i32.const 32) (i32.load (i32.const 4))))
    (drop (call $set (i32.const 17) (i32.const 1) (i32.const 32) (i32.load (i32.const 8))))))
