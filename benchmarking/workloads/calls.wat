;; The same loop four times, n rounds each: alone, with a call for its body, with an indirect call for it,
;; and with a call of the host beside it. What a call costs is the difference to the first.
(module
  (import "test" "nop" (func $nop))
  (table 2 funcref)
  (elem (i32.const 0) $body $body)
  (type $number (func (param i32) (result i32)))
  (func $body (type $number)
    (i32.add (i32.mul (local.get 0) (i32.const 5)) (i32.const 1)))
  (func (export "alone") (param $n i32) (result i64)
    (local $x i32)
    (loop $rounds
      (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 5)) (i32.const 1)))
      (br_if $rounds (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.extend_i32_u (local.get $x)))
  (func (export "call") (param $n i32) (result i64)
    (local $x i32)
    (loop $rounds
      (local.set $x (call $body (local.get $x)))
      (br_if $rounds (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.extend_i32_u (local.get $x)))
  (func (export "indirect") (param $n i32) (result i64)
    (local $x i32) (local $index i32)
    (local.set $index (i32.const 1))
    (loop $rounds
      (local.set $x (call_indirect (type $number) (local.get $x) (local.get $index)))
      (br_if $rounds (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.extend_i32_u (local.get $x)))
  (func (export "host") (param $n i32) (result i64)
    (local $x i32)
    (loop $rounds
      (call $nop)
      (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 5)) (i32.const 1)))
      (br_if $rounds (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.extend_i32_u (local.get $x))))
