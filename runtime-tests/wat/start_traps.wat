;; A start function that traps.
(module
  (import "env" "memory" (memory 1 1))
  (func $start (unreachable))
  (start $start)
  (func (export "deploy"))
  (func (export "call")))
