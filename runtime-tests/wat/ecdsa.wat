;; Recovers a public key and its Ethereum address. Input: signature, hash of the message.
;; Returns both codes, the key, the address.
(module
  (import "seal0" "input" (func $input (param i32 i32)))
  (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
  (import "seal0" "ecdsa_recover" (func $recover (param i32 i32 i32) (result i32)))
  (import "seal0" "ecdsa_to_eth_address" (func $to_eth_address (param i32 i32) (result i32)))
  (import "env" "memory" (memory 1 1))
  (data (i32.const 0) "\00\10")
  (func (export "deploy"))
  (func (export "call")
    (call $input (i32.const 4) (i32.const 0))
    (i32.store (i32.const 0x2000) (call $recover (i32.const 4) (i32.const 69) (i32.const 0x2008)))
    (i32.store (i32.const 0x2004) (call $to_eth_address (i32.const 0x2008) (i32.const 0x2029)))
    (call $return (i32.const 0) (i32.const 0x2000) (i32.const 61))))
