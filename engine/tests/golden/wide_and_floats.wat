;; Pairs of cells, blocks with several values, and floats, whose NaNs are canonical.
;; call square -1
;; call add 1 2 -1 3
;; call several 3
;; call nan
;; call half 4612811918334230528
;; call truncated 4612811918334230528
;; call truncated 9221120237041090560
;; call truncated 4890909195324358656
(module
  (func (export "square") (param i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 0)))
  (func (export "add") (param i64 i64 i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "several") (param i32) (result i32)
    (i32.const 10) (local.get 0)
    (block (param i32 i32) (result i32 i32)
      (br_if 0 (i32.eqz (i32.const 0)))
      (drop) (drop) (i32.const 1) (i32.const 2))
    (i32.sub))
  (func (export "nan") (result i64)
    (i64.reinterpret_f64 (f64.mul (f64.reinterpret_i64 (i64.const -1)) (f64.const 2))))
  (func (export "half") (param f64) (result f64) (f64.mul (local.get 0) (f64.const 0.5)))
  (func (export "truncated") (param f64) (result i32) (i32.trunc_f64_s (local.get 0))))
