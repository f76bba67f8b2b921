;; There are two entry points, and this is a third.
(module (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call")) (func (export "other")))
