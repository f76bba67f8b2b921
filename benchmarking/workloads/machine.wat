;; A machine in the machine: a program of one-byte instructions, dispatched by `br_table`, counts
;; the Collatz steps of the numbers from 1 to n. Its instructions:
;;   0 halve   1 triple and add one   2 count   3 if odd, skip two bytes   4 jump by the next byte
;;   5 if one, skip two bytes   6 halt
(module
  (memory (export "memory") 1)
  ;; 0: if one, go to 3; 1: jump to 4; 3: halt; 4: count; 5: if odd, go to 8; 6: jump to 11;
  ;; 8: triple; 9: jump to 0; 11: halve; 12: jump to 0.
  (data (i32.const 0) "\05\04\03\06\02\03\04\05\01\04\f7\00\04\f4")
  (func $steps (param $x i64) (result i64)
    (local $at i32) (local $count i64)
    (loop $fetch
      (block $halt
        (block $if_one
          (block $jump
            (block $if_odd
              (block $count_up
                (block $triple
                  (block $halve
                    (br_table $halve $triple $count_up $if_odd $jump $if_one $halt (i32.load8_u (local.get $at))))
                  (local.set $x (i64.shr_u (local.get $x) (i64.const 1)))
                  (local.set $at (i32.add (local.get $at) (i32.const 1)))
                  (br $fetch))
                (local.set $x (i64.add (i64.mul (local.get $x) (i64.const 3)) (i64.const 1)))
                (local.set $at (i32.add (local.get $at) (i32.const 1)))
                (br $fetch))
              (local.set $count (i64.add (local.get $count) (i64.const 1)))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (br $fetch))
            (local.set $at (i32.add (local.get $at)
              (select (i32.const 3) (i32.const 1) (i32.wrap_i64 (i64.and (local.get $x) (i64.const 1))))))
            (br $fetch))
          (local.set $at (i32.add (local.get $at) (i32.load8_s offset=1 (local.get $at))))
          (br $fetch))
        (local.set $at (i32.add (local.get $at)
          (select (i32.const 3) (i32.const 1) (i64.eq (local.get $x) (i64.const 1)))))
        (br $fetch)))
    (local.get $count))
  (func (export "run") (param $n i32) (result i64)
    (local $sum i64)
    (loop $numbers
      (local.set $sum (i64.add (local.get $sum) (call $steps (i64.extend_i32_u (local.get $n)))))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $numbers (local.get $n)))
    (local.get $sum)))
