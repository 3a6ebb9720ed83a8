//! `JUnit`, as CI systems read it: a suite for each class, a case for each clause that binds it. Written by nextest's own
//! writer; what XML cannot hold is spelled out before.

use super::view::{Cell, ClassRow, Counted, State, View};
use pkgsource_model::words::visible;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

/// The report as `JUnit`.
#[must_use]
pub fn junit(view: &View) -> String {
    let mut report = Report::new(visible(&view.subject).into_owned());
    for class in &view.classes {
        let mut suite = TestSuite::new(class.class.as_str());
        suite.add_test_cases(class.clauses.iter().map(|cell| case(view, class, cell)));
        let elsewhere = class.shows_what_breaks_in_other_classes.iter();
        suite.add_test_cases(elsewhere.map(|shown| not_promised(view, class, shown)));
        report.add_test_suite(suite);
    }
    let mut run = TestSuite::new("the run");
    run.add_test_case(whole(view));
    report.add_test_suite(run);
    let text = report.to_string();
    text.unwrap_or_else(|error| unreachable!("what is written is text: {error}"))
}

/// A text of our own lines, in which what is hidden is spelled out.
fn shown(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

fn case(view: &View, class: &ClassRow, cell: &Cell) -> TestCase {
    let says = view.sentence(&cell.clause).map_or("", |sentence| sentence.says.as_str());
    let status = match cell.state {
        State::Held => TestCaseStatus::success(),
        State::NotExercised => {
            let mut status = TestCaseStatus::skipped();
            let group = view.not_tested.iter().find(|group| {
                group.clauses.contains(&cell.clause) && group.classes.contains(&class.class)
            });
            if let Some(group) = group {
                status.set_message(visible(&super::text::untested(view, group)).into_owned());
            }
            status
        }
        State::Broken => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let story = view.counterexamples.iter().find(|story| {
                let is_its = story.class == class.class || story.also.contains(&class.class);
                story.clause == cell.clause && is_its
            });
            status.set_type(cell.clause.as_str());
            match story {
                Some(story) => {
                    let message = format!("expected {}, seen {}", story.expected, story.seen);
                    status.set_message(visible(&message).into_owned());
                    status.set_description(shown(&story.story));
                }
                None => {
                    status.set_message(format!("broken {} times", cell.broken_times));
                }
            }
            status
        }
    };
    let mut case = TestCase::new(visible(&format!("{}: {says}", cell.clause)).into_owned(), status);
    case.set_classname(class.class.as_str());
    case
}

/// A clause that does not bind the class, and whose breach its packages show: no failure, and no success.
fn not_promised(view: &View, class: &ClassRow, shown: &Counted) -> TestCase {
    let says = view.sentence(&shown.what).map_or("", |sentence| sentence.says.as_str());
    let mut status = TestCaseStatus::skipped();
    status.set_message(format!("not promised, and its breach shows in {} packages", shown.times));
    let mut case = TestCase::new(visible(&format!("{}: {says}", shown.what)).into_owned(), status);
    case.set_classname(class.class.as_str());
    case
}

/// The run itself: a fault of the adapter is an error, and so is what proves nothing.
fn whole(view: &View) -> TestCase {
    let problems = problems(view);
    let status = if problems.is_empty() {
        TestCaseStatus::success()
    } else {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type("not learned");
        let lines: Vec<_> = problems.iter().map(|problem| visible(problem)).collect();
        status.set_message(lines.first().map_or("", |line| line));
        status.set_description(lines.join("\n"));
        status
    };
    let mut case = TestCase::new("enough was learned, and all of it as expected", status);
    case.set_classname("the run");
    case
}

/// What keeps a run from being one to rely on.
pub(super) fn problems(view: &View) -> Vec<String> {
    let faults = view.faults.iter().map(|fault| format!("in {}: {}", fault.plan, fault.fault));
    let slow = view.slow.iter().map(|slow| format!("in plan {}: {}", slow.plan, slow.why));
    let texts = view.incomplete.iter().chain(&view.doubts).cloned();
    let below =
        view.below_minimum_profile.iter().map(|kind| format!("below the minimum profile: {kind}"));
    let expected = view.expected.iter().flat_map(|of| of.unexpected.iter().chain(&of.wrong));
    let against = view.against.iter().flat_map(|of| &of.differences);
    let regressions =
        against.filter(|of| of.kind == crate::regression::Kind::Regression).map(|of| {
            format!("regression: {} {} -> {} ({})", of.what, of.was, of.is, of.classes.join(", "))
        });
    faults
        .chain(slow)
        .chain(texts)
        .chain(below)
        .chain(expected.cloned())
        .chain(regressions)
        .collect()
}
