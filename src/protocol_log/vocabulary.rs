//! The words that servers say by themselves, in small letters: in a sentence they name nobody, even where somebody is
//! called like one.

use memchr::memmem;

/// Words of replies, remarks, keywords and parameters.
static WORDS: &str = "
    ability abort aborted accept accepted access account acknowledgement active address addresses after agent algorithm
    allowed alternate an and anonymous any are as at attempting authenticated authenticate authentication authorized
    available back backpressure bad banned bare be because been before begins between bits block blocked both buffer bulk
    but by bypass bytes can canceled cannot capabilities certificate certificates chain channel cipher class client
    closed closing code command commands completed concurrent condition configured confirm connect connected connecting
    connection connections contains content control could count credentials data date dead default deferred delayed
    delayedack delivered delivery denied destination detected did disabled disconnect disconnected dns do does domain
    domains down dropped due duration during each empty enabled encrypted encryption end error ehlo established event
    exceeded exceeds exception exchange expected expired external failed failure fatal feature filter filtering first
    fixed for found from front frontend generic get given good granted greeting handshake has hash have header headers
    hello helo help here high hop host hostname ids if implemented in inbound incorrect initialized input insufficient
    internal internalid internetmessageid into invalid is issuer it its kb key kilobytes label last later length less level
    limit line linefeeds lines list listed load local logon logondenied long loop low mac mail mailbox many match max
    maximum may mb mechanism medium mediumhigh message messages method microsoft missing more must name names need
    negotiated negotiation network no non none normal not notafter notbefore now null number obtained occurred of off
    offered ok old on one only open operation option or order originator other out outbound over parameter parameters part
    partner password per permission permissions permitted pickup pipe pipelining please policy port possible postmaster
    present pressure prior process processed processing prohibited protocol provided proxied proxy proxying queue queued
    quota rate read ready reason receive received receiving recipient recipients refused rejected relay remote reply
    replied request requested required requires reserved reset resolver resources response result resumed retry revoked
    route routing same sec seconds secure security seen send sender sending sent serial server servers service session set
    setup shadow should shutdown shutting since single size smtp smtpsend some source source spam ssl stage start started
    starting state status store storedrv strength subject submission submit submitted success succeeded successful
    successfully such suite supported syntax system table tarpit target temporarily temporary text than that the then there this
    throttled throttling thumbprint time timed timeout tls to too transaction transient transmission transport trusted try
    two type unable unavailable undeliverable unexpected unknown unrecognized unsuccessful until untrusted up use user
    username users using valid validated validation value version via wait waiting was were what when which while will
    with within without write wrong you your
    anonymoustls auth bdat binarymime body chunking crlf dsn enhancedstatuscodes envid exchangeauth expn exps gssapi help
    hdrs kerberos login mime never noop notify ntlm orcpt plain quit rcpt rdst ret rset size smtputf8 starttls vrfy
    xattrdirect xattribution xclientip xexch50 xlongaddr xmessagecontext xmessagevalue xoorg xorar xorig xorigfrom xproxy
    xproxyfrom xproxyto xrdst xsessionparams xshadow xshadowrequest xsysprobe xtext rfc rfc822 esmtp x-anonymoustls x-exchangeauth x-exps utf 8bitmime 7bit 8bit full
    attachment blocklist dkim dmarc greylisted malware phishing spam spf virus
    aes anonymoustls calg des dh dhe ecdh ecdhe ephem md5 prot rc4 rsa sha sha1 sha256 sha384 sha512 sp sp_prot tls1 ssl3
    calg_aes_128 calg_aes_256 calg_3des calg_rc4 calg_sha calg_sha1 calg_sha_256 calg_sha_384 calg_sha_512 calg_md5
    calg_ecdhe calg_ecdh_ephem calg_ecdh calg_rsa_keyx calg_dh_ephem calg_hmac
    adr agents approval cat accessdenied accountdisabled ambiguous ambiguousaddress conversionfailed
    emptycertificate loopcount mailboxfull namemismatch noerror noremotecertificate nosuchuser notauthorized notoffered
    notpermitted notsupported nottimevalid offlinerevocation partialchain passwordexpired recipientnotfound
    revocationstatusunknown tlsdomaincapabilities tlsnegotiationfailed trustfailure untrustedroot
    invalidcertificate invalidlogon logontypenotgranted internalerror onehop authsrc perms seqnum sid secid port ip
    anonymous anti partner microsoftexchange onproxyinboundmessage onehlocommand onmailcommand onrcptcommand
    onendofdata onendofheaders onconnect onauthcommand
    mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec gmt utc
    domain example host message removed user
";

/// All of them.
pub fn words() -> impl Iterator<Item = &'static str> {
    WORDS.split_ascii_whitespace()
}

/// Whether it is a part of what servers say by themselves. It is in small letters.
pub fn is_part(text: &str) -> bool {
    memmem::find(WORDS.as_bytes(), text.as_bytes()).is_some()
}
