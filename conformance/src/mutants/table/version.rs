//! Mutants of what a refresh does to the version: the promises `VER-1`, `VER-2`, `VER-3` and `VER-6`.

use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::spoil::contents::rewritten;
use crate::mutants::when::When;
use crate::mutants::{Companion, Mutant};
use pkgsource_model::clauses::ClauseId::{Ver1, Ver2, Ver3, Ver6, Ver12};
use pkgsource_model::words::PackageClass;

const REPORTS_FOLLOW: &[Companion] = &[Companion {
    clause: Ver12,
    because: "points and sites report no version that the owner has not, so that theirs goes back with it",
}];

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Ver1,
        "skips-an-increment",
        "a refresh of a changed source raises no version",
        &[on(When::Refreshed, |s| skip(s, true))],
    ),
    mutant(
        Ver1,
        "skips-every-second-increment",
        "every second refresh of a changed source raises no version",
        &[on(When::Refreshed, |s| {
            let skipped = s.past().accepted % 2 == 0;
            skip(s, skipped);
        })],
    ),
    mutant(
        Ver1,
        "skips-the-third-version",
        "no refresh of a changed source leads from version 2 to version 3",
        &[on(When::Refreshed, |s| skip(s, s.version() == 3))],
    ),
    mutant(
        Ver1,
        "skips-an-increment-after-a-failure",
        "the first refresh of a changed source after one that failed raises no version",
        &[on(When::Refreshed, |s| {
            let skipped = s.past().since.failures > 0;
            skip(s, skipped);
        })],
    ),
    mutant(
        Ver1,
        "skips-an-increment-after-a-redistribution",
        "a redistribution costs the next refresh of a changed source its version",
        &[on(When::Refreshed, |s| {
            let skipped = s.past().since.redistributions > 0;
            skip(s, skipped);
        })],
    ),
    mutant(
        Ver1,
        "skips-an-increment-of-a-shared-source",
        "a refresh of a changed source that another package has, too, raises no version",
        &[on(When::Refreshed, |s| skip(s, !s.siblings().is_empty()))],
    ),
    mutant(
        Ver1,
        "skips-an-increment-without-points",
        "a refresh of a changed source raises no version while no point has the package",
        &[on(When::Refreshed, |s| skip(s, s.points().is_empty()))],
    ),
    mutant(
        Ver1,
        "skips-an-increment-for-a-deletion",
        "a refresh raises no version where files only went from the source",
        &[on(When::Refreshed, |s| {
            let only_went = s.contents().is_some_and(|(old, new)| {
                new.iter().all(|(path, record)| old.get(path) == Some(record))
            });
            skip(s, only_went);
        })],
    ),
    mutant(
        Ver1,
        "version-stops-at-five",
        "no refresh of a changed source leads beyond version 5",
        &[on(When::Refreshed, |s| skip(s, s.version() > 5))],
    ),
    mutant(
        Ver2,
        "increments-twice",
        "a refresh raises the version by two",
        &[on(When::Refreshed, |s| s.move_version(1))],
    ),
    mutant(
        Ver2,
        "increments-twice-after-a-failure",
        "the first refresh after one that failed raises the version by two",
        &[on(When::Refreshed, |s| {
            if s.past().since.failures > 0 {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        Ver2,
        "increments-for-every-point",
        "a refresh raises the version once for every point of the package",
        &[on(When::Refreshed, |s| {
            let points = i64::try_from(s.points().len()).unwrap_or(1);
            s.move_version((points - 1).max(0));
        })],
    ),
    mutant(
        Ver2,
        "increments-for-every-site",
        "a refresh raises the version once for every site that has a point of the package",
        &[on(When::Refreshed, |s| {
            if !s.points_of_children().is_empty() {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        Ver2,
        "increments-for-every-file",
        "a refresh raises the version once for every file that was rewritten",
        &[on(When::Refreshed, |s| {
            let files = s.contents().map_or(0, |(old, new)| rewritten(&old, &new).len());
            s.move_version((i64::try_from(files).unwrap_or(1) - 1).max(0));
        })],
    ),
    mutant(
        Ver2,
        "doubles-the-version",
        "a refresh doubles the version, which shows from the second on",
        &[on(When::Refreshed, |s| {
            let old = s.old().map_or(1, |package| package.state.processed());
            s.set_version(2 * old);
        })],
    ),
    mutant(
        Ver3,
        "version-goes-back",
        "removing a point lowers the version",
        &[on(When::Removed, |s| s.move_version(-1))],
    )
    .breaking(REPORTS_FOLLOW),
    mutant(
        Ver3,
        "version-goes-back-at-a-cancel",
        "a cancel lowers the version",
        &[on(When::Cancelled, |s| s.move_version(-1))],
    )
    .breaking(REPORTS_FOLLOW),
    mutant(
        Ver3,
        "version-goes-back-at-a-put",
        "writing an unrelated property lowers the version",
        &[on(When::Put, |s| {
            if s.only_the_name_was_written() {
                s.move_version(-1);
            }
        })],
    )
    .breaking(REPORTS_FOLLOW),
    mutant(
        Ver3,
        "version-goes-back-with-another",
        "deleting another package lowers the version",
        &[on(When::Deleted, |s| {
            for other in s.others(|_| true) {
                s.move_version_of(&other, -1);
            }
        })],
    )
    .breaking(REPORTS_FOLLOW),
    mutant(
        Ver3,
        "version-begins-again",
        "a redistribution sets the version to 1 again",
        &[on(When::Redistributed, |s| s.set_version(1))],
    )
    .breaking(REPORTS_FOLLOW),
    mutant(
        Ver3,
        "version-wraps-around",
        "the refresh after version 3 leads to version 1 again",
        &[on(When::Refreshed, |s| {
            if s.version() == 4 {
                s.set_version(1);
            }
        })],
    )
    .breaking(REPORTS_FOLLOW),
    mutant(
        Ver6,
        "install-package-ignores-unchanged-source",
        "an unchanged source raises no version",
        &[on(When::Refreshed, |s| skip_unchanged(s, true))],
    )
    .only(&[PackageClass::OperatingSystemInstall]),
    mutant(
        Ver6,
        "unchanged-is-skipped",
        "a refresh of an unchanged source raises no version",
        &[on(When::Refreshed, |s| skip_unchanged(s, true))],
    ),
    mutant(
        Ver6,
        "second-unchanged-is-skipped",
        "the second refresh in a row of an unchanged source raises no version",
        &[on(When::Refreshed, |s| {
            let is_unchanged = is_unchanged(s);
            s.past().count = if is_unchanged { s.past().count + 1 } else { 0 };
            let skipped = s.past().count > 1;
            skip_unchanged(s, skipped);
        })],
    ),
    mutant(
        Ver6,
        "unchanged-is-skipped-without-points",
        "a refresh of an unchanged source raises no version while no point has the package",
        &[on(When::Refreshed, |s| skip_unchanged(s, s.points().is_empty()))],
    ),
    mutant(
        Ver6,
        "unchanged-is-skipped-after-a-redistribution",
        "a redistribution costs the next refresh of an unchanged source its version",
        &[on(When::Refreshed, |s| {
            let skipped = s.past().since.redistributions > 0;
            skip_unchanged(s, skipped);
        })],
    ),
    mutant(
        Ver6,
        "empty-source-is-skipped",
        "a refresh of a source that is empty and was so raises no version",
        &[on(When::Refreshed, |s| {
            let is_empty = s.live().is_some_and(|files| files.is_empty());
            skip_unchanged(s, is_empty);
        })],
    ),
];

/// The refresh of a changed source raises no version.
fn skip(s: &mut Scene<'_>, skipped: bool) {
    if skipped && s.changed() {
        s.skip_increment();
    }
}

/// The refresh of an unchanged source raises no version.
fn skip_unchanged(s: &mut Scene<'_>, skipped: bool) {
    if skipped && is_unchanged(s) {
        s.skip_increment();
    }
}

fn is_unchanged(s: &Scene<'_>) -> bool {
    s.contents().is_some_and(|(old, new)| old == new)
}
