;; Keccak-256 of n blocks of 136 bytes, each the bytes 0 to 135: what Solidity hashes with. The result
;; is the digest's first eight bytes as a little-endian number.
;;
;; Memory: state at 0, round constants at 256, pairs of a rotation and an offset at 448. Rotations run
;; over a table and rows over a loop, as compilers leave them where size counts.
(module
  (memory (export "memory") 1)
  (data (i32.const 256) "\01\00\00\00\00\00\00\00\82\80\00\00\00\00\00\00\8a\80\00\00\00\00\00\80\00\80\00\80\00\00\00\80")
  (data (i32.const 288) "\8b\80\00\00\00\00\00\00\01\00\00\80\00\00\00\00\81\80\00\80\00\00\00\80\09\80\00\00\00\00\00\80")
  (data (i32.const 320) "\8a\00\00\00\00\00\00\00\88\00\00\00\00\00\00\00\09\80\00\80\00\00\00\00\0a\00\00\80\00\00\00\00")
  (data (i32.const 352) "\8b\80\00\80\00\00\00\00\8b\00\00\00\00\00\00\80\89\80\00\00\00\00\00\80\03\80\00\00\00\00\00\80")
  (data (i32.const 384) "\02\80\00\00\00\00\00\80\80\00\00\00\00\00\00\80\0a\80\00\00\00\00\00\00\0a\00\00\80\00\00\00\80")
  (data (i32.const 416) "\81\80\00\80\00\00\00\80\80\80\00\00\00\00\00\80\01\00\00\80\00\00\00\00\08\80\00\80\00\00\00\80")
  (data (i32.const 448) "\01\50\03\38\06\58\0a\88\0f\90\15\18\1c\28\24\80\2d\40\37\a8\02\c0\0e\20\1b\78\29\b8\38\98\08\68\19\60\2b\10\3e\a0\12\70\27\b0\3d\48\14\30\2c\08")
  (func $permute
    (local $round i32) (local $i i32) (local $to i32) (local $last i64) (local $next i64)
    (local $a i64) (local $b i64) (local $c i64) (local $d i64) (local $e i64)
    (loop $rounds
      ;; Each lane takes the parity of two columns.
      (local.set $a (call $column (i32.const 0)))
      (local.set $b (call $column (i32.const 8)))
      (local.set $c (call $column (i32.const 16)))
      (local.set $d (call $column (i32.const 24)))
      (local.set $e (call $column (i32.const 32)))
      (local.set $i (i32.const 0))
      (loop $rows
        (i64.store (local.get $i)
          (i64.xor (i64.load (local.get $i)) (i64.xor (local.get $e) (i64.rotl (local.get $b) (i64.const 1)))))
        (i64.store offset=8 (local.get $i)
          (i64.xor (i64.load offset=8 (local.get $i)) (i64.xor (local.get $a) (i64.rotl (local.get $c) (i64.const 1)))))
        (i64.store offset=16 (local.get $i)
          (i64.xor (i64.load offset=16 (local.get $i)) (i64.xor (local.get $b) (i64.rotl (local.get $d) (i64.const 1)))))
        (i64.store offset=24 (local.get $i)
          (i64.xor (i64.load offset=24 (local.get $i)) (i64.xor (local.get $c) (i64.rotl (local.get $e) (i64.const 1)))))
        (i64.store offset=32 (local.get $i)
          (i64.xor (i64.load offset=32 (local.get $i)) (i64.xor (local.get $d) (i64.rotl (local.get $a) (i64.const 1)))))
        (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 40))) (i32.const 200))))
      ;; Lanes turn and move along one cycle.
      (local.set $last (i64.load offset=8 (i32.const 0)))
      (local.set $i (i32.const 0))
      (loop $lanes
        (local.set $to (i32.load8_u offset=449 (local.get $i)))
        (local.set $next (i64.load (local.get $to)))
        (i64.store (local.get $to) (i64.rotl (local.get $last) (i64.load8_u offset=448 (local.get $i))))
        (local.set $last (local.get $next))
        (br_if $lanes (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 48))))
      ;; The only step that is not linear, row by row.
      (local.set $i (i32.const 0))
      (loop $rows
        (local.set $a (i64.load (local.get $i)))
        (local.set $b (i64.load offset=8 (local.get $i)))
        (local.set $c (i64.load offset=16 (local.get $i)))
        (local.set $d (i64.load offset=24 (local.get $i)))
        (local.set $e (i64.load offset=32 (local.get $i)))
        (i64.store (local.get $i)
          (i64.xor (local.get $a) (i64.and (i64.xor (local.get $b) (i64.const -1)) (local.get $c))))
        (i64.store offset=8 (local.get $i)
          (i64.xor (local.get $b) (i64.and (i64.xor (local.get $c) (i64.const -1)) (local.get $d))))
        (i64.store offset=16 (local.get $i)
          (i64.xor (local.get $c) (i64.and (i64.xor (local.get $d) (i64.const -1)) (local.get $e))))
        (i64.store offset=24 (local.get $i)
          (i64.xor (local.get $d) (i64.and (i64.xor (local.get $e) (i64.const -1)) (local.get $a))))
        (i64.store offset=32 (local.get $i)
          (i64.xor (local.get $e) (i64.and (i64.xor (local.get $a) (i64.const -1)) (local.get $b))))
        (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 40))) (i32.const 200))))
      (i64.store (i32.const 0) (i64.xor (i64.load (i32.const 0)) (i64.load offset=256 (local.get $round))))
      (br_if $rounds (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 8))) (i32.const 192)))))
  (func $column (param $at i32) (result i64)
    (i64.xor
      (i64.xor (i64.xor (i64.load (local.get $at)) (i64.load offset=40 (local.get $at)))
               (i64.xor (i64.load offset=80 (local.get $at)) (i64.load offset=120 (local.get $at))))
      (i64.load offset=160 (local.get $at))))
  (func (export "run") (param $n i32) (result i64)
    (local $i i32)
    (loop $blocks
      (local.set $i (i32.const 0))
      (loop $absorb
        (i32.store8 (local.get $i) (i32.xor (i32.load8_u (local.get $i)) (local.get $i)))
        (br_if $absorb (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 136))))
      (call $permute)
      (br_if $blocks (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.store8 (i32.const 0) (i32.xor (i32.load8_u (i32.const 0)) (i32.const 1)))
    (i32.store8 (i32.const 135) (i32.xor (i32.load8_u (i32.const 135)) (i32.const 0x80)))
    (call $permute)
    (i64.load (i32.const 0))))
