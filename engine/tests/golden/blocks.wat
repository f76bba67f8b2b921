;; The examples of docs/GAS.md: which operators are paid for together.
;; call straight
;; call nested_ends 0
;; call nested_ends 1
;; call loop_entry 0
;; call loop_entry 2
;; call trap_keeps_the_charge 0
;; call trap_keeps_the_charge 1
;; call free_spin fuel 200000
(module
  (global $g (mut i32) (i32.const 0))
  (memory 1)
  (func (export "straight") (global.set $g (i32.mul (i32.const 2) (i32.const 3))))
  (func (export "nested_ends") (param i32) (result i32)
    (block (block (block
      (br_if 2 (local.get 0))
      (global.set $g (i32.const 1)))
      (global.set $g (i32.const 2)))
      (global.set $g (i32.const 3)))
    (global.get $g))
  (func (export "loop_entry") (param i32) (result i32)
    (global.set $g (i32.const 9))
    (loop $again
      (global.set $g (i32.add (global.get $g) (i32.const 1)))
      (if (local.get 0)
        (then
          (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
          (br $again))))
    (global.get $g))
  (func (export "trap_keeps_the_charge") (param i32) (result i32)
    (drop (i32.div_u (i32.const 1) (local.get 0)))
    (i32.load (i32.const 0)))
  (func (export "free_spin") (loop $again (br $again))))
