;; Calls another contract.
;; Input: flags u32, callee, ref time u64, proof size u64, value u128, has a deposit limit u32, deposit limit u128, data.
;; Returns what the host function returned, then the callee's output if there is any.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal2" "call" (func $call (param i32 i32 i64 i64 i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 2 2))
  (data (i32.const 0) "\00\f0")
  (func (export "deploy"))
  (func (export "call")
    (local $code i32)
    (call $input (i32.const 4) (i32.const 0))
    (i32.store (i32.const 0x10000) (i32.const 0x8000))
    (local.set $code
      (call $call
        (i32.load (i32.const 4))
        (i32.const 8)
        (i64.load (i32.const 40))
        (i64.load (i32.const 48))
        (select (i32.const 76) (i32.const -1) (i32.load (i32.const 72)))
        (i32.const 56)
        (i32.const 92)
        (i32.sub (i32.load (i32.const 0)) (i32.const 88))
        (i32.const 0x10008)
        (i32.const 0x10000)))
    (i32.store (i32.const 0x10004) (local.get $code))
    ;; Only Success and CalleeReverted come with an output.
    (if (i32.and (local.get $code) (i32.const -3)) (then (i32.store (i32.const 0x10000) (i32.const 0))))
    (call $return (i32.const 0) (i32.const 0x10004) (i32.add (i32.load (i32.const 0x10000)) (i32.const 4)))))
