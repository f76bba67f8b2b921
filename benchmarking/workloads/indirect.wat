;; Calls through a table: eight small functions in a changing order.
(module
  (type $step (func (param i64) (result i64)))
  (table 8 8 funcref)
  (elem (i32.const 0) $a $b $c $d $e $f $g $h)
  (func $a (type $step) (i64.add (local.get 0) (i64.const 1)))
  (func $b (type $step) (i64.xor (local.get 0) (i64.const 0x5bd1e995)))
  (func $c (type $step) (i64.rotl (local.get 0) (i64.const 13)))
  (func $d (type $step) (i64.mul (local.get 0) (i64.const 31)))
  (func $e (type $step) (i64.sub (local.get 0) (i64.const 77)))
  (func $f (type $step) (i64.shr_u (local.get 0) (i64.const 1)))
  (func $g (type $step) (i64.or (local.get 0) (i64.const 0x1000)))
  (func $h (type $step) (i64.xor (local.get 0) (i64.shl (local.get 0) (i64.const 7))))
  (func (export "run") (param $n i32) (result i64)
    (local $value i64)
    (local.set $value (i64.const 1))
    (loop $next
      (local.set $value
        (call_indirect (type $step) (local.get $value)
          (i32.and (i32.xor (local.get $n) (i32.wrap_i64 (local.get $value))) (i32.const 7))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $next (local.get $n)))
    (local.get $value)))
