;; The segment does not fit into the table.
(module (import "env" "memory" (memory 1 1)) (table 1 1 funcref) (elem (i32.const 1) 0) (func (export "deploy")) (func (export "call")))
