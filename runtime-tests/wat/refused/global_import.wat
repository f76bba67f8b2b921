;; The chain has no global to give.
(module (import "env" "global" (global i32)) (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call")))
