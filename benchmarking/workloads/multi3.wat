;; Powers of a 256-bit number modulo 2^256, in four limbs of 64 bits, by a routine for 128-bit products
;; that is called through the shadow stack: what Rust makes of `u128` and of crates for wide numbers.
;;
;; x at 0, the running product at 32, the next one at 64; the result is the exclusive or of its limbs.
(module
  (memory (export "memory") 2)
  (global $stack (mut i32) (i32.const 65536))
  ;; 128 bits times 128 bits, modulo 2^128: the routine that compilers call `__multi3`.
  (func $multiply (param $out i32) (param $a i64) (param $a_high i64) (param $b i64) (param $b_high i64)
    (local $p i64) (local $q i64) (local $r i64) (local $s i64) (local $low i64) (local $middle i64)
    (i64.store (local.get $out)
      (local.tee $middle
        (i64.add
          (local.tee $low
            (i64.mul (local.tee $p (i64.and (local.get $a) (i64.const 0xffffffff)))
                     (local.tee $q (i64.and (local.get $b) (i64.const 0xffffffff)))))
          (i64.shl
            (local.tee $p
              (i64.add
                (local.tee $q (i64.mul (local.get $q) (local.tee $r (i64.shr_u (local.get $a) (i64.const 32)))))
                (i64.mul (local.get $p) (local.tee $s (i64.shr_u (local.get $b) (i64.const 32))))))
            (i64.const 32)))))
    (i64.store offset=8 (local.get $out)
      (i64.add
        (i64.add
          (i64.add
            (i64.mul (local.get $r) (local.get $s))
            (i64.or (i64.shr_u (local.get $p) (i64.const 32))
                    (i64.shl (i64.extend_i32_u (i64.lt_u (local.get $p) (local.get $q))) (i64.const 32))))
          (i64.extend_i32_u (i64.lt_u (local.get $middle) (local.get $low))))
        (i64.add (i64.mul (local.get $a) (local.get $b_high)) (i64.mul (local.get $a_high) (local.get $b))))))
  (func $times_x
    (local $frame i32) (local $i i32) (local $j i32) (local $at i32)
    (local $carry i64) (local $sum i64) (local $low i64) (local $high i64)
    (global.set $stack (local.tee $frame (i32.sub (global.get $stack) (i32.const 16))))
    (i64.store (i32.const 64) (i64.const 0))
    (i64.store (i32.const 72) (i64.const 0))
    (i64.store (i32.const 80) (i64.const 0))
    (i64.store (i32.const 88) (i64.const 0))
    (loop $rows
      (local.set $carry (i64.const 0))
      (local.set $j (i32.const 0))
      (local.set $at (local.get $i))
      (loop $columns
        (call $multiply (local.get $frame)
          (i64.load offset=32 (local.get $i)) (i64.const 0) (i64.load (local.get $j)) (i64.const 0))
        (local.set $low (i64.load (local.get $frame)))
        (local.set $high (i64.load offset=8 (local.get $frame)))
        (local.set $sum (i64.add (local.get $low) (i64.load offset=64 (local.get $at))))
        (local.set $high (i64.add (local.get $high) (i64.extend_i32_u (i64.lt_u (local.get $sum) (local.get $low)))))
        (local.set $low (i64.add (local.get $sum) (local.get $carry)))
        (local.set $carry
          (i64.add (local.get $high) (i64.extend_i32_u (i64.lt_u (local.get $low) (local.get $sum)))))
        (i64.store offset=64 (local.get $at) (local.get $low))
        (local.set $j (i32.add (local.get $j) (i32.const 8)))
        (br_if $columns
          (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const 32))))
      (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 32))))
    (i64.store (i32.const 32) (i64.load (i32.const 64)))
    (i64.store (i32.const 40) (i64.load (i32.const 72)))
    (i64.store (i32.const 48) (i64.load (i32.const 80)))
    (i64.store (i32.const 56) (i64.load (i32.const 88)))
    (global.set $stack (i32.add (local.get $frame) (i32.const 16))))
  (func (export "run") (param $n i32) (result i64)
    (i64.store (i32.const 0) (i64.const 0x9e3779b97f4a7c15))
    (i64.store (i32.const 8) (i64.const 0xbf58476d1ce4e5b9))
    (i64.store (i32.const 16) (i64.const 0x94d049bb133111eb))
    (i64.store (i32.const 24) (i64.const 0xd6e8feb86659fd93))
    (i64.store (i32.const 32) (i64.const 1))
    (i64.store (i32.const 40) (i64.const 0))
    (i64.store (i32.const 48) (i64.const 0))
    (i64.store (i32.const 56) (i64.const 0))
    (loop $powers
      (call $times_x)
      (br_if $powers (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.xor (i64.xor (i64.load offset=32 (i32.const 0)) (i64.load offset=40 (i32.const 0)))
             (i64.xor (i64.load offset=48 (i32.const 0)) (i64.load offset=56 (i32.const 0))))))
