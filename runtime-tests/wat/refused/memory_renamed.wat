;; The memory's name is "memory".
(module (import "env" "forgotten" (memory 1 1)) (func (export "deploy")) (func (export "call")))
