Configuration Relay {
    Node 'HUB01' {
        ExchReceiveConnector Printers {
            Identity    = 'HUB01\Printers'
            MaxHopCount = 20
        }
        ExchReceiveConnector Scanners {
            Identity    = 'HUB01\Scanners'
            MaxHopCount
