#!/usr/bin/env bash
# Makes a folder with a Rust toolchain that builds for WebAssembly without nightly flags.
#
# Relies on rustup, or on Debian's packaged compiler and its library sources. Promises that afterwards
# `DIR/bin/cargo build --target wasm32v1-none` works whichever of the two it came from; the same goes for
# wasm32-unknown-unknown as far as no_std code is concerned.
set -euo pipefail

readonly targets=(wasm32v1-none wasm32-unknown-unknown)
readonly packages=(rustc-web cargo-web rust-web-src lld-19)
readonly unavailable=3
usage="usage: wasm-toolchain.sh [--from rustup|debian] DIR
  DIR            where the toolchain goes; one that is there already is checked and kept
  --from SOURCE  use this source only. Otherwise: rustup's targets, and where rustup cannot fetch them Debian's
                 packages ${packages[*]} (installed when this runs as root)
then: DIR/bin/cargo build --target wasm32v1-none
exit codes: 0 the toolchain works, 2 wrong usage, $unavailable neither source is to be had, 1 anything else"

say() { echo "wasm-toolchain: $*" >&2; }
die() { say "$1"; exit "${2:-1}"; }

source=any
dir=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --from) source=${2:-}; shift 2 || die "$usage" 2 ;;
    -*) die "unknown option $1
$usage" 2 ;;
    *) [ -z "$dir" ] || die "$usage" 2; dir=$1; shift ;;
  esac
done
[ -n "$dir" ] || die "$usage" 2
case $source in any | rustup | debian) ;; *) die "--from takes rustup or debian, not '$source'" 2 ;; esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Both sources end in two wrappers, so that callers need not know which one it was.
write_wrapper() { # NAME COMMAND...
  printf '#!/bin/sh\nexec %s "$@"\n' "${*:2}" > "$dir/bin/$1"
  chmod +x "$dir/bin/$1"
}

from_rustup() {
  command -v rustup > /dev/null || { say "no rustup on PATH"; return 1; }
  # The toolchain is named, because a folder of another project may have its own default.
  local toolchain cargo rustc
  toolchain=$(rustup show active-toolchain | cut -d' ' -f1)
  rustup target add --toolchain "$toolchain" "${targets[@]}" >&2 || { say "rustup cannot fetch ${targets[*]}"; return 1; }
  cargo=$(rustup which --toolchain "$toolchain" cargo)
  rustc=$(rustup which --toolchain "$toolchain" rustc)
  mkdir -p "$dir/bin"
  write_wrapper rustc "$rustc"
  write_wrapper cargo env -u RUSTUP_TOOLCHAIN "RUSTC=$(cd "$dir" && pwd)/bin/rustc" "$cargo"
}

install_packages() {
  local missing=() package
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}\n' "$package" 2> /dev/null | grep -q '^install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get > /dev/null || { say "no apt-get, and missing: ${missing[*]}"; return 1; }
  [ "$(id -u)" = 0 ] || { say "missing packages: apt-get install ${missing[*]} (not root, so it is left to you)"; return 1; }
  say "installing ${missing[*]}"
  apt-get update -q >&2 || say "apt-get update failed: going on with the lists that are there"
  DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}" >&2 \
    || { say "apt-get cannot install ${missing[*]}"; return 1; }
}

# Debian ships the sources of core and alloc but not their wasm32 builds: these are made here, once.
from_debian() {
  command -v dpkg-query > /dev/null || { say "no Debian packages on this system"; return 1; }
  install_packages || return 1
  mkdir -p "$work/src"
  cat > "$work/Cargo.toml" << 'TOML'
[package]
name = "libraries"
version = "0.0.0"
edition = "2021"
[profile.release]
panic = "abort"
[workspace]
TOML
  printf '#![no_std]\nextern crate alloc;\n' > "$work/src/lib.rs"
  # The packaged compiler is a stable one; RUSTC_BOOTSTRAP lets it build its own libraries, as its package does.
  # Bitcode is embedded so that link-time optimisation reaches into core and alloc, as with rustup's builds.
  (cd "$work" && env -u RUSTUP_TOOLCHAIN RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
    /usr/bin/cargo build -Zbuild-std=core,alloc "${targets[@]/#/--target=}" --release --target-dir "$work/target" >&2)
  local host target libraries
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  libraries="$dir/lib/rustlib"
  mkdir -p "$dir/bin" "$libraries/$host/bin"
  ln -sfn "/usr/lib/rustlib/$host/lib" "$libraries/$host/lib"
  ln -sfn /usr/bin/lld-19 "$libraries/$host/bin/rust-lld"
  for target in "${targets[@]}"; do
    mkdir -p "$libraries/$target/lib"
    cp "$work/target/$target/release/deps/"lib{core,alloc,compiler_builtins}-*.rlib "$libraries/$target/lib/"
  done
  write_wrapper rustc /usr/bin/rustc --sysroot "$(cd "$dir" && pwd)"
  write_wrapper cargo env -u RUSTUP_TOOLCHAIN "RUSTC=$(cd "$dir" && pwd)/bin/rustc" /usr/bin/cargo
}

# A toolchain that compiles a module is a toolchain that works; anything less has been seen to look fine.
works() {
  local target
  printf '#![no_std]\nextern crate alloc;\n' > "$work/probe.rs"
  for target in "${targets[@]}"; do
    [ -x "$dir/bin/rustc" ] && "$dir/bin/rustc" --crate-type rlib --target "$target" -o "$work/probe.rlib" "$work/probe.rs" || return 1
  done
}

if [ -e "$dir" ]; then
  works && exit 0
  [ -d "$dir" ] && [ -z "$(ls -A "$dir")" ] || die "$dir exists and is not a working toolchain: remove it, or name another folder"
fi
for candidate in rustup debian; do
  case $source in any | "$candidate") ;; *) continue ;; esac
  if "from_$candidate"; then
    works || die "the toolchain from $candidate does not compile for ${targets[*]}"
    say "$dir builds for ${targets[*]} ($candidate, $("$dir/bin/rustc" --version))"
    exit 0
  fi
done
rm -rf "${dir:?}"
die "no toolchain: see the lines above" "$unavailable"
