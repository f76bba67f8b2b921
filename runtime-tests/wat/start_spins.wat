;; A start function that never ends by itself.
(module
  (import "env" "memory" (memory 1 1))
  (func $start (loop $again (br $again)))
  (start $start)
  (func (export "deploy"))
  (func (export "call")))
