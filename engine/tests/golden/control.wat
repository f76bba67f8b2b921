;; Branches carry what they enter; an `else` that is reached from above costs a branch, an `end` nothing.
;; call abs -5
;; call abs 5
;; call count 3
;; call early 0
;; call early 1
;; call switch 0
;; call switch 1
;; call switch 9
;; call valued 0
;; call valued 1
;; call valued_table 0
;; call valued_table 1
;; call valued_table 2
;; call conditional_value 0
;; call conditional_value 3
;; call no_else 0
;; call no_else 1
;; call dead
;; call function_label 1
;; call function_label 0
(module
  (func (export "abs") (param i32) (result i32)
    (if (result i32) (i32.lt_s (local.get 0) (i32.const 0))
      (then (i32.sub (i32.const 0) (local.get 0)))
      (else (local.get 0))))
  (func (export "count") (param i32) (result i32) (local i32)
    (loop $again
      (local.set 1 (i32.add (local.get 1) (i32.const 2)))
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 1))
  (func (export "early") (param i32) (result i32)
    (if (local.get 0) (then (return (i32.const 1))))
    (i32.const 2))
  (func (export "switch") (param i32) (result i32)
    (block $default (block $one (block $zero
      (br_table $zero $one $default (local.get 0)))
      (return (i32.const 100)))
      (return (i32.const 101)))
    (i32.const 102))
  (func (export "valued") (param i32) (result i32)
    (i32.const 40)
    (block $out (result i32)
      (i32.const 1)
      (i32.const 2)
      (br_if $out (local.get 0))
      (i32.add))
    (i32.add))
  (func (export "valued_table") (param i32) (result i32)
    (i32.const 10)
    (block $a (result i32)
      (i32.const 20)
      (block $b (result i32)
        (br_table $a $b (i32.const 5) (local.get 0)))
      (i32.add))
    (i32.add))
  (func (export "conditional_value") (param i32) (result i32)
    (block $out (result i32)
      (local.get 0)
      (br_if $out (local.get 0))
      (drop) (i32.const 77)))
  (func (export "no_else") (param i32) (result i32)
    (local.get 0)
    (if (local.get 0) (then (local.set 0 (i32.const 5))))
    (i32.add (local.get 0)))
  (func (export "dead") (result i32)
    (block $out (result i32)
      (br $out (i32.const 1))
      (loop (br 0))
      (if (i32.const 1) (then (nop)) (else (unreachable)))))
  (func (export "function_label") (param i32) (result i32)
    (br_if 0 (i32.const 8) (local.get 0))
    (drop)
    (i32.const 9)))
