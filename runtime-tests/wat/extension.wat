;; Calls the chain extension and returns what it returned.
(module
  (import "seal0" "call_chain_extension" (func $extension (param i32 i32 i32 i32 i32) (result i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "env" "memory" (memory 1 1))
  (func (export "deploy"))
  (func (export "call")
    (i32.store (i32.const 0)
      (call $extension (i32.const 7) (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)))
    (call $return (i32.const 0) (i32.const 0) (i32.const 4))))
