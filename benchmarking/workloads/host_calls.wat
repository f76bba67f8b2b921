;; Calls of the host that do next to nothing: the way there and back.
(module
  (import "test" "nop" (func $nop))
  (import "test" "mix64" (func $mix (param i64) (result i64)))
  (func (export "run") (param $n i32) (result i64)
    (local $value i64)
    (loop $next
      (call $nop)
      (local.set $value (call $mix (i64.add (local.get $value) (i64.const 1))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $next (local.get $n)))
    (local.get $value)))
