;; SCALE: n numbers of changing size are encoded as compact integers of one, two, four or five
;; bytes, then decoded and summed up, with a branch for every form.
(module
  (memory (export "memory") 8)
  (func $number (param $i i32) (result i32)
    (i32.shr_u (i32.mul (local.get $i) (i32.const 0x9e3779b1))
               (i32.and (i32.mul (local.get $i) (i32.const 7)) (i32.const 31))))
  (func $encode (param $at i32) (param $value i32) (result i32)
    (if (i32.lt_u (local.get $value) (i32.const 64))
      (then
        (i32.store8 (local.get $at) (i32.shl (local.get $value) (i32.const 2)))
        (return (i32.add (local.get $at) (i32.const 1)))))
    (if (i32.lt_u (local.get $value) (i32.const 0x4000))
      (then
        (i32.store16 (local.get $at) (i32.or (i32.shl (local.get $value) (i32.const 2)) (i32.const 1)))
        (return (i32.add (local.get $at) (i32.const 2)))))
    (if (i32.lt_u (local.get $value) (i32.const 0x40000000))
      (then
        (i32.store (local.get $at) (i32.or (i32.shl (local.get $value) (i32.const 2)) (i32.const 2)))
        (return (i32.add (local.get $at) (i32.const 4)))))
    (i32.store8 (local.get $at) (i32.const 3))
    (i32.store offset=1 (local.get $at) (local.get $value))
    (i32.add (local.get $at) (i32.const 5)))
  (func (export "run") (param $n i32) (result i64)
    (local $i i32) (local $at i32) (local $end i32) (local $sum i64)
    (loop $numbers
      (local.set $end (call $encode (local.get $end) (call $number (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $numbers (i32.lt_u (local.get $i) (local.get $n))))
    (loop $decode
      (block $next
        (block $five
          (block $four
            (block $two
              (block $one
                (br_table $one $two $four $five (i32.and (i32.load8_u (local.get $at)) (i32.const 3))))
              (local.set $sum (i64.add (local.get $sum)
                (i64.extend_i32_u (i32.shr_u (i32.load8_u (local.get $at)) (i32.const 2)))))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (br $next))
            (local.set $sum (i64.add (local.get $sum)
              (i64.extend_i32_u (i32.shr_u (i32.load16_u (local.get $at)) (i32.const 2)))))
            (local.set $at (i32.add (local.get $at) (i32.const 2)))
            (br $next))
          (local.set $sum (i64.add (local.get $sum)
            (i64.extend_i32_u (i32.shr_u (i32.load (local.get $at)) (i32.const 2)))))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br $next))
        (local.set $sum (i64.add (local.get $sum) (i64.load32_u offset=1 (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 5))))
      (br_if $decode (i32.lt_u (local.get $at) (local.get $end))))
    (i64.add (i64.shl (local.get $sum) (i64.const 20)) (i64.extend_i32_u (local.get $end)))))
