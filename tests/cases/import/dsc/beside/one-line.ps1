<# Rolled out by the messaging team.
   One more right for the printers. #>
Configuration "Printers" { Node 'HUB01' {
    xExchReceiveConnector Printers {
        Identity = 'HUB01\Printers'
        ExtendedRightAllowEntries = @(
            MSFT_KeyValuePair { Key = 'NT AUTHORITY\ANONYMOUS LOGON'; Value = 'ms-Exch-SMTP-Accept-Any-Sender,Ms-Exch-Accept-Headers-Routing' }
            MSFT_KeyValuePair { Key = 'CONTOSO\scanner'; Value = 'ms-Exch-SMTP-Submit' }
        )
    } } }
