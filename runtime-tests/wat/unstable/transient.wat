;; Does to its transient storage, and beyond it, what its input says, step by step. A step is a byte and what belongs to it:
;; 0 set: key u8, length u16, value. 1 get: key u8. 2 contains: key u8. 3 clear: key u8. 4 take: key u8.
;; 5 call, and let it call back: callee, length u16, input. 6 trap.
;; Returns what the host functions returned; behind a value that was read its length u32 and the value.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal0" "set_transient_storage" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "seal0" "get_transient_storage" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "seal0" "contains_transient_storage" (func $contains (param i32 i32) (result i32)))
  (import "seal0" "clear_transient_storage" (func $clear (param i32 i32) (result i32)))
  (import "seal0" "take_transient_storage" (func $take (param i32 i32 i32 i32) (result i32)))
  (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 2 2))
  (data (i32.const 0) "\00\80")
  (global $at (mut i32) (i32.const 4))
  (global $out (mut i32) (i32.const 0x10000))
  (func $answer (param $code i32)
    (i32.store (global.get $out) (local.get $code))
    (global.set $out (i32.add (global.get $out) (i32.const 4))))
  (func $go_on (param $bytes i32) (global.set $at (i32.add (global.get $at) (local.get $bytes))))
  ;; A place for what is read, behind room for the code, and its capacity in front of it.
  (func $place (result i32)
    (i32.store offset=4 (global.get $out) (i32.const 0x2000))
    (i32.add (global.get $out) (i32.const 8)))
  (func $have_read (param $code i32)
    (i32.store (global.get $out) (local.get $code))
    (global.set $out
      (if (result i32) (local.get $code)
        (then (i32.add (global.get $out) (i32.const 4)))
        (else (i32.add (global.get $out) (i32.add (i32.const 8) (i32.load offset=4 (global.get $out))))))))
  (func $key (result i32) (i32.add (global.get $at) (i32.const 1)))
  (func $step
    (block $trap (block $call (block $take (block $clear (block $contains (block $get (block $set
      (br_table $set $get $contains $clear $take $call $trap (i32.load8_u (global.get $at))))
      (call $answer
        (call $set (call $key) (i32.const 1) (i32.add (global.get $at) (i32.const 4))
          (i32.load16_u offset=2 (global.get $at))))
      (call $go_on (i32.add (i32.const 4) (i32.load16_u offset=2 (global.get $at)))) (return))
      (call $have_read
        (call $get (call $key) (i32.const 1) (call $place) (i32.add (global.get $out) (i32.const 4))))
      (call $go_on (i32.const 2)) (return))
      (call $answer (call $contains (call $key) (i32.const 1)))
      (call $go_on (i32.const 2)) (return))
      (call $answer (call $clear (call $key) (i32.const 1)))
      (call $go_on (i32.const 2)) (return))
      (call $have_read
        (call $take (call $key) (i32.const 1) (call $place) (i32.add (global.get $out) (i32.const 4))))
      (call $go_on (i32.const 2)) (return))
      (call $answer
        (call $call (i32.const 8) (call $key) (i64.const 0) (i32.const 0xf000)
          (i32.add (global.get $at) (i32.const 35)) (i32.load16_u offset=33 (global.get $at))
          (i32.const -1) (i32.const 0)))
      (call $go_on (i32.add (i32.const 35) (i32.load16_u offset=33 (global.get $at)))) (return))
    (unreachable))
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (loop $again
      (if (i32.lt_u (global.get $at) (i32.add (i32.const 4) (i32.load (i32.const 0))))
        (then (call $step) (br $again))))
    (call $return (i32.const 0) (i32.const 0x10000) (i32.sub (global.get $out) (i32.const 0x10000)))))
