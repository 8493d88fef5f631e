#!/usr/bin/env bash
# benches/runbook.sh [PROGRAM]: how long a runbook of New-ReceiveConnector lines takes to become one durable revision, and its
# memory, from 100 to 100,000 lines over 500 servers; beside it the text read alone (a run that the last line ends before
# anything runs), and the way back (Export-Runbook). Medians of ROUNDS (5) runs; prints a table for docs/performance.md.
set -euo pipefail
program=$(realpath "${1:-target/release/exch}")
rounds=${ROUNDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=bench@x.example GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=bench@x.example
unset EXCH_STORE EXCH_SERVER

servers=500
awk -v n=$servers 'BEGIN { for (s = 0; s < n; s++) printf "#exch New-ExchangeServer S%03d -Version 2016 -NoDefaultConnectors\n", s }' >servers.ps1
"$program" run servers.ps1 -Store bare >/dev/null 2>&1
cp -a bare .bare
lines() { # COUNT
  awk -v n="$1" -v servers=$servers 'BEGIN {
    for (i = 0; i < n; i++) {
      k = int(i / servers)
      printf "New-ReceiveConnector -Name \"Relay %d\" -Server S%03d -Custom -TransportRole FrontendTransport -Bindings 0.0.0.0:%d -RemoteIPRanges 10.%d.0.0/16 -PermissionGroups AnonymousUsers\n", k, i % servers, 3000 + k, k
    }
  }'
}
median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
# Seconds and kilobytes of a command, of which the exit code is none of ours.
measured() { /usr/bin/time -f '%e %M' -o took "$@" >/dev/null 2>&1 || true; tail -1 took; }

echo "| lines | one revision | memory | read alone | Export-Runbook |"
echo "|--:|--:|--:|--:|--:|"
for count in 100 1000 10000 100000; do
  lines "$count" >run.ps1
  { cat run.ps1; echo 'foreach'; } >read.ps1
  : >whole; : >memory; : >read; : >back
  for _ in $(seq "$rounds"); do
    rm -rf store; cp -a .bare store
    read -r seconds kilobytes < <(measured "$program" run run.ps1 -Store store)
    echo "$seconds" >>whole; echo "$kilobytes" >>memory
    measured "$program" run read.ps1 -Store store | cut -d' ' -f1 >>read
    measured "$program" export-runbook - -Store store | cut -d' ' -f1 >>back
  done
  printf '| %s | %s s | %s MB | %s s | %s s |\n' "$count" "$(median <whole)" "$(($(median <memory) / 1024))" "$(median <read)" "$(median <back)"
done
