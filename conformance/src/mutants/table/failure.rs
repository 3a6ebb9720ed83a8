//! Mutants of what a failure and a cancel may not do: the promises `FLT-6` and `FLT-7`.

use crate::adapter::reference::{Leisure, Pace};
use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::{Flt6, Flt7};
use pkgsource_model::index::{GenerationIndex, Index};
use pkgsource_model::reply::{Answer, PointStatus, Reply};
use pkgsource_model::words::{Content, PointState, SourceVersion};

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Flt6,
        "failure-empties-points",
        "a refresh whose source is absent takes the content from the points",
        &[on(When::Failed, |s| {
            let points = s.points();
            s.hold_instead(&points, None);
        })],
    ),
    mutant(
        Flt6,
        "failure-empties-the-last-point",
        "a refresh whose source is absent takes the content from the last point",
        &[on(When::Failed, |s| {
            let points = s.last();
            s.hold_instead(&points, None);
        })],
    ),
    mutant(
        Flt6,
        "failure-empties-the-points-of-a-child",
        "a refresh whose source is absent takes the content from the points of child sites",
        &[on(When::Failed, |s| {
            let points = s.points_of_children();
            s.hold_instead(&points, None);
        })],
    ),
    mutant(
        Flt6,
        "failure-takes-every-file",
        "a refresh whose source is absent leaves an empty folder at the points",
        &[on(When::Failed, |s| {
            let points = s.points();
            s.change_held(&points, |_| Content::new());
        })],
    ),
    mutant(
        Flt6,
        "failure-takes-a-file",
        "a refresh whose source is absent takes the first file from the points",
        &[on(When::Failed, |s| {
            let points = s.points();
            s.change_held(&points, |files| files.into_iter().skip(1).collect());
        })],
    ),
    mutant(
        Flt6,
        "failure-restores-the-first-version",
        "a refresh whose source is absent brings the first version's files back to the points",
        &[on(When::Failed, |s| {
            if let Some(first) = s.snapshot(GenerationIndex::FIRST) {
                let points = s.points();
                s.change_held(&points, |_| first.clone());
            }
        })],
    ),
    mutant(
        Flt6,
        "second-failure-empties-points",
        "the second refresh in a row that finds no source takes the content from the points",
        &[on(When::Failed, |s| {
            if s.past().since.failures > 1 {
                let points = s.points();
                s.hold_instead(&points, None);
            }
        })],
    ),
    mutant(
        Flt7,
        "cancelled-point-shows-the-version-before",
        "a point at which a distribution was cancelled in time says INSTALLED at the version that it had",
        &[on(When::PointRead, |s| {
            if let Some(version) = cancelled_in_time(s).filter(|&version| version > 0) {
                let (state, version) = (PointState::Installed, Some(SourceVersion(version)));
                s.reply = Reply::Ok(Answer::Point(PointStatus { state, version }));
            }
        })],
    )
    .at(WHEN_ASKED),
    mutant(
        Flt7,
        "cancelled-point-pends-for-ever",
        "a point at which a distribution was cancelled in time is pending for ever",
        &[on(When::PointRead, |s| {
            if cancelled_in_time(s).is_some() {
                let state = PointState::InstallPending;
                s.reply = Reply::Ok(Answer::Point(PointStatus { state, version: None }));
            }
        })],
    )
    .at(WHEN_ASKED),
    mutant(
        Flt7,
        "cancelled-point-is-forgotten",
        "a point at which its first distribution was cancelled in time shows nothing",
        &[on(When::PointRead, |s| {
            if cancelled_in_time(s) == Some(0) {
                let state = PointState::None;
                s.reply = Reply::Ok(Answer::Point(PointStatus { state, version: None }));
            }
        })],
    )
    .at(WHEN_ASKED),
];

/// Works only when it is asked whether it is idle, so that a cancel comes in time.
const WHEN_ASKED: Pace = Pace::Leisurely(Leisure::WHEN_ASKED);

/// The version that a point had before the distribution that was cancelled there, where nothing is left to do.
fn cancelled_in_time(s: &Scene<'_>) -> Option<u32> {
    let package = s.now()?;
    let state = &package.state;
    let row = state.points.get(s.point)?;
    // Of what a removal may have taken nobody knows whether it is still there.
    let is_sure = state.work.quiet && !row.may_vanish;
    let in_time = row.is_cancelled() && is_sure && row.held < state.target();
    in_time.then(|| row.held.map_or(0, |held| state.version_of(held)))
}
