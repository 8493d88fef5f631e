//! The transport service that writes a log.

use crate::param::closed;

closed! {
    /// The transport service that writes a log: the folder below `TransportRoles\Logs` names it since 2013.
    #[derive(Hash, PartialOrd, Ord)]
    Service: FrontEnd, Hub, Edge, Mailbox
}

impl Service {
    /// The service that a path names: the folder above `ProtocolLog`, else the last folder that is called like one.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let all = [Service::FrontEnd, Service::Hub, Service::Edge, Service::Mailbox];
        let named = |folder: &str| all.into_iter().find(|one| folder.eq_ignore_ascii_case((*one).into()));
        let mut folders: Vec<&str> = path.split(['/', '\\']).collect();
        folders.pop();
        folders.into_iter().rev().find_map(named)
    }
}
