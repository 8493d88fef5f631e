Configuration Transport
{
    Node $AllNodes.NodeName
    {
        xExchReceiveConnector Relay
        {
            Identity       = "$($Node.NodeName)\Relay"
            Bindings       = '10.0.0.1:26'
            RemoteIPRanges = $Node.Ranges
        }
    }
}
