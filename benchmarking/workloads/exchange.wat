;; n swaps against a pool of two tokens whose product stays constant, with a fee of three per mille:
;; products and quotients of 128 bits by the routines that compilers call. The result is the sum of both
;; reserves' low halves.
;;
;; Reserves at 0 and 16. Amounts come from a simple generator; directions alternate.
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
  ;; 128 bits by 128 bits, the quotient: what compilers call `__udivti3`, bit by bit.
  (func $divide (param $out i32) (param $n i64) (param $n_high i64) (param $d i64) (param $d_high i64)
    (local $bits i32) (local $q i64) (local $q_high i64) (local $r i64) (local $r_high i64)
    ;; The quotient has as many bits as the numerator has more than the divisor, and one more.
    (local.set $bits
      (i32.wrap_i64
        (i64.sub
          (call $zeros (local.get $d) (local.get $d_high))
          (call $zeros (local.get $n) (local.get $n_high)))))
    (block $done
      (br_if $done (i32.lt_s (local.get $bits) (i32.const 0)))
      (call $shift_left (local.get $out) (local.get $d) (local.get $d_high) (local.get $bits))
      (local.set $d (i64.load (local.get $out)))
      (local.set $d_high (i64.load offset=8 (local.get $out)))
      (loop $digits
        (local.set $q_high (i64.or (i64.shl (local.get $q_high) (i64.const 1)) (i64.shr_u (local.get $q) (i64.const 63))))
        (local.set $q (i64.shl (local.get $q) (i64.const 1)))
        (local.set $r (i64.sub (local.get $n) (local.get $d)))
        (local.set $r_high
          (i64.sub (i64.sub (local.get $n_high) (local.get $d_high))
                   (i64.extend_i32_u (i64.lt_u (local.get $n) (local.get $d)))))
        (if (select (i64.ge_u (local.get $n) (local.get $d)) (i64.gt_u (local.get $n_high) (local.get $d_high))
                    (i64.eq (local.get $n_high) (local.get $d_high)))
          (then
            (local.set $n (local.get $r))
            (local.set $n_high (local.get $r_high))
            (local.set $q (i64.or (local.get $q) (i64.const 1)))))
        (local.set $d (i64.or (i64.shr_u (local.get $d) (i64.const 1)) (i64.shl (local.get $d_high) (i64.const 63))))
        (local.set $d_high (i64.shr_u (local.get $d_high) (i64.const 1)))
        (local.set $bits (i32.sub (local.get $bits) (i32.const 1)))
        (br_if $digits (i32.ge_s (local.get $bits) (i32.const 0)))))
    (i64.store (local.get $out) (local.get $q))
    (i64.store offset=8 (local.get $out) (local.get $q_high)))
  (func $zeros (param $low i64) (param $high i64) (result i64)
    (if (result i64) (i64.eqz (local.get $high))
      (then (i64.add (i64.clz (local.get $low)) (i64.const 64)))
      (else (i64.clz (local.get $high)))))
  ;; What compilers call `__ashlti3`.
  (func $shift_left (param $out i32) (param $low i64) (param $high i64) (param $by i32)
    (local $wide i64)
    (block $done
      (br_if $done (i32.eqz (local.get $by)))
      (local.set $wide (i64.extend_i32_u (local.get $by)))
      (if (i32.and (local.get $by) (i32.const 64))
        (then
          (local.set $high (i64.shl (local.get $low) (local.get $wide)))
          (local.set $low (i64.const 0)))
        (else
          (local.set $high
            (i64.or (i64.shl (local.get $high) (local.get $wide))
                    (i64.shr_u (local.get $low) (i64.sub (i64.const 64) (local.get $wide)))))
          (local.set $low (i64.shl (local.get $low) (local.get $wide))))))
    (i64.store (local.get $out) (local.get $low))
    (i64.store offset=8 (local.get $out) (local.get $high)))
  (func $swap (param $from i32) (param $to i32) (param $amount i64)
    (local $frame i32) (local $fee_less i64) (local $d i64) (local $d_high i64) (local $paid i64) (local $low i64)
    (global.set $stack (local.tee $frame (i32.sub (global.get $stack) (i32.const 32))))
    (local.set $fee_less (i64.mul (local.get $amount) (i64.const 997)))
    (call $multiply (local.get $frame)
      (i64.load (local.get $from)) (i64.load offset=8 (local.get $from)) (i64.const 1000) (i64.const 0))
    (local.set $low (i64.load (local.get $frame)))
    (local.set $d (i64.add (local.get $low) (local.get $fee_less)))
    (local.set $d_high
      (i64.add (i64.load offset=8 (local.get $frame)) (i64.extend_i32_u (i64.lt_u (local.get $d) (local.get $low)))))
    (call $multiply (i32.add (local.get $frame) (i32.const 16))
      (i64.load (local.get $to)) (i64.load offset=8 (local.get $to)) (local.get $fee_less) (i64.const 0))
    (call $divide (local.get $frame)
      (i64.load offset=16 (local.get $frame)) (i64.load offset=24 (local.get $frame)) (local.get $d) (local.get $d_high))
    (local.set $paid (i64.load (local.get $frame)))
    ;; The reserves: one grows by what came, the other shrinks by what was paid.
    (local.set $low (i64.add (i64.load (local.get $from)) (local.get $amount)))
    (i64.store offset=8 (local.get $from)
      (i64.add (i64.load offset=8 (local.get $from)) (i64.extend_i32_u (i64.lt_u (local.get $low) (local.get $amount)))))
    (i64.store (local.get $from) (local.get $low))
    (local.set $low (i64.load (local.get $to)))
    (i64.store (local.get $to) (i64.sub (local.get $low) (local.get $paid)))
    (i64.store offset=8 (local.get $to)
      (i64.sub (i64.load offset=8 (local.get $to)) (i64.extend_i32_u (i64.lt_u (local.get $low) (local.get $paid)))))
    (global.set $stack (i32.add (local.get $frame) (i32.const 32))))
  (func (export "run") (param $n i32) (result i64)
    (local $seed i64) (local $from i32)
    (i64.store (i32.const 0) (i64.const 0x6f05b59d3b200000))
    (i64.store (i32.const 8) (i64.const 3))
    (i64.store (i32.const 16) (i64.const 0x16345785d8a00000))
    (i64.store (i32.const 24) (i64.const 1))
    (local.set $seed (i64.const 88172645463325252))
    (loop $swaps
      (local.set $seed (i64.xor (local.get $seed) (i64.shl (local.get $seed) (i64.const 13))))
      (local.set $seed (i64.xor (local.get $seed) (i64.shr_u (local.get $seed) (i64.const 7))))
      (local.set $seed (i64.xor (local.get $seed) (i64.shl (local.get $seed) (i64.const 17))))
      (call $swap (local.get $from) (i32.sub (i32.const 16) (local.get $from))
        (i64.shr_u (local.get $seed) (i64.const 14)))
      (local.set $from (i32.sub (i32.const 16) (local.get $from)))
      (br_if $swaps (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.add (i64.load (i32.const 0)) (i64.load (i32.const 16)))))
