;; No chain has this function.
(module (import "seal0" "make_coffee" (func)) (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call")))
