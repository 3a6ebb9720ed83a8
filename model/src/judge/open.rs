//! What the documents leave open and no run of the specification models: a package whose history only such a freedom
//! explains accuses nobody. It is not judged any further, and the verdict says so.
//!
//! A reading that is pinned closes its question. What the specification itself models of a question is in
//! [`crate::step`]; nothing here makes a history right, it only keeps it from being called wrong.

use super::rejected::Rejected;
use crate::history::timeline::{Act, ContentId, Held, Moment, Outcome, Writes};
use crate::readings::{Question, Readings, behaviour as b};
use crate::step::{Relaxation, Relaxed};
use crate::words::{Content, FilePath, PointState, SourceFlag};
use std::collections::BTreeSet;

/// A freedom that one event shows: the question that it is an answer to, and whether it explains a rejected timeline.
type Shown = (Question, fn(&Rejected<'_>) -> bool);

/// In the order in which they are asked.
const SHOWN: [Shown; 5] = [
    (Question::PointHealth, a_point_failed),
    (Question::ChangingSource, the_snapshot_is_mixed),
    (Question::ChangedProperties, refused_after_a_change),
    (Question::OtherSourceFlags, refused_for_its_flag),
    (Question::Injection, the_injection_failed),
];

/// A freedom that has to be searched for: the question, what it makes possible, and whether there was occasion for it.
struct Searched {
    question: Question,
    relaxation: Relaxation,
    had_occasion: fn(&Rejected<'_>) -> bool,
}

/// From the one that makes the least possible.
const SEARCHED: [Searched; 4] = [
    Searched {
        question: Question::Redistribution,
        relaxation: Relaxation::RedistributionReadsSource,
        had_occasion: was_redistributed,
    },
    Searched {
        question: Question::AddedContent,
        relaxation: Relaxation::AdditionKeepsVersion,
        had_occasion: was_added_to,
    },
    Searched {
        question: Question::PropertyWrite,
        relaxation: Relaxation::PropertyMakesVersion,
        had_occasion: was_written,
    },
    Searched {
        question: Question::Schedule,
        relaxation: Relaxation::VersionUnasked,
        had_occasion: has_a_schedule,
    },
];

/// The open question of which some answer explains the timeline; where several answers are needed, the first of theirs.
pub(super) fn question(rejected: &Rejected<'_>) -> Option<Question> {
    let is_open = |question: Question| {
        question.entry().concerns(rejected.class) && permits(&rejected.readings, question)
    };
    let shown = SHOWN
        .iter()
        .find(|(question, explains)| is_open(*question) && explains(rejected))
        .map(|&(question, _)| question);
    shown.or_else(|| {
        let open =
            |freedom: &&Searched| is_open(freedom.question) && (freedom.had_occasion)(rejected);
        let open: Vec<&Searched> = SEARCHED.iter().filter(open).collect();
        let explains = |freedoms: &[&Searched]| {
            let relaxed: Relaxed = freedoms.iter().map(|freedom| freedom.relaxation).collect();
            // What could not be searched excuses no content: a version alone may have risen without anybody seeing why.
            rejected.is_explained(relaxed).unwrap_or_else(|| rejected.is_about_a_version())
        };
        let alone = open.iter().find(|freedom| explains(&[**freedom])).copied();
        let together = || open.first().copied().filter(|_| open.len() > 1 && explains(&open));
        alone.or_else(together).map(|freedom| freedom.question)
    })
}

/// True where the readings permit the freer behaviour.
fn permits(readings: &Readings, question: Question) -> bool {
    match question {
        Question::PointHealth => readings.permits(b::PointHealth::Fails),
        Question::ChangingSource => readings.permits(b::ChangingSource::Mixture),
        Question::ChangedProperties => readings.permits(b::ChangedProperties::Refused),
        Question::OtherSourceFlags => readings.permits(b::OtherSourceFlags::Refused),
        Question::Injection => readings.permits(b::Injection::Fails),
        Question::Redistribution => readings.permits(b::Redistribution::FromSource),
        Question::AddedContent => readings.permits(b::AddedContent::Keeps),
        Question::PropertyWrite => readings.permits(b::PropertyWrite::Raises),
        Question::Schedule => readings.permits(b::Schedule::Fires),
        Question::FailureShows
        | Question::UnknownPackage
        | Question::FailedVersion
        | Question::StatusReads
        | Question::Unpromised
        | Question::Increments
        | Question::VersionVisible
        | Question::NoSource
        | Question::ChildWithoutPoint
        | Question::PutPath
        | Question::TaskSequence
        | Question::ForeignSite
        | Question::UndeclaredParameter
        | Question::EmptyContext
        | Question::ReusedContext
        | Question::PendingReport
        | Question::OtherClass => false,
    }
}

impl Rejected<'_> {
    fn before(&self) -> &[Moment] {
        let moments = &self.case.timeline.moments;
        moments.get(..self.rejection.place).unwrap_or(moments)
    }

    /// True where something of this kind may have taken effect before.
    fn was_done(&self, kind: impl Fn(&Act) -> bool) -> bool {
        let done = |moment: &&Moment| matches!(moment.outcome, Outcome::Done | Outcome::Unknown);
        self.before().iter().filter(done).any(|moment| kind(&moment.act))
    }

    /// True where giving up a promise explains it, as far as that can be searched.
    fn may_be_explained_by(&self, relaxation: Relaxation) -> bool {
        self.is_explained(Relaxed::only(relaxation)) != Some(false)
    }

    /// True where the read that is wrong tells a version.
    fn is_about_a_version(&self) -> bool {
        self.wrong().is_some_and(|wrong| {
            matches!(wrong.act, Act::ReadPackage(_) | Act::ReadSite { .. } | Act::ReadPoint { .. })
        })
    }

    fn is_about_content(&self) -> bool {
        self.wrong().is_some_and(|wrong| matches!(wrong.act, Act::ReadContent { .. }))
    }

    fn is_refused(&self) -> bool {
        self.wrong().is_some_and(|wrong| {
            matches!(wrong.act, Act::Refresh { .. })
                && matches!(wrong.outcome, Outcome::NonZero | Outcome::Error)
        })
    }
}

/// A point says that it failed, where the read that is wrong is one of that point's (PDPS: state 3 is a final one).
fn a_point_failed(rejected: &Rejected<'_>) -> bool {
    let Some(point) = rejected.wrong().and_then(|wrong| point_of(&wrong.act)) else { return false };
    let status = |moment: &Moment| match moment.act {
        Act::ReadPoint { point: of, status } if of == point => Some(status.state),
        _ => None,
    };
    let after = rejected.case.timeline.moments.iter().skip(rejected.rejection.place);
    let in_the_same_look = after.take_while(|moment| is_read(&moment.act)).find_map(status);
    let last = || rejected.before().iter().rev().find_map(status);
    in_the_same_look.or_else(last) == Some(PointState::InstallFailed)
}

fn point_of(act: &Act) -> Option<usize> {
    match act {
        Act::ReadPoint { point, .. } | Act::ReadContent { point, .. } => Some(*point),
        _ => None,
    }
}

fn is_read(act: &Act) -> bool {
    matches!(
        act,
        Act::ReadPackage(_)
            | Act::ReadSite { .. }
            | Act::ReadPoint { .. }
            | Act::ReadContent { .. }
            | Act::ReadContext(_)
            | Act::ReadOperable(_)
    )
}

/// The source changed while a refresh was under way, and every file is as it was at some moment of that (A36).
fn the_snapshot_is_mixed(rejected: &Rejected<'_>) -> bool {
    let Some(Act::ReadContent { held: Some(seen), .. }) = rejected.wrong().map(|wrong| &wrong.act)
    else {
        return false;
    };
    let states = states_during_the_last_refresh(rejected.before());
    states.len() > 1 && is_mixed(*seen, &states, rejected.contents) && others_agree(rejected, *seen)
}

/// What a version is mixed of is the same at all points (VER-13).
fn others_agree(rejected: &Rejected<'_>, seen: Held) -> bool {
    let before = rejected.before().iter().rev().take_while(|moment| is_read(&moment.act));
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
    let mut now: Vec<(usize, Option<ContentId>)> = Vec::new();
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

fn begins_a_snapshot(act: &Act) -> bool {
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

/// A refresh was refused once a property had been written (A6).
fn refused_after_a_change(rejected: &Rejected<'_>) -> bool {
    rejected.is_refused() && rejected.was_done(|act| matches!(act, Act::Put { .. }))
}

/// A refresh was refused whose package has a source that is not read directly (A10).
fn refused_for_its_flag(rejected: &Rejected<'_>) -> bool {
    let flag = |moment: &Moment| match moment.act {
        Act::Create { flag, .. } => Some(flag),
        Act::Put { flag, .. } => flag,
        _ => None,
    };
    let last = rejected.before().iter().rev().find_map(flag);
    rejected.is_refused() && last.is_some_and(|flag| flag != SourceFlag::Direct)
}

/// A boot image's injection ended in an error that the method's page lists (Status 2).
fn the_injection_failed(rejected: &Rejected<'_>) -> bool {
    const ERROR: u32 = 2;
    let failed =
        |moment: &Moment| matches!(moment.act, Act::ReadContext(status) if status.status == ERROR);
    rejected.case.timeline.moments.iter().any(failed)
        && rejected.may_be_explained_by(Relaxation::RefusedWithoutCause)
}

/// `RefreshNow` may have sent what the source held then (A28).
fn was_redistributed(rejected: &Rejected<'_>) -> bool {
    rejected.is_about_content() && rejected.was_done(|act| matches!(act, Act::Redistribute { .. }))
}

/// Content was added with `bRefreshDPs`, and no version may have come of it.
fn was_added_to(rejected: &Rejected<'_>) -> bool {
    rejected.is_about_a_version()
        && rejected.was_done(|act| matches!(act, Act::Add { refresh_points: true, .. }))
}

/// A property was written, and the version may have risen: BASE says that it does when the package is updated.
fn was_written(rejected: &Rejected<'_>) -> bool {
    let writes = |act: &Act| match act {
        Act::Put { version: false, writes, .. } => *writes != Writes::Nothing,
        _ => false,
    };
    rejected.was_done(writes)
}

/// A schedule is in force, which is the other way to force an update.
fn has_a_schedule(rejected: &Rejected<'_>) -> bool {
    rejected.is_about_a_version()
        && rejected.was_done(|act| matches!(act, Act::SetSchedule { tokens } if *tokens > 0))
}
