# The relay gets a connector of its own.
New-ReceiveConnector Relay -Server EX01 -TransportRole FrontendTransport -Usage Custom -Bindings 0.0.0.0:25 -RemoteIPRanges 10.1.1.50,10.20.0.0/24
Set-ReceiveConnector 'EX01\Relay' -PermissionGroups AnonymousUsers
