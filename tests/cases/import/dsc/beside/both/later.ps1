ExchReceiveConnector AnonymousRelay
{
    Identity       = 'HUB01\Printers'
    MaxMessageSize = '25MB'
    Comment        = 'Second floor'
}
