;; Writes two debug messages, and traps behind them if it has an input.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_debug_message" (func $debug_message (param i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\08")
  (data (i32.const 16) "One thing. Another thing.")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (drop (call $debug_message (i32.const 16) (i32.const 10)))
    (drop (call $debug_message (i32.const 26) (i32.const 15)))
    (if (i32.load (i32.const 0)) (then (unreachable)))))
