#!/usr/bin/env bash
# benches/protocol-logs.sh [PROGRAM]: what it takes to read MB (1024) megabytes of receive logs, on one core and on all,
# beside `wc -l`, mawk and Python's csv on the same files. The logs are written as the rules decide and have what makes
# real ones hard to read (benches/logs/generator.rs). Times are the best of ROUNDS (3): user and system time, and wall
# time; memory is the most that was resident. Prints a table for docs/performance.md.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
program=$(realpath "${1:-$here/../target/release/exch}")
megabytes=${MB:-1024}
rounds=${ROUNDS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$here/.." && cargo bench --locked -q --bench protocol_logs -- write "$work/logs" "$megabytes")
cd "$work"
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null EXCH_STORE=$work/store
unset EXCH_SERVER
"$program" initialize-store -Organization Contoso -Domain contoso.com >/dev/null 2>&1
mkdir -p store/servers
cp "$here/logs/EX01.toml" store/servers/
mapfile -t files < <(find logs -name '*.LOG' | sort)
printf 'logs of %s MB in %s files, %s lines\n\n' "$megabytes" "${#files[@]}" "$(cat "${files[@]}" | wc -l)"

cat >fields.py <<'END'
import csv, sys
def lines(name):  # what a log has of NUL and of bytes that are no UTF-8, Python's reader refuses
    return (line.replace("\0", "") for line in open(name, newline="", encoding="utf-8", errors="replace"))
print(sum(len(row) for name in sys.argv[1:] for row in csv.reader(lines(name))))
END

row() { # NAME COMMAND…: its best times, and its memory
  local name=$1
  shift
  for _ in $(seq "$rounds"); do
    /usr/bin/time -f '%U %S %e %M' -o took "$@" >out 2>&1 || [ $? -eq 3 ] || { cat out >&2; exit 1; }
    tail -1 took
  done | awk -v name="$name" '
    { cpu = $1 + $2; if (NR == 1 || cpu < best) best = cpu; if (NR == 1 || $3 < wall) wall = $3; if ($4 > memory) memory = $4 }
    END { printf "| %s | %.2f s | %.2f s | %d MB |\n", name, best, wall, memory / 1024 }'
}

echo '| | processor | wall | memory |'
echo '|---|--:|--:|--:|'
row '`measure-protocollog`, one core' taskset -c 0 "$program" measure-protocollog logs
row '`measure-protocollog`, all cores' "$program" measure-protocollog logs
row '`measure-protocollog -GroupBy RemoteIPAddress -Top 10`' "$program" measure-protocollog logs -GroupBy RemoteIPAddress -Top 10
row '`test-protocollog`' "$program" test-protocollog logs
grep -A6 '^SESSIONS' out | sed 's/^/<!-- /; s/$/ -->/' >decided
row '`get-protocollog -AsLog -Anonymize`' "$program" get-protocollog logs -AsLog -Anonymize
row "\`mawk -F, '{n+=NF}'\`, one core" taskset -c 0 mawk -F, '{ n += NF } END { print n }' "${files[@]}"
row "Python's csv, one core" taskset -c 0 python3 fields.py "${files[@]}"
row '`wc -l`' wc -l "${files[@]}"
cat decided
