#!/usr/bin/env bash
# Shows that contracts do the same wherever the engine stands: builds the Wasm runtimes and runs the same blocks natively
# and on each of them.
#
# Not part of scripts/test.sh, because the executor of nodes takes minutes to build.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
usage="usage: placements.sh [--toolchain DIR] [--speed]
  --toolchain DIR  a toolchain made by wasm-toolchain.sh, for the runtimes (default: see build-runtime.sh)
  --speed          afterwards measure each placement beside pallet-contracts 51, into docs/placements.md"

toolchain=()
speed=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --toolchain) toolchain=(--toolchain "${2:-}"); shift 2 || { echo "$usage" >&2; exit 2; } ;;
    --speed) speed=1; shift ;;
    *) echo "placements.sh: unknown argument $1
$usage" >&2; exit 2 ;;
  esac
done

"$root/scripts/build-runtime.sh" --placement linked --no-wasm-opt "${toolchain[@]}"
"$root/scripts/build-runtime.sh" --placement host --no-wasm-opt "${toolchain[@]}"
cd "$root"
cargo test --locked -p vellum-placements --features pallet-contracts-51
if [ -n "$speed" ]; then
  "$root/scripts/build-runtime.sh" --pallet-contracts-51 --no-wasm-opt "${toolchain[@]}"
  cargo run --locked --profile node -p vellum-placements --features pallet-contracts-51 -- --docs
fi
