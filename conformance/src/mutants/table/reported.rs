//! Mutants of the version that is reported, and of what a version stands for: the promises `VER-11` to `VER-13`.

use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use crate::mutants::{Mutant, Pin};
use pkgsource_model::clauses::ClauseId::{Ver11, Ver12, Ver13};
use pkgsource_model::index::{Index, PointIndex};
use pkgsource_model::readings::Question;
use pkgsource_model::words::SourceVersion;

const AS_SNAPSHOTTED: &[Pin] = &[Pin::new(Question::Redistribution, "as_snapshotted")];
const FROM_WHERE: &str = "what RefreshNow sends is open, so that only a pinned reading forbids what the source holds now";

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Ver11,
        "point-reports-ahead",
        "a point reports a version that the owner has not",
        &[on(When::PointRead, reports_ahead)],
    ),
    mutant(
        Ver11,
        "point-reports-ahead-from-the-third",
        "from version 3 on a point reports a version that the owner has not",
        &[on(When::PointRead, |s| {
            if s.version() >= 3 {
                s.point_says_the_version_after();
            }
        })],
    ),
    mutant(
        Ver11,
        "point-of-a-child-reports-ahead",
        "a child site's point reports a version that the owner has not",
        &[on(When::PointRead, |s| {
            if s.is_at_child(s.point) {
                s.point_says_the_version_after();
            }
        })],
    ),
    mutant(
        Ver11,
        "child-reports-ahead",
        "a child site reports a version that the owner has not",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() {
                s.answer_site(|status| status.version = status.version.plus(1));
            }
        })],
    ),
    mutant(
        Ver12,
        "late-report-goes-back",
        "a late report lowers the version that a point reports (KB-318834)",
        &[on(When::PointRead, |s| {
            if s.nth_read() == 2 {
                s.point_says_the_version_before();
            }
        })],
    ),
    mutant(
        Ver12,
        "report-goes-back-to-the-first",
        "the second report after a refresh says version 1 where a point has version 3 or a later one",
        &[on(When::PointRead, |s| {
            if s.nth_read() == 2 && s.version() >= 3 {
                s.answer_installed(|status| status.version = Some(SourceVersion::FIRST));
            }
        })],
    ),
    mutant(
        Ver12,
        "report-goes-back-at-a-redistribution",
        "a point that is sent the version again reports the version before once",
        &[
            on(When::Redistributed, |s| s.past().count = mark(s.point)),
            on(When::PointRead, |s| {
                if s.past().count == mark(s.point) {
                    s.past().count = 0;
                    s.point_says_the_version_before();
                }
            }),
        ],
    ),
    mutant(
        Ver12,
        "child-goes-back",
        "a child site that knew a version says the one before at the second look",
        &[on(When::SiteRead, |s| {
            if s.is_child_read() && s.nth_read() == 2 {
                s.site_says_the_version_before();
            }
        })],
    ),
    mutant(
        Ver13,
        "redistribution-reads-the-source",
        "redistribution sends what the source holds now under the old version",
        &[on(When::Redistributed, |s| s.send_live(&[s.point]))],
    )
    .pinned(AS_SNAPSHOTTED, FROM_WHERE),
    mutant(
        Ver13,
        "child-reads-the-source-itself",
        "redistribution to a child site's point sends what the source holds now",
        &[on(When::Redistributed, |s| {
            if s.is_at_child(s.point) {
                s.send_live(&[s.point]);
            }
        })],
    )
    .pinned(AS_SNAPSHOTTED, FROM_WHERE),
    mutant(
        Ver13,
        "cancel-reads-the-source",
        "a cancelled point gets what the source holds now under the old version",
        &[on(When::Cancelled, |s| {
            if s.points().contains(&s.point) {
                s.send_live(&[s.point]);
            }
        })],
    ),
    mutant(
        Ver13,
        "put-reads-the-source",
        "writing an unrelated property sends what the source holds now under the old version",
        &[on(When::Put, |s| {
            if s.only_the_name_was_written() {
                let points = s.refreshed_points();
                s.send_live(&points);
            }
        })],
    ),
    mutant(
        Ver13,
        "removal-reads-the-source",
        "removing a point sends the others what the source holds now under the old version",
        &[on(When::Removed, |s| {
            let points = s.refreshed_points();
            s.send_live(&points);
        })],
    ),
    mutant(
        Ver13,
        "failure-retries-from-the-source",
        "a source that comes back after a refresh that failed is sent to the points under the old version",
        &[on(When::SourceMoved, |s| {
            if s.past().since.failures > 0 {
                let points = s.refreshed_points();
                s.send_live(&points);
            }
        })],
    ),
];

/// A number for a point that is not that of no point.
fn mark(point: PointIndex) -> u32 {
    u32::try_from(point.next().number()).unwrap_or(u32::MAX)
}

fn reports_ahead(s: &mut Scene<'_>) {
    s.point_says_the_version_after();
}
