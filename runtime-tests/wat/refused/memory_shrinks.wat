;; More pages at the start than there may ever be.
(module (import "env" "memory" (memory 16 1)) (func (export "deploy")) (func (export "call")))
