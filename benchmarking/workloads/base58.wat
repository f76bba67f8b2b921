;; n addresses of 35 bytes become text in base 58, as SS58 writes accounts: one long division by 58 per
;; letter. The result sums the letters up.
;;
;; The alphabet at 0, the bytes at 64, a copy that is divided at 128, the text at 192.
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
  (func $encode (result i32)
    (local $i i32) (local $first i32) (local $letters i32) (local $rest i32)
    (loop $copy
      (i32.store8 offset=128 (local.get $i) (i32.load8_u offset=64 (local.get $i)))
      (br_if $copy (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 35))))
    (block $done
      (loop $next
        (block $zeros
          (loop $skip
            (br_if $done (i32.eq (local.get $first) (i32.const 35)))
            (br_if $zeros (i32.load8_u offset=128 (local.get $first)))
            (local.set $first (i32.add (local.get $first) (i32.const 1)))
            (br $skip)))
        (local.set $rest (i32.const 0))
        (local.set $i (local.get $first))
        (loop $digits
          (local.set $rest
            (i32.or (i32.shl (local.get $rest) (i32.const 8)) (i32.load8_u offset=128 (local.get $i))))
          (i32.store8 offset=128 (local.get $i) (i32.div_u (local.get $rest) (i32.const 58)))
          (local.set $rest (i32.rem_u (local.get $rest) (i32.const 58)))
          (br_if $digits (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 35))))
        (i32.store8 offset=192 (local.get $letters) (i32.load8_u (local.get $rest)))
        (local.set $letters (i32.add (local.get $letters) (i32.const 1)))
        (br $next)))
    (local.get $letters))
  (func (export "run") (param $n i32) (result i64)
    (local $i i32) (local $letters i32) (local $sum i64)
    (loop $addresses
      (local.set $i (i32.const 0))
      (loop $fill
        (i32.store8 offset=64 (local.get $i)
          (i32.shr_u (i32.mul (i32.add (local.get $i) (i32.mul (local.get $n) (i32.const 35))) (i32.const 0x9e3779b1))
                     (i32.const 24)))
        (br_if $fill (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 35))))
      (local.set $letters (call $encode))
      (loop $add
        (local.set $letters (i32.sub (local.get $letters) (i32.const 1)))
        (local.set $sum
          (i64.add (i64.mul (local.get $sum) (i64.const 3)) (i64.load8_u offset=192 (local.get $letters))))
        (br_if $add (local.get $letters)))
      (br_if $addresses (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
