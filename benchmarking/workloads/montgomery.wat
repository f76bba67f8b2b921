;; n Montgomery squarings modulo the order of BN254's base field, in eight limbs of 32 bits: what checking a
;; proof or a signature inside a contract costs. The result is the exclusive or of the limbs, by pairs.
;;
;; The modulus at 0, the number at 32, the running sum of ten limbs at 64.
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\47\fd\7c\d8\16\8c\20\3c\8d\ca\71\68\91\6a\81\97\5d\58\81\81\b6\45\50\b8\29\a0\31\e1\72\4e\64\30")
  (data (i32.const 32) "\15\7c\4a\7f\b9\79\37\9e\b9\e5\e4\1c\6d\47\58\bf\eb\11\31\13\bb\49\d0\94\93\fd\59\66\b8\fe\e8\06")
  ;; Adds a number times a factor to the sum.
  (func $accumulate (param $number i32) (param $factor i64)
    (local $i i32) (local $wide i64)
    (loop $limbs
      (i64.store32 offset=64 (local.get $i)
        (local.tee $wide
          (i64.add
            (i64.add (i64.mul (i64.load32_u (i32.add (local.get $number) (local.get $i))) (local.get $factor))
                     (i64.load32_u offset=64 (local.get $i)))
            (i64.shr_u (local.get $wide) (i64.const 32)))))
      (br_if $limbs (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 32))))
    (local.set $wide (i64.add (i64.load32_u (i32.const 96)) (i64.shr_u (local.get $wide) (i64.const 32))))
    (i64.store32 (i32.const 96) (local.get $wide))
    (i64.store32 (i32.const 100)
      (i64.add (i64.load32_u (i32.const 100)) (i64.shr_u (local.get $wide) (i64.const 32)))))
  (func $square
    (local $i i32) (local $j i32) (local $less i64) (local $borrow i64)
    (memory.fill (i32.const 64) (i32.const 0) (i32.const 40))
    (loop $limbs
      (call $accumulate (i32.const 32) (i64.load32_u offset=32 (local.get $i)))
      ;; What makes the lowest limb zero: times the inverse of the modulus, negative, modulo 2^32.
      (call $accumulate (i32.const 0)
        (i64.and (i64.mul (i64.load32_u (i32.const 64)) (i64.const 0xe4866389)) (i64.const 0xffffffff)))
      (local.set $j (i32.const 0))
      (loop $down
        (i32.store offset=64 (local.get $j) (i32.load offset=68 (local.get $j)))
        (br_if $down (i32.ne (local.tee $j (i32.add (local.get $j) (i32.const 4))) (i32.const 36))))
      (i32.store (i32.const 100) (i32.const 0))
      (br_if $limbs (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 32))))
    ;; Less the modulus where that is not negative.
    (local.set $i (i32.const 0))
    (loop $subtract
      (local.set $less
        (i64.sub (i64.sub (i64.load32_u offset=64 (local.get $i)) (i64.load32_u (local.get $i))) (local.get $borrow)))
      (i64.store32 offset=32 (local.get $i) (local.get $less))
      (local.set $borrow (i64.shr_u (local.get $less) (i64.const 63)))
      (br_if $subtract (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 32))))
    (if (i64.gt_u (local.get $borrow) (i64.load32_u (i32.const 96)))
      (then (memory.copy (i32.const 32) (i32.const 64) (i32.const 32)))))
  (func (export "run") (param $n i32) (result i64)
    (loop $squares
      (call $square)
      (br_if $squares (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.xor (i64.xor (i64.load offset=32 (i32.const 0)) (i64.load offset=40 (i32.const 0)))
             (i64.xor (i64.load offset=48 (i32.const 0)) (i64.load offset=56 (i32.const 0))))))
