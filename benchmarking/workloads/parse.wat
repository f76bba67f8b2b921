;; Reads a text of objects, lists, numbers and quoted words n times, as a JSON reader does: a branch per kind
;; of letter, a call per level. The result counts what was read.
(module
  (memory (export "memory") 1)
  (data (i32.const 0)
    "{\"token\":\"VLM\",\"decimals\":12,\"holders\":[{\"id\":1,\"amount\":123456789},{\"id\":2,\"amount\":42},")
  (data (i32.const 89)
    "{\"id\":300,\"amount\":9876543210}],\"paused\":0,\"limits\":[[1,2],[3,4,[5,6,7]],[]],\"note\":\"a \\\"b\\\" c\"}\00")
  (global $at (mut i32) (i32.const 0))
  (global $sum (mut i64) (i64.const 0))
  (func $number
    (local $value i64) (local $letter i32)
    (loop $digits
      (local.set $letter (i32.sub (i32.load8_u (global.get $at)) (i32.const 48)))
      (if (i32.lt_u (local.get $letter) (i32.const 10))
        (then
          (local.set $value
            (i64.add (i64.mul (local.get $value) (i64.const 10)) (i64.extend_i32_u (local.get $letter))))
          (global.set $at (i32.add (global.get $at) (i32.const 1)))
          (br $digits))))
    (global.set $sum (i64.add (global.get $sum) (local.get $value))))
  ;; From quote to quote; what follows a backslash is taken as it is.
  (func $word
    (local $letter i32) (local $hash i32)
    (block $done
      (loop $letters
        (global.set $at (i32.add (global.get $at) (i32.const 1)))
        (local.set $letter (i32.load8_u (global.get $at)))
        (br_if $done (i32.eq (local.get $letter) (i32.const 34)))
        (if (i32.eq (local.get $letter) (i32.const 92))
          (then
            (global.set $at (i32.add (global.get $at) (i32.const 1)))
            (local.set $letter (i32.load8_u (global.get $at)))))
        (local.set $hash (i32.add (i32.mul (local.get $hash) (i32.const 31)) (local.get $letter)))
        (br $letters)))
    (global.set $at (i32.add (global.get $at) (i32.const 1)))
    (global.set $sum (i64.add (global.get $sum) (i64.extend_i32_u (local.get $hash)))))
  ;; Values up to the bracket that closes them.
  (func $values (param $close i32)
    (local $letter i32)
    (loop $next
      (global.set $at (i32.add (global.get $at) (i32.const 1)))
      (local.set $letter (i32.load8_u (global.get $at)))
      (if (i32.ne (local.get $letter) (local.get $close))
        (then
          (call $value)
          (br_if $next (i32.ne (i32.load8_u (global.get $at)) (local.get $close))))))
    (global.set $at (i32.add (global.get $at) (i32.const 1)))
    (global.set $sum (i64.add (global.get $sum) (i64.const 1000003))))
  (func $value
    (local $letter i32)
    (local.set $letter (i32.load8_u (global.get $at)))
    (block $list
      (block $object
        (block $quoted
          (block $digit
            (br_if $object (i32.eq (local.get $letter) (i32.const 123)))
            (br_if $list (i32.eq (local.get $letter) (i32.const 91)))
            (br_table $quoted $digit (i32.ne (local.get $letter) (i32.const 34))))
          (call $number)
          (return))
        (call $word)
        (return))
      (call $values (i32.const 125))
      (return))
    (call $values (i32.const 93)))
  (func (export "run") (param $n i32) (result i64)
    (loop $texts
      (global.set $at (i32.const 0))
      (call $value)
      (if (i32.load8_u (global.get $at)) (then (unreachable)))
      (br_if $texts (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (global.get $sum)))
