;; Vectors are not accepted.
(module (import "env" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call") (drop (i32x4.splat (i32.const 1)))))
