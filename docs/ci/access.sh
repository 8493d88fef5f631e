#!/usr/bin/env bash
# Fails a pull request on the store's repository when it opens a relay to public addresses, or when an access policy does
# not hold. BASE is the revision that the branch is compared with; EXCH_STORE is the store.
set -euo pipefail

base=${BASE:?BASE: the revision to compare with, as in origin/main}
failed=0

# Exit 3: something differs. What is closed is no reason to fail.
code=0
found=$(exch compare-effectiveaccess "$base" HEAD -Ability Relay -PublicOnly -Output csv -Property Change,Identity,Client,RemoteIPRanges) || code=$?
case $code in
  0) ;;
  3) if grep -q '^Opened,' <<<"$found"; then
       echo "This branch opens a relay to public addresses:"
       grep -v '^Closed,' <<<"$found"
       failed=1
     fi ;;
  *) exit "$code" ;;
esac

code=0
exch test-accesspolicy -Property Identity,Result,Server,Client,Ability,From,Try || code=$?
case $code in
  0) ;;
  3) echo "An access policy does not hold."
     failed=1 ;;
  *) exit "$code" ;;
esac
exit "$failed"
