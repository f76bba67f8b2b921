;; Ends its own life by the first version of the function, which also takes a length, in favour of whoever its memory names.
;; Input: beneficiary, pointer u32, length u32; the beneficiary lies at 4.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_terminate" (func $terminate (param i32 i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\28")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (call $terminate (i32.load (i32.const 36)) (i32.load (i32.const 40)))))
