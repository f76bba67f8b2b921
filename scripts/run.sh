#!/usr/bin/env bash
# Builds the command `vellum` and runs it: `scripts/run.sh demo`, `scripts/run.sh inspect FILE`, ...
# Sets up what a fresh machine with rustup's stable toolchain lacks: a C compiler, for one crate in the tree.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
. "$here/setup.sh"

needs_cargo
needs_c_compiler
exec cargo run --quiet --locked --manifest-path "$here/../Cargo.toml" -p vellum-cli -- "$@"
