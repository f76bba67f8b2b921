;; A constructor that stores which instantiation it is, under the key "nonce".
(module
  (import "seal0" "instantiation_nonce" (func $nonce (result i64)))
  (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "nonce")
  (func (export "deploy")
    (i64.store (i32.const 8) (call $nonce))
    (drop (call $set (i32.const 0) (i32.const 5) (i32.const 8) (i32.const 8))))
  (func (export "call")))
