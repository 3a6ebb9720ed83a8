//! Readings need evidence: none is reported for a class whose run shows no event that decides it.

use pkgsource::plan::generate::{Scope, from_seed};
use pkgsource::run::{Bounds, run_plan};
use pkgsource::subjects::built_in;
use pkgsource::verify::judge;
use pkgsource_model::history::History;
use pkgsource_model::judge::{Found, Requirements};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::readings::{QUESTIONS, Question};
use pkgsource_model::words::FileRecord;
use std::collections::BTreeSet;
use std::path::Path;

fn histories(adapter: &str) -> Vec<History> {
    let mut adapter = built_in(adapter, 1).unwrap();
    let scope = Scope::of(adapter.capabilities());
    let run = |seed| {
        let plan = from_seed(seed, &scope);
        run_plan(adapter.as_mut(), &plan, &Bounds::default(), Path::new("")).history
    };
    (1..=100).filter_map(run).collect()
}

/// True for the events of which some can decide a question: without any of them nothing shows how it is answered.
fn decides(question: Question, operation: &Operation<FileRecord>) -> bool {
    let kind = operation.kind();
    let tells_version =
        matches!(kind, OperationKind::Package | OperationKind::Site | OperationKind::Point);
    match question {
        // The flag and an addition ask for a refresh, too, and fail where the method would be refused.
        Question::NoSource => {
            matches!(kind, OperationKind::Refresh | OperationKind::Put | OperationKind::AddContent)
        }
        Question::FailureShows
        | Question::UnknownPackage
        | Question::TaskSequence
        | Question::EmptyContext
        | Question::ReusedContext
        | Question::UndeclaredParameter
        | Question::ForeignSite
        | Question::OtherClass => kind == OperationKind::Refresh,
        Question::FailedVersion
        | Question::StatusReads
        | Question::Unpromised
        | Question::Increments
        | Question::VersionVisible
        | Question::PutPath => tells_version,
        Question::ChildWithoutPoint => kind == OperationKind::Site,
        Question::PendingReport => kind == OperationKind::Point,
        Question::PointHealth => kind == OperationKind::Point,
        Question::ChangingSource | Question::Redistribution => kind == OperationKind::Content,
        Question::ChangedProperties | Question::OtherSourceFlags => kind == OperationKind::Refresh,
        Question::Injection => kind == OperationKind::Context,
        Question::AddedContent | Question::PropertyWrite | Question::Schedule => tells_version,
    }
}

fn found(histories: &[History]) -> BTreeSet<Question> {
    let judgement = judge(histories, &Requirements::default());
    let found = judgement.classes.iter().flat_map(|class| &class.found);
    found.filter(|(_, found)| *found != Found::NotAsked).map(|(question, _)| *question).collect()
}

#[test]
fn without_the_events_that_decide_a_question_no_reading_is_reported() {
    let mut ever: BTreeSet<Question> = BTreeSet::new();
    for adapter in ["reference", "variant:delayed", "variant:free", "variant:fails-later"] {
        let whole = histories(adapter);
        let reported = found(&whole);
        for &question in &reported {
            let mut without = whole.clone();
            for history in &mut without {
                history.events.retain(|event| !decides(question, &event.operation));
            }
            let left = found(&without);
            let id = question.entry().id;
            assert!(!left.contains(&question), "{adapter}: {id} is found though nothing shows it");
        }
        ever.extend(reported);
    }
    assert!(ever.len() > 10, "of {} questions only {ever:?} were ever answered", QUESTIONS.len());
}

#[test]
fn what_both_answers_explain_is_not_found() {
    // No clause binds the child sites of a content package, so that nothing there tells one reading from another.
    let judgement = judge(&histories("reference"), &Requirements::default());
    let content = judgement.classes.iter().find(|class| class.class.name() == "SMS_ContentPackage");
    let child = content.unwrap().found.iter().find(|row| row.0 == Question::ChildWithoutPoint);
    assert_eq!(child.unwrap().1, Found::NotAsked);
}
