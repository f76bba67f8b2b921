;; n keys go into a binary search tree whose nodes come from a bump allocator, and each is looked up: maps in
;; memory, with a branch that nobody can foresee at every step. The result sums the depths of what was found
;; and the values.
;;
;; A node: key, left, right, value, four bytes each. The root's pointer at 0; nodes from 16 on.
(module
  (memory (export "memory") 2)
  (global $free (mut i32) (i32.const 16))
  (func $allocate (param $len i32) (result i32)
    (local $at i32)
    (local.set $at (global.get $free))
    (if (i32.gt_u (i32.add (local.get $at) (local.get $len)) (i32.shl (memory.size) (i32.const 16)))
      (then (unreachable)))
    (global.set $free (i32.add (local.get $at) (local.get $len)))
    (local.get $at))
  (func $insert (param $key i32) (param $value i32)
    (local $link i32) (local $node i32)
    (block $empty
      (loop $down
        (br_if $empty (i32.eqz (local.tee $node (i32.load (local.get $link)))))
        (if (i32.eq (i32.load (local.get $node)) (local.get $key))
          (then
            (i32.store offset=12 (local.get $node) (local.get $value))
            (return)))
        (local.set $link
          (i32.add (local.get $node)
            (select (i32.const 4) (i32.const 8) (i32.lt_u (local.get $key) (i32.load (local.get $node))))))
        (br $down)))
    (local.set $node (call $allocate (i32.const 16)))
    (i32.store (local.get $node) (local.get $key))
    (i32.store offset=12 (local.get $node) (local.get $value))
    (i32.store (local.get $link) (local.get $node)))
  (func $find (param $key i32) (result i32)
    (local $node i32) (local $depth i32) (local $here i32)
    (local.set $node (i32.load (i32.const 0)))
    (block $absent
      (loop $down
        (br_if $absent (i32.eqz (local.get $node)))
        (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
        (local.set $here (i32.load (local.get $node)))
        (if (i32.lt_u (local.get $key) (local.get $here))
          (then
            (local.set $node (i32.load offset=4 (local.get $node)))
            (br $down)))
        (if (i32.gt_u (local.get $key) (local.get $here))
          (then
            (local.set $node (i32.load offset=8 (local.get $node)))
            (br $down)))
        (return (i32.add (local.get $depth) (i32.load offset=12 (local.get $node))))))
    (i32.const -1))
  (func $key (param $i i32) (result i32)
    (i32.mul (i32.xor (local.get $i) (i32.shr_u (local.get $i) (i32.const 5))) (i32.const 0x9e3779b1)))
  (func (export "run") (param $n i32) (result i64)
    (local $i i32) (local $sum i64)
    (loop $inserts
      (call $insert (call $key (local.get $i)) (local.get $i))
      (br_if $inserts (i32.ne (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (loop $finds
      (local.set $i (i32.sub (local.get $i) (i32.const 1)))
      (local.set $sum
        (i64.add (i64.mul (local.get $sum) (i64.const 3))
                 (i64.extend_i32_s (call $find (call $key (i32.shl (local.get $i) (i32.const 1)))))))
      (br_if $finds (local.get $i)))
    (local.get $sum)))
