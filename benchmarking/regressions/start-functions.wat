;; Kept by `vellum gas search`: of its kind, the program that was charged least for what it took.
;; part: start
;; set: resident
;; k: 1.092
;; found: 2026-11-28, AMD EPYC, family 26
;; turns: 26990
(module
  (type (;0;) (func))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (result i32 i32)))
  (type (;3;) (func (result i64 i64)))
  (type (;4;) (func (result i32 i32 i32)))
  (type (;5;) (func (result i64 i64 i64)))
  (type (;6;) (func (result i32 i32 i32 i32)))
  (type (;7;) (func (result i64 i64 i64 i64)))
  (type (;8;) (func (result i32 i32 i32 i32 i32)))
  (type (;9;) (func (result i64 i64 i64 i64 i64)))
  (type (;10;) (func (result i32 i32 i32 i32 i32 i32)))
  (type (;11;) (func (result i64 i64 i64 i64 i64 i64)))
  (type (;12;) (func (result i32 i32 i32 i32 i32 i32 i32)))
  (type (;13;) (func (result i64 i64 i64 i64 i64 i64 i64)))
  (type (;14;) (func (result i32 i32 i32 i32 i32 i32 i32 i32)))
  (type (;15;) (func (result i64 i64 i64 i64 i64 i64 i64 i64)))
  (type (;16;) (func))
  (table (;0;) 16 funcref)
  (memory (;0;) 1 16)
  (global (;0;) (mut i32) i32.const 7)
  (global (;1;) (mut i64) i64.const 7)
  (global (;2;) (mut i64) i64.const 5)
  (global (;3;) (mut i64) i64.const 5)
  (global (;4;) (mut i64) i64.const 5)
  (global (;5;) (mut i64) i64.const 5)
  (global (;6;) (mut i64) i64.const 5)
  (global (;7;) (mut i64) i64.const 5)
  (global (;8;) (mut i64) i64.const 5)
  (global (;9;) (mut i64) i64.const 5)
  (global (;10;) (mut i64) i64.const 5)
  (global (;11;) (mut i64) i64.const 5)
  (global (;12;) (mut i64) i64.const 5)
  (global (;13;) (mut i64) i64.const 5)
  (global (;14;) (mut i64) i64.const 5)
  (export "prepare" (func 4))
  (export "run" (func 5))
  (elem (;0;) func 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3)
  (elem (;1;) func 0 1 2 3)
  (elem (;2;) (i32.const 0) func 0 1 2 3)
  (elem (;3;) (i32.const 8) func 0)
  (elem (;4;) (i32.const 13) func 0)
  (elem (;5;) (i32.const 10) func 0)
  (elem (;6;) (i32.const 15) func 0)
  (elem (;7;) (i32.const 12) func 0)
  (elem (;8;) (i32.const 9) func 0)
  (elem (;9;) (i32.const 14) func 0)
  (elem (;10;) (i32.const 11) func 0)
  (elem (;11;) (i32.const 8) func 0)
  (elem (;12;) (i32.const 13) func 0)
  (elem (;13;) (i32.const 10) func 0)
  (elem (;14;) (i32.const 15) func 0)
  (elem (;15;) (i32.const 12) func 0)
  (elem (;16;) (i32.const 9) func 0)
  (elem (;17;) (i32.const 14) func 0)
  (elem (;18;) (i32.const 11) func 0)
  (elem (;19;) (i32.const 8) func 0)
  (elem (;20;) (i32.const 13) func 0)
  (elem (;21;) (i32.const 10) func 0)
  (elem (;22;) (i32.const 15) func 0)
  (elem (;23;) (i32.const 12) func 0)
  (elem (;24;) (i32.const 9) func 0)
  (elem (;25;) (i32.const 14) func 0)
  (elem (;26;) (i32.const 11) func 0)
  (elem (;27;) (i32.const 8) func 0)
  (elem (;28;) (i32.const 13) func 0)
  (elem (;29;) (i32.const 10) func 0)
  (elem (;30;) (i32.const 15) func 0)
  (elem (;31;) (i32.const 12) func 0)
  (elem (;32;) (i32.const 9) func 0)
  (elem (;33;) (i32.const 14) func 0)
  (elem (;34;) (i32.const 11) func 0)
  (elem (;35;) (i32.const 8) func 0)
  (elem (;36;) (i32.const 13) func 0)
  (elem (;37;) (i32.const 10) func 0)
  (elem (;38;) (i32.const 15) func 0)
  (elem (;39;) (i32.const 12) func 0)
  (elem (;40;) (i32.const 9) func 0)
  (elem (;41;) (i32.const 14) func 0)
  (elem (;42;) (i32.const 11) func 0)
  (elem (;43;) (i32.const 8) func 0)
  (elem (;44;) (i32.const 13) func 0)
  (elem (;45;) (i32.const 10) func 0)
  (elem (;46;) (i32.const 15) func 0)
  (elem (;47;) (i32.const 12) func 0)
  (elem (;48;) (i32.const 9) func 0)
  (elem (;49;) (i32.const 14) func 0)
  (elem (;50;) (i32.const 11) func 0)
  (elem (;51;) (i32.const 8) func 0)
  (elem (;52;) (i32.const 13) func 0)
  (elem (;53;) (i32.const 10) func 0)
  (elem (;54;) (i32.const 15) func 0)
  (elem (;55;) (i32.const 12) func 0)
  (elem (;56;) (i32.const 9) func 0)
  (elem (;57;) (i32.const 14) func 0)
  (elem (;58;) (i32.const 11) func 0)
  (elem (;59;) (i32.const 8) func 0)
  (elem (;60;) (i32.const 13) func 0)
  (elem (;61;) (i32.const 10) func 0)
  (elem (;62;) (i32.const 15) func 0)
  (elem (;63;) (i32.const 12) func 0)
  (elem (;64;) (i32.const 9) func 0)
  (elem (;65;) (i32.const 14) func 0)
  (elem (;66;) (i32.const 11) func 0)
  (elem (;67;) (i32.const 8) func 0)
  (elem (;68;) (i32.const 13) func 0)
  (elem (;69;) (i32.const 10) func 0)
  (elem (;70;) (i32.const 15) func 0)
  (elem (;71;) (i32.const 12) func 0)
  (elem (;72;) (i32.const 9) func 0)
  (elem (;73;) (i32.const 14) func 0)
  (elem (;74;) (i32.const 11) func 0)
  (elem (;75;) (i32.const 8) func 0)
  (elem (;76;) (i32.const 13) func 0)
  (elem (;77;) (i32.const 10) func 0)
  (elem (;78;) (i32.const 15) func 0)
  (elem (;79;) (i32.const 12) func 0)
  (elem (;80;) (i32.const 9) func 0)
  (elem (;81;) (i32.const 14) func 0)
  (elem (;82;) (i32.const 11) func 0)
  (elem (;83;) (i32.const 8) func 0)
  (elem (;84;) (i32.const 13) func 0)
  (elem (;85;) (i32.const 10) func 0)
  (elem (;86;) (i32.const 15) func 0)
  (elem (;87;) (i32.const 12) func 0)
  (elem (;88;) (i32.const 9) func 0)
  (elem (;89;) (i32.const 14) func 0)
  (elem (;90;) (i32.const 11) func 0)
  (elem (;91;) (i32.const 8) func 0)
  (elem (;92;) (i32.const 13) func 0)
  (elem (;93;) (i32.const 10) func 0)
  (elem (;94;) (i32.const 15) func 0)
  (elem (;95;) (i32.const 12) func 0)
  (elem (;96;) (i32.const 9) func 0)
  (elem (;97;) (i32.const 14) func 0)
  (elem (;98;) (i32.const 11) func 0)
  (elem (;99;) (i32.const 8) func 0)
  (elem (;100;) (i32.const 13) func 0)
  (elem (;101;) (i32.const 10) func 0)
  (elem (;102;) (i32.const 15) func 0)
  (elem (;103;) (i32.const 12) func 0)
  (elem (;104;) (i32.const 9) func 0)
  (elem (;105;) (i32.const 14) func 0)
  (elem (;106;) (i32.const 11) func 0)
  (elem (;107;) (i32.const 8) func 0)
  (elem (;108;) (i32.const 13) func 0)
  (elem (;109;) (i32.const 10) func 0)
  (elem (;110;) (i32.const 15) func 0)
  (elem (;111;) (i32.const 12) func 0)
  (elem (;112;) (i32.const 9) func 0)
  (elem (;113;) (i32.const 14) func 0)
  (elem (;114;) (i32.const 11) func 0)
  (elem (;115;) (i32.const 8) func 0)
  (elem (;116;) (i32.const 13) func 0)
  (elem (;117;) (i32.const 10) func 0)
  (elem (;118;) (i32.const 15) func 0)
  (elem (;119;) (i32.const 12) func 0)
  (elem (;120;) (i32.const 9) func 0)
  (elem (;121;) (i32.const 14) func 0)
  (elem (;122;) (i32.const 11) func 0)
  (elem (;123;) (i32.const 8) func 0)
  (elem (;124;) (i32.const 13) func 0)
  (elem (;125;) (i32.const 10) func 0)
  (elem (;126;) (i32.const 15) func 0)
  (elem (;127;) (i32.const 12) func 0)
  (elem (;128;) (i32.const 9) func 0)
  (elem (;129;) (i32.const 14) func 0)
  (elem (;130;) (i32.const 11) func 0)
  (elem (;131;) (i32.const 8) func 0)
  (elem (;132;) (i32.const 13) func 0)
  (elem (;133;) (i32.const 10) func 0)
  (elem (;134;) (i32.const 15) func 0)
  (elem (;135;) (i32.const 12) func 0)
  (elem (;136;) (i32.const 9) func 0)
  (elem (;137;) (i32.const 14) func 0)
  (elem (;138;) (i32.const 11) func 0)
  (elem (;139;) (i32.const 8) func 0)
  (elem (;140;) (i32.const 13) func 0)
  (elem (;141;) (i32.const 10) func 0)
  (elem (;142;) (i32.const 15) func 0)
  (elem (;143;) (i32.const 12) func 0)
  (elem (;144;) (i32.const 9) func 0)
  (elem (;145;) (i32.const 14) func 0)
  (elem (;146;) (i32.const 11) func 0)
  (elem (;147;) (i32.const 8) func 0)
  (elem (;148;) (i32.const 13) func 0)
  (elem (;149;) (i32.const 10) func 0)
  (elem (;150;) (i32.const 15) func 0)
  (elem (;151;) (i32.const 12) func 0)
  (elem (;152;) (i32.const 9) func 0)
  (elem (;153;) (i32.const 14) func 0)
  (elem (;154;) (i32.const 11) func 0)
  (elem (;155;) (i32.const 8) func 0)
  (elem (;156;) (i32.const 13) func 0)
  (elem (;157;) (i32.const 10) func 0)
  (elem (;158;) (i32.const 15) func 0)
  (elem (;159;) (i32.const 12) func 0)
  (elem (;160;) (i32.const 9) func 0)
  (elem (;161;) (i32.const 14) func 0)
  (elem (;162;) (i32.const 11) func 0)
  (elem (;163;) (i32.const 8) func 0)
  (elem (;164;) (i32.const 13) func 0)
  (elem (;165;) (i32.const 10) func 0)
  (elem (;166;) (i32.const 15) func 0)
  (elem (;167;) (i32.const 12) func 0)
  (elem (;168;) (i32.const 9) func 0)
  (elem (;169;) (i32.const 14) func 0)
  (elem (;170;) (i32.const 11) func 0)
  (elem (;171;) (i32.const 8) func 0)
  (elem (;172;) (i32.const 13) func 0)
  (elem (;173;) (i32.const 10) func 0)
  (elem (;174;) (i32.const 15) func 0)
  (elem (;175;) (i32.const 12) func 0)
  (elem (;176;) (i32.const 9) func 0)
  (elem (;177;) (i32.const 14) func 0)
  (elem (;178;) (i32.const 11) func 0)
  (elem (;179;) (i32.const 8) func 0)
  (elem (;180;) (i32.const 13) func 0)
  (elem (;181;) (i32.const 10) func 0)
  (elem (;182;) (i32.const 15) func 0)
  (elem (;183;) (i32.const 12) func 0)
  (elem (;184;) (i32.const 9) func 0)
  (elem (;185;) (i32.const 14) func 0)
  (elem (;186;) (i32.const 11) func 0)
  (elem (;187;) (i32.const 8) func 0)
  (elem (;188;) (i32.const 13) func 0)
  (elem (;189;) (i32.const 10) func 0)
  (elem (;190;) (i32.const 15) func 0)
  (elem (;191;) (i32.const 12) func 0)
  (elem (;192;) (i32.const 9) func 0)
  (elem (;193;) (i32.const 14) func 0)
  (elem (;194;) (i32.const 11) func 0)
  (elem (;195;) (i32.const 8) func 0)
  (elem (;196;) (i32.const 13) func 0)
  (elem (;197;) (i32.const 10) func 0)
  (elem (;198;) (i32.const 15) func 0)
  (elem (;199;) (i32.const 12) func 0)
  (elem (;200;) (i32.const 9) func 0)
  (elem (;201;) (i32.const 14) func 0)
  (elem (;202;) (i32.const 11) func 0)
  (elem (;203;) (i32.const 8) func 0)
  (func (;0;) (type 0))
  (func (;1;) (type 0))
  (func (;2;) (type 0))
  (func (;3;) (type 0))
  (func (;4;) (type 16)
    (local i32)
    loop ;; label = @1
      local.get 0
      i32.const 6
      i32.shl
      local.get 0
      i32.const 1365
      i32.mul
      i32.const 1237
      i32.add
      i32.const 1023
      i32.and
      i32.const 6
      i32.shl
      i32.store
      local.get 0
      i32.const 6
      i32.shl
      local.get 0
      i64.extend_i32_u
      i64.const -7046029254386353131
      i64.mul
      i64.store offset=8
      local.get 0
      i32.const 1
      i32.add
      local.tee 0
      i32.const 1024
      i32.lt_u
      br_if 0 (;@1;)
    end
  )
  (func (;5;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;6;) (type 16)
    i32.const 1
    call 5
  )
  (func (;7;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;8;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;9;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;10;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;11;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;12;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;13;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;14;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;15;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;16;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;17;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;18;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;19;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;20;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;21;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;22;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;23;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;24;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;25;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;26;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;27;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;28;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;29;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;30;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;31;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;32;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;33;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;34;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;35;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;36;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;37;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;38;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;39;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;40;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;41;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;42;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;43;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;44;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;45;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;46;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;47;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;48;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;49;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;50;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;51;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;52;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;53;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;54;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;55;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;56;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;57;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;58;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;59;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;60;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;61;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;62;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;63;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;64;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;65;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;66;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;67;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;68;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;69;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;70;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;71;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;72;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;73;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;74;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;75;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;76;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;77;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;78;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;79;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;80;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;81;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;82;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;83;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;84;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;85;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;86;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;87;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;88;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;89;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;90;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;91;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;92;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;93;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;94;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;95;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;96;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;97;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;98;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;99;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;100;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;101;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;102;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;103;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;104;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;105;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;106;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;107;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;108;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;109;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;110;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;111;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;112;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;113;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;114;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;115;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;116;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;117;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;118;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;119;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;120;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;121;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;122;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;123;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;124;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;125;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;126;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;127;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;128;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;129;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;130;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;131;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;132;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;133;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;134;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;135;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;136;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;137;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;138;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;139;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;140;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;141;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;142;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;143;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;144;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;145;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;146;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;147;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;148;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;149;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;150;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;151;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;152;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;153;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;154;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;155;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;156;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;157;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;158;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;159;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;160;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;161;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;162;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;163;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;164;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;165;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;166;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;167;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;168;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;169;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;170;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;171;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;172;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;173;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;174;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;175;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;176;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;177;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;178;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;179;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;180;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;181;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;182;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;183;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;184;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;185;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;186;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;187;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;188;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;189;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;190;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;191;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;192;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;193;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;194;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;195;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;196;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;197;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;198;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;199;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;200;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;201;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;202;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;203;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;204;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;205;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;206;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;207;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;208;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;209;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;210;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;211;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;212;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;213;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;214;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;215;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;216;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;217;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;218;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;219;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;220;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;221;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;222;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;223;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;224;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;225;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;226;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;227;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;228;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;229;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;230;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;231;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;232;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;233;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;234;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;235;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;236;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;237;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;238;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;239;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;240;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;241;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;242;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;243;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;244;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;245;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;246;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (func (;247;) (type 1) (param i32)
    loop ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.tee 0
      br_if 0 (;@1;)
    end
  )
  (data (;0;) "\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5")
  (data (;1;) "\01\01\01\01\01\01\01\01")
  (data (;2;) (i32.const 0) "")
  (data (;3;) (i32.const 4161) "")
  (data (;4;) (i32.const 8322) "")
  (data (;5;) (i32.const 12483) "")
  (data (;6;) (i32.const 16644) "")
  (data (;7;) (i32.const 20805) "")
  (data (;8;) (i32.const 24966) "")
  (data (;9;) (i32.const 29127) "")
  (data (;10;) (i32.const 33288) "")
  (data (;11;) (i32.const 37449) "")
  (data (;12;) (i32.const 41610) "")
  (data (;13;) (i32.const 45771) "")
  (data (;14;) (i32.const 49932) "")
  (data (;15;) (i32.const 54093) "")
  (data (;16;) (i32.const 58254) "")
  (data (;17;) (i32.const 62415) "")
  (data (;18;) (i32.const 1040) "")
  (data (;19;) (i32.const 5201) "")
  (data (;20;) (i32.const 9362) "")
  (data (;21;) (i32.const 13523) "")
  (data (;22;) (i32.const 17684) "")
  (data (;23;) (i32.const 21845) "")
  (data (;24;) (i32.const 26006) "")
  (data (;25;) (i32.const 30167) "")
  (data (;26;) (i32.const 34328) "")
  (data (;27;) (i32.const 38489) "")
  (data (;28;) (i32.const 42650) "")
  (data (;29;) (i32.const 46811) "")
  (data (;30;) (i32.const 50972) "")
  (data (;31;) (i32.const 55133) "")
  (data (;32;) (i32.const 59294) "")
  (data (;33;) (i32.const 63455) "")
  (data (;34;) (i32.const 2080) "")
  (data (;35;) (i32.const 6241) "")
  (data (;36;) (i32.const 10402) "")
  (data (;37;) (i32.const 14563) "")
  (data (;38;) (i32.const 18724) "")
  (data (;39;) (i32.const 22885) "")
  (data (;40;) (i32.const 27046) "")
  (data (;41;) (i32.const 31207) "")
  (data (;42;) (i32.const 35368) "")
  (data (;43;) (i32.const 39529) "")
  (data (;44;) (i32.const 43690) "")
  (data (;45;) (i32.const 47851) "")
  (data (;46;) (i32.const 52012) "")
  (data (;47;) (i32.const 56173) "")
  (data (;48;) (i32.const 60334) "")
  (data (;49;) (i32.const 64495) "")
  (data (;50;) (i32.const 3120) "")
  (data (;51;) (i32.const 7281) "")
  (data (;52;) (i32.const 11442) "")
  (data (;53;) (i32.const 15603) "")
  (data (;54;) (i32.const 19764) "")
  (data (;55;) (i32.const 23925) "")
  (data (;56;) (i32.const 28086) "")
  (data (;57;) (i32.const 32247) "")
  (data (;58;) (i32.const 36408) "")
  (data (;59;) (i32.const 40569) "")
  (data (;60;) (i32.const 44730) "")
  (data (;61;) (i32.const 48891) "")
  (data (;62;) (i32.const 53052) "")
  (data (;63;) (i32.const 57213) "")
  (data (;64;) (i32.const 61374) "")
  (data (;65;) (i32.const 65535) "")
  (data (;66;) (i32.const 4160) "")
  (data (;67;) (i32.const 8321) "")
  (data (;68;) (i32.const 12482) "")
  (data (;69;) (i32.const 16643) "")
  (data (;70;) (i32.const 20804) "")
  (data (;71;) (i32.const 24965) "")
  (data (;72;) (i32.const 29126) "")
  (data (;73;) (i32.const 33287) "")
  (data (;74;) (i32.const 37448) "")
  (data (;75;) (i32.const 41609) "")
  (data (;76;) (i32.const 45770) "")
  (data (;77;) (i32.const 49931) "")
  (data (;78;) (i32.const 54092) "")
  (data (;79;) (i32.const 58253) "")
  (data (;80;) (i32.const 62414) "")
  (data (;81;) (i32.const 1039) "")
  (data (;82;) (i32.const 5200) "")
  (data (;83;) (i32.const 9361) "")
  (data (;84;) (i32.const 13522) "")
  (data (;85;) (i32.const 17683) "")
  (data (;86;) (i32.const 21844) "")
  (data (;87;) (i32.const 26005) "")
  (data (;88;) (i32.const 30166) "")
  (data (;89;) (i32.const 34327) "")
  (data (;90;) (i32.const 38488) "")
  (data (;91;) (i32.const 42649) "")
  (data (;92;) (i32.const 46810) "")
  (data (;93;) (i32.const 50971) "")
  (data (;94;) (i32.const 55132) "")
  (data (;95;) (i32.const 59293) "")
  (data (;96;) (i32.const 63454) "")
  (data (;97;) (i32.const 2079) "")
  (data (;98;) (i32.const 6240) "")
  (data (;99;) (i32.const 10401) "")
  (data (;100;) (i32.const 14562) "")
  (data (;101;) (i32.const 18723) "")
  (data (;102;) (i32.const 22884) "")
  (data (;103;) (i32.const 27045) "")
  (data (;104;) (i32.const 31206) "")
  (data (;105;) (i32.const 35367) "")
  (data (;106;) (i32.const 39528) "")
  (data (;107;) (i32.const 43689) "")
  (data (;108;) (i32.const 47850) "")
  (data (;109;) (i32.const 52011) "")
  (data (;110;) (i32.const 56172) "")
  (data (;111;) (i32.const 60333) "")
  (data (;112;) (i32.const 64494) "")
)
