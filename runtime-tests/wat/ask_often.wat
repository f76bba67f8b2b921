;; Asks whether its caller is the origin as often as the input u32 says.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "caller_is_origin" (func $caller_is_origin (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\04")
  (func (export "deploy"))
  (func (export "call")
    (local $left i32)
    (call $input (i32.const 4) (i32.const 0))
    (local.set $left (i32.load (i32.const 4)))
    (loop $again
      (if (local.get $left)
        (then
          (drop (call $caller_is_origin))
          (local.set $left (i32.sub (local.get $left) (i32.const 1)))
          (br $again))))))
