//! What comes of an operation where a promise is given up: a version that it did not ask for, or nothing at all.

use super::relaxation::Relaxation;
use super::{Refusal, Rules, State};
use crate::history::timeline::{Act, ContextArgument, Writes};
use crate::rules::{Addressing, obstacles};

/// How many refreshes that nothing asked for a search lets begin: one shows the cause, and more make it slow.
pub(super) const MOST_UNASKED: u8 = 2;

/// What may come of an operation that did not ask for it, where a promise is given up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unasked {
    Nothing,
    /// The version rises, with the content that there is.
    Version,
    /// That, or a refresh.
    Refresh,
}

/// What may come of an operation, and whether it was refused.
pub(super) fn unasked(act: &Act, refused: bool, rules: &Rules<'_>) -> Unasked {
    let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
    let refused_in_vain = refused && gives_up(Relaxation::RefusalHasEffect);
    let refreshes = match act {
        Act::Refresh { .. } | Act::Add { refresh_points: true, .. } => refused_in_vain,
        Act::Redistribute { .. } => gives_up(Relaxation::RedistributionMakesVersion),
        Act::Assign { .. } | Act::Remove { .. } | Act::Cancel { .. } => {
            gives_up(Relaxation::PointChangeMakesVersion)
        }
        Act::Put { version: true, .. } if gives_up(Relaxation::VersionWritten) => true,
        Act::Put { version: false, writes, .. } if gives_up(Relaxation::PropertyMakesVersion) => {
            match writes {
                Writes::Property => true,
                // It may count as an update, but it asks for no snapshot.
                Writes::FlagAlone if !gives_up(Relaxation::VersionUnasked) => {
                    return Unasked::Version;
                }
                Writes::FlagAlone | Writes::Nothing => gives_up(Relaxation::VersionUnasked),
            }
        }
        Act::Put { .. } | Act::SetSchedule { .. } | Act::Add { refresh_points: false, .. } => {
            gives_up(Relaxation::VersionUnasked) || refused_in_vain
        }
        Act::Create { .. }
        | Act::Source { .. }
        | Act::Delete
        | Act::ReadPackage(_)
        | Act::ReadSite { .. }
        | Act::ReadPoint { .. }
        | Act::ReadContent { .. }
        | Act::ReadContext { .. }
        | Act::ReadOperable(_)
        | Act::Elsewhere
        | Act::Settled => false,
    };
    if refreshes { Unasked::Refresh } else { Unasked::Nothing }
}

/// True for a refresh that may be taken, where the promise is given up that it is then not refused: its answer may be the
/// only thing that is wrong.
pub(super) fn only_its_answer_is_wrong(state: &State, act: &Act, rules: &Rules<'_>) -> bool {
    let Act::Refresh { context, at_owner, own_class } = *act else { return false };
    let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
    let class = rules.class().entry();
    let for_want_of_a_context = class.context && context == ContextArgument::Absent;
    let call = Addressing { context, at_owner, own_class };
    let obstacles = obstacles(class, call, state.has_source());
    let may_be_taken = obstacles.iter().all(|obstacle| obstacle.may_accept(&rules.readings));
    may_be_taken
        && !state.is_unreadable()
        && (gives_up(Relaxation::RefusedWithoutCause)
            || (for_want_of_a_context && gives_up(Relaxation::ContextRequired)))
}

/// An answered operation is forgotten where the promise is given up that it has its effect.
pub(super) fn ignores(act: &Act, rules: &Rules<'_>) -> Result<(), Refusal> {
    let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
    let forgotten = match act {
        Act::Put { refresh: true, .. } => gives_up(Relaxation::FlagWriteIgnored),
        Act::Delete | Act::Create { .. } => gives_up(Relaxation::PresenceEitherWay),
        Act::Remove { .. } => gives_up(Relaxation::OtherPointsToo),
        Act::Refresh { .. }
        | Act::Put { .. }
        | Act::Redistribute { .. }
        | Act::Assign { .. }
        | Act::Cancel { .. }
        | Act::Add { .. }
        | Act::SetSchedule { .. }
        | Act::Source { .. }
        | Act::ReadPackage(_)
        | Act::ReadSite { .. }
        | Act::ReadPoint { .. }
        | Act::ReadContent { .. }
        | Act::ReadContext { .. }
        | Act::ReadOperable(_)
        | Act::Elsewhere
        | Act::Settled => false,
    };
    if forgotten { Ok(()) } else { Err(Refusal::Choice) }
}

/// What a write of properties still does where the flag among them is ignored; none where it writes nothing else.
pub(super) fn without_its_flag(act: &Act) -> Option<Act> {
    match act {
        Act::Put { .. } => without_its_refresh(act),
        _ => None,
    }
}

/// What an operation that asks for a refresh does besides; none where it asks for none, or for nothing else.
pub(super) fn without_its_refresh(act: &Act) -> Option<Act> {
    match *act {
        Act::Put { refresh: true, source, flag, moves, version, writes }
            if writes == Writes::Property =>
        {
            Some(Act::Put { refresh: false, source, flag, moves, version, writes })
        }
        Act::Add { addition, replaces, driver, refresh_points: true } => {
            Some(Act::Add { addition, replaces, driver, refresh_points: false })
        }
        _ => None,
    }
}
