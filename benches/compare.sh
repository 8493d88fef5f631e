#!/usr/bin/env bash
# benches/compare.sh [PROGRAM [BEFORE]]: times what an administrator does, beside the tools that one would take instead.
# Commands take turns in one run; the medians of their wall times are compared. It installs what it needs (apt-get, as
# root), says what it could not have, and writes the table into docs/performance.md. BEFORE is another build of exch,
# which takes turns too. SERVERS (10000), ROUNDS (15), ROWS (100000) and REVISIONS (10000) make a run shorter or longer.
set -euo pipefail
cd "$(dirname "$0")/.."
page=$PWD/docs/performance.md
program=$(realpath "${1:-target/release/exch}")
before=${2:+$(realpath "$2")}
servers=${SERVERS:-10000} rounds=${ROUNDS:-15} rows=${ROWS:-100000} revisions=${REVISIONS:-10000}

missing=()
need() { # PROGRAM PACKAGE
  command -v "$1" >/dev/null && return
  [ "$(id -u)" = 0 ] && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$2" >/dev/null 2>&1 || true
  command -v "$1" >/dev/null || missing+=("$1")
}
need git git; need jq jq; need mawk mawk; need postmap postfix; need python3 python3; need time time
has() { command -v "$1" >/dev/null; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null EXCH_SERVER=
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=bench@x.example GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=bench@x.example
unset EXCH_STORE EXCH_SERVER
git=(git -c core.fsync=all -c gc.auto=0 -c maintenance.auto=false)

# --- stores: copies of one server of so many connectors, under other names ---
store() { # DIRECTORY SERVERS CONNECTORS
  local dir=$1 n=$2 k=$3
  mkdir -p "$dir"
  "$program" initialize-store -Store "$dir" >/dev/null 2>&1
  mkdir -p "$dir/servers"
  mawk -v n="$n" -v k="$k" -v dir="$dir/servers" 'BEGIN {
    for (s = 0; s < n; s++) {
      name = sprintf("HUB%05d", s); file = dir "/" name ".toml"
      printf "Name = \"%s\"\nGuid = \"%08x-0000-4000-8000-000000000000\"\nFqdn = \"%s.x.example\"\nVersion = \"2010\"\nServerRole = [\"HubTransport\"]\nIPAddresses = [\"192.0.2.1\"]\n", name, s, name >file
      for (c = 0; c < k; c++) {
        printf "\n[[ReceiveConnector]]\nName = \"Relay %d\"\nGuid = \"%08x-0000-4000-8000-%012x\"\nEnabled = true\nBindings = [\"0.0.0.0:25\"]\n", c, s, c + 1 >file
        printf "RemoteIPRanges = [\"10.%d.%d.%d\"]\nAuthMechanism = [\"Tls\"]\nPermissionGroups = [\"AnonymousUsers\"]\nFqdn = \"%s.x.example\"\n", c / 65536, (c / 256) % 256, c % 256, name >file
      }
      close(file)
    }
  }'
  git -C "$dir" add -A && git -C "$dir" commit -q -m first
  # The first change records nothing of its own and leaves what later ones read.
  "$program" set-receiveconnector "HUB00000\\Relay 0" -Comment first -Store "$dir" >/dev/null 2>&1
}
echo "making the stores ..." >&2
store one 1 20
store many "$servers" 20
store deep10 1 10
store deep1000 1 1000
store deep100000 1 100000
store thousand 1000 20
# The first change gives each object its dates; the second is like those that follow.
for hops in 17 18; do
  "$program" set-receiveconnector '*\Relay 5' -MaxHopCount $hops -Confirm:false -Store thousand >/dev/null 2>&1
done
git clone -q --no-hardlinks many clone
for of in one many thousand; do
  mkdir "plain-$of" && cp -r "$of/servers" "plain-$of/"
  git -C "plain-$of" init -q && git -C "plain-$of" add -A && git -C "plain-$of" commit -q -m first
