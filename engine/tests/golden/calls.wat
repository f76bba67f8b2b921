;; Arguments stand where the callee's frame begins; the first call of a function is charged once.
;; call fib 5
;; call fib 5
;; call indirect 1 20
;; call indirect 2 20
;; call indirect 3 20
;; call indirect 4 20
;; call deep 30
;; call deep 32
;; call tall 3
;; call tall 30
;; call zeroed 1
(module
  (type $unary (func (param i32) (result i32)))
  (table 4 funcref)
  (elem (i32.const 1) $double $nothing)
  (func $fib (export "fib") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add
        (call $fib (i32.sub (local.get 0) (i32.const 1)))
        (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (func $double (type $unary) (i32.shl (local.get 0) (i32.const 1)))
  (func $nothing)
  (func (export "indirect") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 1) (local.get 0)))
  (func $deep (export "deep") (param i32)
    (if (local.get 0) (then (call $deep (i32.sub (local.get 0) (i32.const 1))))))
  (func $tall (export "tall") (param i32)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (if (local.get 0) (then (call $tall (i32.sub (local.get 0) (i32.const 1))))))
  (func $dirty (param i32 i32 i32) (result i32) (i32.add (local.get 0) (i32.add (local.get 1) (local.get 2))))
  (func $clean (param i32) (result i32) (local i32 i32) (i32.add (local.get 1) (local.get 2)))
  (func (export "zeroed") (param i32) (result i32)
    (drop (call $dirty (i32.const 7) (i32.const 7) (i32.const 7)))
    (call $clean (local.get 0))))
