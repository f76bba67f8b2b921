;; The segment does not fit into the memory that there is at the start.
(module (import "env" "memory" (memory 1 2)) (data (i32.const 65533) "four") (func (export "deploy")) (func (export "call")))