done
find plain-thousand/servers -name '*.toml' -exec sed -i '0,/^Enabled/s/^Enabled.*/Enabled = false/' {} +
git -C plain-thousand commit -q -a -m second
# A history of as many revisions as an organization makes in years, each with another remark.
cp -r one long
{
  file=servers/HUB00000.toml
  mawk -v revisions="$revisions" -v file="$file" '
    { text = text $0 "\n" }
    END {
      from = "refs/heads/main^0"
      for (n = 1; n <= revisions; n++) {
        all = text; sub(/Comment = "first"/, "Comment = \"change " n "\"", all)
        printf "commit refs/heads/main\ncommitter bench <bench@x.example> %d +0000\ndata 7\nchange\n", 1800000000 + n
        if (n == 1) printf "from %s\n", from
        printf "M 100644 inline %s\ndata %d\n%s\n", file, length(all), all
      }
    }' "long/$file"
} | git -C long fast-import --quiet
git -C long reset -q --hard
last=$(printf 'HUB%05d' $((servers - 1)))
sessions() { # FILE NETWORK RECIPIENT
  mawk -v rows="$rows" -v net="$2" -v to="$3" 'BEGIN { print "Server,RemoteIPAddress,RcptTo"; for (n = 0; n < rows; n++) printf "HUB00000,%s.%d,%s\n", net, n % 10, to }' >"$1.csv"
}
# Taken, refused at RCPT TO, and refused since no connector has the address.
sessions accepted 10.0.0 bob@contoso.com
sessions refused 10.0.0 bob@elsewhere.example
sessions unanswered 172.16.0 bob@contoso.com

# --- measuring: `run NAME COMMAND ...` appends a wall time in ms to a file of that name ---
# An answer may be no (3) or that nothing is there (4); any other failure ends the run: errors are not worth timing.
run() {
  local name=$1 from to status=0
  shift
  from=$EPOCHREALTIME
  "$@" >/dev/null 2>&1 </dev/null || status=$?
  to=$EPOCHREALTIME
  # An older program may not understand a line, and then has no figure.
  [ "$status:${name%%.*}" = 2:before ] && return
  case $status in 0 | 3 | 4) ;; *) echo "$name: exit $status: $*" >&2; exit 1 ;; esac
  echo $(((${to/[.,]/} - ${from/[.,]/}))) >>"$work/t.$name"
}
median() { sort -n "$work/t.$1" 2>/dev/null | mawk '{ all[NR] = $1 } END { if (NR) printf "%.2f", all[int((NR + 1) / 2)] / 1000 }'; }
both() { # NAME ARGUMENTS ...: by the program, and by the one before
  local name=$1
  shift
  run "$name" "$program" "$@"
  if [ -n "$before" ]; then run "before.$name" "$before" "$@"; fi
}
commit() { (cd "$1" && "${git[@]}" add -A -- "$2" && "${git[@]}" commit -q -m set); }
turns() { echo "$1 ..." >&2; }

turns 'start and reading'
for ((n = 0; n < rounds; n++)); do
  run git-version git --version
  both version --version
  both welcome
  both help get-help new-receiveconnector
  for of in one many; do
    s=HUB00000; [ $of = one ] || s=$last
    both "exact-$of" get-receiveconnector "$s\\Relay 7" -Store $of
    both "case-$of" get-receiveconnector "${s,,}\\relay 7" -Store $of
    both "wild-$of" get-receiveconnector "$s\\*" -Store $of
    both "server-$of" get-receiveconnector -Server "$s" -Store $of
    both "absent-$of" get-receiveconnector 'NOWHERE\Relay' -Store $of
    both "tab-$of" complete-line bash "exch get-receiveconnector -Store $of " '' ''
  done
done
# A clone has no list of names beside its objects until its first change, and reading makes none.
for ((n = 0; n < rounds; n++)); do both exact-clone get-receiveconnector "$last\\Relay 7" -Store clone; done
for ((n = 0; n < (rounds + 4) / 5; n++)); do
  for of in one many; do both "bare-$of" get-receiveconnector stranger -Store $of; done
done

