;; Host calls are exits; what comes behind one is charged when it is resumed.
;; call twice 3
;; call through_table 4
;; call narrow -1
;; call twice 3 fuel 15000
(module
  (type $host (func (param i32 i64) (result i64)))
  (import "env" "sum" (func $sum (type $host)))
  (import "env" "note" (func $note (param i32)))
  (table 1 funcref)
  (elem (i32.const 0) $sum)
  (func (export "twice") (param i32) (result i64)
    (call $note (local.get 0))
    (call $sum (local.get 0) (call $sum (i32.const 1) (i64.const 2))))
  (func (export "through_table") (param i32) (result i64)
    (call_indirect (type $host) (local.get 0) (i64.const 5) (i32.const 0)))
  (func (export "narrow") (param i64) (call $note (i32.wrap_i64 (local.get 0)))))
