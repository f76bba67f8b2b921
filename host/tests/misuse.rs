//! What a runtime must not do: the node refuses it, whatever it is, and goes on as if it had not been asked.

mod common;

use common::*;
use vellum_engine::{GasClass, Limit, Trap};
use vellum_host::{ReadPlan, Refusal, SessionLimits, Span, SpanLen, interface::vellum as node};

/// The exit at the start of a buffer: kind, import, fuel.
fn exit(buffer: &[u8]) -> (u8, u32, u64) {
    let word = |at: usize| u32::from_le_bytes(buffer[at..at + 4].try_into().unwrap());
    (buffer[0], word(4), u64::from_le_bytes(buffer[8..16].try_into().unwrap()))
}

const FINISHED: u8 = 0;
const HOST_CALL: u8 = 1;
const OUT_OF_FUEL: u8 = 3;

/// The function `call` of [`asking`]: an import and `deploy` come before it.
const CALL: u32 = 2;

#[test]
fn without_a_session_there_is_nothing() {
    runtime_call(|| {
        let mut room = [0; ROOM];
        let answers = [
            node::close_session(),
            node::load(b"key", &[], VALIDATED, &mut room),
            node::load_bytes(&asking(), &[], NOT_VALIDATED, &mut room),
            node::describe(0, &mut room),
            node::unload(0),
            node::instantiate(0, &[]),
            node::run(0, 0, FUEL, &mut room),
            node::resume(0, 0, 0, FUEL, &[], &mut room),
            node::read_memory(0, 0, &mut room),
            node::write_memory(0, 0, &room.clone()),
            node::destroy(0),
        ];
        for answer in answers {
            assert_eq!(refused(answer), Refusal::NoSession);
        }
    });
}

#[test]
fn terms_that_make_no_sense_open_nothing() {
    runtime_call(|| {
        let good = terms().encode();
        for len in 0..good.len() - "deploy".len() - "call".len() - 8 {
            assert_eq!(refused(node::open_session(&good[..len])), Refusal::Terms, "{len} bytes");
        }
        let unknown_feature = [&good[..2], &u32::MAX.to_le_bytes(), &good[6..]].concat();
        assert_eq!(refused(node::open_session(&unknown_feature)), Refusal::Terms);
        let more_limits = [&good[..6], &(Limit::ALL.len() as u32 + 1).to_le_bytes(), &good[10..]].concat();
        assert_eq!(refused(node::open_session(&more_limits)), Refusal::Terms);
        let mut high_limit = good.clone();
        high_limit[10..14].fill(0xff);
        assert_eq!(refused(node::open_session(&high_limit)), Refusal::Terms);
        let many_names = [good.clone(), vec![0; 4 * 16]].concat();
        assert_eq!(refused(node::open_session(&many_names)), Refusal::Terms);
        for session in [
            SessionLimits { instances: 10_001, ..terms().session },
            SessionLimits { guest_bytes: u64::MAX, ..terms().session },
        ] {
            let terms = vellum_host::Terms { session, ..terms() };
            assert_eq!(refused(node::open_session(&terms.encode())), Refusal::Terms);
        }
        assert_eq!(refused(node::close_session()), Refusal::NoSession);
    });
}

#[test]
fn a_price_table_with_a_free_loop_is_refused() {
    runtime_call(|| {
        let good = terms().encode();
        let prices_at = 6 + 4 + 4 * Limit::ALL.len() + 4;
        for (number, class) in GasClass::ALL.iter().enumerate() {
            let mut free = good.clone();
            free[prices_at + 4 * number..][..4].fill(0);
            let answer = node::open_session(&free);
            match class {
                GasClass::Branch
                | GasClass::BranchTable
                | GasClass::Call
                | GasClass::CallIndirect
                | GasClass::Return => assert_eq!(refused(answer), Refusal::FreeTransfer, "{class}"),
                _ => assert_eq!((done(answer), done(node::close_session())), (0, 0), "{class}"),
            }
        }
    });
}

