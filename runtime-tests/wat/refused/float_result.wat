;; A result of a type that is not deterministic enough.
(module (import "env" "memory" (memory 1 1)) (func (result f32) (f32.const 0)) (func (export "deploy")) (func (export "call")))
