#!/usr/bin/env bash
# What a pull request on the store's repository means for the servers: change.ps1, the lines to review and to run in the
# Exchange Management Shell, and relay.json, what they open and close for relay. BASE is the revision that the branch is
# compared with, EXCH_STORE is the store, OUT the directory for the two files, `.` unless it is set.
set -euo pipefail

base=${BASE:?BASE: the revision to compare with, as in origin/main}
out=${OUT:-.}

# Exit 3: something differs.
differs() {
  local code=0
  "$@" || code=$?
  case $code in 0 | 3) ;; *) exit "$code" ;; esac
}

differs exch compare-storerevision "$base" HEAD -Output powershell >"$out/change.ps1"
differs exch compare-effectiveaccess "$base" HEAD -Ability Relay -Output json >"$out/relay.json"

if grep '^# not reached: ' "$out/change.ps1"; then
  echo "These differences are reached by no line."
  exit 1
fi
