#!/usr/bin/env python3
"""benches/exports.py DIRECTORY SERVERS CONNECTORS ENTRIES: Clixml as Export-Clixml writes it of an organization.

Each receive connector is the first of tests/fixtures/exchange-2019-receive-connectors.clixml, with all its properties and
their inner objects, under another name, Guid, server, binding and eight remote ranges. Each has so many entries of its
access list, as Get-ADPermission gives them. Object numbers and type references run on as PowerShell writes them.
"""

import pathlib
import re
import sys

directory, servers, connectors, entries = pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:])
directory.mkdir(parents=True, exist_ok=True)
fixture = pathlib.Path(__file__).parent.parent / "tests/fixtures/exchange-2019-receive-connectors.clixml"
text = re.sub(r">\s+<", "><", fixture.read_text(encoding="utf-8-sig"))
HEAD = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">'


def element(text, begin):
    """The whole element that begins there."""
    tag = re.match(r"<(\w+)", text[begin:])[1]
    depth = 0
    for found in re.finditer(rf"<(/?){tag}\b[^>]*?(/?)>", text[begin:]):
        depth += -1 if found[1] else (0 if found[2] else 1)
        if depth == 0:
            return text[begin : begin + found.end()]


def member(name):
    """The whole element of a property of the first connector."""
    return element(first, first.index(f'<Obj N="{name}"'))


def elements(list_property):
    """The objects of a list."""
    inside = list_property[list_property.index("<LST>") + 5 : list_property.index("</LST>")]
    found = []
    while inside:
        found.append(element(inside, 0))
        inside = inside[len(found[-1]) :]
    return found


def with_elements(list_property, objects):
    """The same list of other objects."""
    head, tail = list_property.split("<LST>")[0], list_property.split("</LST>")[1]
    return f"{head}<LST>{objects}</LST>{tail}"


first = element(text, text.index("<Obj RefId"))

RIGHTS = [
    "ms-Exch-SMTP-Submit", "ms-Exch-Accept-Headers-Routing", "ms-Exch-SMTP-Accept-Any-Sender",
    "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender", "ms-Exch-SMTP-Accept-Any-Recipient",
    "ms-Exch-Bypass-Anti-Spam", "ms-Exch-SMTP-Accept-Authentication-Flag", "ms-Exch-SMTP-Accept-XShadow",
]
USERS = [r"NT AUTHORITY\ANONYMOUS LOGON", r"NT AUTHORITY\Authenticated Users", r"CONTOSO\Exchange Servers", r"CONTOSO\app1"]
DN = (
    "CN={name},CN=SMTP Receive Connectors,CN=Protocols,CN={server},CN=Servers,CN=Exchange Administrative Group"
    " (FYDIBOHF23SPDLT),CN=Administrative Groups,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com"
)
CANONICAL = (
    "contoso.com/Configuration/Services/Microsoft Exchange/Contoso/Administrative Groups/Exchange Administrative Group"
    " (FYDIBOHF23SPDLT)/Servers/{server}/Protocols/SMTP Receive Connectors/{name}"
)


def numbered(out, template, base):
    """Writes a template with its object numbers counted from `base`; gives the next number."""
    parts = re.split(r'(?<=<Obj )((?:N="[^"]*" )?)RefId="\d+"', template)
    out.append(parts[0])
    for at in range(1, len(parts), 2):
        out.append(f'{parts[at]}RefId="{base}"{parts[at + 1]}')
        base += 1
    return base


