;; Kept by `vellum gas search`: of its kind, the program that was charged least for what it took.
;; part: start
;; set: resident
;; k: 1.314
;; found: 2026-11-28, AMD EPYC, family 26
;; turns: 30333
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
  (table (;0;) 993 funcref)
  (memory (;0;) 16 16)
  (global (;0;) (mut i32) i32.const 7)
  (global (;1;) (mut i64) i64.const 7)
  (export "prepare" (func 4))
  (export "run" (func 5))
  (elem (;0;) func 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3)
  (elem (;1;) func 0 1 2 3)
  (elem (;2;) (i32.const 0) func 0 1 2 3)
  (elem (;3;) (i32.const 8) func 0)
  (elem (;4;) (i32.const 621) func 0)
  (elem (;5;) (i32.const 249) func 0)
  (elem (;6;) (i32.const 862) func 0)
  (elem (;7;) (i32.const 490) func 0)
  (elem (;8;) (i32.const 118) func 0)
  (elem (;9;) (i32.const 731) func 0)
  (elem (;10;) (i32.const 359) func 0)
  (elem (;11;) (i32.const 972) func 0)
  (elem (;12;) (i32.const 600) func 0)
  (elem (;13;) (i32.const 228) func 0)
  (elem (;14;) (i32.const 841) func 0)
  (elem (;15;) (i32.const 469) func 0)
  (elem (;16;) (i32.const 97) func 0)
  (elem (;17;) (i32.const 710) func 0)
  (elem (;18;) (i32.const 338) func 0)
  (elem (;19;) (i32.const 951) func 0)
  (elem (;20;) (i32.const 579) func 0)
  (elem (;21;) (i32.const 207) func 0)
  (elem (;22;) (i32.const 820) func 0)
  (elem (;23;) (i32.const 448) func 0)
  (elem (;24;) (i32.const 76) func 0)
  (elem (;25;) (i32.const 689) func 0)
  (elem (;26;) (i32.const 317) func 0)
  (elem (;27;) (i32.const 930) func 0)
  (elem (;28;) (i32.const 558) func 0)
  (elem (;29;) (i32.const 186) func 0)
  (elem (;30;) (i32.const 799) func 0)
  (elem (;31;) (i32.const 427) func 0)
  (elem (;32;) (i32.const 55) func 0)
  (elem (;33;) (i32.const 668) func 0)
  (elem (;34;) (i32.const 296) func 0)
  (elem (;35;) (i32.const 909) func 0)
  (elem (;36;) (i32.const 537) func 0)
  (elem (;37;) (i32.const 165) func 0)
  (elem (;38;) (i32.const 778) func 0)
  (elem (;39;) (i32.const 406) func 0)
  (elem (;40;) (i32.const 34) func 0)
  (elem (;41;) (i32.const 647) func 0)
  (elem (;42;) (i32.const 275) func 0)
  (elem (;43;) (i32.const 888) func 0)
  (elem (;44;) (i32.const 516) func 0)
  (elem (;45;) (i32.const 144) func 0)
  (elem (;46;) (i32.const 757) func 0)
  (elem (;47;) (i32.const 385) func 0)
  (elem (;48;) (i32.const 13) func 0)
  (elem (;49;) (i32.const 626) func 0)
  (elem (;50;) (i32.const 254) func 0)
  (elem (;51;) (i32.const 867) func 0)
  (elem (;52;) (i32.const 495) func 0)
  (elem (;53;) (i32.const 123) func 0)
  (elem (;54;) (i32.const 736) func 0)
  (elem (;55;) (i32.const 364) func 0)
  (elem (;56;) (i32.const 977) func 0)
  (elem (;57;) (i32.const 605) func 0)
  (elem (;58;) (i32.const 233) func 0)
  (elem (;59;) (i32.const 846) func 0)
  (elem (;60;) (i32.const 474) func 0)
  (elem (;61;) (i32.const 102) func 0)
  (elem (;62;) (i32.const 715) func 0)
  (elem (;63;) (i32.const 343) func 0)
  (elem (;64;) (i32.const 956) func 0)
  (elem (;65;) (i32.const 584) func 0)
  (elem (;66;) (i32.const 212) func 0)
  (elem (;67;) (i32.const 825) func 0)
  (elem (;68;) (i32.const 453) func 0)
  (elem (;69;) (i32.const 81) func 0)
  (elem (;70;) (i32.const 694) func 0)
  (elem (;71;) (i32.const 322) func 0)
  (elem (;72;) (i32.const 935) func 0)
  (elem (;73;) (i32.const 563) func 0)
  (elem (;74;) (i32.const 191) func 0)
  (elem (;75;) (i32.const 804) func 0)
  (elem (;76;) (i32.const 432) func 0)
  (elem (;77;) (i32.const 60) func 0)
  (elem (;78;) (i32.const 673) func 0)
  (elem (;79;) (i32.const 301) func 0)
  (elem (;80;) (i32.const 914) func 0)
  (elem (;81;) (i32.const 542) func 0)
  (elem (;82;) (i32.const 170) func 0)
  (elem (;83;) (i32.const 783) func 0)
  (elem (;84;) (i32.const 411) func 0)
  (elem (;85;) (i32.const 39) func 0)
  (elem (;86;) (i32.const 652) func 0)
  (elem (;87;) (i32.const 280) func 0)
  (elem (;88;) (i32.const 893) func 0)
  (elem (;89;) (i32.const 521) func 0)
  (elem (;90;) (i32.const 149) func 0)
  (elem (;91;) (i32.const 762) func 0)
  (elem (;92;) (i32.const 390) func 0)
  (elem (;93;) (i32.const 18) func 0)
  (elem (;94;) (i32.const 631) func 0)
  (elem (;95;) (i32.const 259) func 0)
  (elem (;96;) (i32.const 872) func 0)
  (elem (;97;) (i32.const 500) func 0)
  (elem (;98;) (i32.const 128) func 0)
  (elem (;99;) (i32.const 741) func 0)
  (elem (;100;) (i32.const 369) func 0)
  (elem (;101;) (i32.const 982) func 0)
  (elem (;102;) (i32.const 610) func 0)
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
      i32.const 16383
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
      i32.const 16384
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
  (data (;0;) "\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5\a5")
  (data (;1;) "\01\01\01\01\01\01\01\01")
  (data (;2;) (i32.const 0) "Z")
  (data (;3;) (i32.const 69697) "Z")
  (data (;4;) (i32.const 139394) "Z")
  (data (;5;) (i32.const 209091) "Z")
  (data (;6;) (i32.const 278788) "Z")
  (data (;7;) (i32.const 348485) "Z")
  (data (;8;) (i32.const 418182) "Z")
  (data (;9;) (i32.const 487879) "Z")
  (data (;10;) (i32.const 557576) "Z")
  (data (;11;) (i32.const 627273) "Z")
  (data (;12;) (i32.const 696970) "Z")
  (data (;13;) (i32.const 766667) "Z")
  (data (;14;) (i32.const 836364) "Z")
  (data (;15;) (i32.const 906061) "Z")
  (data (;16;) (i32.const 975758) "Z")
  (data (;17;) (i32.const 1045455) "Z")
  (data (;18;) (i32.const 66577) "Z")
  (data (;19;) (i32.const 136274) "Z")
)
