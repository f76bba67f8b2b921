#!/usr/bin/env bash
# Says what the time of a dry run goes into, by samples of a profiler, in every placement.
#
# Relies on Linux' perf, and on the names of functions: wasmtime tells perf those of Wasm runtimes, which need their name
# sections. A function that was inlined counts for the one that it was inlined into.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
usage="usage: shares.sh [--binary FILE] [--times N]
  --binary FILE  the program (default: target/node/vellum-placements, see scripts/placements.sh --speed)
  --times N      dry runs of each workload (default 10000)"
binary=$root/target/node/vellum-placements
times=10000
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --binary) binary=${2:-}; shift 2 || { echo "$usage" >&2; exit 2; } ;;
    --times) times=${2:-}; shift 2 || { echo "$usage" >&2; exit 2; } ;;
    *) echo "shares.sh: unknown argument $1
$usage" >&2; exit 2 ;;
  esac
done
command -v perf > /dev/null || { echo "shares.sh: no perf on PATH (linux-perf, linux-tools)" >&2; exit 3; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

shares() { # RUNTIME WORKLOAD
  WASMTIME_PROFILING_STRATEGY=perfmap perf record -q -e cpu-clock -F 5000 -o "$work/perf.data" \
    "$binary" --repeat "$1:$2:$times" > /dev/null 2>&1
  perf report -i "$work/perf.data" --sort symbol --percent-limit 0 -F overhead,sym 2> /dev/null | awk -v row="$1, \`$2\`" '
    /^#/ || NF < 3 { next }
    {
      share = $1 + 0
      if ($2 == "[k]") kind = "kernel"
      else if (/wasmparser|wasmi|vellum_engine|vellum_host/) kind = /wasmparser/ ? "wasmparser" : "engine"
      else if (/sp_state_machine|trie|hash_db|memory_db|blake2|hashbrown|BTree|btree|sp_externalities/) kind = "state"
      else if (/wasmtime|sc_executor|sc_allocator|sp_wasm_interface|sp_runtime_interface|wasm\[|trampoline|cranelift/) kind = "crossing"
      else if (/memmove|memset|memcpy|memcmp|malloc|free|realloc|alloc/) kind = "memory"
      else kind = "runtime"
      sum[kind] += share
    }
    END {
      printf "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |\n", row, sum["wasmparser"], sum["engine"], \
        sum["runtime"], sum["crossing"], sum["state"], sum["memory"], sum["kernel"]
    }'
}

echo "| per cent of a dry run | wasmparser | rest of the engine | the rest of the runtime | executor and crossings | state | copying, allocating | kernel |"
echo "|---|---:|---:|---:|---:|---:|---:|---:|"
for runtime in native linked host "51, native" "51, Wasm"; do
  for workload in flip transfer caller; do
    shares "$runtime" "$workload"
  done
done
