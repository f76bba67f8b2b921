;; Counts from the input u32 down to zero and returns how much gas is left then.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "gas_left" (func $gas_left (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\08")
  (data (i32.const 16) "\08")
  (func (export "deploy"))
  (func (export "call")
    (local $remaining i32)
    (call $input (i32.const 4) (i32.const 0))
    (local.set $remaining (i32.load (i32.const 4)))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $remaining)))
        (local.set $remaining (i32.sub (local.get $remaining) (i32.const 1)))
        (br $again)))
    (call $gas_left (i32.const 20) (i32.const 16))
    (call $return (i32.const 0) (i32.const 20) (i32.load (i32.const 16)))))
