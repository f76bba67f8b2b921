;; Entry points are all that a contract exports.
(module (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call")) (export "memory" (memory 0)))
