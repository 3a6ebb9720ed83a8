//! The JSON report: the same facts as the text, for programs. `subject` names what was verified; the rest of two equal
//! runs is equal.

use super::Report;
use pkgsource_model::judge::{
    ClassVerdict, ClauseVerdict, Evidence, Found, Judgement, NotExercised,
};
use serde_json::{Value, json as value};

/// The report as one JSON value.
#[must_use]
pub fn json(report: &Report) -> Value {
    let judgement = &report.judgement;
    value!({
        "report": 1,
        "suite": format!("pkgsource {}", env!("CARGO_PKG_VERSION")),
        "subject": report.subject,
        "verdict": report.word().name(),
        "strongest_force_broken": judgement.strongest.map(pkgsource_model::clauses::Force::name),
        "plans": judgement.histories,
        "events": judgement.events,
        "enumerated": report.enumerated,
        "seed": report.seed,
        "cut": report.cut.as_ref().map(|cut| value!({"run": cut.run, "of": cut.of, "left": cut.left})),
        "coverage": report.coverage.map(|(met, of)| value!({"met": met, "of": of})),
        "changed": report.changed,
        "below_minimum_profile": lacking(&judgement.profile.missing()),
        "incomplete": report.incomplete,
        "doubts": judgement.doubts.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "classes": judgement.classes.iter().map(|verdict| class(verdict, judgement)).collect::<Vec<_>>(),
        "counterexamples": report.counterexamples.iter().map(counterexample).collect::<Vec<_>>(),
        "skipped": report.skipped.iter().map(|skipped| value!({"plan": skipped.plan, "why": skipped.why})).collect::<Vec<_>>(),
        "faults": report.faults.iter().map(|(plan, fault)| {
            value!({"plan": plan, "blame": fault.blame(), "fault": fault.to_string(), "times": fault.times, "stderr": fault.stderr})
        }).collect::<Vec<_>>(),
        "slow": report.slow.iter().map(|(plan, why)| value!({"plan": plan, "blame": "undecided", "why": why})).collect::<Vec<_>>(),
    })
}

fn lacking(missing: &[Evidence]) -> Vec<&'static str> {
    missing.iter().map(|evidence| evidence.lacking()).collect()
}

fn class(class: &ClassVerdict, judgement: &Judgement) -> Value {
    let found = class.found.iter().map(|&(question, found)| {
        let (how, strongest, of) = match found {
            Found::NotAsked => ("not asked", None, None),
            Found::Pinned => ("pinned", None, None),
            Found::Reading { strongest, of } => ("found", Some(strongest), Some(of)),
        };
        let reading = (found != Found::NotAsked).then(|| class.readings.name(question));
        value!({"question": question.entry().id, "reading": reading, "how": how, "agree_with_strongest": strongest, "of": of})
    });
    value!({
        "class": class.class,
        "packages": class.packages,
        "below_minimum_profile": lacking(&judgement.profile.lacking(class.class)),
        "clauses": class.clauses.iter().map(clause).collect::<Vec<_>>(),
        "readings": found.collect::<Vec<_>>(),
        "shows_what_breaks_in_other_classes": class.elsewhere.iter().map(|(clause, packages)| {
            value!({"clause": clause.text(), "packages": packages})
        }).collect::<Vec<_>>(),
    })
}

fn clause(verdict: &ClauseVerdict) -> Value {
    let (state, why) = match (verdict.broken.is_empty(), verdict.not_exercised) {
        (false, _) => ("broken", None),
        (true, None) => ("held", None),
        (true, Some(NotExercised::NeverArose)) => {
            ("not exercised", Some("the situation never arose".to_owned()))
        }
        (true, Some(NotExercised::MaskedBy(clause))) => {
            ("not exercised", Some(format!("masked by {}", clause.text())))
        }
    };
    value!({
        "clause": verdict.clause.text(),
        "force": verdict.clause.clause().force.name(),
        "state": state,
        "why": why,
        "held": verdict.held,
        "broken": verdict.broken.iter().take(20).map(|breach| {
            value!({
                "history": breach.history,
                "package": breach.package,
                "events": breach.events,
                "expected": breach.expected.to_string(),
                "seen": breach.seen.to_string(),
            })
        }).collect::<Vec<_>>(),
        "broken_times": verdict.broken.len(),
    })
}

fn counterexample(example: &super::Counterexample) -> Value {
    value!({
        "clause": example.clause.text(),
        "class": example.class,
        "also": example.also,
        "shown_again": example.seen.map(|seen| value!({"times": seen.times, "of": seen.of})),
        "plan": crate::plan::write_plan(&example.plan).lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).collect::<Vec<_>>(),
        "events": example.breach.events,
        "expected": example.breach.expected.to_string(),
        "seen": example.breach.seen.to_string(),
        "story": super::tell(example),
        "repeat": example.repeat,
    })
}
