;; Returns the quotient and the rest of its input's two words: a function with two results, and a block
;; that takes two values.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\f0")
  (func $divide (param i32 i32) (result i32 i32)
    (i32.div_u (local.get 0) (local.get 1))
    (i32.rem_u (local.get 0) (local.get 1)))
  (func $run (local $quotient i32) (local $rest i32)
    (call $input (i32.const 4) (i32.const 0))
    (if (i32.eq (i32.load (i32.const 0)) (i32.const 8))
      (then
        (call $divide (i32.load (i32.const 4)) (i32.load (i32.const 8)))
        (block (param i32 i32) (result i32)
          (local.set $rest))
        (local.set $quotient)
        (i32.store (i32.const 4) (local.get $quotient))
        (i32.store (i32.const 8) (local.get $rest))
        (call $return (i32.const 0) (i32.const 4) (i32.const 8)))))
  (export "deploy" (func $run))
  (export "call" (func $run)))
