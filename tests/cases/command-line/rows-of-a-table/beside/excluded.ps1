Get-ADPermission 'HUB01\Relay' -Owner:$false -User 'ANONYMOUS LOGON' | Out-Null
Get-ADPermission 'HUB01\Relay' -Owner -User 'ANONYMOUS LOGON'
