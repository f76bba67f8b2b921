#!/usr/bin/env bash
# Remakes what README and docs show of prices: what the command prints, the tables of docs/weights.md (Block capacity)
# and of docs/twin.md (Gas). To be run when prices or gas classes have changed; `git diff` then shows what became of them.
#
# Promises that a file is replaced as a whole or not at all. Sentences that speak of the figures are for people to read.
set -euo pipefail
cd "$(dirname "$0")/.."

. scripts/setup.sh
needs_cargo
needs_c_compiler

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Replaces by standard input what the first fence (or table) has in it that comes behind the line which begins with MARK.
refill() { # FILE fence|table MARK
  cat > "$work/new"
  [ -s "$work/new" ] || { echo "figures.sh: nothing to put into $1 behind \"$3\"" >&2; exit 1; }
  awk -v kind="$2" -v mark="$3" -v new="$work/new" '
    function put(  line) { while ((getline line < new) > 0) print line }
    state == "" && index($0, mark) == 1 { state = "behind" }
    state == "in" && (kind == "fence" ? /^```/ : !/^\|/) { state = "done" }
    state == "in" { next }
    state == "behind" && kind == "fence" && /^```/ { state = "in"; print; put(); next }
    state == "behind" && kind == "table" && /^\|/ { state = "in"; put(); next }
    { print }
    END { if (state != "done" && !(state == "in" && kind == "table")) exit 1 }
  ' "$1" > "$work/file" || { echo "figures.sh: $1 has no $2 behind \"$3\"" >&2; exit 1; }
  cat "$work/file" > "$1"
}

# A step of the demonstration, through its second table.
step_of_demo() { # NUMBER
  awk -v number="$1. " '
    index($0, number) == 1 { inside = 1 }
    inside { print }
    inside && /^ *all / && ++tables == 2 { exit }
  ' "$work/demo"
}

cargo build --quiet --locked -p vellum-cli
vellum=$PWD/target/debug/vellum

"$vellum" demo > "$work/demo"
{ step_of_demo 6; echo; step_of_demo 8; } | refill README.md fence "contracts (\`contracts/\`) on a chain embedded"

cp contracts/flipper/flipper.contract "$work"
(
  cd "$work"
  told() { echo "\$ vellum $*"; "$vellum" "$@"; }
  told instantiate flipper.contract new false --rows 3
  echo
  told call flipper flip --rows 3
  echo
  told call flipper get --rows 1
) | refill README.md fence "(\`cargo install --locked --path cli\`"

cargo run --quiet --locked -p vellum-twin --example capacity | refill docs/weights.md table "How many calls of everyday contracts"
cargo run --quiet --locked -p vellum-twin --features measured-weights --example capacity |
  refill docs/weights.md table "The same with the weights that the development runtime has measured"

if [ -d ../shared/goldens ]; then
  cargo test --quiet --locked -p vellum-twin real_ -- --nocapture > "$work/twin" 2>&1 || { cat "$work/twin"; exit 1; }
  # The tables of steps with recorded arguments: how ratios are spread, and sums.
  awk '/recorded steps, ref_time/ { inside = 1 } inside && /^\|/ { print }' "$work/twin" > "$work/tables"
  awk '/^\| \| here/ { exit } { print }' "$work/tables" | refill docs/twin.md table "Ratios of consumed"
  awk '/^\| \| here/ { inside = 1 } inside { print }' "$work/tables" | refill docs/twin.md table "What all of these steps cost together"
else
  echo "figures.sh: no ../shared/goldens, so docs/twin.md stays as it is" >&2
fi
