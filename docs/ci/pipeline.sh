#!/usr/bin/env bash
# An organization as lines, and the store that they lead to.
#
#   pipeline.sh provision   brings the store to what the lines say; running it again changes nothing
#   pipeline.sh check       for CI: fails when the store is damaged, or is not what the lines lead to
#
# EXCH_STORE names the store, `store` unless it is set. BASE, where it is set, is the revision that a reviewer
# wants to compare with: a branch, a tag, HEAD~3.
set -euo pipefail
export EXCH_STORE="${EXCH_STORE:-store}" CI=1

# What the organization has: one line an object, in the order in which they need each other.
wanted() {
  organization Contoso contoso.com
  server HUB01 -Version 2010 -IPAddresses 10.0.0.1
  connector HUB01 Relay -Bindings 10.0.0.1:25 -RemoteIPRanges 192.168.5.10,192.168.5.11 -PermissionGroups AnonymousUsers
  right 'HUB01\Relay' 'NT AUTHORITY\ANONYMOUS LOGON' ms-Exch-SMTP-Accept-Any-Recipient
  connector HUB01 Scanners -Bindings 10.0.0.1:25 -RemoteIPRanges 192.168.7.0/24 -PermissionGroups AnonymousUsers -MaxMessageSize 20MB
  domain fabrikam.com Authoritative
  exch set-transportconfig -MaxSendSize 30MB
}

organization() {
  exch initialize-store -Organization "$1" -Domain "$2" >/dev/null
}

server() {
  local name=$1
  shift
  if exch get-exchangeserver "$name" >/dev/null 2>&1; then
    exch set-exchangeserver "$name" "$@" >/dev/null
  else
    exch new-exchangeserver "$name" "$@" -NoDefaultConnectors >/dev/null
  fi
}

connector() {
  local server=$1 name=$2
  shift 2
  if exch get-receiveconnector "$server\\$name" >/dev/null 2>&1; then
    exch set-receiveconnector "$server\\$name" "$@" >/dev/null
  else
    exch new-receiveconnector "$name" -Server "$server" -Usage Custom "$@" >/dev/null
  fi
}

right() {
  exch add-adpermission "$1" -User "$2" -ExtendedRights "$3" >/dev/null
}

domain() {
  if exch get-accepteddomain "$1" >/dev/null 2>&1; then
    exch set-accepteddomain "$1" -DomainType "$2" >/dev/null
  else
    exch new-accepteddomain "$1" -DomainName "$1" -DomainType "$2" >/dev/null
  fi
}

# Everything that a store holds: the lines that make it, each on one line, in an order that does not depend on when an
# object was made.
state() {
  exch export-runbook - -Store "$1" | grep -v '^# exch: ' |
    awk '{ sub(/^ +/, "") } sub(/`$/, "") { printf "%s", $0; next } { print }' | sort
}

check() {
  echo "== sound?"
  exch test-store
  if [ -n "${BASE:-}" ]; then
    echo "== changed since $BASE"
    # Exit 3 says that something differs, which is no failure here.
    exch compare-storerevision "$BASE" || [ $? = 3 ]
  fi
  echo "== as the lines say?"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (EXCH_STORE=$work/fresh wanted) 2>"$work/says" || { cat "$work/says" >&2; exit 1; }
  state "$work/fresh" >"$work/lines"
  state "$EXCH_STORE" >"$work/store"
  if ! diff --unified=2 --label lines --label store "$work/lines" "$work/store"; then
    echo "drift: write it into the lines, or take it out of the store" >&2
    exit 1
  fi
  echo "no drift"
}

case ${1:-} in
  provision) wanted ;;
  check) check ;;
  *) echo "usage: pipeline.sh provision | check" >&2; exit 2 ;;
esac
