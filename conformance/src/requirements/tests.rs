//! Frozen sets stay as they are, and a newer suite judges by them.

use super::*;
use crate::report::View;
use crate::subjects::built_in;
use crate::verify::{Settings, verify};
use pkgsource_model::clauses::CLAUSES;
use pkgsource_model::words::{Digest, PackageClass};
use sha2::{Digest as _, Sha256};

/// What this suite would freeze today.
fn today(name: &str) -> Frozen {
    let clause = |clause: &pkgsource_model::clauses::Clause| FrozenClause {
        clause: clause.id.to_owned(),
        says: clause.says.to_owned(),
        force: clause.force.name().to_owned(),
    };
    let question = |question: Question| {
        let entry = question.entry();
        FrozenQuestion {
            question: entry.id.to_owned(),
            asks: entry.asks.to_owned(),
            readings: entry.readings.iter().map(|reading| reading.name.to_owned()).collect(),
        }
    };
    Frozen {
        requirements: name.to_owned(),
        clauses: CLAUSES.iter().map(clause).collect(),
        questions: QUESTIONS.iter().map(|entry| question(entry.question)).collect(),
    }
}

#[test]
fn a_frozen_set_never_changes() {
    if let Ok(name) = std::env::var("PKGSOURCE_FREEZE") {
        let path = format!("{}/src/requirements/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = serde_json::to_string_pretty(&today(&name)).unwrap() + "\n";
        std::io::Write::write_all(&mut std::fs::File::create_new(path).unwrap(), text.as_bytes())
            .unwrap();
    }
    for (name, text, digest) in SETS {
        assert_eq!(Digest(Sha256::digest(text).into()).to_string(), digest, "{name}");
        assert_eq!(Frozen::by_name(name).unwrap().requirements, name);
    }
    assert!(names().is_sorted());
}

/// Ids are permanent: what a set names is still there to be judged.
#[test]
fn every_clause_and_question_of_a_frozen_set_is_known_to_this_suite() {
    for name in names() {
        let frozen = Frozen::by_name(name).unwrap();
        for clause in &frozen.clauses {
            assert!(ClauseId::by_text(&clause.clause).is_some(), "{name}: {}", clause.clause);
            assert!(force(&clause.force).is_some(), "{name}: {}", clause.force);
        }
        for question in &frozen.questions {
            let known = QUESTIONS.iter().any(|known| known.id == question.question);
            assert!(known, "{name}: {}", question.question);
        }
    }
}

#[test]
fn an_unknown_set_is_told_the_known_ones() {
    let error = Frozen::by_name("2026-10").unwrap_err().to_string();
    assert!(error.contains("known: 2026-11"), "{error}");
}

fn judged(frozen: &Frozen, subject: &str, clauses: &[ClauseId]) -> View {
    let mut settings = Settings { plans: 5, enumerate: 0, ..Settings::new(1) };
    settings.requirements.classes = vec![PackageClass::Package];
    settings.requirements.clauses = clauses.to_vec();
    frozen.require(&mut settings.requirements).unwrap();
    let mut adapter = built_in(subject, 1).unwrap();
    let mut report = verify(adapter.as_mut(), subject, &settings, |_, _| ()).unwrap().report;
    report.requirements = Some(frozen.clone());
    View::of(&report)
}

#[test]
fn what_a_set_has_not_is_not_required_and_what_it_has_is_as_strong_as_it_was() {
    let mut frozen = today("then");
    let now = judged(&frozen, "mutant:skips-an-increment", &[]);
    assert_eq!((now.verdict.as_str(), now.broken()), ("violates", vec!["VER-1"]));
    let is_it = |clause: &&mut FrozenClause| clause.clause == "VER-1";
    frozen.clauses.iter_mut().find(is_it).unwrap().force = "implied".into();
    let weaker = judged(&frozen, "mutant:skips-an-increment", &[]);
    assert_eq!(weaker.strongest_force_broken.as_deref(), Some("implied"));
    assert_eq!(weaker.sentence("VER-1").unwrap().force, "implied");
    frozen.clauses.retain(|clause| clause.clause != "VER-1");
    let without = judged(&frozen, "mutant:skips-an-increment", &[]);
    assert!(!without.broken().contains(&"VER-1"));
    assert!(without.sentence("VER-1").is_none());
    let mut one = Requirements {
        clauses: vec![ClauseId::by_text("VER-1").unwrap()],
        ..Requirements::default()
    };
    assert_eq!(frozen.require(&mut one), Err("VER-1".to_owned()));
}

#[test]
fn where_a_set_has_no_question_nothing_is_left_open() {
    let mut frozen = today("then");
    assert_eq!(judged(&frozen, "variant:delayed", &[]).verdict, "conforms");
    frozen.questions.retain(|question| question.question != "Q-VISIBLE");
    assert_eq!(judged(&frozen, "variant:delayed", &[]).verdict, "violates");
}
