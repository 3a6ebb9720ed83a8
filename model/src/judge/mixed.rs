//! A snapshot that is of no single instant: the source changed while a refresh was under way, which the documents leave
//! open (A36). What was added to the package meanwhile may be of another instant than the source.

use super::rejected::Rejected;
use crate::history::timeline::{Act, ContentId, Held, Moment, Outcome};
use crate::index::{Index, PointIndex, SourceIndex};
use crate::words::{Content, FilePath};
use std::collections::{BTreeMap, BTreeSet};

/// The source changed while a refresh was under way, and every file is as it was at some instant of that (A36).
pub(super) fn the_snapshot_is_mixed(rejected: &Rejected<'_>) -> bool {
    let Some(Act::ReadContent { point, held: Some(seen) }) =
        rejected.wrong().map(|wrong| &wrong.act)
    else {
        return false;
    };
    let instants = instants_of_the_last_refresh(rejected.before());
    let bases: BTreeSet<ContentId> = instants.iter().filter_map(|instant| instant.base).collect();
    let first = instants.first().and_then(|instant| instant.base);
    // A source that went is another than it was. What is as all was at one instant is no mixture, and right or wrong
    // without this.
    instants.iter().any(|instant| instant.base != first)
        && !instants.iter().any(|instant| instant.is_seen(*seen))
        && instants.iter().any(|instant| instant.added == seen.added)
        && is_mixed(*seen, &bases, rejected.contents)
        && others_agree(rejected, (*point, *seen), &bases, first)
}

/// What a snapshot of one instant would hold.
#[derive(Clone, Copy)]
struct Instant {
    /// What the package's source holds; none where it has none, or where that cannot be read.
    base: Option<ContentId>,
    /// The bits of what was given to the package beside its source.
    added: u64,
}

impl Instant {
    fn is_seen(self, seen: Held) -> bool {
        self.base == Some(seen.base) && self.added == seen.added
    }
}

/// What a version is mixed of is the same at all points (VER-13): no other point shows in the same look what the source held
/// since, or another mixture. What it held before, a point may still have.
fn others_agree(
    rejected: &Rejected<'_>,
    (point, seen): (PointIndex, Held),
    bases: &BTreeSet<ContentId>,
    first: Option<ContentId>,
) -> bool {
    let before = rejected.before().iter().rev().take_while(|moment| moment.act.is_read());
    let place = rejected.rejection.place.next();
    let after = rejected.case.timeline.moments.starting_at(place).iter();
    let look = before.chain(after.take_while(|moment| moment.act.is_read()));
    let mut others = look.filter_map(|moment| match moment.act {
        Act::ReadContent { point: at, held: Some(held) } if at != point => Some(held),
        _ => None,
    });
    others.all(|other| {
        let is_of_since = Some(other.base) != first && is_mixed(other, bases, rejected.contents);
        other.base == seen.base || !is_of_since
    })
}

/// What a source holds that was never edited.
const EMPTY: Option<ContentId> = Some(ContentId::EMPTY);

/// What a snapshot could have held, from the last refresh that may have been accepted to the end of its processing.
fn instants_of_the_last_refresh(moments: &[Moment]) -> Vec<Instant> {
    // Once it has ended, only what came after the last call counts: that is what it owes.
    let (mut own, mut added, mut under_way, mut last) = (None, 0, false, 0);
    let mut now: BTreeMap<SourceIndex, Option<ContentId>> = BTreeMap::new();
    let mut instants = Vec::new();
    for moment in moments {
        let may_be_done = matches!(moment.outcome, Outcome::Done | Outcome::Unknown);
        let mut changes = false;
        match &moment.act {
            Act::Create { source, .. } | Act::Put { source, .. } if may_be_done => {
                own = source.or(own);
            }
            Act::Source { source, state } => {
                now.insert(*source, *state);
                changes = own == Some(*source);
            }
            Act::Add { addition, replaces, .. } if may_be_done => {
                added = (added & !replaces) | addition.bit();
                changes = true;
            }
            Act::Settled => {
                instants.drain(..last);
                (under_way, last) = (false, 0);
            }
            _ => {}
        }
        let begins = may_be_done && begins_a_snapshot(&moment.act);
        if begins {
            if !under_way {
                instants.clear();
            }
            last = instants.len();
            under_way = true;
        }
        if begins || (changes && under_way) {
            let base = own.and_then(|own| now.get(&own).copied().unwrap_or(EMPTY));
            instants.push(Instant { base, added });
        }
    }
    instants
}

/// True where a snapshot may come of it.
pub(super) fn begins_a_snapshot(act: &Act) -> bool {
    matches!(act, Act::Create { .. } | Act::Refresh { .. }) || act.asks_by_a_write()
}

fn is_mixed(seen: Held, states: &BTreeSet<ContentId>, contents: &[Content]) -> bool {
    let content = |id: ContentId| contents.get(id.0 as usize);
    let Some(seen) = content(seen.base) else { return false };
    let states: Vec<&Content> = states.iter().filter_map(|&state| content(state)).collect();
    let paths: BTreeSet<&FilePath> =
        states.iter().flat_map(|state| state.keys()).chain(seen.keys()).collect();
    let as_once = |path: &&FilePath| states.iter().any(|state| state.get(*path) == seen.get(*path));
    paths.iter().all(as_once)
}
