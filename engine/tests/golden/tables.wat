;; References are cells; tables grow within the run's limits and pay for each element.
;; call is_null 0
;; call is_null 1
;; call grow 3
;; call grow 100000
;; call fill_and_call 5
;; call copy
;; call init_dropped
(module
  (type $t (func (result i32)))
  (table $a 3 20 funcref)
  (table $b 5 funcref)
  (elem (table $a) (i32.const 1) func $one)
  (elem $passive funcref (ref.func $one) (ref.null func) (ref.func $two))
  (func $one (type $t) (i32.const 1))
  (func $two (type $t) (i32.const 2))
  (func (export "is_null") (param i32) (result i32) (ref.is_null (table.get $a (local.get 0))))
  (func (export "grow") (param i32) (result i32)
    (i32.add (i32.mul (table.grow $a (ref.func $two) (local.get 0)) (i32.const 100)) (table.size $a)))
  (func (export "fill_and_call") (param i32) (result i32)
    (table.fill $a (i32.const 0) (ref.func $two) (local.get 0))
    (call_indirect $a (type $t) (i32.const 4)))
  (func (export "copy") (result i32)
    (table.init $b $passive (i32.const 0) (i32.const 0) (i32.const 3))
    (table.copy $b $a (i32.const 3) (i32.const 0) (i32.const 2))
    (i32.add (call_indirect $b (type $t) (i32.const 0)) (call_indirect $b (type $t) (i32.const 4))))
  (func (export "init_dropped") (elem.drop $passive)
    (table.init $b $passive (i32.const 0) (i32.const 0) (i32.const 1))))
