//! A snapshot that is of no single moment: the source changed while a refresh was under way, which the documents leave
//! open (A36).

use super::rejected::Rejected;
use crate::history::timeline::{Act, ContentId, Held, Moment, Outcome};
use crate::index::SourceIndex;
use crate::words::{Content, FilePath};
use std::collections::BTreeSet;

/// The source changed while a refresh was under way, and every file is as it was at some moment of that (A36).
pub(super) fn the_snapshot_is_mixed(rejected: &Rejected<'_>) -> bool {
    let Some(Act::ReadContent { held: Some(seen), .. }) = rejected.wrong().map(|wrong| &wrong.act)
    else {
        return false;
    };
    let states = states_during_the_last_refresh(rejected.before());
    // What is as the source was at one moment is no mixture, and right or wrong without this.
    states.len() > 1
        && !states.contains(&seen.base)
        && is_mixed(*seen, &states, rejected.contents)
        && others_agree(rejected, *seen)
}

/// What a version is mixed of is the same at all points (VER-13).
fn others_agree(rejected: &Rejected<'_>, seen: Held) -> bool {
    let before = rejected.before().iter().rev().take_while(|moment| moment.act.is_read());
    let mut others = before.filter_map(|moment| match moment.act {
        Act::ReadContent { held: Some(held), .. } => Some(held.base),
        _ => None,
    });
    others.all(|base| base == seen.base)
}

/// The states of the package's source from the last refresh that may have been accepted to the end of its processing.
fn states_during_the_last_refresh(moments: &[Moment]) -> Vec<ContentId> {
    // Once it has ended, only what came after the last call counts: that is what it owes.
    let (mut own, mut under_way, mut last) = (None, false, 0);
    let mut now: Vec<(SourceIndex, Option<ContentId>)> = Vec::new();
    let mut states = Vec::new();
    for moment in moments {
        let may_be_done = matches!(moment.outcome, Outcome::Done | Outcome::Unknown);
        match &moment.act {
            Act::Create { source, .. } | Act::Put { source, .. } if may_be_done => {
                own = source.or(own);
            }
            Act::Source { source, state } => {
                now.retain(|(known, _)| known != source);
                now.push((*source, *state));
                if under_way && own == Some(*source) {
                    states.extend(*state);
                }
            }
            Act::Settled => {
                states.drain(..last);
                (under_way, last) = (false, 0);
            }
            _ => {}
        }
        if may_be_done && begins_a_snapshot(&moment.act) {
            let state = now.iter().find(|(source, _)| own == Some(*source));
            if !under_way {
                states.clear();
            }
            last = states.len();
            states.extend(state.and_then(|(_, state)| *state));
            under_way = true;
        }
    }
    states
}

/// True where a snapshot may come of it.
pub(super) fn begins_a_snapshot(act: &Act) -> bool {
    matches!(
        act,
        Act::Create { .. }
            | Act::Refresh { .. }
            | Act::Put { refresh: true, .. }
            | Act::Add { refresh_points: true, .. }
    )
}

fn is_mixed(seen: Held, states: &[ContentId], contents: &[Content]) -> bool {
    let content = |id: ContentId| contents.get(id.0 as usize);
    let Some(seen) = content(seen.base) else { return false };
    let states: Vec<&Content> = states.iter().filter_map(|&state| content(state)).collect();
    let paths: BTreeSet<&FilePath> =
        states.iter().flat_map(|state| state.keys()).chain(seen.keys()).collect();
    let as_once = |path: &&FilePath| states.iter().any(|state| state.get(*path) == seen.get(*path));
    paths.iter().all(as_once)
}
