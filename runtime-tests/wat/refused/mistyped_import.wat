;; The function exists, with two parameters.
(module (import "seal0" "caller" (func (param i32))) (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call")))
