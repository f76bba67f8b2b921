;; Globals are cells of the instance.
;; call bump
;; call bump
;; call both
(module
  (global $base i32 (i32.const 16))
  (global $copy i32 (i32.const 17))
  (global $count (mut i64) (i64.const 1))
  (memory 1)
  (data (i32.const 16) "\2a")
  (func (export "bump") (result i64)
    (global.set $count (i64.add (global.get $count) (i64.load8_u (i32.const 16))))
    (global.get $count))
  (func (export "both") (result i32) (i32.add (global.get $copy) (global.get $base))))
