;; Loads, stores, and the operators whose cost depends on an operand: checked, then paid, then done.
;; call roundtrip 8
;; call roundtrip 65532
;; call roundtrip -4
;; call signs
;; call grow 2
;; call grow 1
;; call grow 0
;; call copy 100 0 4
;; call copy 100 0 -1
;; call fill 200 171 16
;; call fill 262140 1 8
;; call init 300 1 3
;; call init 300 3 3
;; call fill 0 1 1000 fuel 12000
;; call drop_segment
;; call init 300 0 1
(module
  (memory 1 3)
  (data (i32.const 0) "\ff\fe\fd\fc\fb\fa\f9\f8")
  (data $passive "abcd")
  (func (export "roundtrip") (param i32) (result i64)
    (i32.store (local.get 0) (i32.const -2))
    (i64.load32_s (local.get 0)))
  (func (export "signs") (result i64)
    (i64.add
      (i64.add (i64.extend_i32_s (i32.load8_s (i32.const 0))) (i64.extend_i32_u (i32.load8_u offset=1 (i32.const 0))))
      (i64.add (i64.load16_s offset=2 (i32.const 0)) (i64.load (i32.const 0)))))
  (func (export "grow") (param i32) (result i32)
    (i32.add (i32.mul (memory.grow (local.get 0)) (i32.const 100)) (memory.size)))
  (func (export "copy") (param i32 i32 i32) (result i32)
    (memory.copy (local.get 0) (local.get 1) (local.get 2))
    (i32.load (local.get 0)))
  (func (export "fill") (param i32 i32 i32) (result i32)
    (memory.fill (local.get 0) (local.get 1) (local.get 2))
    (i32.load8_u (local.get 0)))
  (func (export "init") (param i32 i32 i32) (result i32)
    (memory.init $passive (local.get 0) (local.get 1) (local.get 2))
    (i32.load8_u (local.get 0)))
  (func (export "drop_segment") (data.drop $passive)))
