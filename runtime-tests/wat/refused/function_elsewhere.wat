;; Functions come from modules whose names begin with "seal".
(module (import "env" "memory" (memory 1 1)) (import "env" "caller" (func (param i32 i32))) (func (export "deploy")) (func (export "call")))
