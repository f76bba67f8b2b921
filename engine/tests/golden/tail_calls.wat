;; A tail call takes the place of its caller: depth does not grow.
;; call countdown 1000
;; call indirect 1000
;; call to_host 5
;; call to_host_through_table 6
(module
  (type $t (func (param i64) (result i64)))
  (import "env" "sum" (func $sum (type $t)))
  (table 2 funcref)
  (elem (i32.const 0) $indirect $sum)
  (func $countdown (export "countdown") (param i64) (result i64)
    (if (i64.eqz (local.get 0)) (then (return (i64.const 7))))
    (return_call $countdown (i64.sub (local.get 0) (i64.const 1))))
  (func $indirect (export "indirect") (param i64) (result i64)
    (if (i64.eqz (local.get 0)) (then (return (i64.const 8))))
    (return_call_indirect (type $t) (i64.sub (local.get 0) (i64.const 1)) (i32.const 0)))
  (func (export "to_host") (param i64) (result i64) (return_call $sum (local.get 0)))
  (func (export "to_host_through_table") (param i64) (result i64)
    (return_call_indirect (type $t) (local.get 0) (i32.const 1))))
