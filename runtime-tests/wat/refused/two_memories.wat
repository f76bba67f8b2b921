;; One memory is what a contract gets.
(module (import "env" "memory" (memory 1 1)) (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call")))
