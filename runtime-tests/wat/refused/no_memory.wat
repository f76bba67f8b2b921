;; A contract works in the memory that the chain gives it.
(module (func (export "deploy")) (func (export "call")))
