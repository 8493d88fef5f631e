xExchReceiveConnector Printers
{
    Identity                  = 'HUB01\Printers'
    ExtendedRightAllowEntries = $Rights
    ExtendedRightDenyEntries  = @(MSFT_KeyValuePair { Key = 'CONTOSO\guest'; Value = $Denied })
}
