;; Powers of a 256-bit number modulo 2^256, in eight limbs of 32 bits: what contracts with wide
;; balances do. x at 0, the running product at 32, the next one at 64; the result is its low limbs.
(module
  (memory (export "memory") 1)
  (func $multiply
    (local $i i32) (local $j i32) (local $place i32) (local $carry i64) (local $factor i64) (local $wide i64)
    (memory.fill (i32.const 64) (i32.const 0) (i32.const 32))
    (loop $rows
      (local.set $factor (i64.load32_u offset=32 (local.get $i)))
      (local.set $carry (i64.const 0))
      (local.set $j (i32.const 0))
      (local.set $place (local.get $i))
      (loop $columns
        (local.set $wide
          (i64.add
            (i64.add (i64.mul (local.get $factor) (i64.load32_u (local.get $j))) (local.get $carry))
            (i64.load32_u offset=64 (local.get $place))))
        (i64.store32 offset=64 (local.get $place) (local.get $wide))
        (local.set $carry (i64.shr_u (local.get $wide) (i64.const 32)))
        (local.set $j (i32.add (local.get $j) (i32.const 4)))
        (local.set $place (i32.add (local.get $place) (i32.const 4)))
        (br_if $columns (i32.lt_u (local.get $place) (i32.const 32))))
      (local.set $i (i32.add (local.get $i) (i32.const 4)))
      (br_if $rows (i32.lt_u (local.get $i) (i32.const 32))))
    (memory.copy (i32.const 32) (i32.const 64) (i32.const 32)))
  (func (export "run") (param $n i32) (result i64)
    (i64.store (i32.const 0) (i64.const 0x9e3779b97f4a7c15))
    (i64.store (i32.const 8) (i64.const 0xbf58476d1ce4e5b9))
    (i64.store (i32.const 16) (i64.const 0x94d049bb133111eb))
    (i64.store (i32.const 24) (i64.const 0xd6e8feb86659fd93))
    (memory.fill (i32.const 32) (i32.const 0) (i32.const 32))
    (i64.store (i32.const 32) (i64.const 1))
    (loop $powers
      (call $multiply)
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $powers (local.get $n)))
    (i64.xor (i64.xor (i64.load offset=32 (i32.const 0)) (i64.load offset=40 (i32.const 0)))
             (i64.xor (i64.load offset=48 (i32.const 0)) (i64.load offset=56 (i32.const 0))))))
