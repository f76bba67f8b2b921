#!/usr/bin/env bash
# Builds the ink! contracts of the repository into the artefacts that are committed beside their sources.
#
# Relies on scripts/wasm-toolchain.sh and on wasm-opt; see contracts/README.md for what each step is for.
# Promises to touch the artefacts of a contract only when all of them could be built.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
readonly root contracts=$root/contracts work=$root/target/contracts
readonly all=(flipper erc20 caller pair) default_flags=(flipper)
usage="usage: build-contracts.sh [--toolchain DIR] [--check] [NAME...]
  NAME             contracts to build: ${all[*]} (all of them unless named)
  --toolchain DIR  a toolchain made by wasm-toolchain.sh (default: target/wasm-toolchain, made when it is missing)
  --check          build, and fail when a committed artefact differs, instead of replacing it
writes contracts/NAME/NAME.wasm (the code), NAME.json (metadata) and NAME.contract (both), and for ${default_flags[*]} also
NAME-default-flags.wasm, built as cargo does for wasm32-unknown-unknown without any flags for the processor.
needs wasm-opt (binaryen)"

say() { echo "build-contracts: $*" >&2; }
die() { say "$1"; exit "${2:-1}"; }

toolchain=$root/target/wasm-toolchain
names=()
check=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --check) check=1; shift ;;
    --toolchain) toolchain=${2:-}; [ -n "$toolchain" ] || die "$usage" 2; shift 2 ;;
    -*) die "unknown option $1
$usage" 2 ;;
    *) [ -f "$contracts/$1/lib.rs" ] || die "no contract contracts/$1; there are: ${all[*]}" 2; names+=("$1"); shift ;;
  esac
done
[ ${#names[@]} -gt 0 ] || names=("${all[@]}")

command -v wasm-opt > /dev/null || die "no wasm-opt on PATH: install binaryen (apt-get install binaryen)"
[ -e "$toolchain" ] || "$root/scripts/wasm-toolchain.sh" "$toolchain"
toolchain=$(cd "$toolchain" && pwd)
mkdir -p "$work"
compiler=$("$toolchain/bin/rustc" --version | cut -d' ' -f1-2)

# A contract keeps 64 KiB of stack in front of its data and leaves its memory to the chain. Paths of the building
# machine would otherwise end up in panic messages and make the code hash depend on where it was built.
flags=(-Clink-arg=-zstack-size=65536 -Clink-arg=--import-memory
  "--remap-path-prefix=$contracts=contracts" "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo")
joined=$(IFS=$'\x1f'; echo "${flags[*]}")

host_cargo() { cargo "$@" --manifest-path "$contracts/Cargo.toml" --target-dir "$work/host" --locked --quiet; }

link() { # NAME TARGET: prints the path of the linked module
  CARGO_ENCODED_RUSTFLAGS=$joined "$toolchain/bin/cargo" rustc --manifest-path "$contracts/Cargo.toml" --locked --quiet \
    --package "$1" --lib --crate-type cdylib --release --no-default-features --target "$2" --target-dir "$work/wasm" >&2
  echo "$work/wasm/$2/release/$1.wasm"
}

compile() { # NAME TARGET OUT WASM_OPT_FLAGS...
  local linked
  linked=$(link "$1" "$2")
  "$work/host/release/bundle" prepare "$linked" "$3.linked"
  wasm-opt -Oz "${@:4}" --zero-filled-memory "$3.linked" -o "$3"
  rm "$3.linked"
}

build() { # NAME
  local name=$1 out=$work/out/$1
  rm -rf "${out:?}"
  mkdir -p "$out"
  compile "$name" wasm32v1-none "$out/$name.wasm" --mvp-features
  for other in "${default_flags[@]}"; do
    [ "$name" != "$other" ] \
      || compile "$name" wasm32-unknown-unknown "$out/$name-default-flags.wasm" --mvp-features --enable-bulk-memory --enable-sign-ext
  done
  # The crates of polkadot-sdk that ink! describes types with offer no host functions under this setting, and the
  # program that prints metadata wants none.
  RUSTFLAGS="--cfg substrate_runtime" cargo run --manifest-path "$contracts/Cargo.toml" --target-dir "$work/metadata" --locked \
    --quiet --release --package "$name" --example metadata > "$out/metadata.json"
  "$work/host/release/bundle" pack "$name" "$compiler" "$out/$name.wasm" "$out/metadata.json" "$out/$name.json" "$out/$name.contract"
  rm "$out/metadata.json"
}

host_cargo build --release --package bundle
stale=
for name in "${names[@]}"; do
  build "$name" || die "$name: see the lines above; nothing was replaced"
  for file in "$work/out/$name"/*; do
    committed=$contracts/$name/$(basename "$file")
    cmp -s "$file" "$committed" && continue
    if [ -n "$check" ]; then
      say "${committed#"$root"/} differs from what $compiler builds"
      stale=1
    else
      cp "$file" "$committed"
      say "wrote ${committed#"$root"/} ($(wc -c < "$file") bytes)"
    fi
  done
done
[ -z "$stale" ] || die "artefacts differ: a different compiler explains that (contracts/README.md names the one used); otherwise run scripts/build-contracts.sh and commit"
