;; Entry points take no parameters: the input comes through a host function.
(module (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call") (param i32)))
