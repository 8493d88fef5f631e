//! What a server must keep: its roles exist in its version and may stand together (C18's ground).

use enumset::EnumSet;

use super::{Server, ServerRole, allowed_roles, rows};
use crate::param::{Finding, Findings, Kind, Rule};

/// Checks one server by itself.
#[must_use]
pub fn check(server: &Server) -> Findings {
    let mut found = Findings::default();
    roles(server, &mut found);
    service_pack(server, &mut found);
    for row in rows::ROWS.iter().filter(|row| !row.exists_in(server.release())) {
        let (value, default) = (row.stored(server), row.default_on(server.platform()));
        if value.is_some_and(|value| value != default && !value.is_empty()) {
            let (name, since) = (row.name(), row.param.since.name());
            let message = format!("parameter {name} does not exist in Exchange {}", server.version.name());
            let without = match row.param.kind {
                Kind::Bool if !default.is_empty() => format!(":{default}").to_lowercase(),
                _ => " '$null'".to_owned(),
            };
            let hint = format!("-{name}{without}, or -Version {since} or later");
            found.refuse(Finding::new(Rule::C12, name, message).hint(hint));
        }
    }
    if !server.fqdn.contains('.') {
        let message =
            format!("the Fqdn `{}` has no domain, so no certificate and no peer will know it", server.fqdn);
        found.warn(Finding::new(Rule::V8, rows::FQDN.name(), message));
    }
    found
}

/// C18: the service pack is one of the edition's.
fn service_pack(server: &Server, found: &mut Findings) {
    let (packs, version) = (server.version.service_packs(), server.version.name());
    let Some(pack) = server.service_pack.filter(|pack| !packs.contains(pack)) else { return };
    let name = rows::SERVICE_PACK.name();
    let names: Vec<&str> = packs.iter().map(|pack| pack.name()).collect();
    let (message, hint) = match names.split_last() {
        Some((last, others)) => (
            format!("parameter {name}: `{}` is not a service pack of Exchange {version} here", pack.name()),
            format!("-{name} {} or {last}", others.join(", ")),
        ),
        None => (
            format!(
                "parameter {name}: Exchange {version} has no service packs, and `{}` was given",
                pack.name()
            ),
            format!("leave -{name} out, or -{name} '$null'"),
        ),
    };
    found.refuse(Finding::new(Rule::C18, name, message).hint(hint));
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
