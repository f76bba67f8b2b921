;; Calls two contracts, one after the other, with the rest of the input, whatever becomes of the first.
;; Input: first callee, second callee, data. Returns both codes.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal1" "seal_call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\80")
  (func $try (param $callee i32) (result i32)
    (call $call (i32.const 0) (local.get $callee) (i64.const 0) (i32.const 0xf000)
      (i32.const 68) (i32.sub (i32.load (i32.const 0)) (i32.const 64)) (i32.const -1) (i32.const 0)))
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (i32.store (i32.const 0xe000) (call $try (i32.const 4)))
    (i32.store (i32.const 0xe004) (call $try (i32.const 36)))
    (call $return (i32.const 0) (i32.const 0xe000) (i32.const 8))))
