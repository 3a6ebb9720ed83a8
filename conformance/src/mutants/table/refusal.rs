//! Mutants of IF-16: a refresh that nothing stands in the way of is answered with a failure.

use crate::mutants::Mutant;
use crate::mutants::mutant::{mutant, on};
use crate::mutants::when::When;
use pkgsource_model::clauses::ClauseId::If16;

pub(super) const MUTANTS: &[Mutant] = &[
    mutant(
        If16,
        "refuses-every-second",
        "every second refresh is refused without a cause",
        &[on(When::Refreshed, |s| {
            if s.past().accepted % 2 == 0 {
                s.refuse();
            }
        })],
    ),
    mutant(
        If16,
        "refuses-the-third",
        "the third refresh is refused without a cause",
        &[on(When::Refreshed, |s| {
            if s.past().accepted == 3 {
                s.refuse();
            }
        })],
    ),
    mutant(
        If16,
        "refuses-an-unchanged-source",
        "a refresh of an unchanged source is refused",
        &[on(When::Refreshed, |s| {
            if s.contents().is_some_and(|(old, new)| old == new) {
                s.refuse();
            }
        })],
    ),
    mutant(
        If16,
        "refuses-without-points",
        "a package that no point has is not refreshed",
        &[on(When::Refreshed, |s| {
            if s.points().is_empty() {
                s.refuse();
            }
        })],
    ),
    mutant(
        If16,
        "refuses-after-a-redistribution",
        "the first refresh after a redistribution is refused",
        &[on(When::Refreshed, |s| {
            if s.past().since.redistributions > 0 {
                s.refuse();
            }
        })],
    ),
    mutant(
        If16,
        "refuses-after-a-failure",
        "the first refresh after one that failed is refused, though its cause is gone",
        &[on(When::Refreshed, |s| {
            if s.past().since.failures > 0 {
                s.refuse();
            }
        })],
    ),
    mutant(
        If16,
        "refuses-after-a-cancel",
        "the first refresh after a cancel is refused",
        &[on(When::Refreshed, |s| {
            if !s.past().since.cancelled.is_empty() {
                s.refuse();
            }
        })],
    ),
    mutant(
        If16,
        "refuses-a-shared-source",
        "a package is not refreshed while another has the same source",
        &[on(When::Refreshed, |s| {
            if !s.siblings().is_empty() {
                s.refuse();
            }
        })],
    ),
    mutant(
        If16,
        "refuses-an-empty-source",
        "a package whose source has no files is not refreshed",
        &[on(When::Refreshed, |s| {
            if s.live().is_some_and(|files| files.is_empty()) {
                s.refuse();
            }
        })],
    ),
    mutant(
        If16,
        "returns-the-version",
        "a refresh that is processed returns the version that it makes",
        &[on(When::Refreshed, |s| s.return_value(s.version().cast_signed()))],
    ),
    mutant(
        If16,
        "second-success-is-a-failure",
        "every second refresh is processed, and returns 1",
        &[on(When::Refreshed, |s| {
            if s.past().accepted % 2 == 0 {
                s.return_value(1);
            }
        })],
    ),
    mutant(
        If16,
        "success-without-points-is-a-failure",
        "a refresh of a package that no point has is processed, and returns 1",
        &[on(When::Refreshed, |s| {
            if s.points().is_empty() {
                s.return_value(1);
            }
        })],
    ),
];
