;; Copies, fills and comparisons as loops, without the instructions for them: what compilers make for
;; WebAssembly 1.0, and so what most contracts on chains hold. Lengths and alignments are those of keys,
;; accounts and small buffers. The result is the sum of what the comparisons say and of some bytes.
(module
  (memory (export "memory") 2)
  ;; Word by word where both pointers agree modulo four, else byte by byte.
  (func $copy (param $to i32) (param $from i32) (param $len i32) (result i32)
    (local $end i32) (local $at i32)
    (local.set $at (local.get $to))
    (local.set $end (i32.add (local.get $to) (local.get $len)))
    (block $bytes
      (br_if $bytes (i32.lt_u (local.get $len) (i32.const 16)))
      (br_if $bytes (i32.and (i32.xor (local.get $to) (local.get $from)) (i32.const 3)))
      (block $aligned
        (br_if $aligned (i32.eqz (i32.and (local.get $at) (i32.const 3))))
        (loop $align
          (i32.store8 (local.get $at) (i32.load8_u (local.get $from)))
          (local.set $from (i32.add (local.get $from) (i32.const 1)))
          (br_if $align (i32.and (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 3)))))
      (loop $words
        (i32.store (local.get $at) (i32.load (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (br_if $words
          (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4)))
                    (i32.and (local.get $end) (i32.const -4))))))
    (block $done
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (loop $rest
        (i32.store8 (local.get $at) (i32.load8_u (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br_if $rest (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end)))))
    (local.get $to))
  (func $fill (param $to i32) (param $byte i32) (param $len i32) (result i32)
    (local $end i32) (local $at i32) (local $word i32)
    (local.set $at (local.get $to))
    (local.set $end (i32.add (local.get $to) (local.get $len)))
    (block $bytes
      (br_if $bytes (i32.lt_u (local.get $len) (i32.const 16)))
      (block $aligned
        (br_if $aligned (i32.eqz (i32.and (local.get $at) (i32.const 3))))
        (loop $align
          (i32.store8 (local.get $at) (local.get $byte))
          (br_if $align (i32.and (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 3)))))
      (local.set $word (i32.mul (i32.and (local.get $byte) (i32.const 255)) (i32.const 0x01010101)))
      (loop $words
        (i32.store (local.get $at) (local.get $word))
        (br_if $words
          (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4)))
                    (i32.and (local.get $end) (i32.const -4))))))
    (block $done
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (loop $rest
        (i32.store8 (local.get $at) (local.get $byte))
        (br_if $rest (i32.ne (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end)))))
    (local.get $to))
  (func $compare (param $a i32) (param $b i32) (param $len i32) (result i32)
    (local $x i32) (local $y i32)
    (block $equal
      (br_if $equal (i32.eqz (local.get $len)))
      (block $differ
        (loop $bytes
          (br_if $differ
            (i32.ne (local.tee $x (i32.load8_u (local.get $a))) (local.tee $y (i32.load8_u (local.get $b)))))
          (local.set $a (i32.add (local.get $a) (i32.const 1)))
          (local.set $b (i32.add (local.get $b) (i32.const 1)))
          (br_if $bytes (local.tee $len (i32.sub (local.get $len) (i32.const 1)))))
        (br $equal))
      (return (i32.sub (local.get $x) (local.get $y))))
    (i32.const 0))
  (func (export "run") (param $n i32) (result i64)
    (local $i i32) (local $len i32) (local $at i32) (local $sum i64)
    (loop $rounds
      (local.set $len (i32.add (i32.and (i32.mul (local.get $i) (i32.const 7)) (i32.const 63)) (i32.const 1)))
      (local.set $at (i32.add (i32.const 4096) (i32.and (local.get $i) (i32.const 7))))
      (drop (call $fill (local.get $at) (local.get $i) (local.get $len)))
      (drop (call $copy (i32.const 8192) (local.get $at) (local.get $len)))
      (drop (call $copy (i32.const 12289) (i32.const 8192) (local.get $len)))
      (i32.store8 offset=12288 (local.get $len)
        (i32.xor (i32.load8_u offset=12288 (local.get $len)) (i32.and (local.get $i) (i32.const 3))))
      (local.set $sum
        (i64.add
          (i64.mul (local.get $sum) (i64.const 31))
          (i64.extend_i32_s
            (i32.add (call $compare (i32.const 8192) (i32.const 12289) (local.get $len))
                     (i32.load8_u offset=8191 (local.get $len))))))
      (br_if $rounds (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $sum)))
