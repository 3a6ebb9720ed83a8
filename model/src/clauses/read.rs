//! What clauses ask of a read or an answer: whether it can be judged, what was expected of it, and how it differs.
//! Nothing here says which clause a difference breaks.

mod answered;
mod content;
mod version;

pub(super) use answered::Answered;
pub(super) use content::{ContentRead, LostContent};
pub(super) use version::{Missing, VersionRead};

use crate::index::SiteIndex;
use crate::knowledge::{Knowledge, Presence, Site};
use crate::reply::SiteStatus;

/// True where a read of the package itself can be right or wrong.
pub(super) fn is_judged(known: &Knowledge<'_>) -> bool {
    known.package.can_be_judged()
        && matches!(known.package.presence, Presence::Here | Presence::Leaving)
}

/// A site of which something can be said.
pub(super) fn site<'a>(known: &'a Knowledge<'_>, site: SiteIndex) -> Option<&'a Site> {
    let judged = known.package.can_be_judged() && known.package.is_here();
    known.site(site).filter(|_| judged)
}

/// The version of a site's files, 0 for none; none where it says nothing of them or the package has no source.
pub(super) fn stored(known: &Knowledge<'_>, status: &SiteStatus) -> Option<u32> {
    let stored = status.stored.filter(|_| known.package.has_source())?;
    Some(stored.map_or(0, |version| version.0))
}
