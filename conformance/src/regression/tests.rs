//! Two runs of one implementation differ in nothing; of others, in what they are made to differ in.

use super::{Against, Difference, Kind, Saved, compare};
use crate::adapter::Adapter;
use crate::report::View;
use crate::subjects::built_in;
use crate::verify::{Settings, verify};
use pkgsource_model::words::PackageClass;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// What a run of the known situations leaves of a subject.
fn saved(subject: &str) -> Saved {
    saved_of(subject, false)
}

/// What a run leaves. Equal runs are equal, so that one of each is enough for all tests.
fn saved_of(subject: &str, covering: bool) -> Saved {
    static KNOWN: Mutex<BTreeMap<(String, bool), Saved>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap();
    let run = || run(subject, covering);
    known.entry((subject.to_owned(), covering)).or_insert_with(run).clone()
}

fn run(subject: &str, covering: bool) -> Saved {
    let mut settings = Settings::new(1);
    settings.requirements.classes = vec![PackageClass::Package];
    (settings.plans, settings.enumerate, settings.covering) = (0, 0, covering);
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
    let (one, other) = (run("reference", false), run("reference", false));
    assert_eq!(compare("f", &one, &other).differences, []);
    assert_eq!(one.text(), other.text());
    assert_eq!(Saved::read(&one.text()), Ok(one));
}

/// Mutants of every section of the register, none of which breaks another clause beside its own.
const MUTANTS: [(&str, &str); 10] = [
    ("accepts-deleted-package", "IF-7"),
    ("refusal-increments", "IF-12"),
    ("skips-an-increment", "VER-1"),
    ("assignment-increments", "VER-8"),
    ("removed-point-keeps-content", "DST-2"),
    ("copies-nothing", "DST-4"),
    ("compares-size-and-time", "DST-9"),
    ("child-keeps-old-files", "HIE-1"),
    ("child-stays-behind", "HIE-3"),
    ("failure-empties-points", "FLT-6"),
];

#[test]
fn of_a_mutant_exactly_its_clause_is_a_regression_and_the_other_way_round_a_fix() {
    let before = saved("reference");
    for (mutant, clause) in MUTANTS {
        let after = saved(&format!("mutant:{mutant}"));
        let against = compare("f", &before, &after);
        assert_eq!(only(&against), (Kind::Regression, clause), "{mutant}: {against:#?}");
        assert!(against.has_regression());
        let back = compare("f", &after, &before);
        assert_eq!(only(&back), (Kind::Fix, clause), "{mutant}: {back:#?}");
        assert!(!back.has_regression());
    }
}

fn only(against: &Against) -> (Kind, &str) {
    let [only] = against.differences.as_slice() else { panic!("{against:#?}") };
    (only.kind, &only.what)
}

/// The embedded site answers otherwise than the model where both may; what is worse is the clause and nothing else.
#[cfg(feature = "site")]
#[test]
fn of_the_embedded_site_against_each_mutant_exactly_its_clause_is_worse() {
    let before = saved("folder");
    let own: Vec<Difference> = compare("f", &before, &saved("reference")).differences;
    assert!(own.iter().all(|difference| difference.kind == Kind::ChangedBehaviour), "{own:#?}");
    for (mutant, clause) in MUTANTS {
        let mut against = compare("f", &before, &saved(&format!("mutant:{mutant}")));
        against.differences.retain(|difference| difference.kind != Kind::ChangedBehaviour);
        assert_eq!(only(&against), (Kind::Regression, clause), "{mutant}: {against:#?}");
    }
}

#[test]
fn of_two_variants_exactly_the_readings_that_differ_have_changed() {
    let [reference, delayed, failing, lagging] =
        ["reference", "variant:delayed", "variant:fails-with-an-error", "variant:lagging"]
            .map(|subject| saved_of(subject, true));
    for (one, other, questions) in [
        (&reference, &delayed, vec!["Q-VISIBLE"]),
        (&reference, &failing, vec!["Q-FAILURE"]),
        // A version that is reported late is seen late.
        (&reference, &lagging, vec!["Q-STATUS", "Q-VISIBLE"]),
        (&delayed, &failing, vec!["Q-FAILURE", "Q-VISIBLE"]),
        (&delayed, &lagging, vec!["Q-STATUS"]),
    ] {
        let against = compare("f", one, other);
        let changed = of_kind(&against, Kind::ChangedBehaviour).into_iter();
        // What it answers is behaviour, too, and a reading is about some of it.
        let changed: BTreeSet<&str> = changed.filter(|what| what.starts_with("Q-")).collect();
        assert_eq!(changed, questions.into_iter().collect(), "{:#?}", against.differences);
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
fn between_two_sets_of_requirements_the_clauses_that_are_new_or_changed_are_named() {
    let now = saved("reference");
    let mut then = now.clone();
    then.requirements = Some("2026-11".into());
    then.options = vec!["--requirements 2026-11".into()];
    then.clauses.retain(|clause| clause.clause != "VER-2");
    then.clauses[0].force = "implied".into();
    then.classes[0].clauses.retain(|cell| cell.clause != "VER-2");
    let against = compare("f", &then, &now);
    assert_eq!(of_kind(&against, Kind::NewClause), ["VER-2"]);
    assert_eq!(of_kind(&against, Kind::ChangedClause), [then.clauses[0].clause.as_str()]);
    assert_eq!(against.differences.len(), 2, "{against:#?}");
    let note = "that run was judged by the frozen requirements 2026-11, this one by ";
    assert!(against.notes[0].starts_with(note), "{:?}", against.notes);
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
    assert!(refused(r#"{"saved": 9}"#).contains("format 9, and this suite reads 2"));
}
