;; A global of a type that is not deterministic enough.
(module (import "env" "memory" (memory 1 1)) (global f32 (f32.const 0)) (func (export "deploy")) (func (export "call")))
