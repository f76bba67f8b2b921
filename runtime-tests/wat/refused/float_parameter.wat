;; A parameter of a type that is not deterministic enough.
(module (import "env" "memory" (memory 1 1)) (func (param f32)) (func (export "deploy")) (func (export "call")))
