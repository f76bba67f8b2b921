#!/usr/bin/env bash
# Proves that everything that goes into a runtime builds for wasm32v1-none, a target without a standard library:
# whatever reaches for `std` does not compile there, however deep in the dependencies it hides.
#
# Relies on scripts/wasm-toolchain.sh. Promises to fail when a crate does not build, and to skip, loudly and with
# success, only when this machine can get no compiler for the target.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
readonly root target=wasm32v1-none
readonly libraries=(vellum-engine vellum-host vellum-weights pallet-vellum) runtime=vellum-runtime
readonly toolchain_unavailable=3
usage="usage: check-no-std.sh [--toolchain DIR]
  --toolchain DIR  a toolchain made by wasm-toolchain.sh (default: target/wasm-toolchain, made when it is missing)
builds ${libraries[*]}, the pallet once more with the feature host-functions and once with runtime-benchmarks, and, linked
as a module, $runtime for $target without their default features"

say() { echo "check-no-std: $*"; }
die() { echo "check-no-std: $1" >&2; exit "${2:-1}"; }

toolchain=$root/target/wasm-toolchain
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --toolchain) toolchain=${2:-}; [ -n "$toolchain" ] || die "$usage" 2; shift 2 ;;
    *) die "unknown argument $1
$usage" 2 ;;
  esac
done

mkdir -p "$root/target"
status=0
"$root/scripts/wasm-toolchain.sh" "$toolchain" || status=$?
if [ $status = $toolchain_unavailable ]; then
  echo "##########################################################################################"
  echo "## SKIPPED: the $target build. Neither rustup nor apt can provide a compiler for it here,"
  echo "## so nothing has been proved about no_std. Reasons are in the lines above."
  echo "##########################################################################################"
  exit 0
fi
[ $status = 0 ] || die "wasm-toolchain.sh failed"
toolchain=$(cd "$toolchain" && pwd)

# A target folder of its own: the compiler may be another one than that of the native builds, and each would throw
# away what the other has built.
build() { # WHAT CARGO_ARGUMENTS...
  local what=$1
  shift
  say "$what"
  "$toolchain/bin/cargo" "$@" --manifest-path "$root/Cargo.toml" --locked --no-default-features --target "$target" \
    --target-dir "$root/target/no-std" || die "$what does not build for $target without std"
}

# The crates with host functions choose their no_std side by this setting, not by the feature `std`. The other two are
# what the runtime's module needs. All steps have the same flags, so that each builds on what the last one has built.
export CARGO_TARGET_WASM32V1_NONE_RUSTFLAGS="--cfg substrate_runtime -Clink-arg=--export-table -Clink-arg=--export=__heap_base"
for package in "${libraries[@]}"; do
  build "$package" build --lib --package "$package"
done
# The other placement: the runtime calls its node instead of an engine of its own.
build "pallet-vellum by host functions" build --lib --package pallet-vellum --features host-functions
# What FRAME's tools measure in a runtime.
build "pallet-vellum with benchmarks" build --lib --package pallet-vellum --features runtime-benchmarks
build "$runtime" rustc --lib --crate-type cdylib --package "$runtime"
say "all of it builds for $target"
