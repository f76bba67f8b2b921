;; Entry points are all that a contract exports.
(module (import "env" "memory" (memory 1 1)) (global (export "global") i32 (i32.const 0)) (func (export "deploy")) (func (export "call")))
