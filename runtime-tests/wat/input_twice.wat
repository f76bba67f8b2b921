;; Reads its input twice, the second time with a capacity that the input names, and returns what it has read then.
;; Input: capacity u32, data.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\10")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (i32.store (i32.const 0x2000) (i32.load (i32.const 4)))
    (call $input (i32.const 0x2004) (i32.const 0x2000))
    (call $return (i32.const 0) (i32.const 0x2004) (i32.load (i32.const 0x2000)))))
