;; Calls another contract, which may call back, and traps when that has worked. Input: callee, data.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\10")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (if (i32.eqz
          (call $call (i32.const 8) (i32.const 4) (i64.const 0) (i32.const 0x2000)
            (i32.const 36) (i32.sub (i32.load (i32.const 0)) (i32.const 32)) (i32.const -1) (i32.const 0)))
      (then (unreachable)))))
