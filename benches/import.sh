#!/usr/bin/env bash
# benches/import.sh [PROGRAM]: how long Import-Organization takes to make one revision of a real organization's exports, and
# its memory: 10 to 1,000 servers of 20 connectors, each with its access list; beside it Python's ElementTree reading the
# same files element by element, which keeps nothing. Prints a table for docs/performance.md.
#
# The connectors are those of the 2019 fixture under other names; the access list is six entries of an anonymous sender.
set -euo pipefail
program=$(realpath "${1:-target/release/exch}")
fixture=$(realpath tests/fixtures/exchange-2019-receive-connectors.clixml)
command -v python3 >/dev/null || { echo 'skipped: no python3'; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=bench@x.example GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=bench@x.example
unset EXCH_STORE EXCH_SERVER

cat >make.py <<'END'
import os, re, sys
servers, fixture, folder = int(sys.argv[1]), sys.argv[2], sys.argv[3]
text = open(fixture, encoding="utf-8-sig").read()
head, end = text.split("\n", 1)[0] + "\n", "</Objs>\n"
body = text[len(head):text.rindex("</Objs>")]
count = len(re.findall(r'<Obj [^>]*RefId="', body))
# Types are named once in a file; later objects point to them.
later = re.sub(r'<TN RefId="(\d+)">.*?</TN>', r'<TNRef RefId="\1" />', body, flags=re.S)
ref = re.compile(r'(<(?:Obj|Ref) [^>]*RefId=")(\d+)"')
guid = re.compile(r'(<G N="Guid">)[^<]*')
os.makedirs(folder)
with open(folder + "/ReceiveConnector.xml", "w", encoding="utf-8") as out:
    out.write(head)
    for server in range(servers):
        for copy in range(4):
            block = body if server + copy == 0 else later
            base = (server * 4 + copy) * count
            block = ref.sub(lambda m: m[1] + str(base + int(m[2])) + '"', block)
            block = block.replace("WIN-CTD3L0RGEN4\\", "MBX%04d\\" % server)
            # Each copy has ports and names of its own.
            block = re.sub(r"(CN=|\\|>)((?:Default|Client|Outbound)[^<,]*?) WIN-CTD3L0RGEN4", r"\1\2 %d" % copy, block)
            block = block.replace("WIN-CTD3L0RGEN4", "MBX%04d" % server)
            if copy:
                block = re.sub(r"(\]|0\.0\.0\.0):(\d+)<", lambda m: "%s:%d<" % (m[1], int(m[2]) + 10000 * copy), block)
                block = re.sub(r'(N="Port">)(\d+)', lambda m: m[1] + str(int(m[2]) + 10000 * copy), block)
            out.write(guid.sub(r"\g<1>00000000-0000-0000-0000-000000000000", block))
    out.write(end)
names = sorted(set(re.findall(r'<ToString>WIN-CTD3L0RGEN4\\(.*?) WIN-CTD3L0RGEN4</ToString>', body)))
rights = ["ms-Exch-SMTP-Submit", "ms-Exch-SMTP-Accept-Any-Sender", "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender",
          "ms-Exch-Accept-Headers-Routing", "ms-Exch-Accept-Headers-Organization", "ms-Exch-Bypass-Anti-Spam"]
place = ("CN=%s,CN=SMTP Receive Connectors,CN=Protocols,CN=MBX%04d,CN=Servers,CN=Exchange Administrative Group "
         "(FYDIBOHF23SPDLT),CN=Administrative Groups,CN=First Organization,CN=Microsoft Exchange,CN=Services,"
         "CN=Configuration,DC=exlab,DC=dom")
types = ('<TN RefId="0"><T>Microsoft.Exchange.Management.RecipientTasks.ADAcePresentationObject</T>'
         '<T>System.Object</T></TN>')
with open(folder + "/ADPermission.xml", "w", encoding="utf-8") as out:
    out.write(head)
    at = 0
    for server in range(servers):
        for copy in range(4):
            for name in names:
                name = "%s %d" % (name, copy)
                for right in rights:
                    out.write('<Obj RefId="%d">%s<Props>' % (at, types if at == 0 else '<TNRef RefId="0" />'))
                    out.write('<Obj N="AccessRights" RefId="%d"><LST><Obj RefId="%d"><ToString>ExtendedRight</ToString>'
                              '</Obj></LST></Obj>' % (at + 1, at + 2))
                    out.write('<Obj N="ExtendedRights" RefId="%d"><LST><Obj RefId="%d"><ToString>%s</ToString>'
                              '</Obj></LST></Obj>' % (at + 3, at + 4, right))
                    out.write('<Nil N="Properties" /><B N="Deny">false</B><S N="InheritanceType">All</S>')
                    out.write('<Obj N="User" RefId="%d"><ToString>NT AUTHORITY\\ANONYMOUS LOGON</ToString></Obj>' % (at + 5))
                    out.write('<Obj N="Identity" RefId="%d"><ToString>MBX%04d\\%s</ToString><Props>'
                              '<S N="DistinguishedName">%s</S></Props></Obj>' % (at + 6, server, name, place % (name, server)))
                    out.write('<B N="IsInherited">false</B></Props></Obj>\n')
                    at += 7
    out.write(end)
END
cat >tree.py <<'END'
import sys, xml.etree.ElementTree as tree
for path in sys.argv[1:]:
    for _, element in tree.iterparse(path):
        if element.tag.endswith("Props"):
            element.clear()
END
# Seconds and megabytes of a command.
measured() { /usr/bin/time -f '%e %M' -o took "$@" >out 2>err || { cat out err >&2; exit 1; }; awk 'END { printf "%s s | %d MB", $1, $2 / 1024 }' took; }

echo "| servers | connectors | exports | Import-Organization | memory | ElementTree | memory |"
echo "|--:|--:|--:|--:|--:|--:|--:|"
for servers in ${SERVERS:-10 100 1000}; do
  python3 make.py "$servers" "$fixture" "exports$servers"
  bytes=$(cat "exports$servers"/*.xml | wc -c)
  import=$(measured "$program" import-organization "exports$servers" -Store "store$servers")
  python=$(measured python3 tree.py "exports$servers/ReceiveConnector.xml" "exports$servers/ADPermission.xml")
  printf '| %d | %d | %d MB | %s | %s |\n' "$servers" $((servers * 20)) $((bytes / 1000000)) "$import" "$python"
  rm -rf "exports$servers" "store$servers"
done
