//! What happens on enumerated plans: what is correct raises no alarm on any of them, which clauses their mutants break on them alone, and
//! their place in a verification.
//! `PKGSOURCE_STEPS` sets how many steps they have, 2 or 3; the default suits an ordinary run.

use pkgsource::adapter::Adapter;
use pkgsource::kill::requirements;
use pkgsource::mutants::{Mutant, mutants};
use pkgsource::plan::build::tree;
use pkgsource::plan::enumerate::enumerated;
use pkgsource::plan::generate::Scope;
use pkgsource::plan::{Plan, read_plan};
use pkgsource::report::Seen;
use pkgsource::run::{Bounds, run_plan};
use pkgsource::subjects::built_in;
use pkgsource::verify::{Settings, judge, plans, verify};
use pkgsource_model::clauses::{CLAUSES, Clause, ClauseId};
use std::path::Path;

fn assert_no_alarm(adapter: &str, steps: usize) {
    let mut subject = built_in(adapter, 1).expect("a built-in adapter");
    let settings = Settings { enumerate: steps, scenarios: false, plans: 0, ..Settings::new(1) };
    let verified = verify(subject.as_mut(), adapter, &settings, |_, _| {});
    let report = verified.expect("a scratch folder").report;
    assert_eq!(report.faults.len() + report.skipped.len(), 0);
    assert_eq!(report.judgement.broken_clauses(), [], "{adapter}");
}

#[test]
fn the_reference_raises_no_alarm_on_any_enumerated_plan() {
    assert_no_alarm("reference", length());
}

#[test]
fn the_freest_variant_raises_no_alarm_on_any_plan_of_one_step() {
    assert_no_alarm("variant:free", 1);
}

/// The clauses that no plan of two steps breaks: through how many steps their mutants were seen to live, and why.
const UNBROKEN: [(&str, usize, &str); 3] = [
    ("DST-5", 2, "needs a version of two files, then another in which one is new, or an odd name"),
    ("DST-8", usize::MAX, "needs two packages"),
    ("HIE-4", usize::MAX, "needs a look at a child site while a refresh is under way"),
];

/// How many steps the plans have on which the reference and the mutants run.
fn length() -> usize {
    std::env::var("PKGSOURCE_STEPS").ok().and_then(|text| text.parse().ok()).unwrap_or(2)
}

fn dies(mutant: &Mutant, steps: usize) -> bool {
    let mut adapter = mutant.adapter(1);
    let mut scope = Scope::of(adapter.capabilities());
    // One class is enough: the alphabet is the same in all in which the mutant is wrong.
    scope.classes.retain(|class| mutant.shows_in().first() == Some(class));
    let requirements = requirements(mutant);
    enumerated(steps, &scope).any(|plan| {
        let run = run_plan(&mut adapter, &plan, &Bounds::default(), Path::new(""));
        run.history.is_some_and(|history| {
            judge(&[history], &requirements).broken_clauses().contains(&mutant.clause)
        })
    })
}

/// The plainest mutants come first, so that the first that dies is soon found.
fn is_broken(clause: &Clause, steps: usize) -> bool {
    mutants().filter(|mutant| mutant.clause == clause.clause).any(|mutant| dies(mutant, steps))
}

#[test]
fn enumerated_plans_break_every_clause_but_those_that_need_more() {
    let steps = length();
    let promised = CLAUSES.iter().filter(|clause| clause.clause != ClauseId::Explained);
    let whole: Vec<&str> =
        promised.filter(|clause| !is_broken(clause, steps)).map(|clause| clause.id).collect();
    let expected: Vec<&str> =
        UNBROKEN.iter().filter(|(_, through, _)| *through >= steps).map(|(id, _, _)| *id).collect();
    assert_eq!(whole, expected);
}

/// The kinds of plans that run, in order.
fn origins(settings: &Settings) -> Vec<&'static str> {
    let adapter = built_in("reference", 1).expect("a built-in adapter");
    let mut origins: Vec<&str> = plans(adapter.as_ref(), settings)
        .map(|plan| match plan {
            plan if plan.name == "kept" => "saved",
            plan if plan.seed.is_some() => "generated",
            plan if plan.name.starts_with("e-") => "enumerated",
            _ => "scenario",
        })
        .collect();
    origins.dedup();
    origins
}

#[test]
fn saved_plans_run_first_then_scenarios_then_enumerated_then_generated_ones() {
    let kept = Plan::empty("kept", &tree(&["PS1"]));
    let settings = Settings { saved: vec![kept], ..Settings::new(1) };
    assert_eq!(origins(&settings), ["saved", "scenario", "enumerated", "generated"]);
    let settings = Settings { enumerate: 0, ..settings };
    assert_eq!(origins(&settings), ["saved", "scenario", "generated"]);
}

#[test]
fn a_counterexample_is_saved_and_its_line_replays_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut subject = built_in("mutant:increments-twice", 1).expect("a built-in adapter");
    let save_to = Some(folder.path().join("saved"));
    let settings = Settings { scenarios: false, plans: 0, save_to, ..Settings::new(1) };
    let verified = verify(subject.as_mut(), "mutant", &settings, |_, total| {
        assert!(total.is_some(), "few plans are counted beforehand");
    });
    let report = verified.expect("a scratch folder").report;
    assert_eq!(report.enumerated, Some(1));
    assert!(!report.counterexamples.is_empty());
    for example in &report.counterexamples {
        let rest = example.repeat.strip_prefix("pkgsource replay ").expect("a line that replays");
        let file = rest.split(" --").next().expect("a file");
        let text = std::fs::read_to_string(file).expect("the saved plan");
        assert_eq!(read_plan(&text).as_ref(), Ok(&example.plan));
        assert_eq!(example.seen, Some(Seen { times: 3, of: 3 }));
    }
    let mut causes: Vec<_> =
        report.counterexamples.iter().map(|e| (e.clause, e.plan.steps.len())).collect();
    causes.sort_unstable();
    causes.dedup();
    assert_eq!(causes.len(), report.counterexamples.len(), "one cause is told once");
}

#[test]
fn a_run_that_was_stopped_does_not_say_that_every_plan_was_run() {
    let mut subject = built_in("reference", 1).expect("a built-in adapter");
    let settings = Settings { minutes: Some(0), ..Settings::new(1) };
    let verified = verify(subject.as_mut(), "reference", &settings, |_, _| {});
    let report = verified.expect("a scratch folder").report;
    assert_eq!(report.enumerated, None);
    let cut = report.cut.expect("a run without time is cut short");
    let left: usize = cut.left.values().sum();
    assert_eq!(Some(cut.run + left), cut.of);
    assert!(cut.left.contains_key("generated plans"), "{:?}", cut.left);
}
