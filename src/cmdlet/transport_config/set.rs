//! Set-TransportConfig: changes what holds for all mail of the organization.

use crate::answer::{Exit, Problem};
use crate::cmdlet::args::Call;
use crate::cmdlet::definition::{Cmdlet, DEFAULTS, Effect, row_params_and};
use crate::cmdlet::plain;
use crate::cmdlet::shared::crud;
use crate::cmdlet::transaction::{Draft, Outcome};
use crate::manual::{Example, Help};
use crate::organization::transport_config::{HeaderPromotionMode, rows};
use crate::organization::{Scene, TransportConfig};
use crate::param::{Group, Kind, Param, Verb, Version, param};

/// The product has it here since 2013; it does what it does everywhere.
static FORCE: Param = Param {
    since: Version::V2013,
    ..param("Force", Kind::Switch, "Make the change even where it breaks an access policy")
        .on(&[Verb::Set])
        .group(Group::Safety)
};

/// The cmdlet.
pub(crate) static CMDLET: Cmdlet = Cmdlet {
    verb: Verb::Set,
    noun: "TransportConfig",
    synopsis: "Change the transport configuration",
    help: Help::new(
        plain::SET_TEXT,
        &[
            Example::new(
                "set-transportconfig -TLSReceiveDomainSecureList '@{Add=\"fabrikam.com\"}'",
                "Takes mail from a domain with Domain Security alone.",
            ),
            Example::new(
                "set-transportconfig -MaxReceiveSize 25MB -MaxSendSize 25MB",
                "Changes two limits in one revision.",
            ),
        ],
    ),
    params: || row_params_and::<TransportConfig>(Verb::Set, [&FORCE]),
    effect: Effect::Changes,
    run,
    ..DEFAULTS
};

fn run(call: &Call<'_>, draft: &mut Draft<'_>) -> Result<Outcome, Problem> {
    let promotes = call.args.has(&rows::HEADER_PROMOTION_MODE_SETTING.param);
    let depths = [
        &rows::MAX_ALLOWED_AGENT_GENERATED_MESSAGE_DEPTH,
        &rows::MAX_ALLOWED_AGENT_GENERATED_MESSAGE_DEPTH_PER_AGENT,
    ];
    // A change is warned of what it brings, not of what was there before.
    let deepens = depths.iter().any(|row| call.args.has(&row.param));
    crud::set::<TransportConfig>(call, &call.args, draft, |_, all, at, scene| {
        match all[at].header_promotion_mode_setting {
            HeaderPromotionMode::MustCreate if promotes => must_create(scene).map_or(Ok(()), Err)?,
            _ => {}
        }
        Ok(if deepens { all[at].warnings() } else { Vec::new() })
    })
}

/// C12: 2007 knows two of the three values.
fn must_create(scene: &Scene) -> Option<Problem> {
    let name = rows::HEADER_PROMOTION_MODE_SETTING.name();
    let message = format!("parameter {name}: Exchange 2007 has no value MustCreate");
    let problem =
        Problem::new(Exit::Refused, message).hint(format!("-{name} MayCreate, or NoCreate")).about(name);
    (scene.version() == Version::V2007).then_some(problem)
}
