;; Does one thing to the own storage, under a key that has a length.
;; Input: operation u8 (0 set, 1 get, 2 contains, 3 clear, 4 take), key length u8, key, value.
;; Returns what the host function returned, then the value that was read.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "seal1" "get_storage" (func $get (param i32 i32 i32 i32) (result i32)))
  (import "seal1" "contains_storage" (func $contains (param i32 i32) (result i32)))
  (import "seal1" "clear_storage" (func $clear (param i32 i32) (result i32)))
  (import "seal0" "take_storage" (func $take (param i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 2 2))
  (data (i32.const 0) "\00\f0")
  (global $result i32 (i32.const 0x10004))
  (global $read i32 (i32.const 0x10008))
  (func $key_len (result i32) (i32.load8_u (i32.const 5)))
  (func $value (result i32) (i32.add (i32.const 6) (call $key_len)))
  (func $value_len (result i32) (i32.sub (i32.add (i32.load (i32.const 0)) (i32.const 4)) (call $value)))
  (func $finish (param $code i32) (param $len i32)
    (i32.store (global.get $result) (local.get $code))
    (call $return (i32.const 0) (global.get $result) (i32.add (local.get $len) (i32.const 4))))
  ;; Nothing was read unless the code is Success.
  (func $finish_read (param $code i32)
    (call $finish (local.get $code)
      (select (i32.const 0) (i32.load (i32.const 0x10000)) (local.get $code))))
  (func $run
    (call $input (i32.const 4) (i32.const 0))
    (if (i32.eqz (i32.load (i32.const 0))) (then (return)))
    (i32.store (i32.const 0x10000) (i32.const 0x8000))
    (block $take (block $clear (block $contains (block $get (block $set
      (br_table $set $get $contains $clear $take (i32.load8_u (i32.const 4))))
      (call $finish
        (call $set (i32.const 6) (call $key_len) (call $value) (call $value_len)) (i32.const 0)))
      (call $finish_read (call $get (i32.const 6) (call $key_len) (global.get $read) (i32.const 0x10000))))
      (call $finish (call $contains (i32.const 6) (call $key_len)) (i32.const 0)))
      (call $finish (call $clear (i32.const 6) (call $key_len)) (i32.const 0)))
    (call $finish_read (call $take (i32.const 6) (call $key_len) (global.get $read) (i32.const 0x10000))))
  (export "deploy" (func $run))
  (export "call" (func $run)))
