;; n quotients and remainders of 256-bit numbers, bit by bit: how Solidity's numbers are divided where no
;; routine is at hand. The divisor changes from round to round; the result is the sum of low limbs.
;;
;; The numerator at 0 becomes the quotient, the divisor is at 32, the remainder at 64, a difference at 96.
(module
  (memory (export "memory") 1)
  ;; Doubles the number, and takes a bit in from the right; gives the bit that went out on the left.
  (func $double (param $at i32) (param $carry i64) (result i64)
    (local $i i32) (local $limb i64)
    (loop $limbs
      (local.set $limb (i64.load (local.get $at)))
      (i64.store (local.get $at) (i64.or (i64.shl (local.get $limb) (i64.const 1)) (local.get $carry)))
      (local.set $carry (i64.shr_u (local.get $limb) (i64.const 63)))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $limbs (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 4))))
    (local.get $carry))
  ;; Remainder less divisor, to 96; gives the borrow.
  (func $difference (result i64)
    (local $i i32) (local $a i64) (local $b i64) (local $less i64) (local $borrow i64)
    (loop $limbs
      (local.set $a (i64.load offset=64 (local.get $i)))
      (local.set $b (i64.load offset=32 (local.get $i)))
      (local.set $less (i64.sub (local.get $a) (local.get $b)))
      (i64.store offset=96 (local.get $i) (i64.sub (local.get $less) (local.get $borrow)))
      (local.set $borrow
        (i64.or (i64.extend_i32_u (i64.lt_u (local.get $a) (local.get $b)))
                (i64.extend_i32_u (i64.lt_u (local.get $less) (local.get $borrow)))))
      (br_if $limbs (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 32))))
    (local.get $borrow))
  (func $divide
    (local $bits i32)
    (i64.store (i32.const 64) (i64.const 0))
    (i64.store (i32.const 72) (i64.const 0))
    (i64.store (i32.const 80) (i64.const 0))
    (i64.store (i32.const 88) (i64.const 0))
    (local.set $bits (i32.const 256))
    (loop $digits
      (drop (call $double (i32.const 64) (call $double (i32.const 0) (i64.const 0))))
      (if (i64.eqz (call $difference))
        (then
          (i64.store (i32.const 64) (i64.load (i32.const 96)))
          (i64.store (i32.const 72) (i64.load (i32.const 104)))
          (i64.store (i32.const 80) (i64.load (i32.const 112)))
          (i64.store (i32.const 88) (i64.load (i32.const 120)))
          (i64.store (i32.const 0) (i64.or (i64.load (i32.const 0)) (i64.const 1)))))
      (br_if $digits (local.tee $bits (i32.sub (local.get $bits) (i32.const 1))))))
  (func (export "run") (param $n i32) (result i64)
    (local $sum i64)
    (loop $rounds
      (i64.store (i32.const 0) (i64.const 0x9e3779b97f4a7c15))
      (i64.store (i32.const 8) (i64.const 0xbf58476d1ce4e5b9))
      (i64.store (i32.const 16) (i64.const 0x94d049bb133111eb))
      (i64.store (i32.const 24) (i64.const 0x76e8feb86659fd93))
      (i64.store (i32.const 32) (i64.add (i64.extend_i32_u (local.get $n)) (i64.const 0x2545f4914f6cdd1d)))
      (i64.store (i32.const 40) (i64.mul (i64.extend_i32_u (local.get $n)) (i64.const 0x9e3779b97f4a7c15)))
      (i64.store (i32.const 48) (i64.const 0))
      (i64.store (i32.const 56) (i64.const 0))
      (call $divide)
      (local.set $sum
        (i64.add (local.get $sum) (i64.add (i64.load (i32.const 0)) (i64.load offset=64 (i32.const 0)))))
      (br_if $rounds (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
