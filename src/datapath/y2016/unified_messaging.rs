//! The table unified-messaging of the 2016 edition: 4 rows.

use super::roles::{IP_GATEWAY, UM_CALL_ROUTER, UM_SERVICE, UM_WORKER_PROCESS};
use crate::datapath::Auth::Certificate;
use crate::datapath::Stated::{NotStated, Yes};
use crate::datapath::Table::UnifiedMessaging;
use crate::datapath::path::{DataPath, path, tcp, udp};
use crate::param::Version::{V2013, V2016};

/// The data paths, in the order of the source.
pub(crate) static PATHS: &[DataPath] = &[
    path("um-call-router-sip", (UnifiedMessaging, 1), &IP_GATEWAY, &UM_CALL_ROUTER)
        .ports(&[tcp(5060).of("SIP").note("unsecured"), tcp(5061).of("SIP").note("mutual TLS")])
        .auth(&[], &[Certificate])
        .supported_auth_note("on 5061; 5060 is not secured")
        .encrypted(Yes, &["mutual TLS"], NotStated)
        .on(&[V2013, V2016]),
    path("um-service-sip", (UnifiedMessaging, 2), &UM_CALL_ROUTER, &UM_SERVICE)
        .ports(&[tcp(5062).of("SIP").note("unsecured"), tcp(5063).of("SIP").note("mutual TLS")])
        .auth(&[], &[Certificate])
        .supported_auth_note("on 5063; 5062 is not secured")
        .encrypted(Yes, &["mutual TLS"], NotStated)
        .on(&[V2013, V2016]),
    path("um-worker-sip", (UnifiedMessaging, 3), &UM_SERVICE, &UM_WORKER_PROCESS)
        .ports(&[
            tcp(5065).of("SIP"),
            tcp(5067).of("SIP"),
            tcp(5066).of("SIP").note("dual mode only"),
            tcp(5068).of("SIP").note("dual mode only"),
        ])
        .encrypted(Yes, &["mutual TLS"], NotStated)
        .on(&[V2013, V2016]),
    path("um-worker-rtp", (UnifiedMessaging, 4), &IP_GATEWAY, &UM_WORKER_PROCESS)
        .ports(&[udp(1024).up_to(65535).of("RTP")])
        .ports_note("the range can be changed")
        .dynamic()
        .encrypted(Yes, &["SRTP"], NotStated)
        .on(&[V2013, V2016]),
];
