;; Returns the input's first byte as a signed number of 32 bits.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\04")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (i32.store (i32.const 8) (i32.extend8_s (i32.load (i32.const 4))))
    (call $return (i32.const 0) (i32.const 8) (i32.const 4))))
