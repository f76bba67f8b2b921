;; Functions come from "seal0", the memory does not.
(module (import "seal0" "memory" (memory 1 1)) (func (export "deploy")) (func (export "call")))
