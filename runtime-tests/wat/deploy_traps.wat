;; A constructor that traps.
(module
  (import "env" "memory" (memory 1 1))
  (func (export "deploy") (unreachable))
  (func (export "call")))
