;; Not valid: a function without result leaves one.
(module (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call") (i32.const 1)))
