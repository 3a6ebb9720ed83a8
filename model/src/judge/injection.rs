//! Q-INJECTION: whether what is wrong with a boot image is an injection that failed by itself, which no page rules out.
//! What else the documents leave open is in [`super::open`].

use super::rejected::Rejected;
use crate::history::timeline::{Act, ContextArgument, Moment, Outcome};
use crate::rules::{self, injection::ERROR};
use crate::step::Relaxation;
use crate::words::PackageClass;

/// A boot image's injection ended in an error that the method's page lists (Status 2). A call without a `ContextID` has no
/// status that could say so; its failure is all that shows.
pub(super) fn the_injection_failed(rejected: &Rejected<'_>) -> bool {
    let failed = |moment: &Moment| matches!(moment.act, Act::ReadContext { status, .. } if status.status == ERROR);
    let is_told = rejected.case.timeline.moments.iter().any(failed);
    ends_in_an_error(rejected)
        || (is_told && nothing_came_of_it(rejected))
        || ((is_told || fails_without_a_status(rejected))
            && rejected.may_be_explained_by(Relaxation::RefusedWithoutCause))
}

/// What an injection that failed leaves is said nowhere: the version that was, or the next without its drivers.
fn nothing_came_of_it(rejected: &Rejected<'_>) -> bool {
    let left = [
        Relaxation::InjectionStatusOutOfRange,
        Relaxation::RefreshKeepsVersion,
        Relaxation::DriversAnyTime,
    ];
    rejected.class == PackageClass::BootImage
        && rejected.is_permitted(left.into_iter().collect()) == Some(true)
}

/// The status that is wrong is that of an error, and nothing else is wrong with it.
fn ends_in_an_error(rejected: &Rejected<'_>) -> bool {
    rejected.wrong().is_some_and(|wrong| match wrong.act {
        Act::ReadContext { status, of } => {
            status.status == ERROR && rules::injection_status_is_valid(status, of, true)
        }
        _ => false,
    })
}

/// A boot image shows a failure, and its last call gave no `ContextID` and returned 0.
fn fails_without_a_status(rejected: &Rejected<'_>) -> bool {
    let shows = rejected.wrong().is_some_and(
        |wrong| matches!(&wrong.act, Act::ReadPackage(Some(status)) if status.failure.is_some()),
    );
    let last = rejected.before().iter().rev().find_map(|moment| match moment.act {
        Act::Refresh { context, .. } => Some((context, moment.outcome)),
        _ => None,
    });
    rejected.class == PackageClass::BootImage
        && shows
        && last == Some((ContextArgument::Absent, Outcome::Done))
}
