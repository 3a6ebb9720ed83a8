//! What the documents leave open and no run of the specification models: a package whose history only such a freedom
//! explains accuses nobody. It is not judged any further, and the verdict says so.
//!
//! A reading that is pinned closes its question. What the specification itself models of a question is in
//! [`crate::step`]; nothing here makes a history right, it only keeps it from being called wrong.

use super::health::a_point_failed;
use super::injection::the_injection_failed;
use super::mixed::the_snapshot_is_mixed;
use super::rejected::Rejected;
use crate::history::timeline::{Act, ContentId, Moment, Outcome, Writes};
use crate::index::SourceIndex;
use crate::readings::{Question, Readings, behaviour as b};
use crate::step::{Relaxation, Relaxed};
use crate::words::SourceFlag;
use std::collections::BTreeMap;

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
    /// What is enough to go by where the search is given up.
    looks_like_it: fn(&Rejected<'_>) -> bool,
}

/// From the one that makes the least possible.
const SEARCHED: [Searched; 4] = [
    Searched {
        question: Question::Redistribution,
        relaxation: Relaxation::RedistributionReadsSource,
        had_occasion: was_redistributed,
        looks_like_it: is_what_the_source_held,
    },
    Searched {
        question: Question::AddedContent,
        relaxation: Relaxation::AdditionKeepsVersion,
        had_occasion: was_added_to,
        looks_like_it: is_about_a_version,
    },
    Searched {
        question: Question::PropertyWrite,
        relaxation: Relaxation::PropertyMakesVersion,
        had_occasion: was_written,
        looks_like_it: is_about_a_version_or_its_content,
    },
    Searched {
        question: Question::Schedule,
        relaxation: Relaxation::VersionUnasked,
        had_occasion: has_a_schedule,
        looks_like_it: is_about_a_version_or_its_content,
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
            // A version alone may have risen without anybody seeing why.
            let looks_like_it = || freedoms.iter().any(|freedom| (freedom.looks_like_it)(rejected));
            rejected.is_permitted(relaxed).unwrap_or_else(looks_like_it)
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
    /// True where giving up a promise explains it, as far as that can be searched.
    pub(super) fn may_be_explained_by(&self, relaxation: Relaxation) -> bool {
        self.is_explained(Relaxed::only(relaxation)) != Some(false)
    }

    fn is_about_content(&self) -> bool {
        self.wrong().is_some_and(|wrong| matches!(wrong.act, Act::ReadContent { .. }))
    }

    /// A refresh was refused: the call itself, or what a write asked for, which shows as a failure.
    fn is_refused(&self) -> bool {
        self.wrong().is_some_and(|wrong| match &wrong.act {
            Act::Refresh { .. } => matches!(wrong.outcome, Outcome::NonZero | Outcome::Error),
            Act::ReadPackage(Some(status)) if status.failure.is_some() => {
                self.a_write_may_have_failed()
                    && self.may_be_explained_by(Relaxation::RefusedWithoutCause)
            }
            _ => false,
        })
    }

    /// True where the refresh that failed may have been asked for by a write or an addition, not by a call: that was
    /// the newest, or what was asked for since may still wait.
    fn a_write_may_have_failed(&self) -> bool {
        let (mut called, mut settled) = (false, false);
        for moment in self.before().iter().rev() {
            match &moment.act {
                act if act.asks_by_a_write() && moment.outcome != Outcome::Error => return true,
                Act::Refresh { .. } if settled => return false,
                Act::Refresh { .. } => called = true,
                Act::Settled if called => return false,
                Act::Settled => settled = true,
                _ => {}
            }
        }
        false
    }
}

/// A refresh was refused once a property had been written (A6). Whether the flag that asks for a refresh is one is left
/// open, too, where it is a call that is refused.
fn refused_after_a_change(rejected: &Rejected<'_>) -> bool {
    let by_call = rejected.wrong().is_some_and(|wrong| matches!(wrong.act, Act::Refresh { .. }));
    let changes = |act: &Act| match act {
        Act::Put { writes, .. } => by_call || *writes == Writes::Property,
        _ => false,
    };
    rejected.is_refused() && rejected.was_done(changes)
}

/// A refresh was refused whose package has a source that is not read directly (A10).
fn refused_for_its_flag(rejected: &Rejected<'_>) -> bool {
    let flag = |moment: &Moment| match moment.act {
        Act::Create { flag, .. } => Some(flag),
        Act::Put { flag, .. } => flag,
        _ => None,
    };
    let last = rejected.in_this_life().iter().rev().find_map(flag);
    rejected.is_refused() && last.is_some_and(|flag| flag != SourceFlag::Direct)
}

/// `RefreshNow` may have sent what the source held then (A28). A content that came so may pass for that of a version that a
/// write would make, until the version is read.
fn was_redistributed(rejected: &Rejected<'_>) -> bool {
    tells_whether_a_version_was_made(rejected)
        && rejected.was_done(|act| matches!(act, Act::Redistribute { .. }))
}

/// The read that is wrong tells a version.
fn is_about_a_version(rejected: &Rejected<'_>) -> bool {
    rejected.wrong().is_some_and(|wrong| {
        matches!(wrong.act, Act::ReadPackage(_) | Act::ReadSite { .. } | Act::ReadPoint { .. })
    })
}

/// It tells a version, or the content that a version more would have brought.
fn is_about_a_version_or_its_content(rejected: &Rejected<'_>) -> bool {
    is_about_a_version(rejected) || rejected.is_about_content()
}

/// It tells that, or that a refresh has left a task sequence as it leaves one (CLS-1): who made the version that was seen then
/// is another question.
fn tells_whether_a_version_was_made(rejected: &Rejected<'_>) -> bool {
    is_about_a_version_or_its_content(rejected)
        || rejected.wrong().is_some_and(|wrong| matches!(wrong.act, Act::ReadOperable(_)))
}

/// A point shows what some source held when content was sent there again, or later.
fn is_what_the_source_held(rejected: &Rejected<'_>) -> bool {
    let Some(Act::ReadContent { point: at, held: Some(seen) }) =
        rejected.wrong().map(|wrong| &wrong.act)
    else {
        return false;
    };
    let sent = |moment: &Moment| matches!(moment.act, Act::Redistribute { point } if point == *at);
    let Some(sent) = rejected.before().iter().rposition(sent) else { return false };
    let mut latest: BTreeMap<SourceIndex, Option<ContentId>> = BTreeMap::new();
    let mut held = false;
    for (place, moment) in rejected.before().iter().enumerate() {
        if let Act::Source { source, state } = moment.act {
            latest.insert(source, state);
        }
        held |= place >= sent && latest.values().any(|state| *state == Some(seen.base));
    }
    held
}

/// Content was added with `bRefreshDPs`, and no version may have come of it; or it has come before one did.
fn was_added_to(rejected: &Rejected<'_>) -> bool {
    let shows_additions = |moment: &Moment| match moment.act {
        Act::ReadContent { held, .. } => held.is_some_and(|held| held.added != 0),
        _ => false,
    };
    (is_about_a_version(rejected) || rejected.wrong().is_some_and(shows_additions))
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

/// A schedule is in force, which is the other way to force an update, or was before the look in which the version was last
/// read with all done: what is wrong in that look itself may be of the schedule.
fn has_a_schedule(rejected: &Rejected<'_>) -> bool {
    let (mut stands, mut stood, mut quiet, mut was_read) = (false, false, false, false);
    for moment in rejected.in_this_life() {
        let looks = moment.act.is_read();
        if was_read && !looks {
            (stood, was_read) = (false, false);
        }
        quiet = moment.act == Act::Settled || (quiet && looks);
        match (&moment.act, moment.outcome) {
            (Act::SetSchedule { tokens }, Outcome::Done) => stands = *tokens > 0,
            (Act::SetSchedule { tokens }, Outcome::Unknown) => stands |= *tokens > 0,
            (Act::ReadPackage(_), _) => was_read |= quiet,
            _ => {}
        }
        stood |= stands;
    }
    tells_whether_a_version_was_made(rejected) && stood
}
