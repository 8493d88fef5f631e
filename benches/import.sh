#!/usr/bin/env bash
# benches/import.sh [PROGRAM]: how long Import-Organization takes for an organization of servers with 20 Receive connectors
# each and their access lists, and its memory, as one durable revision; the same files a second time; a comparison; beside
# Python's ElementTree, which reads the same files and does nothing with them: whole trees, and element by element (iterparse,
# each object cleared). SERVERS ("100 300 1000") names the sizes. Prints a table for docs/performance.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "${1:-$here/../target/release/exch}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=bench@x.example GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=bench@x.example
unset EXCH_STORE EXCH_SERVER

cat >whole.py <<'END'
import sys, xml.etree.ElementTree as tree
print(sum(len(tree.parse(file).getroot()) for file in sys.argv[1:]))
END
cat >each.py <<'END'
import sys, xml.etree.ElementTree as tree
objects = 0
for file in sys.argv[1:]:
    depth = 0
    for event, element in tree.iterparse(file, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == 1:
            root = element
        elif event == "end" and depth == 1:
            objects += 1
            root.clear()
print(objects)
END

# Seconds of a command, of which so many on a processor, and its memory in MiB.
measured() {
  /usr/bin/time -f '%e %U %S %M' -o took "$@" >out 2>err || [ $? -eq 3 ] || { tail -3 err >&2; exit 1; }
  tail -1 took | awk '{ printf "%.1f s (%.1f), %d MiB", $1, $2 + $3, $4 / 1024 }'
}

echo "| servers | Clixml | import | the same again | compare | ElementTree, whole | ElementTree, by element |"
echo "|--:|--:|--:|--:|--:|--:|--:|"
for servers in ${SERVERS:-100 300 1000}; do
  rm -rf exports store
  python3 "$here/exports.py" exports "$servers" 20 8
  size=$(($(cat exports/*.xml | wc -c) / 1000000))
  first=$(measured "$program" import-organization exports -Store store)
  again=$(measured "$program" import-organization exports -Store store)
  compare=$(measured "$program" compare-organization exports -Store store)
  [ "$(git -C store rev-list --count HEAD)" = 1 ] || { echo "more than one revision" >&2; exit 1; }
  whole=$(measured python3 whole.py exports/*.xml)
  each=$(measured python3 each.py exports/*.xml)
  printf '| %s | %s MB | %s | %s | %s | %s | %s |\n' "$servers" "$size" "$first" "$again" "$compare" "$whole" "$each"
done
