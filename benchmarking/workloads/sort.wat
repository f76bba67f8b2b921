;; Sorts n pseudo-random numbers: quicksort by recursion, insertion below 12 elements. The result
;; weighs each number by its place, so that a wrong order shows.
(module
  (memory (export "memory") 4)
  (func $at (param $i i32) (result i32) (i32.load (i32.shl (local.get $i) (i32.const 2))))
  (func $insertion (param $low i32) (param $high i32)
    (local $i i32) (local $j i32) (local $value i32)
    (local.set $i (i32.add (local.get $low) (i32.const 1)))
    (block $done
      (loop $next
        (br_if $done (i32.gt_s (local.get $i) (local.get $high)))
        (local.set $value (call $at (local.get $i)))
        (local.set $j (local.get $i))
        (block $placed
          (loop $shift
            (br_if $placed (i32.le_s (local.get $j) (local.get $low)))
            (br_if $placed (i32.le_u (call $at (i32.sub (local.get $j) (i32.const 1))) (local.get $value)))
            (i32.store (i32.shl (local.get $j) (i32.const 2)) (call $at (i32.sub (local.get $j) (i32.const 1))))
            (local.set $j (i32.sub (local.get $j) (i32.const 1)))
            (br $shift)))
        (i32.store (i32.shl (local.get $j) (i32.const 2)) (local.get $value))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
  (func $quick (param $low i32) (param $high i32)
    (local $i i32) (local $j i32) (local $pivot i32) (local $swap i32)
    (if (i32.lt_s (i32.sub (local.get $high) (local.get $low)) (i32.const 12))
      (then (call $insertion (local.get $low) (local.get $high)) (return)))
    (local.set $i (local.get $low))
    (local.set $j (local.get $high))
    (local.set $pivot (call $at (i32.shr_u (i32.add (local.get $low) (local.get $high)) (i32.const 1))))
    (block $crossed
      (loop $partition
        (loop $up
          (if (i32.lt_u (call $at (local.get $i)) (local.get $pivot))
            (then (local.set $i (i32.add (local.get $i) (i32.const 1))) (br $up))))
        (loop $down
          (if (i32.gt_u (call $at (local.get $j)) (local.get $pivot))
            (then (local.set $j (i32.sub (local.get $j) (i32.const 1))) (br $down))))
        (br_if $crossed (i32.gt_s (local.get $i) (local.get $j)))
        (local.set $swap (call $at (local.get $i)))
        (i32.store (i32.shl (local.get $i) (i32.const 2)) (call $at (local.get $j)))
        (i32.store (i32.shl (local.get $j) (i32.const 2)) (local.get $swap))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (local.set $j (i32.sub (local.get $j) (i32.const 1)))
        (br_if $partition (i32.le_s (local.get $i) (local.get $j)))))
    (call $quick (local.get $low) (local.get $j))
    (call $quick (local.get $i) (local.get $high)))
  (func (export "run") (param $n i32) (result i64)
    (local $i i32) (local $random i32) (local $sum i64)
    (local.set $random (i32.const 12345))
    (loop $fill
      (local.set $random (i32.add (i32.mul (local.get $random) (i32.const 1664525)) (i32.const 1013904223)))
      (i32.store (i32.shl (local.get $i) (i32.const 2)) (local.get $random))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $fill (i32.lt_u (local.get $i) (local.get $n))))
    (call $quick (i32.const 0) (i32.sub (local.get $n) (i32.const 1)))
    (local.set $i (i32.const 0))
    (loop $weigh
      (local.set $sum (i64.add (local.get $sum)
        (i64.mul (i64.extend_i32_u (call $at (local.get $i))) (i64.extend_i32_u (i32.add (local.get $i) (i32.const 1))))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $weigh (i32.lt_u (local.get $i) (local.get $n))))
    (local.get $sum)))
