//! Mutants of what gets to the points and what they say of it: the promises `DST-1`, `DST-3` and `DST-4`.

use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::{Dst1, Dst3, Dst4, Dst5};
use pkgsource_model::index::PointIndex;
use pkgsource_model::words::{PackageClass, PointState};

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Dst1,
        "vhd-skips-a-point",
        "a VHD's refresh leaves one point behind",
        &[on(When::Refreshed, |s| leave(s, &s.last()))],
    )
    .only(&[PackageClass::Vhd]),
    mutant(
        Dst1,
        "task-sequence-points-stay-stale",
        "a task sequence's refresh returns 0 and its points stay stale although no property changed",
        &[on(When::Refreshed, |s| leave(s, &s.points()))],
    )
    .only(&[PackageClass::TaskSequence]),
    mutant(
        Dst1,
        "leaves-a-point-behind",
        "a refresh leaves the last point behind",
        &[on(When::Refreshed, |s| leave(s, &s.last()))],
    ),
    mutant(
        Dst1,
        "leaves-the-first-point-behind",
        "a refresh of a package with several points leaves the first behind",
        &[on(When::Refreshed, |s| {
            let points = s.points();
            leave(s, &points.iter().take(usize::from(points.len() > 1)).copied().collect::<Vec<_>>());
        })],
    ),
    mutant(
        Dst1,
        "leaves-the-third-point-behind",
        "a refresh reaches two points of a package and no more",
        &[on(When::Refreshed, |s| leave(s, &s.points().into_iter().skip(2).collect::<Vec<_>>()))],
    ),
    mutant(
        Dst1,
        "leaves-all-points-but-one-behind",
        "a refresh reaches one point of a package and no more",
        &[on(When::Refreshed, |s| leave(s, &s.points().into_iter().skip(1).collect::<Vec<_>>()))],
    ),
    mutant(
        Dst1,
        "leaves-the-sixth-point-behind",
        "a refresh reaches five points of a package and no more",
        &[on(When::Refreshed, |s| leave(s, &s.points().into_iter().skip(5).collect::<Vec<_>>()))],
    ),
    mutant(
        Dst1,
        "leaves-all-points-of-a-site-but-one-behind",
        "a refresh reaches one point of each site and no more",
        &[on(When::Refreshed, |s| {
            let mut sites = std::collections::BTreeSet::new();
            let site = |point: &PointIndex| s.world.points.get(*point).map(|point| point.site);
            let others = s.points().into_iter().filter(|point| !sites.insert(site(point)));
            let others: Vec<PointIndex> = others.collect();
            leave(s, &others);
        })],
    ),
    mutant(
        Dst1,
        "leaves-the-point-of-a-child-behind",
        "a refresh leaves the points of child sites behind",
        &[on(When::Refreshed, |s| leave(s, &s.points_of_children()))],
    ),
    mutant(
        Dst1,
        "leaves-a-returning-point-behind",
        "a point that was removed and added again gets no later version",
        &[on(When::Refreshed, |s| {
            let points = s.points_that_returned();
            leave(s, &points);
        })],
    ),
    mutant(
        Dst1,
        "leaves-a-cancelled-point-behind",
        "a cancel that came too late lasts for the next refresh",
        &[on(When::Refreshed, |s| {
            let cancelled = s.past().since.cancelled.clone();
            let of_it = |point: &PointIndex| cancelled.contains(point);
            leave(s, &s.points().into_iter().filter(of_it).collect::<Vec<_>>());
        })],
    ),
    mutant(
        Dst1,
        "leaves-a-point-behind-every-second-time",
        "every second refresh leaves the last point behind",
        &[on(When::Refreshed, |s| {
            if s.past().accepted % 2 == 0 {
                leave(s, &s.last());
            }
        })],
    ),
    mutant(
        Dst1,
        "leaves-a-point-behind-after-a-failure",
        "the first refresh after one that failed leaves the last point behind",
        &[on(When::Refreshed, |s| {
            if s.past().since.failures > 0 {
                leave(s, &s.last());
            }
        })],
    ),
    mutant(
        Dst1,
        "leaves-a-point-behind-after-a-redistribution",
        "a redistribution costs the last point the next version",
        &[on(When::Refreshed, |s| {
            if s.past().since.redistributions > 0 {
                leave(s, &s.last());
            }
        })],
    ),
    mutant(
        Dst1,
        "leaves-a-shared-point-behind",
        "a refresh leaves a package's points behind that another package has, too",
        &[on(When::Refreshed, |s| {
            let others = s.neighbours();
            let shared = |point: &PointIndex| {
                others.iter().any(|other| {
                    let rows = s.world.packages.get(other).map(|other| &other.state.points);
                    rows.and_then(|rows| rows.get(*point)).is_some_and(|row| row.assigned)
                })
            };
            let points: Vec<PointIndex> = s.points().into_iter().filter(shared).collect();
            leave(s, &points);
        })],
    ),
    mutant(
        Dst1,
        "leaves-the-points-of-a-shared-source-behind",
        "a refresh of a source that another package has, too, leaves every point behind",
        &[on(When::Refreshed, |s| {
            if !s.siblings().is_empty() {
                leave(s, &s.points());
            }
        })],
    ),
    mutant(
        Dst3,
        "never-reports-installed",
        "a point has the content and reports it as pending for ever",
        &[on(When::PointRead, |s| s.point_says_it_waits(PointState::InstallPending))],
    ),
    mutant(
        Dst3,
        "child-never-reports-installed",
        "a child site's point has the content and reports it as being updated for ever",
        &[on(When::PointRead, |s| {
            if s.is_at_child(s.point) {
                s.point_says_it_waits(PointState::ContentUpdating);
            }
        })],
    ),
    mutant(
        Dst3,
        "never-reports-the-third-as-installed",
        "from version 3 on a point has the content and reports it as retried for ever",
        &[on(When::PointRead, |s| {
            if s.version() >= 3 {
                s.point_says_it_waits(PointState::InstallRetrying);
            }
        })],
    ),
    mutant(
        Dst3,
        "redistributed-point-waits-for-ever",
        "a point that was sent the version again reports it as pending until the next refresh",
        &[on(When::PointRead, |s| {
            if s.past().since.redistributions > 0 {
                s.point_says_it_waits(PointState::InstallPending);
            }
        })],
    ),
    mutant(
        Dst3,
        "returning-point-waits-for-ever",
        "a point that was removed and added again has the content and reports it as pending",
        &[on(When::PointRead, |s| {
            let point = s.point;
            if s.past().left.contains(&point) {
                s.point_says_it_waits(PointState::InstallPending);
            }
        })],
    ),
    mutant(
        Dst4,
        "copies-nothing",
        "success is reported with nothing copied",
        &[on(When::Refreshed, |s| hold_old(s, &s.points()))],
    ),
    mutant(
        Dst4,
        "copies-nothing-to-the-last",
        "success is reported at the last of several points with nothing copied there",
        &[on(When::Refreshed, |s| {
            if s.points().len() > 1 {
                hold_old(s, &s.last());
            }
        })],
    ),
    mutant(
        Dst4,
        "copies-nothing-to-a-child",
        "success is reported at a child site's point with nothing copied there",
        &[on(When::Refreshed, |s| hold_old(s, &s.points_of_children()))],
    ),
    mutant(
        Dst4,
        "copies-nothing-from-the-third",
        "from version 3 on success is reported with nothing copied",
        &[on(When::Refreshed, |s| {
            if s.version() >= 3 {
                hold_old(s, &s.points());
            }
        })],
    ),
    mutant(
        Dst4,
        "copies-nothing-after-a-failure",
        "the first refresh after one that failed reports success with nothing copied",
        &[on(When::Refreshed, |s| {
            if s.past().since.failures > 0 {
                hold_old(s, &s.points());
            }
        })],
    ),
    mutant(
        Dst5,
        "knows-a-package-that-was-deleted",
        "a package that is created again is said to be installed, and the points hold what the deleted one held",
        &[
            on(When::Deleted, |s| s.past().buried = s.old_content()),
            on(When::Assigned, |s| {
                let first = s.now().is_some_and(|package| package.state.generations.len() == 1);
                let held = s.now().and_then(|package| s.newest(package));
                let buried = s.past().buried.clone().filter(|_| first && held.is_some());
                if let Some(files) = buried {
                    s.hold_instead(&[s.point], Some(&files));
                }
            }),
        ],
    ),
    mutant(
        Dst1,
        "removal-concerns-all-packages",
        "a point that is taken from a package is taken from every package",
        &[on(When::Removed, |s| {
            let others = s.others(|_| true);
            s.unassign(&others, s.point);
        })],
    ),
    mutant(
        Dst1,
        "removal-concerns-all-points",
        "a package of which a point is removed loses all its points",
        &[on(When::Removed, |s| {
            for point in s.points() {
                s.unassign(std::slice::from_ref(s.id), point);
            }
        })],
    ),
];

/// The refresh of a changed source leaves these points behind.
fn leave(s: &mut Scene<'_>, points: &[PointIndex]) {
    if s.changed() {
        s.leave_behind(points);
    }
}

/// These points say that they have the new version, and hold the last one.
fn hold_old(s: &mut Scene<'_>, points: &[PointIndex]) {
    if let Some((old, new)) = s.contents()
        && old != new
    {
        s.hold_instead(points, Some(&old));
    }
}
