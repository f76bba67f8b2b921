;; n transfers as Solidity encodes them: an account and an amount in words of 32 bytes, big end first, turned
;; round byte by byte; the amount is compared with a balance, taken from it and added to another, all in 256
;; bits. The result is the exclusive or of both balances' limbs.
;;
;; The input at 0, both words turned round at 64 and 96, balances at 128 and 160.
(module
  (memory (export "memory") 1)
  (func $turn (param $from i32) (param $to i32) (param $len i32)
    (local.set $from (i32.add (local.get $from) (local.get $len)))
    (loop $bytes
      (i32.store8 (local.get $to) (i32.load8_u (local.tee $from (i32.sub (local.get $from) (i32.const 1)))))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $bytes (local.tee $len (i32.sub (local.get $len) (i32.const 1))))))
  ;; From the highest limb down.
  (func $less (param $a i32) (param $b i32) (result i32)
    (local $i i32) (local $x i64) (local $y i64)
    (local.set $i (i32.const 32))
    (loop $limbs
      (local.set $i (i32.sub (local.get $i) (i32.const 8)))
      (local.set $x (i64.load (i32.add (local.get $a) (local.get $i))))
      (local.set $y (i64.load (i32.add (local.get $b) (local.get $i))))
      (if (i64.lt_u (local.get $x) (local.get $y)) (then (return (i32.const 1))))
      (if (i64.gt_u (local.get $x) (local.get $y)) (then (return (i32.const 0))))
      (br_if $limbs (local.get $i)))
    (i32.const 0))
  (func $add (param $a i32) (param $b i32)
    (local $i i32) (local $x i64) (local $sum i64) (local $carry i64)
    (loop $limbs
      (local.set $x (i64.load (local.get $a)))
      (local.set $sum (i64.add (local.get $x) (i64.load (local.get $b))))
      (i64.store (local.get $a) (i64.add (local.get $sum) (local.get $carry)))
      (local.set $carry
        (i64.extend_i32_u
          (i32.or (i64.lt_u (local.get $sum) (local.get $x))
                  (i64.lt_u (i64.load (local.get $a)) (local.get $carry)))))
      (local.set $a (i32.add (local.get $a) (i32.const 8)))
      (local.set $b (i32.add (local.get $b) (i32.const 8)))
      (br_if $limbs (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4)))))
  (func $subtract (param $a i32) (param $b i32)
    (local $i i32) (local $x i64) (local $y i64) (local $less i64) (local $borrow i64)
    (loop $limbs
      (local.set $x (i64.load (local.get $a)))
      (local.set $y (i64.load (local.get $b)))
      (local.set $less (i64.sub (local.get $x) (local.get $y)))
      (i64.store (local.get $a) (i64.sub (local.get $less) (local.get $borrow)))
      (local.set $borrow
        (i64.extend_i32_u
          (i32.or (i64.lt_u (local.get $x) (local.get $y)) (i64.lt_u (local.get $less) (local.get $borrow)))))
      (local.set $a (i32.add (local.get $a) (i32.const 8)))
      (local.set $b (i32.add (local.get $b) (i32.const 8)))
      (br_if $limbs (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4)))))
  (func (export "run") (param $n i32) (result i64)
    (local $from i32)
    (i64.store offset=128 (i32.const 0) (i64.const -5))
    (i64.store offset=136 (i32.const 0) (i64.const 7))
    (i64.store offset=160 (i32.const 0) (i64.const 3))
    (i64.store offset=184 (i32.const 0) (i64.const 1))
    (local.set $from (i32.const 160))
    (loop $transfers
      (i64.store offset=12 (i32.const 0) (i64.extend_i32_u (local.get $n)))
      (i64.store offset=48 (i32.const 0) (i64.mul (i64.extend_i32_u (local.get $n)) (i64.const 0x9e3779b97f4a7c15)))
      (i64.store offset=56 (i32.const 0) (i64.mul (i64.extend_i32_u (local.get $n)) (i64.const 0xbf58476d1ce4e5b9)))
      (call $turn (i32.const 0) (i32.const 64) (i32.const 32))
      (call $turn (i32.const 32) (i32.const 96) (i32.const 32))
      (local.set $from (i32.sub (i32.const 288) (local.get $from)))
      (if (i32.eqz (call $less (local.get $from) (i32.const 96)))
        (then
          (call $subtract (local.get $from) (i32.const 96))
          (call $add (i32.sub (i32.const 288) (local.get $from)) (i32.const 96))))
      (br_if $transfers (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.xor
      (i64.xor (i64.xor (i64.load offset=128 (i32.const 0)) (i64.load offset=136 (i32.const 0)))
               (i64.xor (i64.load offset=144 (i32.const 0)) (i64.load offset=152 (i32.const 0))))
      (i64.xor (i64.xor (i64.load offset=160 (i32.const 0)) (i64.load offset=168 (i32.const 0)))
               (i64.mul (i64.load offset=176 (i32.const 0)) (i64.load offset=184 (i32.const 0)))))))
