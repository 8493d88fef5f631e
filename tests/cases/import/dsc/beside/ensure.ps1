Configuration Transport
{
    Node HUB01
    {
        xExchReceiveConnector Relay
        {
            Identity       = 'HUB01\Faxes'
            Bindings       = '10.0.0.1:26'
            RemoteIPRanges = '10.9.0.0/16'
            Ensure         = $Node.Faxes
        }
    }
}
