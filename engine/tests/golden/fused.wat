;; What becomes one instruction: see isa/fusion.rs, and translate/run.rs for the last two.
(module
  (memory (export "memory") 1)
  (global $sp (mut i32) (i32.const 4096))
  (func (export "chain") (param i32 i32) (result i32)
    (i32.xor (i32.shl (i32.and (local.get 0) (i32.const 255)) (i32.const 3)) (local.get 1)))
  (func (export "element") (param i32 i32) (result i64)
    (i64.add (i64.load (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 3)))) (i64.const 1)))
  (func (export "frame") (param i32) (result i32)
    (local i32)
    (global.set $sp (local.tee 1 (i32.sub (global.get $sp) (i32.const 16))))
    (i32.store offset=8 (local.get 1) (local.get 0))
    (local.set 0 (i32.load offset=8 (local.get 1)))
    (global.set $sp (i32.add (local.get 1) (i32.const 16)))
    (local.get 0))
  (func (export "countdown") (param i32) (result i32)
    (local i32)
    (loop $next
      (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br_if $next (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 1))
  (func (export "head") (param i32) (result i64)
    (local i64 i32)
    (block $out (loop $next
      (br_if $out (i32.eq (local.get 2) (local.get 0)))
      (local.set 1 (i64.add (i64.mul (local.get 1) (i64.const 3)) (i64.const 1)))
      (local.set 2 (i32.add (local.get 2) (i32.const 1)))
      (br $next)))
    (local.get 1))
  (func (export "copy") (param i32 i32 i32)
    (local i32)
    (block $out (loop $next
      (br_if $out (i32.eq (local.get 2) (local.get 3)))
      (i32.store8 (i32.add (local.get 0) (local.get 3)) (i32.load8_u (i32.add (local.get 1) (local.get 3))))
      (local.set 3 (i32.add (local.get 3) (i32.const 1)))
      (br $next))))
  (func (export "fill") (param i32 i32 i32)
    (loop $next
      (i32.store8 (local.get 0) (local.get 1))
      (local.set 0 (i32.add (local.get 0) (i32.const 1)))
      (br_if $next (local.tee 2 (i32.sub (local.get 2) (i32.const 1)))))))
;; call chain 77 5
;; call element 0 2
;; call frame 9
;; call countdown 10
;; call head 9
;; call fill 64 7 100
;; call copy 300 64 100
;; call copy 65500 64 100
;; call element 0 38
;; call copy 300 64 100 fuel 123456
;; call fill 64 8 100 fuel 54321
