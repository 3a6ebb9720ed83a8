//! Mutants of what a call answers and what it leaves alone: the promises `IF`.

use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::scene::Scene;
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::{If4, If7, If8, If12, If17, If18};
use pkgsource_model::operation::Operation;
use pkgsource_model::words::PackageClass;

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        If4,
        "content-fails-silently",
        "a content package's refresh returns 0 while its source is absent, and nothing shows it",
        &[on(When::Failed, fails_silently)],
    )
    .only(&[PackageClass::Content]),
    mutant(
        If4,
        "fails-silently",
        "a refresh returns 0 while the source is absent, and nothing ever shows it",
        &[on(When::Failed, fails_silently)],
    ),
    mutant(
        If4,
        "second-failure-is-hidden",
        "the second refresh in a row that finds no source returns 0, and nothing shows it",
        &[on(When::Failed, |s| {
            if s.past().since.failures > 1 {
                s.fail_silently();
            }
        })],
    ),
    mutant(
        If4,
        "failure-is-hidden-once-installed",
        "a refresh without its source returns 0, and nothing shows it, where a point has the content",
        &[on(When::Failed, |s| {
            if !s.points().is_empty() {
                s.fail_silently();
            }
        })],
    ),
    mutant(
        If7,
        "accepts-unknown-package",
        "a refresh of a package that does not exist returns 0",
        &[on(When::Unknown, returns_zero)],
    ),
    mutant(
        If7,
        "accepts-deleted-package",
        "a refresh of a package that was deleted returns 0",
        &[on(When::Unknown, |s| {
            if s.now().is_some() {
                s.return_zero();
            }
        })],
    ),
    mutant(
        If7,
        "accepts-unknown-package-again",
        "the second refresh of a package that does not exist returns 0",
        &[on(When::Unknown, |s| {
            if s.count() == 2 {
                s.return_zero();
            }
        })],
    ),
    mutant(
        If8,
        "boot-image-needs-a-context",
        "a boot image is refreshed only with a ContextID",
        &[on(When::Refreshed, |s| {
            if has_no_context(s) {
                s.refuse();
            }
        })],
    ),
    mutant(
        If8,
        "boot-image-needs-a-context-again",
        "a boot image that was refreshed with a ContextID once is not refreshed without one",
        &[on(When::Refreshed, |s| {
            let had_one = s.old().is_some_and(|package| !package.contexts.is_empty());
            if has_no_context(s) && had_one {
                s.refuse();
            }
        })],
    ),
    mutant(
        If8,
        "waiting-drivers-need-a-context",
        "a boot image for which drivers wait is not refreshed without a ContextID",
        &[on(When::Refreshed, |s| {
            let waits = s.old().is_some_and(|package| {
                let taken = package.state.generations.last().and_then(|taken| taken.held);
                package.state.work.referenced & !taken.map_or(0, |held| held.added) != 0
            });
            if has_no_context(s) && waits {
                s.refuse();
            }
        })],
    ),
    mutant(
        If18,
        "delete-takes-all",
        "deleting one package deletes the others",
        &[on(When::Deleted, |s| {
            let others = s.others(|_| true);
            s.vanish(&others);
        })],
    ),
    mutant(
        If18,
        "delete-takes-those-of-the-source",
        "deleting a package deletes the others of the same source",
        &[on(When::Deleted, |s| {
            let others = s.siblings();
            s.vanish(&others);
        })],
    ),
    mutant(
        If18,
        "delete-takes-the-neighbours",
        "deleting a package deletes the others that are at one of its points",
        &[on(When::Deleted, |s| {
            let others = s.neighbours();
            s.vanish(&others);
        })],
    ),
    mutant(
        If18,
        "last-point-takes-the-package",
        "a package whose last point is removed is deleted",
        &[on(When::Removed, |s| {
            if s.points().is_empty() {
                s.vanish(std::slice::from_ref(s.id));
            }
        })],
    ),
    mutant(
        If12,
        "refusal-increments",
        "a refused call raises the version all the same",
        &[on(When::Refused, |s| s.move_version(1))],
    ),
    mutant(
        If12,
        "refused-class-increments",
        "a call through another class is refused and raises the version",
        &[on(When::Refused, |s| {
            if matches!(s.operation, Operation::Refresh { class: Some(_), .. }) {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        If12,
        "refused-context-increments",
        "a call with a ContextID that the class does not declare is refused and raises the version",
        &[on(When::Refused, |s| {
            if !has_no_context(s) {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        If12,
        "second-refusal-increments",
        "of two refused calls in a row the second raises the version",
        &[on(When::Refused, |s| {
            if s.past().since.failures == 2 {
                s.move_version(1);
            }
        })],
    ),
    mutant(
        If17,
        "action-never-ends",
        "a package that was refreshed says UPDATE for ever",
        &[on(When::PackageRead, |s| {
            if s.past().accepted > 0 {
                s.answer_package(|status| status.action = Some(1));
            }
        })],
    ),
    mutant(
        If17,
        "action-of-no-list",
        "ActionInProgress is 77 after a refresh",
        &[on(When::PackageRead, |s| {
            if s.past().accepted > 0 {
                s.answer_package(|status| status.action = Some(77));
            }
        })],
    ),
    mutant(
        If17,
        "failure-leaves-an-action",
        "a refresh that failed leaves UPDATE in ActionInProgress",
        &[on(When::PackageRead, |s| {
            if s.past().since.failures > 0 {
                s.answer_package(|status| status.action = Some(1));
            }
        })],
    ),
];

fn fails_silently(s: &mut Scene<'_>) {
    s.fail_silently();
}

fn returns_zero(s: &mut Scene<'_>) {
    s.return_zero();
}

fn has_no_context(s: &Scene<'_>) -> bool {
    matches!(s.operation, Operation::Refresh { context: None, .. })
}
