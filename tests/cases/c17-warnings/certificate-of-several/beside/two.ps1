New-ReceiveConnector Fax -Server HUB02 -Bindings 10.0.0.2:2526 -RemoteIPRanges 10.1.4.1 -PermissionGroups AnonymousUsers -Fqdn fax.contoso.com
New-ReceiveConnector Fax -Server HUB03 -Bindings 10.0.0.3:2526 -RemoteIPRanges 10.1.4.1 -Fqdn fax.contoso.com
