# What our transport servers are meant to have.
Configuration Transport
{
    param([PSCredential] $ShellCreds)
    Import-DscResource -ModuleName ExchangeDsc

    Node HUB01
    {
        ExchReceiveConnector AnonymousRelay
        {
            Identity                  = 'HUB01\Printers'
            Credential                = $ShellCreds
            Ensure                    = 'Present'
            Usage                     = 'Custom'
            ExtendedRightAllowEntries = @(
                MSFT_KeyValuePair
                {
                    Key   = 'NT AUTHORITY\ANONYMOUS LOGON'
                    Value = 'Ms-Exch-SMTP-Accept-Any-Recipient,ms-Exch-Bypass-Anti-Spam'
                }
            )
            AuthMechanism             = 'Tls'  # no logon
            Bindings                  = '10.0.0.1:26'
            RemoteIPRanges            = '10.0.1.0/24', "10.0.2.7"
            MaxMessageSize            = '250MB'
            PermissionGroups          = @('AnonymousUsers')
            AdvertiseClientSettings   = $false
            TransportRole             = 'FrontendTransport'
        }

        xExchReceiveConnector Gone { Identity = 'HUB01\Old'; Ensure = 'Absent' }
    }
}
