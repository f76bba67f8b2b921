;; Runs another code on the own storage. Input: flags u32, code hash, data.
;; Returns what the host function returned, then the output if there is any.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal0" "delegate_call" (func $delegate_call (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\80")
  (data (i32.const 0xe000) "\00\10")
  (func (export "deploy"))
  (func (export "call")
    (local $code i32)
    (call $input (i32.const 4) (i32.const 0))
    (local.set $code
      (call $delegate_call (i32.load (i32.const 4)) (i32.const 8)
        (i32.const 40) (i32.sub (i32.load (i32.const 0)) (i32.const 36))
        (i32.const 0xe008) (i32.const 0xe000)))
    (i32.store (i32.const 0xe004) (local.get $code))
    (if (i32.and (local.get $code) (i32.const -3)) (then (i32.store (i32.const 0xe000) (i32.const 0))))
    (call $return (i32.const 0) (i32.const 0xe004) (i32.add (i32.load (i32.const 0xe000)) (i32.const 4)))))
