#!/bin/sh
# Reads a WebAssembly build of the engine for calls in the portable loop: there must be none, or every register that the
# loop holds is kept in memory (docs/adr/0004-portable-loop.md). Needs wasm-objdump (Debian: wabt) and a guest with names, such
# as `portable` of the benchmarks leaves behind:
#
#   scripts/check-portable-loop.sh target/guest/vellum/wasm32v1-none/release/portable_guest.wasm
set -eu
guest=${1:?"usage: $0 GUEST.wasm"}
wasm-objdump -d "$guest" | awk '
    / func\[[0-9]+\] / { inside = /match_loop6common/; found += inside }
    inside && /\| +(call|call_indirect) / { print; calls++ }
    END {
        if (!found) { print "no function is the loop: has the guest names?"; exit 2 }
        if (calls) { print calls " calls in the loop"; exit 1 }
        print "no calls in the loop"
    }'