turns 'one change'
for ((n = 0; n < rounds; n++)); do
  for of in one many; do
    s=HUB00000; [ $of = one ] || s=$last
    # Another value each time: what changes nothing makes no revision.
    run "set-$of" "$program" set-receiveconnector "$s\\Relay 7" -MaxHopCount $((2 * n + 1)) -Store $of
    if [ -n "$before" ]; then
      run "before.set-$of" "$before" set-receiveconnector "$s\\Relay 7" -MaxHopCount $((2 * n + 2)) -Store $of
    fi
    sed -i "s/^Fqdn = .*/Fqdn = \"n$n.x.example\"/" "plain-$of/servers/$s.toml"
    run "commit-$of" commit "plain-$of" "servers/$s.toml"
  done
done

turns 'one server of 100,000 connectors'
for ((n = 0; n < (rounds + 4) / 5; n++)); do
  both get-deep get-receiveconnector 'HUB00000\Relay 70000' -Store deep100000
  run set-deep "$program" set-receiveconnector 'HUB00000\Relay 70000' -MaxHopCount $((2 * n + 1)) -Store deep100000
  if [ -n "$before" ]; then
    run before.set-deep "$before" set-receiveconnector 'HUB00000\Relay 70000' -MaxHopCount $((2 * n + 2)) -Store deep100000
  fi
  if has python3; then run tomllib-deep python3 -c 'import tomllib; tomllib.load(open("deep100000/servers/HUB00000.toml", "rb"))'; fi
done

turns 'all of them'
memory() { command -v time >/dev/null && command time -f %M "$@" 2>&1 >/dev/null </dev/null | tail -1 || echo; }
both json get-receiveconnector -Output json -Store many
json_memory=$(memory "$program" get-receiveconnector -Output json -Store many)
both access get-effectiveaccess -Ability Relay -User Anonymous -Store many
access_memory=$(memory "$program" get-effectiveaccess -Ability Relay -User Anonymous -Store many)
before_memory=; [ -z "$before" ] || before_memory=$(memory "$before" get-receiveconnector -Output json -Store many)
if has python3; then
  run tomllib python3 -c 'import glob, json, tomllib
for file in sorted(glob.glob("many/servers/*")): print(json.dumps(tomllib.load(open(file, "rb")), default=str))'
fi
run set-all "$program" set-receiveconnector '*\Relay 5' -MaxHopCount 17 -Confirm:false -Store many
if [ -n "$before" ]; then run before.set-all "$before" set-receiveconnector '*\Relay 5' -MaxHopCount 18 -Confirm:false -Store many; fi
find plain-many/servers -name '*.toml' -exec sed -i '0,/^Enabled/s/^Enabled.*/Enabled = false/' {} +
run commit-all commit plain-many servers

turns 'sessions'
for k in 10 1000; do
  for how in accepted refused unanswered; do
    lines=$("$program" test-datapath -InputFile $how.csv -Output csv -Store "deep$k" 2>/dev/null | wc -l) || true
    [ "$lines" = $((rows + 1)) ] || { echo "$how, $k connectors: $lines lines for $rows rows" >&2; exit 1; }
    both "$how-$k" test-datapath -InputFile $how.csv -Output csv -Store "deep$k"
  done
  if has postmap; then
    for ((c = 0; c < k; c++)); do echo "10.0.$((c / 256)).$((c % 256)) OK"; done >"cidr-$k"
    mawk -F, 'NR > 1 { print $2 }' accepted.csv >addresses
    run "postmap-$k" sh -c "postmap -q - cidr:$work/cidr-$k <addresses"
  fi
done
run mawk mawk -F, '{ cells += NF } END { print cells }' accepted.csv

turns 'history'
for ((n = 0; n < (rounds + 4) / 5; n++)); do
  both history get-storehistory -Store long -ResultSize unlimited
  run log git -C long log
done
for ((n = 0; n < (rounds + 4) / 5; n++)); do
  both compare compare-storerevision HEAD~1 -Store thousand
  run diff git -C plain-thousand diff HEAD~1
  run restore "$program" restore-storerevision HEAD~1 -Confirm:false -Store thousand
  if [ -n "$before" ]; then run before.restore "$before" restore-storerevision HEAD~1 -Confirm:false -Store thousand; fi
  run revert "${git[@]}" -C plain-thousand revert --no-edit HEAD