old_server = "WIN-CTD3L0RGEN4"
bindings, ranges = member("Bindings"), member("RemoteIPRanges")
binding = elements(bindings)[0].replace("0.0.0.0:2525", "0.0.0.0:25").replace(">2525<", ">25<")
typed, reference = elements(ranges)
reference = reference.replace("0.0.0.0-255.255.255.255", "@RANGE@")
# The first range of the file carries the definition of their type.
typed = typed.split("<ToString>")[0] + reference[reference.index("<ToString>") :]
eight = [(typed if at == 0 else reference).replace("@RANGE@", f"@RANGE{at}@") for at in range(8)]
plain = first.replace(bindings, with_elements(bindings, binding)).replace(ranges, with_elements(ranges, "".join(eight)))
plain = plain.replace(f"Default {old_server}", "@NAME@").replace(old_server, "@SERVER@")
plain = plain.replace("First Organization", "Contoso").replace("DC=exlab,DC=dom", "DC=contoso,DC=com").replace("exlab.dom", "contoso.com")
plain = plain.replace("HubTransport</ToString><I32>32<", "FrontendTransport</ToString><I32>16384<")
guid = re.search(r'<G N="Guid">([^<]*)</G>', plain)[1]
plain = plain.replace(guid, "@GUID@")
again = re.sub(r'<TN RefId="(\d+)">.*?</TN>', r'<TNRef RefId="\1" />', plain, flags=re.S)


def receive_connectors():
    base = 0
    with open(directory / "ReceiveConnector.xml", "w", encoding="utf-8") as out:
        out.write(HEAD)
        for s in range(servers):
            for c in range(connectors):
                template = again if s or c else plain
                written = template.replace("@NAME@", f"Relay {c}").replace("@SERVER@", f"HUB{s:04}")
                written = written.replace("@GUID@", f"{s:08x}-0000-4000-8000-{c:012x}")
                for at in range(8):
                    written = written.replace(f"@RANGE{at}@", f"10.{c * 8 + at}.{s >> 8}.{s & 255}")
                lines = []
                base = numbered(lines, written, base)
                out.writelines(lines)
        out.write("</Objs>")


TYPE = '<TN RefId="0"><T>Microsoft.Exchange.Management.RecipientTasks.ADAcePresentationObject</T><T>System.Object</T></TN>'
LIST = '<TN RefId="1"><T>Microsoft.Exchange.Data.MultiValuedProperty`1[[System.DirectoryServices.ActiveDirectoryRights]]</T><T>System.Object</T></TN>'
ENTRY = (
    "<Obj RefId=\"0\">@TYPE@<ToString>{canonical}</ToString><Props>"
    '<Obj N="AccessRights" RefId="0">@LIST@<LST><Obj RefId="0"><ToString>ExtendedRight</ToString><I32>256</I32></Obj></LST></Obj>'
    '<Obj N="ExtendedRights" RefId="0"><TNRef RefId="1" /><LST><Obj RefId="0"><ToString>{right}</ToString></Obj></LST></Obj>'
    '<Nil N="ChildObjectTypes" /><Nil N="InheritedObjectType" /><Nil N="Properties" /><B N="IsValid">true</B><B N="Deny">false</B>'
    '<S N="InheritanceType">All</S><Obj N="User" RefId="0"><ToString>{user}</ToString></Obj>'
    '<Obj N="Identity" RefId="0"><ToString>{canonical}</ToString><Props><S N="DistinguishedName">{dn}</S></Props></Obj>'
    '<B N="IsInherited">false</B></Props></Obj>'
)


def access_lists():
    base = 0
    with open(directory / "ADPermission.xml", "w", encoding="utf-8") as out:
        out.write(HEAD)
        for s in range(servers):
            for c in range(connectors):
                names = {"server": f"HUB{s:04}", "name": f"Relay {c}"}
                where = {"canonical": CANONICAL.format(**names), "dn": DN.format(**names)}
                for e in range(entries):
                    right, user = RIGHTS[e % len(RIGHTS)], USERS[e // len(RIGHTS) % len(USERS)]
                    written = ENTRY.format(right=right, user=user, **where)
                    is_first = base == 0
                    written = written.replace("@TYPE@", TYPE if is_first else '<TNRef RefId="0" />')
                    written = written.replace("@LIST@", LIST if is_first else '<TNRef RefId="1" />')
                    lines = []
                    base = numbered(lines, written, base)
                    out.writelines(lines)
        out.write("</Objs>")


receive_connectors()
access_lists()
