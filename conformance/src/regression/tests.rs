//! Two runs of one implementation differ in nothing; of others, in what they are made to differ in.

use super::{Against, Kind, Saved, compare};
use crate::adapter::Adapter;
use crate::report::View;
use crate::subjects::built_in;
use crate::verify::{Settings, verify};
use pkgsource_model::words::PackageClass;

fn saved(subject: &str) -> Saved {
    let mut settings = Settings::new(1);
    settings.requirements.classes = vec![PackageClass::Package];
    (settings.plans, settings.seed) = (20, 7);
    settings.shrink_for = std::time::Duration::ZERO;
    let mut adapter: Box<dyn Adapter> = built_in(subject, 1).unwrap();
    let report = verify(adapter.as_mut(), subject, &settings, |_, _| ()).unwrap().report;
    Saved::of(&View::of(&report), Vec::new(), None)
}

fn of_kind(against: &Against, kind: Kind) -> Vec<&str> {
    let of_kind = against.differences.iter().filter(|difference| difference.kind == kind);
    of_kind.map(|difference| difference.what.as_str()).collect()
}

#[test]
fn two_runs_of_one_implementation_differ_in_nothing_and_leave_equal_bytes() {
    let (one, other) = (saved("reference"), saved("reference"));
    assert_eq!(compare("f", &one, &other).differences, []);
    assert_eq!(one.text(), other.text());
    assert_eq!(Saved::read(&one.text()), Ok(one));
}

#[test]
fn of_a_mutant_exactly_its_clause_is_a_regression_and_the_other_way_round_a_fix() {
    let before = saved("reference");
    for (mutant, clause) in [("skips-an-increment", "VER-1"), ("compares-size-and-time", "DST-9")] {
        let after = saved(&format!("mutant:{mutant}"));
        let against = compare("f", &before, &after);
        assert_eq!(of_kind(&against, Kind::Regression), [clause], "{mutant}");
        assert!(against.has_regression());
        let back = compare("f", &after, &before);
        assert_eq!(of_kind(&back, Kind::Fix), [clause], "{mutant}");
        assert!(!back.has_regression());
    }
}

#[test]
fn of_two_variants_exactly_the_readings_that_differ_have_changed() {
    let before = saved("reference");
    for (variant, questions) in
        [("fails-with-an-error", vec!["Q-FAILURE"]), ("delayed", vec!["Q-VISIBLE"])]
    {
        let against = compare("f", &before, &saved(&format!("variant:{variant}")));
        let changed = of_kind(&against, Kind::ChangedBehaviour);
        assert_eq!(changed, questions, "{:#?}", against.differences);
        assert!(!against.has_regression());
    }
}

#[test]
fn a_clause_that_is_new_said_otherwise_or_gone_is_named() {
    let now = saved("reference");
    let mut then = now.clone();
    then.suite = "pkgsource 0.0.9".into();
    then.clauses.retain(|clause| clause.clause != "VER-2");
    then.classes[0].clauses.retain(|cell| cell.clause != "VER-2");
    then.clauses[0].force = "implied".into();
    let mut gone = then.clauses[0].clone();
    gone.clause = "OLD-1".into();
    then.clauses.push(gone);
    let against = compare("f", &then, &now);
    assert_eq!(of_kind(&against, Kind::NewClause), ["VER-2"]);
    assert_eq!(of_kind(&against, Kind::ChangedClause), [then.clauses[0].clause.as_str()]);
    assert_eq!(of_kind(&against, Kind::RemovedClause), ["OLD-1"]);
    assert_eq!(against.differences.len(), 3);
    assert_eq!(against.notes.len(), 1);
}

#[test]
fn what_was_seen_too_rarely_to_tell_is_no_difference() {
    let now = saved("reference");
    let mut then = now.clone();
    for row in &mut then.answers {
        row.times = 1;
        row.answer = "another".into();
    }
    for reading in then.readings.iter_mut().flat_map(|shown| &mut shown.readings) {
        reading.reading = "another".into();
        reading.classes[0].of = Some(2);
    }
    assert_eq!(compare("f", &then, &now).differences, []);
}

#[test]
fn what_is_no_saved_run_is_refused_with_what_to_do() {
    let refused = |text: &str| Saved::read(text).unwrap_err().to_string();
    assert!(refused("nonsense").starts_with("it is no run that `verify --save` wrote"));
    assert!(refused(r#"{"report": 2}"#).contains("written by `verify --save FILE`"));
    assert!(refused(r#"{"saved": 9}"#).contains("format 9, and this suite reads 1"));
}
