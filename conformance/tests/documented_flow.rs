//! The product's documented update flow, as somebody who reads it at both sites would see it: a package with two points
//! at its owner and two at a child site (UPA, "Update a package"). The history is written by hand and comes from
//! no implementation, so it is the one place where the clauses are held against the documents rather than the model.
//!
//! Content is read as one version or another, never half switched: a content library names the files by `PackageID.v`.

use pkgsource::history::Histories;
use pkgsource::verify::judge;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::history::timeline::Timelines;
use pkgsource_model::judge::{Found, Judgement, Outcome, Requirements};
use pkgsource_model::operation::Operation;
use pkgsource_model::oracle::{Explained, Search, explain};
use pkgsource_model::readings::Question;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{PointState, SourceVersion};

const FILE: &str = include_str!("../../specs/scenarios/documented-update.jsonl");

fn documented() -> History {
    let mut histories: Vec<History> =
        Histories::new(FILE.as_bytes()).collect::<Result<_, _>>().unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(histories.len(), 1, "one history in the file");
    histories.remove(0)
}

/// What the suite says of a history where `SourceVersion` is the package's own column and no summary.
fn judged(history: &History) -> Judgement {
    let pinned = vec![(Question::StatusReads, 0)];
    judge(std::slice::from_ref(history), &Requirements { pinned, ..Requirements::default() })
}

/// The reading of a question that was found or pinned, by name.
fn reading(judgement: &Judgement, question: Question) -> &'static str {
    judgement.classes[0].readings.name(question)
}

/// The last answer to an operation of this kind at this point; none means at no point.
fn last_answer<'a>(history: &'a mut History, kind: &str, at: Option<&str>) -> &'a mut Answer {
    let is_it = |operation: &Operation<_>| {
        let place = match operation {
            Operation::Point { point, .. } | Operation::Content { point, .. } => {
                Some(point.as_str())
            }
            _ => None,
        };
        operation.kind().name() == kind && place == at
    };
    let event = history.events.iter_mut().rfind(|event| is_it(&event.operation));
    match event.map(|event| &mut event.reply) {
        Some(Reply::Ok(answer)) => answer,
        other => panic!("no answered `{kind}` at {at:?}: {other:?}"),
    }
}

/// Judges the history with one answer changed, and asserts that exactly this clause breaks, and at that answer.
fn check_sabotage(kind: &str, at: Option<&str>, change: impl Fn(&mut Answer), breaks: ClauseId) {
    let mut history = documented();
    let before = last_answer(&mut history, kind, at).clone();
    change(last_answer(&mut history, kind, at));
    assert_ne!(*last_answer(&mut history, kind, at), before, "the sabotage changed nothing");
    for judgement in [judged(&history), judge(&[history.clone()], &Requirements::default())] {
        assert_eq!(judgement.outcome, Outcome::Violates);
        assert_eq!(judgement.broken_clauses(), [breaks]);
        let breach = &judgement.broken().next().expect("a broken clause").1.broken[0];
        let shown = breach.events.last().and_then(|&event| history.event(event));
        assert_eq!(shown.map(|event| event.operation.kind().name()), Some(kind));
    }
}

#[test]
fn the_documented_update_flow_breaks_no_clause() {
    let judgement = judge(&[documented()], &Requirements::default());
    let broken: Vec<_> = judgement.broken().collect();
    assert!(broken.is_empty(), "{broken:#?}");
    assert_eq!(judgement.outcome, Outcome::Undecided, "one plan is no proof of a whole class");
    assert_eq!(judgement.classes.len(), 1);
}

/// VER-1, VER-2, DST-1, DST-3, DST-10, HIE-1, HIE-3, HIE-4: what the flow is about is not passed over in silence.
#[test]
fn the_clauses_about_version_points_and_child_sites_are_exercised_by_it() {
    let judgement = judged(&documented());
    let held = |id: &str| {
        let clauses = &judgement.classes[0].clauses;
        clauses.iter().find(|verdict| verdict.clause.text() == id).map_or(0, |verdict| verdict.held)
    };
    let version = ["IF-4", "IF-16", "VER-1", "VER-2", "VER-3", "VER-11", "VER-12", "VER-13"];
    let points = ["DST-1", "DST-3", "DST-4", "DST-5", "DST-7", "DST-9", "DST-10"];
    let sites = ["HIE-1", "HIE-3", "HIE-4", "EXPLAINED"];
    for clause in version.iter().chain(&points).chain(&sites) {
        assert!(held(clause) > 0, "{clause} is silent");
    }
}

#[test]
fn a_run_of_the_specification_explains_it() {
    let history = documented();
    let readings = judged(&history).classes[0].readings;
    let timelines = Timelines::of(&history);
    assert_eq!(timelines.list.len(), 1);
    assert_eq!(
        explain(&timelines.list[0], &timelines.contents, &readings, Search::Lazy),
        Explained::Yes
    );
}

/// The call returns before anything was read, and a point that is being updated reports what it still holds (A2, A22).
#[test]
fn the_new_version_is_visible_eventually_and_a_pending_point_reports_the_old_one() {
    let judgement = judged(&documented());
    assert_eq!(reading(&judgement, Question::StatusReads), "fresh");
    assert_eq!(reading(&judgement, Question::VersionVisible), "eventually");
    assert_eq!(reading(&judgement, Question::PendingReport), "old");
    let of = |question| judgement.classes[0].found.iter().find(|(found, _)| *found == question);
    for (question, strongest) in [(Question::VersionVisible, 0), (Question::PendingReport, 1)] {
        let found = of(question).map(|&(_, found)| found);
        assert_eq!(found, Some(Found::Reading { strongest, of: 1 }), "{question:?}");
    }
}

/// Version 1 after the call had returned 0 cannot be the truth of a product whose version is there at return.
#[test]
fn no_reading_by_which_the_version_is_there_at_return_and_reported_at_once_explains_it() {
    let pinned = vec![(Question::StatusReads, 0), (Question::VersionVisible, 0)];
    let judgement = judge(&[documented()], &Requirements { pinned, ..Requirements::default() });
    assert_eq!(judgement.outcome, Outcome::Violates);
    assert_eq!(judgement.broken_clauses(), [ClauseId::Ver1]);
}

#[test]
fn a_child_point_that_never_comes_to_report_version_2_breaks_dst_3() {
    let stays_behind = |answer: &mut Answer| {
        let Answer::Point(status) = answer else { panic!("{answer:?}") };
        (status.state, status.version) = (PointState::ContentUpdating, Some(SourceVersion(1)));
    };
    check_sabotage("point", Some("PS2-DP2"), stays_behind, ClauseId::Dst3);
}

#[test]
fn an_owner_whose_version_is_back_at_1_in_the_end_breaks_ver_3() {
    let goes_back = |answer: &mut Answer| {
        let Answer::Package(Some(status)) = answer else { panic!("{answer:?}") };
        status.version = SourceVersion(1);
    };
    check_sabotage("package", None, goes_back, ClauseId::Ver3);
}

/// The point reports INSTALLED at version 2 just before, so what is broken is that a report means content.
#[test]
fn a_point_whose_content_is_still_the_old_one_in_the_end_breaks_dst_4() {
    let old = documented().events.into_iter().find_map(|event| match event.reply {
        Reply::Ok(Answer::Content(page)) => Some(Answer::Content(page)),
        _ => None,
    });
    let old = old.expect("content was read before the refresh");
    check_sabotage("content", Some("PS2-DP2"), |answer| *answer = old.clone(), ClauseId::Dst4);
}
