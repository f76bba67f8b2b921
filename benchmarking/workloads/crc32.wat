;; CRC-32 (the one of zip files) of n bytes 0, 1, 2, ... modulo 251, a table look-up per byte.
(module
  (memory (export "memory") 1)
  (func $table
    (local $i i32) (local $bit i32) (local $crc i32)
    (loop $entries
      (local.set $crc (local.get $i))
      (local.set $bit (i32.const 8))
      (loop $bits
        (local.set $crc
          (i32.xor
            (i32.shr_u (local.get $crc) (i32.const 1))
            (i32.and (i32.const 0xedb88320) (i32.sub (i32.const 0) (i32.and (local.get $crc) (i32.const 1))))))
        (local.set $bit (i32.sub (local.get $bit) (i32.const 1)))
        (br_if $bits (local.get $bit)))
      (i32.store (i32.shl (local.get $i) (i32.const 2)) (local.get $crc))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $entries (i32.lt_u (local.get $i) (i32.const 256)))))
  (func (export "run") (param $n i32) (result i64)
    (local $i i32) (local $crc i32)
    (call $table)
    (loop $fill
      (i32.store8 offset=1024 (local.get $i) (i32.rem_u (local.get $i) (i32.const 251)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $fill (i32.lt_u (local.get $i) (local.get $n))))
    (local.set $i (i32.const 0))
    (local.set $crc (i32.const -1))
    (loop $bytes
      (local.set $crc
        (i32.xor
          (i32.load (i32.shl (i32.and (i32.xor (local.get $crc) (i32.load8_u offset=1024 (local.get $i)))
                                      (i32.const 255))
                             (i32.const 2)))
          (i32.shr_u (local.get $crc) (i32.const 8))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $bytes (i32.lt_u (local.get $i) (local.get $n))))
    (i64.extend_i32_u (i32.xor (local.get $crc) (i32.const -1)))))
