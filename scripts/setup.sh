# What the scripts need of a machine, and how they get it. To be sourced.

needs_cargo() {
  command -v cargo > /dev/null && return 0
  echo "$(basename "$0"): no cargo on PATH: install Rust from https://rustup.rs" >&2
  return 1
}

# One crate in the tree (secp256k1) is written in C.
needs_c_compiler() {
  command -v cc > /dev/null && return 0
  if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends gcc libc6-dev
  else
    echo "$(basename "$0"): a C compiler is needed (Debian: apt-get install gcc libc6-dev)" >&2
    return 1
  fi
}
