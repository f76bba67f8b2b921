;; A memory of its own is not the one that the chain limits.
(module (memory 1 1) (func (export "deploy")) (func (export "call")))
