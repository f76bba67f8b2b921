;; Returns how often the own account is on the stack below this frame, and how often that of the input is on it at all.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal0" "reentrance_count" (func $count (result i32)))
  (import "seal0" "account_reentrance_count" (func $count_of (param i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\20")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (i32.store (i32.const 64) (call $count))
    (i32.store (i32.const 68) (call $count_of (i32.const 4)))
    (call $return (i32.const 0) (i32.const 64) (i32.const 8))))
