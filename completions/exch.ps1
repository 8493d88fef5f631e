# TAB for exch in PowerShell 7 and Windows PowerShell: `exch export-completion -Shell pwsh` prints this file.
# The program answers; what is typed is handed over as text and never run.
Register-ArgumentCompleter -Native -CommandName exch, exch.exe -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $cursor = $cursorPosition - $commandAst.Extent.StartOffset
    # A blank before the cursor is not in the text.
    $line = $commandAst.Extent.Text.PadRight([Math]::Max(0, $cursor))
    $json = ConvertTo-Json -Compress -InputObject @{ line = $line; cursor = $cursor }
    # Windows PowerShell pipes ASCII.
    $ascii = [regex]::Replace($json, '[^\x00-\x7f]', { '\u{0:x4}' -f [int][char]$args[0].Value })
    $code = Get-Variable -Name LASTEXITCODE -Scope Global -ValueOnly -ErrorAction Ignore
    $lines = @($ascii | & exch complete-line pwsh 2>$null)
    $global:LASTEXITCODE = $code
    foreach ($answer in $lines) {
        $found = ConvertFrom-Json -InputObject $answer
        [System.Management.Automation.CompletionResult]::new($found.text, $found.list, $found.kind, $found.help)
    }
}
