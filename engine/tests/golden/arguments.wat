;; Calls whose last arguments are made for them, and copies that change places or hand on what they read.
;; call arguments 3 4
;; call exchanged 5 6
;; call handed_on 5 6 7
;; call arguments 3 4 fuel 40000
(module
  (func $sum (param i32 i32 i32) (result i32)
    (i32.add (i32.add (local.get 0) (i32.mul (local.get 1) (i32.const 10))) (i32.mul (local.get 2) (i32.const 100))))
  (func (export "arguments") (param i32 i32) (result i32)
    (i32.add
      (i32.add
        (call $sum (i32.const 1) (local.get 0) (local.get 1))
        (call $sum (local.get 0) (local.get 1) (i32.const 2)))
      (call $sum (local.get 1) (i32.const 5) (i32.add (local.get 0) (i32.const 1)))))
  ;; The second copy reads what has just been computed.
  (func (export "exchanged") (param $a i64) (param $b i64) (result i64)
    (local $sum i64)
    (local.set $sum (i64.add (local.get $a) (local.get $b)))
    (local.set $a (local.get $b))
    (local.set $b (local.get $sum))
    (i64.sub (i64.mul (local.get $a) (i64.const 1000)) (local.get $b)))
  ;; The second copy reads what the first has written.
  (func (export "handed_on") (param $a i64) (param $b i64) (param $c i64) (result i64)
    (local.set $a (i64.add (local.get $a) (local.get $b)))
    (local.set $b (local.get $c))
    (local.set $a (local.get $b))
    (i64.add (i64.mul (local.get $a) (i64.const 1000)) (local.get $b))))
