;; The memory comes from "env" and is named "memory".
(module (import "other" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call")))
