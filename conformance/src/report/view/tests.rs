//! The view against the judge: what the table of needs says is so.

use super::{View, needs};
use crate::adapter::{AdapterFault, FaultCause};
use crate::plan::generate::Scope;
use crate::plan::scenarios::scenarios;
use crate::report::{Report, Seen, Word, json};
use crate::run::{Bounds, run_plan};
use crate::subjects::built_in;
use crate::verify::{Settings, judge, verify};
use pkgsource_model::clauses::{CLAUSES, ClauseId};
use pkgsource_model::history::{Capabilities, History};
use pkgsource_model::judge::Requirements;
use pkgsource_model::operation::OperationKind;
use pkgsource_model::words::PackageClass;
use std::collections::BTreeSet;
use std::path::Path;

fn histories() -> Vec<History> {
    let mut adapter = built_in("reference", 1).unwrap();
    let plans = scenarios(&Scope::of(adapter.capabilities()));
    let run = |plan| run_plan(adapter.as_mut(), plan, &Bounds::default(), Path::new("")).history;
    plans.iter().filter_map(run).collect()
}

fn held(histories: &[History]) -> BTreeSet<ClauseId> {
    let requirements = Requirements { explain: false, ..Requirements::default() };
    let judgement = judge(histories, &requirements);
    let verdicts = judgement.classes.iter().flat_map(|class| &class.clauses);
    verdicts.filter(|verdict| verdict.held > 0).map(|verdict| verdict.clause).collect()
}

/// Of histories without a kind of operation or read, exactly the clauses that need it are not tested.
#[test]
fn what_is_needed_is_what_nothing_is_tested_without() {
    let whole = histories();
    let all = held(&whole);
    let minimum = Capabilities::minimal("", [PackageClass::Package]);
    let is_minimum =
        |kind: &OperationKind| minimum.operations.contains(kind) || minimum.reads.contains(kind);
    for kind in OperationKind::ALL.into_iter().filter(|kind| !is_minimum(kind)) {
        let mut without = whole.clone();
        for history in &mut without {
            history.events.retain(|event| event.operation.kind() != kind);
        }
        let left = held(&without);
        let gone: Vec<ClauseId> = all.difference(&left).copied().collect();
        let needing = CLAUSES.iter().map(|clause| clause.clause);
        let needing: Vec<ClauseId> =
            needing.filter(|clause| needs(*clause).contains(&kind)).collect();
        assert_eq!(gone, needing, "without `{kind}`");
    }
}

fn report(subject: &str) -> Report {
    let mut settings = Settings::new(1);
    settings.plans = 5;
    (settings.enumerate, settings.covering) = (0, false);
    settings.requirements.classes = vec![PackageClass::Package];
    let mut adapter = built_in(subject, 1).unwrap();
    verify(adapter.as_mut(), subject, &settings, |_, _| ()).unwrap().report
}

#[test]
fn every_view_validates_against_the_published_schema_and_is_read_back_as_it_was() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/schema/report.json");
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for subject in ["reference", "mutant:skips-an-increment", "mutant:copies-nothing"] {
        let report = report(subject);
        let view = View::of(&report);
        assert_eq!(view.broken().is_empty(), subject == "reference");
        let value = json(&report);
        let wrong: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!(serde_json::from_value::<View>(value).unwrap(), view);
    }
}

/// A disk that was full while a plan ran may well be why it went wrong; where it goes wrong again, it is not.
#[test]
fn where_the_surroundings_failed_only_what_came_again_is_a_breach() {
    let mut report = report("mutant:skips-an-increment");
    assert!(!report.counterexamples.is_empty());
    let full = FaultCause::Surroundings("the disk is full".into());
    let own = FaultCause::Ended("exit status 1".into());
    for (cause, times, word) in [
        (None, 0, Word::Violates),
        (Some(own), 0, Word::Violates),
        (Some(full.clone()), 1, Word::Violates),
        (Some(full), 0, Word::Undecided),
    ] {
        report.faults =
            cause.into_iter().map(|c| ("p".into(), AdapterFault::new("x", c))).collect();
        for story in &mut report.counterexamples {
            story.seen = Some(Seen { times, of: 20 });
        }
        assert_eq!(report.word(), word, "{:?}, {times}", report.faults);
    }
}
