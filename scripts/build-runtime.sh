#!/usr/bin/env bash
# Builds the development runtime as Wasm: the blob that a node runs.
#
# Relies on scripts/wasm-toolchain.sh. Promises a blob that exports the runtime APIs and imports nothing but what its
# placement says, and tells how large it is. (The usual builder of runtimes needs a compiler of rustup's and a hundred
# crates more; what it does beside calling cargo is here.)
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
readonly root target=wasm32v1-none
usage="usage: build-runtime.sh [--placement linked|host | --pallet-contracts-51] [--benchmarks] [--toolchain DIR] [--out FILE] [--no-wasm-opt]
  --placement linked     the engine is linked into the runtime (default): any node runs it
  --placement host       the runtime uses the engine of its node, which must have vellum-host's host functions
  --pallet-contracts-51  the same runtime with pallet-contracts 51, to compare with
  --benchmarks           with benchmarks, for tools that run them (docs/weights.md); never for a chain
  --toolchain DIR        a toolchain made by wasm-toolchain.sh (default: target/wasm-toolchain, made when it is missing)
  --out FILE             where the blob goes (default: target/runtime/vellum-runtime-{linked,host,51}[-benchmarks].wasm)
  --no-wasm-opt          does not find out, which takes a minute, what wasm-opt would leave of it"

say() { echo "build-runtime: $*" >&2; }
die() { say "$1"; exit "${2:-1}"; }

toolchain=$root/target/wasm-toolchain
placement=linked
out=
wasm_opt=1
benchmarks=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --placement) placement=${2:-}; shift 2 || die "$usage" 2 ;;
    --pallet-contracts-51) placement=51; shift ;;
    --benchmarks) benchmarks=-benchmarks; shift ;;
    --toolchain) toolchain=${2:-}; [ -n "$toolchain" ] || die "$usage" 2; shift 2 ;;
    --no-wasm-opt) wasm_opt=; shift ;;
    --out) out=${2:-}; [ -n "$out" ] || die "$usage" 2; shift 2 ;;
    *) die "unknown argument $1
$usage" 2 ;;
  esac
done
package=vellum-runtime features=()
case $placement in
  linked) ;;
  host) features=(--features host-functions) ;;
  51) package=vellum-runtime-51 ;;
  *) die "--placement takes linked or host, not '$placement'" 2 ;;
esac
[ -z "$benchmarks" ] || features+=(--features runtime-benchmarks)
mkdir -p "$root/target/runtime"
[ -n "$out" ] || out=$root/target/runtime/vellum-runtime-$placement$benchmarks.wasm

[ -e "$toolchain" ] || "$root/scripts/wasm-toolchain.sh" "$toolchain"
toolchain=$(cd "$toolchain" && pwd)

# The executor finds functions by a table that it can see, and allocates behind the static data; `substrate_runtime`
# turns host functions of polkadot-sdk into imports. Paths of the building machine would end up in panic messages.
flags=(-Clink-arg=--export-table -Clink-arg=--export=__heap_base --cfg substrate_runtime
  "--remap-path-prefix=$root=vellum" "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo")
joined=$(IFS=$'\x1f'; echo "${flags[*]}")

# Another compiler than that of native builds, and other flags: a target folder of its own.
CARGO_ENCODED_RUSTFLAGS=$joined "$toolchain/bin/cargo" rustc --manifest-path "$root/Cargo.toml" --locked --profile runtime \
  --package "$package" --lib --crate-type cdylib --no-default-features "${features[@]}" --target "$target" \
  --target-dir "$root/target/runtime/build" >&2
cp "$root/target/runtime/build/$target/runtime/${package//-/_}.wasm" "$out"

echo "$out: $(wc -c < "$out") bytes"
if [ -z "$wasm_opt" ]; then
  :
elif command -v wasm-opt > /dev/null; then
  # What a chain would store. The sections that a node reads, `runtime_apis` and `runtime_version`, stay.
  wasm-opt -Oz --strip-debug "$out" -o "$out.opt"
  echo "after wasm-opt -Oz --strip-debug: $(wc -c < "$out.opt") bytes"
  rm "$out.opt"
else
  say "no wasm-opt on PATH: what it would save is not known"
fi
say "what takes how much of it: vellum-benchmarking runtime-size $out"
