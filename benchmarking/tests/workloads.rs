//! The kernels compute what they claim, on every engine: expected values come from elsewhere
//! (Python's hashlib, zlib and integers; its Keccak is checked with hashlib's SHA-3).

use vellum_benchmarking::engines::{Engine, Metering, Translation, Vellum, Wasmi2, Wasmi032};
use vellum_benchmarking::host::Host;
use vellum_benchmarking::workloads;

const EXPECTED: &[(&str, u64, u64)] = &[
    ("sha256", 20, 5_593_611_750_104_360_872),
    ("crc32", 5_000, 3_244_323_848),
    ("u256_multiply", 50, 12_739_791_143_079_401_096),
    ("codec", 1_000, 148_984_674_514_897_733),
    ("sort", 2_000, 5_708_728_779_951_217),
    ("sieve", 100_000, 9_592),
    ("machine", 300, 14_167),
    ("fib_iterative", 200, 17_323_038_258_947_941_269),
    ("fib_recursive", 20, 6_765),
    ("indirect", 1_000, 7_401_379_260_934_291_992),
    ("host_calls", 100, 12_688_052_896_121_917_900),
    ("bulk", 30, 1_012_762_419_733_073_422),
    ("keccak256", 20, 10_954_729_020_265_114_941),
    ("blake2b", 20, 3_642_524_508_184_877_713),
    ("multi3", 50, 12_739_791_143_079_401_096),
    ("exchange", 100, 9_554_748_822_596_821_158),
    ("u256_divide", 5, 8_826_716_126_186_086_626),
    ("montgomery", 50, 148_168_230_927_092_299),
    ("memory_loops", 300, 10_812_653_215_213_355_564),
    ("base58", 5, 13_610_184_989_043_975_519),
    ("hex", 20, 2_450_369_912_230_283_698),
    ("merkle", 5, 15_081_785_060_778_620_495),
    ("parse", 3, 84_166_710_090),
    ("tree", 200, 14_649_234_273_263_483_061),
    ("abi", 50, 15),
];

/// Beside the checkout; without it, only what is in the repository is tested.
fn real_contracts() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared")
}

fn engines() -> Vec<Box<dyn Engine>> {
    vec![
        Box::new(Vellum::new(Translation::Eager)),
        Box::new(Vellum::new(Translation::Lazy)),
        Box::new(Wasmi2::new(Translation::Eager, Metering::On).unwrap()),
        Box::new(Wasmi032::new(Translation::Eager, Metering::On).unwrap()),
    ]
}

#[test]
fn every_kernel_computes_what_it_says() {
    let workloads = workloads::all().unwrap();
    for engine in engines() {
        for (name, size, expected) in EXPECTED {
            let workload = workloads.iter().find(|workload| workload.name == *name).unwrap();
            let mut session = engine.compile(&workload.blob).unwrap().prepare(Host::default());
            session.instantiate().unwrap();
            assert_eq!(session.call("run", &[*size]), Ok(vec![*expected]), "{name} on {}", engine.name());
        }
    }
}

#[test]
fn every_message_has_the_same_effects_on_every_engine() {
    let (real, _) = workloads::real(&real_contracts()).unwrap();
    for workload in workloads::all().unwrap().into_iter().chain(real) {
        let workloads::Task::Message { .. } = workload.task else { continue };
        let outcomes = engines().into_iter().map(|engine| {
            let host = workload.host(&*engine).unwrap();
            workload.run(&*engine.compile(&workload.blob).unwrap(), &host).unwrap().1
        });
        let outcomes: Vec<_> = outcomes.collect();
        for outcome in &outcomes[1..] {
            assert_eq!(outcome.host, outcomes[0].host, "{}", workload.name);
        }
    }
}

#[test]
fn erc20_moves_tokens() {
    let engine = Vellum::new(Translation::Lazy);
    let workload = workloads::all().unwrap().into_iter().find(|workload| workload.name == "erc20 transfer").unwrap();
    let host = workload.host(&engine).unwrap();
    let before = host.storage.clone();
    let (_, outcome) = workload.run(&*engine.compile(&workload.blob).unwrap(), &host).unwrap();
    assert_eq!(outcome.host.events.len(), 1);
    assert_eq!(outcome.host.storage.len(), before.len() + 1, "the payee has a balance now");
}
