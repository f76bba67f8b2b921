#!/usr/bin/env bash
# Counts the machine instructions of a run, as a second opinion where time is noisy: Vellum beside wasmi 2.0.0,
# and Vellum with its real prices beside prices of zero. Charges of zero are taken like others: the difference is what
# prices cost, not the instructions that take charges.
#
# Relies on valgrind. Every figure is the difference between a program that runs a workload so many times and
# one that only prepares to, so that reading blobs and making instances of kernels are not in it.
set -euo pipefail
shopt -s inherit_errexit

usage="usage: callgrind.sh [--docs] [--times N] [--real FOLDER] [--binary FILE] [WORKLOAD ...]
  --docs         puts the table into docs/speed.md, too
  --times N      runs of each workload (default 20; reading blobs takes some thousand instructions more or less each
                 time, which many runs make small)
  --real FOLDER  a folder of real contracts (default ../shared)
  --binary FILE  the program to run (default: the release build, which is made first)
  WORKLOAD       names as \`vellum-benchmarking repeat\` lists them; without any, ten of them"

say() { echo "callgrind: $*" >&2; }
die() { say "$1"; exit "${2:-1}"; }

root=$(cd "$(dirname "$0")/.." && pwd)
docs=
times=20
real=../shared
binary=
workloads=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --docs) docs=1; shift ;;
    --times) times=${2:-}; shift 2 || die "$usage" 2 ;;
    --real) real=${2:-}; shift 2 || die "$usage" 2 ;;
    --binary) binary=${2:-}; shift 2 || die "$usage" 2 ;;
    -*) die "unknown option $1
$usage" 2 ;;
    *) workloads+=("$1"); shift ;;
  esac
done
case $times in '' | *[!0-9]*) die "--times takes a number" 2 ;; esac
if [ ${#workloads[@]} -eq 0 ]; then
  workloads=(sha256 keccak256 crc32 multi3 exchange codec memory_loops fib_recursive indirect "erc20 transfer")
fi
command -v valgrind > /dev/null ||
  die "valgrind is not installed: \`apt install valgrind\`, \`dnf install valgrind\` or https://valgrind.org" 3

cd "$root"
if [ -z "$binary" ]; then
  cargo build --release -p vellum-benchmarking >&2
  binary=target/release/vellum-benchmarking
fi

collected() { # ENGINE WORKLOAD [--only-prepare]
  local engine=$1 workload=$2
  shift 2
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" repeat --real "$real" --times "$times" \
    --engine "$engine" --workload "$workload" "$@" 2>&1 | awk '/Collected :/ { n = $4 } END { if (n == "") exit 1; print n }' ||
    die "valgrind does not run $workload on $engine"
}

per_run() { # ENGINE WORKLOAD
  local all prepared
  all=$(collected "$1" "$2")
  prepared=$(collected "$1" "$2" --only-prepare)
  echo $(((all - prepared) / times))
}

measure() {
  echo "| workload | Vellum, instructions per run | wasmi 2.0.0 | Vellum / wasmi 2.0.0 | prices of zero | prices cost |"
  echo "|---|---:|---:|---:|---:|---:|"
  for workload in "${workloads[@]}"; do
    vellum=$(per_run vellum "$workload")
    wasmi=$(per_run wasmi2 "$workload")
    free=$(per_run vellum-free "$workload")
    awk -v name="$workload" -v v="$vellum" -v w="$wasmi" -v f="$free" 'BEGIN {
      printf "| %s | %d | %d | %.2f | %d | %+.1f %% |\n", name, v, w, v / w, f, 100 * (v - f) / f
    }'
  done
}

mkdir -p target/benchmarking
table=target/benchmarking/callgrind.md
measure | tee "$table"
if [ -n "$docs" ]; then
  awk -v table="$table" '
    /^<!-- written by `callgrind.sh --docs` -->/ { print; print ""; while ((getline line < table) > 0) print line; print ""; skip = 1 }
    /^<!-- end of `callgrind.sh --docs` -->/ { skip = 0 }
    !skip { print }
  ' docs/speed.md > "$table.page"
  mv "$table.page" docs/speed.md
  say "written: docs/speed.md"
fi