#[test]
fn a_run_that_never_returns_ends_with_its_fuel() {
    runtime_call(|| {
        open();
        let instance = instantiate(&blob(r#"(module (func (export "call") (loop (br 0))))"#));
        let mut room = [0; ROOM];
        done(node::run(instance, 0, 1_000_000, &mut room));
        let (kind, _, left) = exit(&room);
        assert_eq!(kind, OUT_OF_FUEL);
        assert!(left < 10, "{left}");
        // With more of it, it goes on.
        done(node::resume(instance, 0, 0, 1_000_000, &[], &mut room));
        assert_eq!(exit(&room).0, OUT_OF_FUEL);
    });
}

#[test]
fn sessions_nest_up_to_sixteen() {
    runtime_call(|| {
        (0..16).for_each(|_| open());
        assert_eq!(refused(node::open_session(&terms().encode())), Refusal::Sessions);
        (0..16).for_each(|_| assert_eq!(node::close_session(), 0));
        assert_eq!(refused(node::close_session()), Refusal::NoSession);
        open();
    });
}

#[test]
fn a_handle_is_good_for_what_it_was_given_for_until_it_is_given_back() {
    runtime_call(|| {
        open();
        let mut room = [0; ROOM];
        let (module, instance) = (load(&asking()), instantiate(&asking()));
        // A module is no instance, and the other way round.
        assert_eq!(refused(node::run(module, CALL, FUEL, &mut room)), Refusal::Handle);
        assert_eq!(refused(node::destroy(module)), Refusal::Handle);
        assert_eq!(refused(node::instantiate(instance, &[])), Refusal::Handle);
        assert_eq!(refused(node::unload(instance)), Refusal::Handle);
        assert_eq!(refused(node::describe(instance, &mut room)), Refusal::Handle);
        for unknown in [instance + 1, u32::MAX] {
            assert_eq!(refused(node::run(unknown, CALL, FUEL, &mut room)), Refusal::Handle);
        }
        assert_eq!(node::unload(module), 0);
        assert_eq!(refused(node::unload(module)), Refusal::Handle);
        assert_eq!(refused(node::instantiate(module, &[])), Refusal::Handle);

        done(node::run(instance, CALL, FUEL, &mut room));
        assert_eq!(node::destroy(instance), 0);
        assert_eq!(refused(node::destroy(instance)), Refusal::Handle);
        assert_eq!(refused(node::resume(instance, 1, 7, FUEL, &[], &mut room)), Refusal::Handle);
        assert_eq!(refused(node::read_memory(instance, 0, &mut [0; 4])), Refusal::Handle);
        // What comes next has another number.
        assert!(instantiate(&asking()) > instance);
    });
}

#[test]
fn a_module_becomes_one_instance() {
    runtime_call(|| {
        open();
        let module = load(&asking());
        done(node::instantiate(module, &[]));
        assert_eq!(refused(node::instantiate(module, &[])), Refusal::Handle);
        assert_eq!(refused(node::unload(module)), Refusal::Handle);
    });
}

#[test]
fn an_inner_session_does_not_reach_what_an_outer_one_has() {
    runtime_call(|| {
        let mut room = [0; ROOM];
        open();
        let outer = instantiate(&asking());
        done(node::run(outer, CALL, FUEL, &mut room));
        open();
        let inner = instantiate(&asking());
        assert_ne!(inner, outer);
        assert_eq!(refused(node::resume(outer, 1, 7, FUEL, &[], &mut room)), Refusal::Handle);
        assert_eq!(refused(node::destroy(outer)), Refusal::Handle);
        assert_eq!(node::close_session(), 0);
        // It goes on where it was, and the inner one is gone.
        assert_eq!(refused(node::run(inner, CALL, FUEL, &mut room)), Refusal::Handle);
        done(node::resume(outer, 1, 7, FUEL, &[], &mut room));
        assert_eq!(exit(&room).0, FINISHED);
    });
}

#[test]
fn another_runtime_call_has_other_handles() {
    let handle = runtime_call(|| {
        open();
        instantiate(&asking())
    });
    runtime_call(|| {
        open();
        assert_eq!(refused(node::run(handle, CALL, FUEL, &mut [0; ROOM])), Refusal::Handle);
    });
}

#[test]
fn a_session_has_as_many_instances_as_it_was_opened_for() {
    const MANY: u32 = 10_000;
    runtime_call(|| {
        let session = SessionLimits { instances: MANY, guest_bytes: 1 << 32, ..terms().session };
        done(node::open_session(&vellum_host::Terms { session, ..terms() }.encode()));
        let blob = blob(r#"(module (func (export "call")))"#);
        let handles: Vec<u32> = (0..MANY).map(|_| instantiate(&blob)).collect();
        let mut room = [0; ROOM];
        assert_eq!(refused(node::load_bytes(&blob, &[], NOT_VALIDATED, &mut room)), Refusal::Instances);
        // All of them run, and each that goes makes room for one.
        for handle in [handles[0], handles[5_000], handles[9_999]] {
            done(node::run(handle, 0, FUEL, &mut room));
            assert_eq!(node::destroy(handle), 0);
        }
        (0..3).for_each(|_| _ = instantiate(&blob));
        assert_eq!(refused(node::load_bytes(&blob, &[], NOT_VALIDATED, &mut room)), Refusal::Instances);
        // It is the session's limit, not the node's.
        open();
        instantiate(&blob);
    });
}

#[test]
fn instances_that_could_grow_too_large_together_are_not_made() {
    runtime_call(|| {
        // Two pages, one table that is not there, 1,024 cells of stack and 64 return addresses.
        let each = 2 * 65_536 + (1_024 + 64) * 8;
        let session = SessionLimits { guest_bytes: 3 * each, ..terms().session };
        done(node::open_session(&vellum_host::Terms { session, ..terms() }.encode()));
        let handles: Vec<u32> = (0..3).map(|_| instantiate(&asking())).collect();
        assert_eq!(refused(node::instantiate(load(&asking()), &[])), Refusal::GuestBytes);
        node::destroy(handles[1]);
        instantiate(&asking());
        assert_eq!(refused(node::instantiate(load(&asking()), &[])), Refusal::GuestBytes);
    });
}

#[test]
fn nothing_outside_of_a_guests_memory_is_read_or_written() {
    runtime_call(|| {
        open();
        let mut room = [0; ROOM];
        let instance = instantiate(&asking());
        done(node::run(instance, CALL, FUEL, &mut room));
        let mut byte = [0; 1];
        assert_eq!(node::read_memory(instance, 65_535, &mut byte), 0);
        assert_eq!(node::read_memory(instance, 65_536, &mut []), 0);
        for (offset, len) in [(65_536, 1), (65_535, 2), (0, 65_537), (u32::MAX, 1), (u32::MAX, 1 << 20), (65_537, 0)] {
            let mut bytes = vec![0xaa; len];
            assert_eq!(refused(node::read_memory(instance, offset, &mut bytes)), Refusal::OutOfBounds);
            assert_eq!(refused(node::write_memory(instance, offset, &bytes)), Refusal::OutOfBounds);
            let write = [&offset.to_le_bytes()[..], &(len as u32).to_le_bytes(), &bytes].concat();
            let answer = node::resume(instance, 1, 7, FUEL, &write, &mut room);
            assert_eq!(refused(answer), Refusal::OutOfBounds);
        }
        // None of that has answered the call.
        done(node::resume(instance, 1, 7, FUEL, &[], &mut room));
        assert_eq!(exit(&room).0, FINISHED);
        let mut stored = [0; 4];
        done(node::read_memory(instance, 0, &mut stored));
        assert_eq!(stored, [7, 0, 0, 0]);
    });
}

#[test]
fn writes_that_are_cut_are_refused() {
    runtime_call(|| {
        open();
        let mut room = [0; ROOM];
        let instance = instantiate(&asking());
        done(node::run(instance, CALL, FUEL, &mut room));
        let write = [&100u32.to_le_bytes()[..], &3u32.to_le_bytes(), b"abc"].concat();
        for len in 1..write.len() {
            let answer = node::resume(instance, 1, 7, FUEL, &write[..len], &mut room);
            assert_eq!(refused(answer), Refusal::Buffer, "{len} bytes");
        }
        let longest = [&0u32.to_le_bytes()[..], &u32::MAX.to_le_bytes(), b"abc"].concat();
        assert_eq!(refused(node::resume(instance, 1, 7, FUEL, &longest, &mut room)), Refusal::Buffer);
    });
}

#[test]
fn what_does_not_run_cannot_go_on() {
    runtime_call(|| {
        open();
        let mut room = [0; ROOM];
        let instance = instantiate(&asking());
        assert_eq!(refused(node::resume(instance, 1, 7, FUEL, &[], &mut room)), Refusal::Idle);
        assert_eq!(refused(node::read_memory(instance, 0, &mut [0; 1])), Refusal::Idle);
        assert_eq!(refused(node::write_memory(instance, 0, &[0; 1])), Refusal::Idle);
        // A function that is not there traps, with parameters or without.
        for func in [99, u32::MAX] {
            done(node::run(instance, func, FUEL, &mut room));
            assert_eq!(room[..2], [2, Trap::InvalidCode as u8]);
        }
        // Starting anew forgets what was under way; what is over is over.
        done(node::run(instance, CALL, FUEL, &mut room));
        done(node::run(instance, CALL, FUEL, &mut room));
        assert_eq!(exit(&room).0, HOST_CALL);
        for _ in 0..3 {
            done(node::resume(instance, 1, 7, FUEL, &[], &mut room));
            assert_eq!(exit(&room).0, FINISHED);
        }
    });
}

#[test]
fn a_buffer_that_is_too_small_is_said_to_be() {
    runtime_call(|| {
        open();
        let instance = instantiate(&asking());
        // 24 bytes and two arguments.
        for len in 0..40 {
            assert_eq!(refused(node::run(instance, CALL, FUEL, &mut vec![0; len])), Refusal::Buffer, "{len} bytes");
        }
        assert_eq!(done(node::run(instance, CALL, FUEL, &mut [0; 40])), 40);

        let mut whole = [0; ROOM];
        let module = done(node::load_bytes(&asking(), &[], NOT_VALIDATED, &mut whole));
        let len = u32::from_le_bytes(whole[..4].try_into().unwrap()) as usize;
        for short in [0, 3, 4, len - 1] {
            let mut buffer = vec![0; short];
            assert_eq!(refused(node::describe(module, &mut buffer)), Refusal::Buffer);
            let told = short.min(4);
            assert_eq!(buffer[..told], whole[..told]);
            assert!(buffer[told..].iter().all(|byte| *byte == 0));
        }
        let mut buffer = vec![0; len];
        assert_eq!(node::describe(module, &mut buffer), 0);
        assert_eq!(buffer, whole[..len]);
    });
}

#[test]
fn plans_that_are_not_understood_are_refused() {
    runtime_call(|| {
        open();
        let spans = |count: usize| vec![Span { pointer: 0, len: SpanLen::Arg(1) }; count];
        let mut plan = ReadPlan::default();
        plan.import(spans(1));
        let good = plan.as_bytes().to_vec();
        for len in 1..good.len() {
            assert_eq!(refused(node::instantiate(load(&asking()), &good[..len])), Refusal::Plan, "{len} bytes");
        }
        let mut unknown_kind = good.clone();
        unknown_kind[2] = 9;
        // There is one import.
        plan.import(spans(1));
        for bad in [&unknown_kind, plan.as_bytes(), &[255; 4096]] {
            assert_eq!(refused(node::instantiate(load(&asking()), bad)), Refusal::Plan);
        }
    });
}

#[test]
fn a_plan_reads_nothing_that_is_not_there() {
    let text = |pointer: u32, len: u32| {
        format!(
            r#"(module (import "seal0" "ask" (func $ask (param i32 i32)))
            (memory 1) (func (export "call") (call $ask (i32.const {pointer}) (i32.const {len}))))"#
        )
    };
    let head = 24 + 2 * 8;
    // What an argument says is all there or left out; what is of fixed length may end with memory.
    let cases = [
        ((100, 8), SpanLen::Arg(1), 8),
        ((65_530, 6), SpanLen::Arg(1), 6),
        ((65_530, 7), SpanLen::Arg(1), 0),
        ((65_536, 0), SpanLen::Arg(1), 0),
        ((65_530, 0), SpanLen::Bytes(32), 6),
        ((u32::MAX, u32::MAX), SpanLen::Arg(1), 0),
        ((u32::MAX, 0), SpanLen::Bytes(u32::MAX), 0),
        ((100, 60_000), SpanLen::Arg(1), 0),
        ((100, 8), SpanLen::Arg(2), 0),
    ];
    for ((pointer, len), span_len, bytes) in cases {
        runtime_call(|| {
            open();
            let mut plan = ReadPlan::default();
            plan.import([Span { pointer: 0, len: span_len }, Span { pointer: 7, len: span_len }]);
            let instance = done(node::instantiate(load(&blob(&text(pointer, len))), plan.as_bytes()));
            let written = done(node::run(instance, 1, FUEL, &mut [0; ROOM]));
            let span_head = if bytes > 0 || (pointer, len) == (65_536, 0) { 8 } else { 0 };
            assert_eq!(written, head + span_head + bytes, "{pointer} {len} {span_len:?}");
        });
    }
}

#[test]
fn a_segment_that_does_not_fit_is_a_trap_and_not_a_refusal() {
    runtime_call(|| {
        open();
        let large = load(&blob("(module (memory 17))"));
        assert_eq!(refused(node::instantiate(large, &[])), Refusal::Trap(Trap::MemoryOutOfBounds));
        let outside = load(&blob(r#"(module (memory 1) (data (i32.const 65_530) "1234567"))"#));
        assert_eq!(refused(node::instantiate(outside, &[])), Refusal::Trap(Trap::MemoryOutOfBounds));
        // The module's handle has ended, and neither counts.
        assert_eq!(refused(node::unload(outside)), Refusal::Handle);
        (0..8).for_each(|_| _ = instantiate(&asking()));
    });
}

#[test]
fn bytes_that_are_no_code_are_refused_as_such() {
    runtime_call(|| {
        open();
        for blob in [&b""[..], b"not wasm", &asking()[..19]] {
            for validated in [NOT_VALIDATED, VALIDATED, u32::MAX] {
                assert_eq!(refused(node::load_bytes(blob, &[], validated, &mut [0; ROOM])), Refusal::Code);
            }
        }
        node::warm(&terms().encode(), b"not wasm");
        node::warm(b"no terms", &asking());
    });
}

#[test]
fn refusals_have_the_numbers_that_runtimes_know() {
    for code in -15..0 {
        assert_eq!(Refusal::from_code(code).unwrap().code(), code);
    }
    assert_eq!(Refusal::from_code(-1), Some(Refusal::NotFound));
    assert_eq!(Refusal::from_code(-2), Some(Refusal::Code));
    assert_eq!(Refusal::from_code(-256), Some(Refusal::Trap(Trap::Unreachable)));
    assert_eq!(Refusal::from_code(-257), Some(Refusal::Trap(Trap::MemoryOutOfBounds)));
    for code in [0, 1, -16, -255, -256 - 11, i64::MIN, i64::MAX] {
        assert_eq!(Refusal::from_code(code), None);
    }
}

/// Numbers that are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    /// Mostly small, now and then near an end of the range.
    fn any(&mut self) -> u32 {
        match self.below(8) {
            0 => u32::MAX - self.below(3) as u32,
            1 => 65_536 - 4 + self.below(8) as u32,
            _ => self.below(24) as u32,
        }
    }

    /// Bytes with a few of them changed, or cut.
    fn spoilt(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..self.below(3) {
            let at = self.below(bytes.len().max(1) as u64) as usize;
            match self.below(2) {
                0 => bytes.truncate(at),
                _ => _ = bytes.get_mut(at).map(|byte| *byte = self.below(256) as u8),
            }
        }
        bytes
    }
}

#[test]
fn whatever_a_runtime_does_it_gets_a_number() {
    const CALLS: usize = 20_000;
    let blobs = [asking(), blob(r#"(module (memory 1) (func (export "call") (loop (br 0))))"#)];
    let mut plan = ReadPlan::default();
    plan.import([Span { pointer: 0, len: SpanLen::Arg(1) }, Span { pointer: 1, len: SpanLen::Bytes(9) }]);
    let (terms, write) = (terms().encode(), [&8u32.to_le_bytes()[..], &3u32.to_le_bytes(), b"abc"].concat());
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut did, mut refusals) = ([0u32; 12], std::collections::BTreeSet::new());
    for round in 0..20 {
        runtime_call(|| {
            open();
            let mut newest = 0;
            for _ in 0..CALLS / 20 {
                let which = numbers.below(12) as usize;
                let mut room = vec![0; if numbers.below(4) == 0 { numbers.below(64) as usize } else { 512 }];
                // Mostly one of those that were given last.
                let handle =
                    if numbers.below(8) == 0 { numbers.any().into() } else { newest - numbers.below(4).min(newest) };
                let (handle, number) = (u32::try_from(handle).unwrap_or(0), numbers.any());
                let blob = &blobs[numbers.below(2) as usize];
                let fuel = numbers.below(10_000);
                let answer = match which {
                    0 if numbers.below(16) == 0 => node::open_session(&numbers.spoilt(&terms)),
                    1 if numbers.below(16) == 0 => node::close_session(),
                    0..=2 => node::load_bytes(&numbers.spoilt(blob), &[], number & 1, &mut room),
                    3 => node::load(b"key", b"hash", NOT_VALIDATED, &mut room),
                    4 => node::describe(handle, &mut room),
                    5 if numbers.below(4) == 0 => node::unload(handle),
                    6 | 5 => node::instantiate(handle, &numbers.spoilt(plan.as_bytes())),
                    7 => node::run(handle, number, fuel, &mut room),
                    8 => node::resume(handle, number & 1, fuel, fuel, &numbers.spoilt(&write), &mut room),
                    9 => node::read_memory(handle, number, &mut room),
                    10 => node::write_memory(handle, number, &room),
                    _ if numbers.below(4) == 0 => node::destroy(handle),
                    _ => 0,
                };
                if answer < 0 {
                    let refusal = Refusal::from_code(answer).unwrap_or_else(|| panic!("{which} answers {answer}"));
                    refusals.insert(format!("{refusal:?}"));
                } else {
                    newest = if matches!(which, 0..=2 | 6) { newest.max(answer as u64) } else { newest };
                    did[which] += 1;
                }
            }
        });
        // Nothing of that is left for the next one.
        runtime_call(|| {
            open();
            let mut room = [0; ROOM];
            let instance = instantiate(&blobs[0]);
            assert_eq!(instance, 1, "round {round}");
            done(node::run(instance, CALL, FUEL, &mut room));
            done(node::resume(instance, 1, 7, FUEL, &[], &mut room));
            assert_eq!(exit(&room).0, FINISHED);
        });
    }
    // It was not all in vain: every function has done something, but the one that finds nothing in this state.
    assert!(did.iter().enumerate().all(|(which, did)| *did > 0 || which == 3), "{did:?}");
    assert!(refusals.len() >= 10, "{refusals:?}");
}
