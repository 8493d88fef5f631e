//! The script that exports every kind: plain PowerShell 2.0, read only.

use enumset::EnumSet;

use super::ExportKind;

/// The first line of every such script.
pub const MARK: &str =
    "# collect.ps1: exports transport configuration, to be read by exch import-organization.\n";

/// What the script says of itself, up to the first kind.
const HEAD: &str = r#"#
# What it does
#   It runs the Get- cmdlets of Exchange below and writes what they return to one new folder, one file for each,
#   with Export-Clixml. A file manifest.xml says when, where and by whom, and what could not be read.
# What it does not do
#   It changes nothing in Exchange, in Active Directory or on a server: every cmdlet of Exchange in it begins
#   with Get-. It asks for nothing, sends nothing and installs nothing. No password is written.
# How to run it
#   In the Exchange Management Shell of Exchange 2007 or later, or in a session that has the cmdlets of Exchange:
#     .\collect.ps1
#     .\collect.ps1 -Path C:\Temp\exports
#   A role that may view the configuration is enough. An Edge Transport server has a configuration of its own: run
#   it there too. A server that is down does not matter: its configuration is in Active Directory.
# Afterwards
#   Copy the folder to where exch is, and look at what it would bring in: exch import-organization FOLDER -WhatIf

param(
    [string] $Path = (Join-Path -Path (Get-Location) -ChildPath ('exports-' + (Get-Date -Format 'yyyyMMdd-HHmmss')))
)

$collected = (Get-Date).ToUniversalTime().ToString('s') + 'Z'
$failed = @()
New-Item -ItemType Directory -Path $Path -ErrorAction Stop | Out-Null
"#;

/// The end: the manifest, and the exit code.
const TAIL: &str = r#"
'' | Select-Object -Property @{ Name = 'CollectorTime'; Expression = { $collected } },
    @{ Name = 'CollectorAccount'; Expression = { $env:USERDOMAIN + '\' + $env:USERNAME } },
    @{ Name = 'CollectorComputer'; Expression = { $env:COMPUTERNAME } },
    @{ Name = 'CollectorFailed'; Expression = { $failed } } |
    Export-Clixml -Path (Join-Path -Path $Path -ChildPath 'manifest.xml') -Encoding UTF8
Write-Host ('Written to ' + $Path)
if ($failed.Count -gt 0) {
    Write-Host ('Not read, and named in manifest.xml: ' + $failed.Count)
    $failed | ForEach-Object { Write-Host ('  ' + $_) }
    exit 1
}
"#;

/// The whole script.
#[must_use]
pub fn script() -> String {
    let kinds: String = EnumSet::<ExportKind>::all().iter().map(block).collect();
    format!("{MARK}{HEAD}{kinds}{TAIL}")
}

/// The lines of one kind.
fn block(kind: ExportKind) -> String {
    let noun = kind.noun();
    let file = format!("Export-Clixml -Path (Join-Path -Path $Path -ChildPath '{noun}.xml') -Encoding UTF8");
    let command = match kind {
        ExportKind::ADPermission => format!(
            r#"    @(Get-ReceiveConnector -ErrorAction Stop) + @(Get-SendConnector -ErrorAction Stop) | ForEach-Object {{
        $connector = $_
        try {{
            Get-ADPermission -Identity $connector.DistinguishedName -ErrorAction Stop
        }} catch {{
            $failed += 'ADPermission of ' + $connector.Identity + ': ' + $_.Exception.Message
        }}
    }} | {file}"#
        ),
        _ => format!("    Get-{noun} -ErrorAction Stop | {file}"),
    };
    format!(
        r#"
Write-Host '{noun}'
try {{
{command}
}} catch {{
    $failed += '{noun}: ' + $_.Exception.Message
}}
"#
    )
}
