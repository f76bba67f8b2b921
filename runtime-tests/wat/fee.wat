;; Returns what the weight in the input u64 costs.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal0" "weight_to_fee" (func $weight_to_fee (param i64 i32 i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\08")
  (data (i32.const 16) "\10")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (call $weight_to_fee (i64.load (i32.const 4)) (i32.const 20) (i32.const 16))
    (call $return (i32.const 0) (i32.const 20) (i32.load (i32.const 16)))))
