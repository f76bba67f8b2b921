#!/usr/bin/env bash
# Everything that a change has to pass, on a machine that has no more than rustup's stable toolchain.
#
# Promises that the last lines it prints are the test runner's own summary when all went well, and that the first
# step that fails ends it, by name.
set -euo pipefail
cd "$(dirname "$0")/.."

usage="usage: scripts/test.sh [--fast]
  --fast  leave out the builds for WebAssembly and the optimised one for tail calls
checks formatting, lints, builds for wasm32 without std, reads the tail-call backend's machine code, and runs every test
of the workspace, those of what an engine accepts once more without std"

fast=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --fast) fast=1; shift ;;
    *) echo "test.sh: unknown argument $1
$usage" >&2; exit 2 ;;
  esac
done

step() { # NAME COMMAND...
  local name=$1 started=$SECONDS
  shift
  echo "==> $name"
  "$@" || { echo "==> $name: FAILED" >&2; exit 1; }
  echo "==> $name: done in $((SECONDS - started)) s"
}

# cargo finds rustup's subcommands only once their component is there.
component() { # COMPONENT CARGO_SUBCOMMAND
  cargo "$2" --version > /dev/null 2>&1 && return 0
  command -v rustup > /dev/null && rustup component add "$1" > /dev/null 2>&1 && cargo "$2" --version > /dev/null 2>&1 && return 0
  echo "==> SKIPPED: no $1 on this machine, and rustup cannot fetch it" >&2
  return 1
}

# The executor of nodes takes minutes to build: scripts/placements.sh tests what needs it.
heavy=(--exclude vellum-placements --exclude vellum-runtime-51)
# It has the feature `xcm`, which the pallet would then have in all other tests, too.
xcm=(--exclude vellum-xcm-tests)

. scripts/setup.sh
needs_cargo
step "C compiler" needs_c_compiler
if component rustfmt fmt; then step "formatting" cargo fmt --all --check; fi
if [ -z "$fast" ]; then
  step "builds without std" scripts/check-no-std.sh
  step "tail calls" scripts/check-tail-calls.sh
fi
# Every release of the compiler brings new lints: they are denied under the one that this code was written with, and
# only shown under others.
lints=()
if [[ $(rustc --version) == "rustc 1.95."* ]]; then lints=(-D warnings); fi
if component clippy clippy; then
  step "lints" cargo clippy --workspace "${heavy[@]}" --all-targets --locked --quiet -- "${lints[@]}"
fi
# As runtimes have it: operators are read in another way there.
without_std=(--lib --test spec --test hostile --test policy --test bombs)
step "the engine without std" cargo test -p vellum-engine --no-default-features --locked --quiet "${without_std[@]}"
step "benchmarks" cargo test -p pallet-vellum --features runtime-benchmarks --locked --quiet --lib
step "XCM" cargo test -p vellum-xcm-tests --locked --quiet
echo "==> tests"
exec cargo test --workspace "${heavy[@]}" "${xcm[@]}" --locked
