;; Operands stay where they are: locals are read late, constants are fields, results go to their place.
;; call sum 3 4
;; call in_place 5
;; call preserved 7
;; call tee 9
;; call swapped 10
;; call big_constants 1
;; call negated 0
;; call negated 1
;; call choose 1
;; call choose 0
;; call extended -1
;; call divided 7 2
;; call divided 7 0
;; call divided -2147483648 -1
(module
  (func (export "sum") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "in_place") (param i32) (result i32)
    (local.set 0 (i32.add (local.get 0) (i32.const 1)))
    (local.get 0))
  (func (export "preserved") (param i32) (result i32)
    (local.get 0) (local.get 0)
    (local.set 0 (i32.mul (local.get 0) (i32.const 3)))
    (i32.add) (local.get 0) (i32.add))
  (func (export "tee") (param i64) (result i64) (local i64)
    (i64.add (local.tee 1 (i64.sub (local.get 0) (i64.const 2))) (local.get 1)))
  (func (export "swapped") (param i32) (result i32)
    (i32.lt_s (i32.const 5) (i32.add (i32.const 5) (local.get 0))))
  (func (export "big_constants") (param i64) (result i64)
    (i64.and (i64.add (local.get 0) (i64.const 0x123456789abcdef)) (i64.const -1)))
  (func (export "negated") (param i32) (result i32)
    (i32.eqz (i32.ne (local.get 0) (i32.const 0))))
  (func (export "choose") (param i32) (result i32)
    (select (i32.const 11) (local.get 0) (i32.eqz (local.get 0))))
  (func (export "extended") (param i64) (result i64)
    (i64.add
      (i64.extend_i32_u (i32.wrap_i64 (local.get 0)))
      (i64.extend_i32_u (i32.add (i32.wrap_i64 (local.get 0)) (i32.const 1)))))
  (func (export "divided") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1))))
