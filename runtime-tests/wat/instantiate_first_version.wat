;; Creates a contract by the first version of the function, with the salt "salt". Input: code hash, value u128, data.
;; Returns the code.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal0" "seal_instantiate"
    (func $instantiate (param i32 i32 i64 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\10")
  (data (i32.const 0x2000) "salt")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (i32.store (i32.const 0x3000)
      (call $instantiate (i32.const 4) (i32.const 32) (i64.const 0) (i32.const 36) (i32.const 16)
        (i32.const 52) (i32.sub (i32.load (i32.const 0)) (i32.const 48))
        (i32.const -1) (i32.const 0) (i32.const -1) (i32.const 0) (i32.const 0x2000) (i32.const 4)))
    (call $return (i32.const 0) (i32.const 0x3000) (i32.const 4))))
