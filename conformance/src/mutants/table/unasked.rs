//! Mutants that move the version where nothing may: the promises `VER-4`, `VER-5`, `VER-7` and `VER-8`.

use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use crate::mutants::{Mutant, Pin};
use pkgsource_model::clauses::ClauseId::{Ver4, Ver5, Ver7, Ver8};
use pkgsource_model::operation::Operation;
use pkgsource_model::readings::Question;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::PackageClass;

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        Ver4,
        "package-put-refreshes",
        "saving the properties of a regular package refreshes it (KB-281754)",
        &[on(When::Put, put_refreshes)],
    )
    .only(&[PackageClass::Package])
    .pinned(
        &[Pin::new(Question::PropertyWrite, "keeps")],
        "whether a package is updated by the write of a property is open, so that only a pinned reading forbids it",
    ),
    mutant(
        Ver4,
        "put-refreshes",
        "writing an unrelated property refreshes the package",
        &[on(When::Put, put_refreshes)],
    )
    .pinned(
        &[Pin::new(Question::PropertyWrite, "keeps")],
        "whether a package is updated by the write of a property is open, so that only a pinned reading forbids it",
    ),
    mutant(
        Ver4,
        "schedule-increments",
        "writing a schedule raises the version",
        &[on(When::Scheduled, |s| {
            if s.reply == Reply::Ok(Answer::Done) {
                s.move_version(1);
            }
        })],
    )
    .pinned(
        &[Pin::new(Question::Schedule, "does_not")],
        "a schedule may fire, so that only a pinned reading forbids what it does",
    ),
    mutant(
        Ver4,
        "edit-increments",
        "an edit of the source raises the version, though nobody refreshed",
        &[on(When::Edited, |s| s.move_version(1))],
    ),
    mutant(
        Ver4,
        "returning-source-increments",
        "a source folder that comes back raises the version",
        &[on(When::SourceMoved, |s| {
            if s.live().is_some() {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        Ver4,
        "added-content-increments",
        "adding content without refreshing the points raises the version",
        &[on(When::Added, |s| {
            if matches!(s.operation, Operation::AddContent { refresh_points: false, .. }) {
                s.move_version(1);
            }
        })],
    )
    .only(&[PackageClass::Driver, PackageClass::SoftwareUpdates]),
    mutant(
        Ver4,
        "added-driver-increments",
        "referencing a driver in a boot image raises the version",
        &[on(When::Added, |s| s.move_version(1))],
    )
    .only(&[PackageClass::BootImage]),
    mutant(
        Ver4,
        "another-creation-increments",
        "creating a package raises the version of the others",
        &[on(When::Created, |s| {
            for other in s.others(|_| true) {
                s.move_version_of(&other, 1);
            }
        })],
    ),
    mutant(
        Ver4,
        "another-refresh-increments",
        "refreshing a package raises the version of the others of its source",
        &[on(When::Refreshed, |s| {
            for other in s.siblings() {
                s.move_version_of(&other, 1);
            }
        })],
    ),
    mutant(
        Ver4,
        "flag-written-false-refreshes",
        "writing RefreshPkgSourceFlag refreshes the package also where it is written false",
        &[on(When::Put, |s| {
            let flag = s.properties().and_then(|properties| properties.refresh_pkg_source_flag);
            if flag == Some(false) {
                s.refresh_unasked();
            }
        })],
    ),
    mutant(
        Ver5,
        "version-can-be-written",
        "a client can write SourceVersion",
        &[on(When::Put, |s| write_version(s, |_, written| written))],
    ),
    mutant(
        Ver5,
        "version-can-be-raised",
        "a client can write a SourceVersion that is higher than the one that is there",
        &[on(When::Put, |s| write_version(s, Ord::max))],
    ),
    mutant(
        Ver5,
        "written-version-counts",
        "writing SourceVersion raises it by one, whatever is written",
        &[on(When::Put, |s| write_version(s, |version, _| version + 1))],
    ),
    mutant(
        Ver5,
        "version-can-be-written-without-points",
        "a client can write SourceVersion while no point has the package",
        &[on(When::Put, |s| {
            if s.points().is_empty() {
                write_version(s, |_, written| written);
            }
        })],
    ),
    mutant(
        Ver7,
        "redistribution-increments",
        "redistribution raises the version",
        &[on(When::Redistributed, |s| s.move_version(1))],
    ),
    mutant(
        Ver7,
        "second-redistribution-increments",
        "the second redistribution after a refresh raises the version",
        &[on(When::Redistributed, |s| {
            if s.past().since.redistributions == 2 {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        Ver7,
        "redistribution-of-an-edited-source-increments",
        "redistribution raises the version where the source was edited since the last refresh",
        &[on(When::Redistributed, |s| {
            if s.is_edited() {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        Ver7,
        "redistribution-at-a-child-increments",
        "redistribution to a child site's point raises the version",
        &[on(When::Redistributed, |s| {
            if s.is_at_child(s.point) {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        Ver8,
        "assignment-increments",
        "adding a point raises the version",
        &[on(When::Assigned, |s| s.move_version(1))],
    ),
    mutant(
        Ver8,
        "second-assignment-increments",
        "adding a point to a package that has one raises the version",
        &[on(When::Assigned, |s| {
            if s.points().len() > 1 {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        Ver8,
        "return-increments",
        "adding a point again that was removed raises the version",
        &[on(When::Assigned, |s| {
            let point = s.point;
            if s.past().left.contains(&point) {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        Ver8,
        "removal-increments",
        "removing a point raises the version",
        &[on(When::Removed, |s| s.move_version(1))],
    ),
    mutant(
        Ver8,
        "cancel-increments",
        "cancelling a distribution raises the version",
        &[on(When::Cancelled, |s| s.move_version(1))],
    ),
];

fn put_refreshes(s: &mut Scene<'_>) {
    if s.only_the_name_was_written() {
        s.refresh_unasked();
    }
}

/// A client writes a version: what becomes of the one that is there.
fn write_version(s: &mut Scene<'_>, becomes: fn(u32, u32) -> u32) {
    if let Some(written) = s.properties().and_then(|properties| properties.source_version) {
        s.set_version(becomes(s.version(), written));
    }
}
