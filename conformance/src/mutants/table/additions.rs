//! Mutants of what is added to a package besides its source: the promises `CLS-3` and `CLS-6`.

use crate::adapter::reference::Package;
use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::{Cls3, Cls6};
use pkgsource_model::index::{AdditionIndex, Index, PointIndex};
use pkgsource_model::operation::Operation;
use pkgsource_model::words::{FileRecord, PackageClass};

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Cls3,
        "drivers-are-not-injected",
        "pending drivers are not injected by a refresh",
        &[on(When::Added, |s| s.forget_additions(0))],
    ),
    mutant(
        Cls3,
        "second-driver-is-not-injected",
        "of several drivers only the first is injected",
        &[on(When::Added, |s| s.forget_additions(AdditionIndex::FIRST.bit()))],
    ),
    mutant(
        Cls3,
        "driver-is-injected-only-with-a-context",
        "a refresh without a ContextID injects no driver",
        &[on(When::Refreshed, |s| {
            inject(s, has_context);
        })],
    ),
    mutant(
        Cls3,
        "driver-is-injected-only-without-a-context",
        "a refresh with a ContextID injects no driver",
        &[on(When::Refreshed, |s| {
            inject(s, |operation| !has_context(operation));
        })],
    ),
    mutant(
        Cls3,
        "driver-is-injected-at-once",
        "a driver enters the content at the points when it is referenced",
        &[on(When::Added, |s| {
            let points = s.points();
            show_waiting(s, &points);
        })],
    ),
    mutant(
        Cls3,
        "redistribution-injects-drivers",
        "a driver enters the content at a point that is sent the version again",
        &[on(When::Redistributed, |s| show_waiting(s, &[s.point]))],
    ),
    mutant(
        Cls3,
        "assignment-injects-drivers",
        "a driver enters the content at a point that is added",
        &[on(When::Assigned, |s| show_waiting(s, &[s.point]))],
    ),
    mutant(
        Cls6,
        "driver-content-never-arrives",
        "content added with bRefreshDPs=false never arrives at the next refresh",
        &[on(When::Added, |s| forget_waiting(s, 0))],
    )
    .only(&[PackageClass::Driver]),
    mutant(
        Cls6,
        "added-content-never-arrives",
        "content added without refreshing the points is not there after the next refresh",
        &[on(When::Added, |s| forget_waiting(s, 0))],
    ),
    mutant(
        Cls6,
        "second-added-content-never-arrives",
        "of several contents added without refreshing the points only the first is there after the next refresh",
        &[on(When::Added, |s| forget_waiting(s, AdditionIndex::FIRST.bit()))],
    ),
    mutant(
        Cls6,
        "added-content-needs-a-changed-source",
        "content that was added is not there after the refresh of an unchanged source",
        &[on(When::Refreshed, |s| {
            let bases = |package: Option<&Package>| {
                package.and_then(|package| package.state.generations.last()?.held).map(|h| h.base)
            };
            if bases(s.old()) == bases(s.now()) {
                inject(s, |_| false);
            }
        })],
    ),
    mutant(
        Cls6,
        "added-content-needs-a-point",
        "content that was added is not there after a refresh while no point has the package",
        &[on(When::Refreshed, |s| {
            if s.points().is_empty() {
                inject(s, |_| false);
            }
        })],
    ),
];

fn has_context(operation: &Operation<FileRecord>) -> bool {
    matches!(operation, Operation::Refresh { context: Some(_), .. })
}

/// The additions of the newest snapshot, as bits.
fn taken(package: Option<&Package>) -> u64 {
    let last = package.and_then(|package| package.state.generations.last()?.held);
    last.map_or(0, |held| held.added)
}

/// What waits enters the new snapshot only by the refresh that this is true of; otherwise it waits on.
fn inject(s: &mut Scene<'_>, enters: fn(&Operation<FileRecord>) -> bool) {
    if !enters(s.operation) {
        let before = taken(s.old());
        s.keep_additions(before);
    }
}

/// What was added without refreshing the points is forgotten, except for these.
fn forget_waiting(s: &mut Scene<'_>, kept: u64) {
    if matches!(s.operation, Operation::AddContent { refresh_points: false, .. }) {
        s.forget_additions(kept | taken(s.now()));
    }
}

/// Points show what waits, though nobody refreshed.
fn show_waiting(s: &mut Scene<'_>, points: &[PointIndex]) {
    let Some(package) = s.now() else { return };
    let waiting = package.state.work.referenced & !taken(Some(package));
    let Some(mut files) = s.newest(package).filter(|_| waiting != 0) else { return };
    for (at, addition) in package.additions.indexed() {
        if at.is_in(waiting) {
            files.insert(addition.path.clone(), addition.record);
        }
    }
    s.hold_instead(points, Some(&files));
}
