;; Bulk operations that go out of range, chosen by the input u8; one that is not listed returns normally.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\08")
  (data $passive "passive")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (block $2 (block $1 (block $0 (block $none
      (br_table $0 $1 $2 $none (i32.load8_u (i32.const 4))))
      (return))
      (memory.fill (i32.const 65530) (i32.const 1) (i32.const 7)) (return))
      (data.drop $passive)
      (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 1)) (return))
    (memory.copy (i32.const 0) (i32.const 65530) (i32.const 7))))
