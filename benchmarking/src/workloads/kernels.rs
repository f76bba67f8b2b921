//! Kernels: short programs that contracts are made of, in text form under `benchmarking/workloads`.

/// A kernel, with a size that takes less than a millisecond: the system rarely interrupts those.
macro_rules! kernel {
    ($name:literal, $size:literal) => {
        ($name, include_str!(concat!("../../workloads/", $name, ".wat")), $size)
    };
}

/// Name, text and size of each.
pub(super) const KERNELS: &[(&str, &str, u64)] = &[
    // Hashes.
    kernel!("sha256", 150),
    kernel!("keccak256", 60),
    kernel!("blake2b", 40),
    kernel!("crc32", 30_000),
    // Wide numbers.
    kernel!("u256_multiply", 1_000),
    kernel!("u256_divide", 10),
    kernel!("multi3", 1_000),
    kernel!("montgomery", 200),
    kernel!("exchange", 200),
    // Encodings.
    kernel!("codec", 10_000),
    kernel!("abi", 1_000),
    kernel!("hex", 300),
    kernel!("base58", 30),
    kernel!("parse", 60),
    // Memory.
    kernel!("memory_loops", 1_000),
    kernel!("bulk", 1_000),
    kernel!("sort", 2_000),
    kernel!("sieve", 60_000),
    kernel!("tree", 1_000),
    // Calls and loops.
    kernel!("machine", 200),
    kernel!("fib_iterative", 100_000),
    kernel!("fib_recursive", 20),
    kernel!("indirect", 20_000),
    kernel!("host_calls", 10_000),
    kernel!("merkle", 20),
];