done

# --- the table ---
ratio() { mawk -v a="$(median "$1")" -v b="$(median "$2")" 'BEGIN { if (a != "" && b + 0 > 0) printf (a / b < 10 ? "%.2f" : "%.0f"), a / b; else printf "–" }'; }
row() { # WHAT NAME PEER AIM
  printf '| %s | %s | %s | %s | %s | %s |\n' "$1" "$(ratio "before.$2" "$3")" "$(ratio "$2" "$3")" "$4" "$(median "$2")" "$(median "$3")"
}
own() { # the same where the peer is the program itself at one server: before is compared with before
  printf '| %s | %s | %s | %s | %s | %s |\n' "$1" "$(ratio "before.$2-many" "before.$2-one")" "$(ratio "$2-many" "$2-one")" "$3" "$(median "$2-many")" "$(median "$2-one")"
}
speed() { mawk -v ms="$(median "$1")" -v rows="$rows" 'BEGIN { if (ms + 0 > 0) printf "%d", rows / ms * 1000; else printf "–" }'; }
table() {
  printf '| ratio | before | now | aim | ms | peer, ms |\n|---|--:|--:|--:|--:|--:|\n'
  row '`exch --version` / `git --version`' version git-version 1.2
  row '`exch` / `git --version`' welcome git-version 1.2
  row '`exch get-help X` / `git --version`' help git-version 1.5
  own "get by exact name, $servers servers / 1" exact 1.5
  row "the same in a fresh clone, $servers servers / 1" exact-clone exact-one 1.5
  own 'the same in other case' case 1.5
  own 'every connector of one server, by wildcard' wild 1.5
  own 'the same by `-Server`' server 1.5
  own 'a server that is not there' absent 1.5
  own 'a bare name that is not there' bare 5
  own 'TAB, every server' tab 5
  row 'one durable set / `git add` and `git commit`, 1 server' set-one commit-one 0.5
  row "the same, $servers servers" set-many commit-many 0.3
  row 'set on all servers, one revision / `git add -A` and `git commit`' set-all commit-all 1.5
  row 'get one of 100000 connectors of a server / tomllib' get-deep tomllib-deep 0.1
  row 'set one of them / tomllib' set-deep tomllib-deep 0.2
  row 'all connectors as JSON / tomllib and json' json tomllib 0.1
  row 'who can relay without authentication, on all servers / all connectors as JSON' access json 1.2
  row "history, $revisions revisions / \`git log\`" history log 2
  row 'compare two revisions over 1000 servers / `git diff`' compare diff 2
  row 'restore a revision over 1000 servers / `git revert`' restore revert 2
  printf '\n'
  printf '| | before | now | peer |\n|---|--:|--:|--:|\n'
  printf '| all connectors as JSON: memory, MB | %s | %s | |\n' "$((${before_memory:-0} / 1024))" "$((${json_memory:-0} / 1024))"
  printf '| who can relay, on all servers: memory, MB | | %s | |\n' "$((${access_memory:-0} / 1024))"
  for k in 10 1000; do
    for how in accepted refused unanswered; do
      printf '| sessions from CSV, %s, rows a second, %s connectors (peer: `postmap -q`) | %s | %s | %s |\n' $how $k "$(speed "before.$how-$k")" "$(speed "$how-$k")" "$(speed "postmap-$k")"
    done
  done
  printf '| `mawk` counting the cells of the same rows, rows a second | | | %s |\n' "$(speed mawk)"
  printf '\n%s servers of 20 connectors, %s rounds, %s rows, %s processors, %s.' "$servers" "$rounds" "$rows" "$(nproc)" "$(git --version)"
  [ ${#missing[@]} -eq 0 ] && echo || printf ' Not at hand: %s.\n' "${missing[*]}"
}
table | tee "$work/table"
mawk -v table="$work/table" '
  /<!-- compare.sh -->/ { print; print ""; while ((getline line <table) > 0) print line; print ""; skip = 1; next }
  /<!-- end -->/ { skip = 0 }
  !skip' "$page" >"$work/page" && cp "$work/page" "$page"
