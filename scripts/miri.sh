#!/usr/bin/env bash
# Runs the tests of hostile bytes under Miri, which reports any undefined behaviour that it meets: a part of what
# `cargo test` runs, because Miri is some hundred times slower.
#
# Promises to fail when Miri reports something, and to skip, loudly and with success, only where there is no Miri.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
readonly root toolchain=${MIRI_TOOLCHAIN:-nightly}

say() { echo "miri: $*"; }

if ! cargo "+$toolchain" miri --version > /dev/null 2>&1; then
  say "SKIPPED: the toolchain '$toolchain' has no Miri, so nothing was checked."
  say "To get it: rustup toolchain install $toolchain --component miri,rust-src"
  exit 0
fi
cd "$root"
say "$(cargo "+$toolchain" miri --version)"
exec cargo "+$toolchain" miri test --locked --target-dir target/miri -p vellum-engine --test hostile "$@"
