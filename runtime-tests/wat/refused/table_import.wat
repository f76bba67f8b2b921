;; The chain has no table to give.
(module (import "env" "table" (table 1 funcref)) (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call")))
