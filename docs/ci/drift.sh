#!/usr/bin/env bash
# Fails a nightly job when the servers differ from the store. EXPORTS is the folder, or the zip archive, that collect.ps1
# wrote, EXCH_STORE is the store, OUT the directory for two files, `.` unless it is set: drift.json, a row for each property
# that differs, and change.ps1, the lines that bring the servers back to the store. Exits with 3 when something differs.
set -euo pipefail

exports=${EXPORTS:?EXPORTS: the folder that collect.ps1 wrote}
out=${OUT:-.}

code=0
exch compare-organization "$exports" -Output json >"$out/drift.json" || code=$?
case $code in
  0) echo "no drift" ;;
  3) lines=0
     exch compare-organization "$exports" -Output powershell >"$out/change.ps1" || lines=$?
     case $lines in 0 | 3) ;; *) exit "$lines" ;; esac
     echo "drift: the servers differ from the store"
     exch compare-organization "$exports" 2>/dev/null || true ;;
esac
exit "$code"
