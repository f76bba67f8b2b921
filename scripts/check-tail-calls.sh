#!/usr/bin/env bash
# Proves that handlers of the tail-call backend go on to each other by jumps, and that it does what the loop does.
#
# Rust promises no jump for a call in tail position. So this builds the engine optimised, runs the canary (hundreds of
# millions of instructions on a small native stack) and the comparison of both dispatches, and reads the compiled
# handlers of the canary's binary. Promises to fail when anything is left of a handler once the next one runs, and to
# skip only the reading, loudly and with success, where there is no objdump or another processor than x86_64.
set -euo pipefail
cd "$(dirname "$0")/.."

usage="usage: check-tail-calls.sh [--only-read BINARY]
  --only-read BINARY  builds and runs nothing, and reads the handlers in this program, which must have its symbols
runs the engine's tests canary and dispatch optimised, and reads the compiled handlers"

say() { echo "check-tail-calls: $*"; }
die() { echo "check-tail-calls: $1" >&2; exit "${2:-1}"; }

binary=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --only-read) binary=${2:-}; [ -n "$binary" ] || die "$usage" 2; shift 2 ;;
    *) die "unknown argument $1
$usage" 2 ;;
  esac
done

# A target folder and settings of its own: code is generated as for a release, but linked without optimising the whole
# program, which takes a fraction of the time. Handlers have no part in what that changes: all that they call is inlined.
tests() { # CARGO_ARGUMENTS...
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_STRIP=none \
    cargo test --release --locked --target-dir target/tail-calls --package vellum-engine --test canary --test dispatch "$@"
}

if [ -z "$binary" ]; then
  tests --quiet -- --nocapture
  # The same again builds nothing, and names what it would run.
  binary=$(tests --no-run 2>&1 | sed -n 's/.*tests\/canary\.rs (\(.*\)).*/\1/p')
fi
[ -f "$binary" ] || die "there is no binary of the canary: $binary"

skipped() { # WHY
  echo "##########################################################################################"
  echo "## SKIPPED: reading the compiled handlers. $1"
  echo "## The canary has run; handlers that it does not reach have not been looked at."
  echo "##########################################################################################"
  exit 0
}
[ "$(uname -m)" = x86_64 ] || skipped "This script reads x86_64 only."
command -v objdump > /dev/null || skipped "There is no objdump here: \`apt install binutils\`, \`dnf install binutils\`."

# As many handlers as table 2 has instructions. Each has two, but those that come out alike may become one.
least=$(grep -cE '^ +[A-Z][A-Za-z0-9]+ "[^"]+" [A-Za-z0-9]+ => ' engine/src/isa/target.rs)
[ "$least" -gt 0 ] || die "no instructions were found in engine/src/isa/target.rs"

# Not allowed, and why:
# * `ret`: a handler ends in a jump. Whoever returns was called, and somebody waits for that on the stack.
# * An indirect call through a register or an indexed table: that is how the next handler would be called. Calls through
#   `(%rip)` are of functions of other libraries, like `memmove`; those at a fixed place behind a register are of methods
#   of trait objects; direct ones are of the engine's own functions. All of those return.
# * A direct call of a handler, of `halt` or of `prepare_and_go_on`: the same.
# * No way out: each has an indirect jump to the next handler, or jumps to `halt`, as `unreachable` does.
# * Saved registers where the path is short. A handler that calls nothing has nine registers to itself, six of which
#   hold the machine. *Short* is up to 24 machine instructions: such a handler saves two at most, for what it computes,
#   and takes no other stack. One that saves more has let LLVM hoist what only its rare way out needs, and pays for it
#   each time.
# * More than a sixth of all that save anything, long ones and those that call something among them.
objdump -d --no-show-raw-insn "$binary" | awk -v least="$least" '
  function wrong(what) { print "check-tail-calls: " name ": " what; errors++ }
  function finish() {
    if (name == "") return
    handlers++
    if (returns) wrong("returns instead of jumping on")
    if (indirect) wrong("calls what may be the next handler:" indirect)
    if (direct) wrong("calls what it has to jump to:" direct)
    if (!jumps && !halts) wrong("neither jumps to another handler nor halts")
    if (jumps) going++
    if (calls) calling++; else if (len <= 24) {
      short++
      if (pushes > 2) wrong("is short and saves " pushes " registers")
      if (frame) wrong("is short and takes a frame on the stack")
      if (pushes) short_pushing++
    }
    if (pushes) pushing++
    name = ""
  }
  /^[0-9a-f]+ <.*>:$/ {
    finish()
    if ($2 ~ /dispatch.*tail_calls.*6handle/) {
      name = $2; len = returns = jumps = halts = calls = pushes = frame = 0; indirect = direct = ""
    }
    next
  }
  /^$/ { finish() }
  name != "" {
    split($0, parts, "\t"); code = parts[2]
    if (code !~ /^(int3|nop|xchg +%ax,%ax|data16|cs nop)/) len++
    if (code ~ /^(rep[z]? )?ret/) returns = 1
    if (code ~ /^push/) pushes++
    if (code ~ /^sub .*,%rsp/) frame = 1
    if (code ~ /^jmp.*\*/) jumps = 1
    if (code ~ /^jmp.*tail_calls.*4halt/ || code ~ /^j[a-z]+ .*tail_calls.*4halt/) halts = 1
    if (code ~ /^call/) {
      calls++
      if (code ~ /\*/ && code !~ /\(%rip\)/ && code !~ /\*0x[0-9a-f]+\(%[a-z0-9]+\)/) indirect = indirect " " code
      if (code ~ /tail_calls.*(6handle|4halt|17prepare_and_go_on)/) direct = direct " " code
    }
  }
  END {
    finish()
    name = "all"
    if (handlers < least) wrong(handlers + 0 " handlers were found; table 2 has " least " instructions")
    if (pushing * 6 > handlers) wrong(pushing " of " handlers " save registers, which is more than a sixth")
    printf "check-tail-calls: %d handlers: %d jump to the next, %d call something; %d save registers; " \
      "of %d short ones %d do\n", handlers, going, calling, pushing, short, short_pushing
    if (errors) { printf "check-tail-calls: %d errors\n", errors; exit 1 }
  }'
