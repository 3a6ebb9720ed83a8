//! Mutants of what a failure may not do: the promise `FLT-6`.

use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::Flt6;
use pkgsource_model::words::Content;

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
            if let Some(first) = s.snapshot(0) {
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
];
