//! What a server must keep: its roles exist in its version and may stand together (C18's ground).

use enumset::EnumSet;

use super::{Server, ServerRole, allowed_roles, rows};
use crate::param::{Finding, Findings, Rule};

/// Checks one server by itself.
#[must_use]
pub fn check(server: &Server) -> Findings {
    let mut found = Findings::default();
    roles(server, &mut found);
    if server.downgraded_auth && !rows::USE_DOWNGRADED_EXCHANGE_SERVER_AUTH.exists_in(server.version) {
        let name = rows::USE_DOWNGRADED_EXCHANGE_SERVER_AUTH.name();
        let message = format!("parameter {name} does not exist in Exchange {}", server.version.name());
        found.refuse(
            Finding::new(Rule::C12, name, message).hint(format!("-{name}:false, or -Version 2010 or later")),
        );
    }
    if !server.fqdn.contains('.') {
        let message =
            format!("the Fqdn `{}` has no domain, so no certificate and no peer will know it", server.fqdn);
        found.warn(Finding::new(Rule::V8, rows::FQDN.name(), message));
    }
    found
}

fn roles(server: &Server, found: &mut Findings) {
    let name = rows::SERVER_ROLE.name();
    let allowed = allowed_roles(server.version);
    let stray: EnumSet<ServerRole> = server.roles - allowed;
    let list = |roles: EnumSet<ServerRole>| roles.iter().map(Into::into).collect::<Vec<&str>>().join(", ");
    let version = server.version.name();
    if server.roles.is_empty() {
        found.refuse(
            Finding::new(Rule::C18, name, format!("parameter {name}: a server has at least one role"))
                .hint(format!("-{name} takes, on Exchange {version}, {}", list(allowed))),
        );
    } else if !stray.is_empty() {
        let message = format!("parameter {name}: Exchange {version} has no server role {}", list(stray));
        found.refuse(
            Finding::new(Rule::C18, name, message)
                .hint(format!("-{name} takes, on Exchange {version}, {}", list(allowed))),
        );
    } else if server.roles.contains(ServerRole::EdgeTransport) && server.roles.len() > 1 {
        let message = format!("parameter {name}: the role EdgeTransport stands alone on its server");
        found.refuse(
            Finding::new(Rule::C18, name, message)
                .hint("-ServerRole EdgeTransport, and the other roles on another server"),
        );
    }
}
