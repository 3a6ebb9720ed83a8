//! Variants of the permissions, and of the pace at which work may be done.

use super::{EVENTUALLY, LATER_STATUS, Variant, variant};
use crate::adapter::reference::{Leisure, Order, Pace};
use crate::mutants::Pin;
use crate::mutants::mutant::on;
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use pkgsource_model::index::{List, PointIndex};
use pkgsource_model::readings::Question as Q;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::PointState;

const LAGGING: Pin = Pin::new(Q::StatusReads, "lagging");

pub(super) const VARIANTS: &[Variant] = &[
    variant("synchronous", "DST-11", &[], "does everything before a call returns"),
    variant("delayed", "IF-13", &[EVENTUALLY], "returns at once and works later").at(Pace::Later),
    variant(
        "fails-with-an-error",
        "IF-5",
        &[Pin::new(Q::FailureShows, "error")],
        "answers a refresh that failed with an error without a return value",
    ),
    variant(
        "fails-later",
        "IF-13",
        &[LATER_STATUS, EVENTUALLY],
        "returns 0 and shows later that a refresh failed",
    )
    .at(Pace::Later),
    variant(
        "reordering",
        "HIE-5",
        &[EVENTUALLY, Pin::new(Q::PendingReport, "either")],
        "lets metadata and files arrive in either order",
    )
    .at(Pace::Later),
    variant(
        "sends-everything",
        "DST-6",
        &[Pin::new(Q::ChildWithoutPoint, "content_and_metadata")],
        "sends the files to every site, needed or not",
    ),
    variant(
        "busy",
        "IF-13",
        &[EVENTUALLY],
        "returns at once and does something before every request",
    )
    .at(Pace::Leisurely(Leisure { one_in: 1, ..Leisure::USUAL })),
    variant(
        "lazy",
        "IF-13",
        &[EVENTUALLY],
        "does nothing until it is asked whether anything is left to do",
    )
    .at(Pace::Leisurely(Leisure::WHEN_ASKED)),
    variant(
        "slow-deliveries",
        "IF-13",
        &[EVENTUALLY],
        "is asked five times before its deliveries have arrived",
    )
    .at(Pace::Leisurely(Leisure { polls: 5, ..Leisure::USUAL })),
    variant(
        "very-slow-deliveries",
        "IF-13",
        &[EVENTUALLY, LAGGING],
        "is asked twenty times before its deliveries have arrived, and its status lags",
    )
    .at(Pace::Leisurely(Leisure { one_in: 6, polls: 20, ..Leisure::USUAL })),
    variant(
        "late-snapshots",
        "IF-13",
        &[EVENTUALLY],
        "takes a snapshot when nothing else is left to do",
    )
    .at(Pace::Leisurely(Leisure { one_in: 2, order: Order::SnapshotsLast, ..Leisure::USUAL })),
    variant(
        "early-snapshots",
        "IF-13",
        &[EVENTUALLY],
        "takes every snapshot before it delivers any",
    )
    .at(Pace::Leisurely(Leisure { one_in: 2, order: Order::SnapshotsFirst, ..Leisure::USUAL })),
    variant(
        "late-and-coalescing",
        "CON-3",
        &[EVENTUALLY, Pin::new(Q::Increments, "between_1_and_k")],
        "answers all calls that came before it is asked with as few versions as it likes",
    )
    .at(Pace::Leisurely(Leisure::WHEN_ASKED)),
    variant(
        "snapshot-at-once-delivery-later",
        "IF-13",
        &[],
        "shows the new version when a call returns and delivers later",
    )
    .at(Pace::Leisurely(Leisure { polls: 3, ..Leisure::USUAL })),
    variant(
        "lagging-summaries",
        "Q-STATUS",
        &[LAGGING],
        "shows the new version when a call returns, and has summaries that lag behind",
    )
    .at(Pace::Leisurely(Leisure { one_in: 4, polls: 2, ..Leisure::USUAL })),
    variant(
        "retrying",
        "IF-13",
        &[EVENTUALLY],
        "shows INSTALL_RETRYING at a point until the content has arrived",
    )
    .at(Pace::Leisurely(Leisure {
        polls: 4,
        waiting: PointState::InstallRetrying,
        ..Leisure::USUAL
    })),
    variant(
        "cancels-in-time",
        "IF-13",
        &[EVENTUALLY],
        "leaves a point failed whose distribution was cancelled in time",
    )
    .at(Pace::Leisurely(Leisure { polls: 2, ..Leisure::WHEN_ASKED }))
    .with(CANCELS),
    variant(
        "cancels-in-time-and-fails-later",
        "IF-13",
        &[EVENTUALLY, LATER_STATUS],
        "leaves a cancelled point failed also through a refresh that fails later",
    )
    .at(Pace::Leisurely(Leisure::WHEN_ASKED))
    .with(CANCELS),
];

/// A distribution that was cancelled before it had arrived has failed, and stays so until something is delivered. A refresh
/// that fails delivers nothing (FLT-6): it owes the point nothing by itself.
const CANCELS: &[crate::mutants::altered::Alteration] = &[
    on(When::Cancelled, |s| {
        let point = s.point;
        if was_owed(s, point) {
            s.past().stopped.insert(point);
        }
    }),
    on(When::Assigned, deliver_again),
    on(When::Removed, deliver_again),
    on(When::Redistributed, deliver_again),
    on(When::Put, forget_delivered),
    on(When::Refreshed, forget_delivered),
    on(When::Failed, forget_delivered),
    on(When::Added, forget_delivered),
    on(When::Waited, hold_back),
    on(When::PointRead, |s| {
        let point = s.point;
        let is_stopped = s.past().stopped.contains(&point)
            && s.now().is_some_and(|package| {
                let row = package.state.points.get(point);
                let target = package.state.target();
                row.is_some_and(|row| row.assigned && !row.owed && row.held != target)
            });
        if is_stopped && let Reply::Ok(Answer::Point(status)) = &mut s.reply {
            status.state = PointState::InstallFailed;
        }
    }),
];

/// True for a point that was still to get something.
fn was_owed(s: &Scene<'_>, point: PointIndex) -> bool {
    s.old().is_some_and(|package| {
        let state = &package.state;
        let row = state.points.get(point).copied().unwrap_or_default();
        let is_to_come = state.work.opening || state.work.pending > 0 || row.held != state.target();
        !state.work.quiet && row.owed && is_to_come
    })
}

fn deliver_again(s: &mut Scene<'_>) {
    let point = s.point;
    s.past().stopped.remove(&point);
}

/// A point that has got everything there was is as any other.
fn forget_delivered(s: &mut Scene<'_>) {
    let mut stopped = s.past().stopped.clone();
    if let Some(old) = s.old().filter(|old| old.state.work.quiet) {
        let row = |point: PointIndex| old.state.points.get(point).copied().unwrap_or_default();
        let target = old.state.target();
        stopped.retain(|&point| !(row(point).owed && row(point).held == target));
    }
    s.past().stopped = stopped;
}

/// A point whose distribution was cancelled gets nothing of it until it is owed something else.
fn hold_back(s: &mut Scene<'_>) {
    forget_delivered(s);
    let stopped = s.past().stopped.clone();
    let held: List<PointIndex, _> = s
        .old()
        .map(|old| old.state.points.iter().map(|row| row.held).collect())
        .unwrap_or_default();
    let Some(package) = s.now_mut() else { return };
    let state = &mut package.state;
    for point in stopped {
        if let (Some(row), Some(held)) = (state.points.get_mut(point), held.get(point))
            && !row.owed
        {
            row.held = *held;
        }
    }
}
