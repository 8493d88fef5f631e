#!/usr/bin/env bash
# benches/cost.sh [PROGRAM]: what one command costs in system calls, opens and syncs, in a store of one server with four
# connectors; and what the code has in lines, files and calls: the rows of the tables in docs/architecture.md. It needs
# strace. Without a program, the one that `cargo build` made is counted.
set -euo pipefail
program=$(realpath "${1:-$(dirname "$0")/../target/debug/exch}")
command -v strace >/dev/null || { echo "strace is missing: apt-get install strace" >&2; exit 1; }

top=$(realpath "$(dirname "$0")/..")
lines() { find "$@" -name '*.rs' -exec cat {} + | wc -l; }
largest() { find "$1" -name '*.rs' -printf '%h\n' | sort | uniq -c | sort -rn | head -n 1 | awk '{ print $1 }'; }
echo '| what | figure |'
echo '|---|--:|'
printf '| lines of Rust in src | %d |\n' "$(lines "$top/src")"
printf '| lines of Rust in tests and benches | %d |\n' "$(lines "$top/tests" "$top/benches")"
printf '| files in src | %d |\n' "$(find "$top/src" -name '*.rs' | wc -l)"
printf '| files in its largest folder | %d |\n' "$(largest "$top/src")"
printf '| files in the largest folder of src/cmdlet | %d |\n' "$(largest "$top/src/cmdlet")"
echo

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cd "$home"
export HOME=$home XDG_DATA_HOME=$home/data EXCH_SERVER=HUB01 GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
unset EXCH_STORE

"$program" new-exchangeserver HUB01 -Version 2010 -NoDefaultConnectors >/dev/null 2>&1
for n in 1 2 3 4; do
  "$program" new-receiveconnector "R$n" -Server HUB01 -Usage Custom -Bindings "0.0.0.0:252$n" \
    -RemoteIPRanges "10.0.0.$n" -PermissionGroups AnonymousUsers >/dev/null 2>&1
done

count() { grep -cE "$1" "$home/trace" || true; }
row() {
  local what=$1
  shift
  strace -f -qq -o "$home/trace" "$program" "$@" >/dev/null 2>&1 </dev/null || true
  printf '| %s | %d | %d | %d | %d |\n' "$what" "$(count '^[0-9]+ +[a-z]')" "$(count 'open.*servers/HUB01\.toml"')" \
    "$(count 'open.*/exch\.toml"')" "$(count ' f(data)?sync\(')"
}

echo '| command | system calls | server file | exch.toml | syncs |'
echo '|---|--:|--:|--:|--:|'
row '`set-receiveconnector` (adds a range)' set-receiveconnector 'HUB01\R1' -RemoteIPRanges '@{Add="10.0.0.9"}'
row '`get-receiveconnector` of one connector' get-receiveconnector 'HUB01\R1'
row '`test-datapath`, one session' test-datapath -Server HUB01 -RemoteIPAddress 10.0.0.7 -RcptTo bob@example.com
row '`exch`' # no words
row '`exch get-help new-receiveconnector`' get-help new-receiveconnector
row '`exch --version`' --version
