//! Mutants of which points have a package at all, and of what a point gets that is added: the promises `DST-2` and `DST-10`.

use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::{Dst2, Dst10};
use pkgsource_model::index::{GenerationIndex, Index, PointIndex};

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Dst2,
        "removed-point-keeps-content",
        "a point that was removed keeps the content",
        &[on(When::Removed, |s| keep_content(s, &[s.point]))],
    ),
    mutant(
        Dst2,
        "removed-point-of-a-child-keeps-content",
        "a child site's point that was removed keeps the content",
        &[on(When::Removed, |s| {
            if s.is_at_child(s.point) {
                keep_content(s, &[s.point]);
            }
        })],
    ),
    mutant(
        Dst2,
        "removed-point-is-served",
        "a point that was removed gets the next version all the same",
        &[on(When::Refreshed, |s| {
            let own = s.points();
            let left: Vec<PointIndex> = s.past().left.iter().copied().collect();
            let gone: Vec<PointIndex> =
                left.into_iter().filter(|point| !own.contains(point)).collect();
            send_newest(s, &gone);
        })],
    ),
    mutant(
        Dst2,
        "deleted-package-stays-at-its-points",
        "the content of a package that was deleted stays at its points",
        &[on(When::Deleted, |s| {
            let rows = s.old().map(|old| old.state.points.clone()).unwrap_or_default();
            let assigned = rows.indexed().filter(|(_, row)| row.assigned);
            let points: Vec<PointIndex> = assigned.map(|(point, _)| point).collect();
            keep_content(s, &points);
        })],
    ),
    mutant(
        Dst2,
        "sends-to-a-stranger",
        "a refresh sends the content to the next point of the tree, which is not the package's",
        &[on(When::Refreshed, |s| {
            let own = s.points();
            let strangers = s.world.points.indices().filter(|point| !own.contains(point));
            let next: Vec<PointIndex> = strangers.take(1).collect();
            send_newest(s, &next);
        })],
    ),
    mutant(
        Dst10,
        "assignment-reads-the-source",
        "a point that is added gets what the source holds now, not the current version",
        &[on(When::Assigned, |s| s.send_live(&[s.point]))],
    ),
    mutant(
        Dst10,
        "added-point-gets-nothing",
        "a point that is added waits for the next refresh",
        &[on(When::Assigned, |s| s.keep_at(s.point, None))],
    ),
    mutant(
        Dst10,
        "added-point-gets-the-first-version",
        "a point that is added gets the first version, and says so",
        &[on(When::Assigned, |s| {
            if s.snapshot(GenerationIndex::FIRST).is_some() {
                s.keep_at(s.point, Some(GenerationIndex::FIRST));
            }
        })],
    ),
    mutant(
        Dst10,
        "added-point-gets-the-version-before",
        "a point that is added gets the version before the current one, and says so",
        &[on(When::Assigned, |s| {
            let newest = s.now().map_or(0, |package| package.state.generations.len());
            let before = newest.checked_sub(2).map(GenerationIndex::of);
            if let Some(before) = before.filter(|&at| s.snapshot(at).is_some()) {
                s.keep_at(s.point, Some(before));
            }
        })],
    ),
    mutant(
        Dst10,
        "second-added-point-gets-nothing",
        "a point that is added to a package that has one waits for the next refresh",
        &[on(When::Assigned, |s| {
            if s.points().len() > 1 {
                s.keep_at(s.point, None);
            }
        })],
    ),
    mutant(
        Dst10,
        "returning-point-gets-nothing",
        "a point that was removed and is added again waits for the next refresh",
        &[on(When::Assigned, |s| {
            let point = s.point;
            if s.past().left.contains(&point) {
                s.keep_at(point, None);
            }
        })],
    ),
    mutant(
        Dst10,
        "added-point-of-a-child-gets-nothing",
        "a child site's point that is added waits for the next refresh",
        &[on(When::Assigned, |s| {
            if s.is_at_child(s.point) {
                s.keep_at(s.point, None);
            }
        })],
    ),
    mutant(
        Dst10,
        "point-added-after-a-failure-gets-nothing",
        "a point that is added after a refresh that failed waits for one that does not",
        &[on(When::Assigned, |s| {
            if s.past().since.failures > 0 {
                s.keep_at(s.point, None);
            }
        })],
    ),
];

/// Points that are no longer the package's have what they had.
fn keep_content(s: &mut Scene<'_>, points: &[PointIndex]) {
    if let Some(files) = s.old_content() {
        s.hold_instead(points, Some(&files));
    }
}

/// Points that are not the package's get its newest content.
fn send_newest(s: &mut Scene<'_>, points: &[PointIndex]) {
    if let Some(files) = s.now().and_then(|package| s.newest(package)) {
        s.hold_instead(points, Some(&files));
    }
}
