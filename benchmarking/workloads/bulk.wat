;; Moves 16 KiB back and forth n times, and a small field between: bulk memory.
(module
  (memory (export "memory") 2)
  (func (export "run") (param $n i32) (result i64)
    (memory.fill (i32.const 0) (i32.const 7) (i32.const 16384))
    (loop $next
      (memory.copy (i32.const 40000) (i32.const 0) (i32.const 16384))
      (memory.fill (i32.and (local.get $n) (i32.const 1023)) (local.get $n) (i32.const 32))
      (memory.copy (i32.const 40960) (i32.and (local.get $n) (i32.const 2047)) (i32.const 96))
      (memory.copy (i32.const 1) (i32.const 40000) (i32.const 16383))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $next (local.get $n)))
    (i64.add (i64.load (i32.const 28)) (i64.load (i32.const 2048)))))
