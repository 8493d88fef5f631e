Set-ReceiveConnector 'HUB01\Relay' -RemoteIPRanges @{Add='10.2.0.9-10.2.0.5'}
