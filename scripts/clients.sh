#!/usr/bin/env bash
# Shows that the clients which people use for contracts work on the development chain: builds `vellum` with its JSON-RPC,
# serves a new chain and runs the scripts in scripts/clients/ against it.
#
# Not part of scripts/test.sh, because it needs node and installs the clients by npm. The default build has no JSON-RPC
# either: what keeps it right is
#   cargo clippy -p vellum-cli --features rpc --all-targets -- -D warnings
#   cargo test -p vellum-cli --features rpc
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
readonly root work=$root/target/clients
usage="usage: clients.sh [--placement native|linked|host] [--runtime FILE] [SCRIPT ARGS...]
  --placement WHERE  where the runtime and its engine stand (default: native; others need scripts/build-runtime.sh)
  --runtime FILE     the Wasm runtime. That of build-runtime.sh --pallet-contracts-51, in the placement linked, shows that clients
                     see no difference
  SCRIPT ARGS        another script for node, whose first argument will be the chain's address, and its further arguments
needs node and npm"

die() { echo "clients: $1" >&2; exit "${2:-1}"; }

placement=native
runtime=()
features=rpc
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) echo "$usage"; exit ;;
    --placement) placement=${2:-}; [ -n "$placement" ] || die "$usage" 2; shift 2 ;;
    --runtime) [ -f "${2:-}" ] || die "$usage" 2; runtime=(--runtime "$(realpath "$2")"); shift 2 ;;
    -*) die "unknown option $1
$usage" 2 ;;
    *) break ;;
  esac
done
[ "$placement" = native ] || features=rpc,wasm-runtime
command -v npm > /dev/null || die "no npm on PATH: install node and npm"

. "$root/scripts/setup.sh"
needs_cargo
needs_c_compiler
(cd "$root" && cargo build --locked -p vellum-cli --features "$features")

# Installed below target/, and again only when the versions change.
mkdir -p "$work"
if ! cmp -s "$root/scripts/clients/package.json" "$work/package.json" || [ ! -d "$work/node_modules" ]; then
  cp "$root/scripts/clients/package.json" "$work/installing.json"
  rm -rf "$work/node_modules" "$work/package.json"
  (cd "$work" && mv installing.json package.json && npm install --no-audit --no-fund --no-package-lock) \
    || { rm -f "$work/package.json"; die "npm could not install the clients"; }
fi

state=$(mktemp -d)
server=
stop() {
  if [ -n "$server" ]; then kill -INT "$server" 2> /dev/null || true; wait "$server" || true; fi
  rm -rf "$state"
}
trap stop EXIT

# Wherever it runs from, the Wasm runtimes lie below the project.
(cd "$root" && exec target/debug/vellum serve --port 0 --placement "$placement" "${runtime[@]}" --state "$state" --json) > "$state/says" &
server=$!
for _ in $(seq 600); do
  [ -s "$state/says" ] && break
  kill -0 "$server" 2> /dev/null || die "the server ended"
  sleep 0.1
done
address=$(sed -n '1s/.*"address":"\([^"]*\)".*/\1/p' "$state/says")
[ -n "$address" ] || die "the server does not say where it is: $(cat "$state/says")"
echo "==> serving at $address, placement $placement"

if [ $# -gt 0 ]; then
  # Beside the installed clients, where node finds them.
  cp "$1" "$work/$(basename "$1")"
  script=$work/$(basename "$1")
  shift
  node "$script" "ws://$address" "$@"
else
  cp "$root"/scripts/clients/*.mjs "$work/"
  node "$work/contracts.mjs" "ws://$address" "$root/contracts"
fi

kill -INT "$server"
wait "$server" || die "the server did not end cleanly"
server=
sed -n '2s/.*"block":\([0-9]*\).*/==> ended at block \1/p' "$state/says"
