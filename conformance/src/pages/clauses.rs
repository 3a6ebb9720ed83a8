//! `clauses.md`: every promise of the register, then every entry that is no promise, and why.

use super::citations::ambiguities_of;
use super::{class_names, code, item, link_to, opening, places, sentence, table};
use crate::mutants::mutants;
use crate::verify::judge;
use pkgsource_model::clauses::{CLAUSES, Clause, ClauseId, Entry, Force, Kind, Why, entries};
use pkgsource_model::history::History;
use pkgsource_model::judge::Requirements;

use pkgsource_model::words::PackageClass;

/// The headings of the groups, by the first part of an id.
const GROUPS: [(&str, &str); 8] = [
    ("IF", "Interface and acceptance"),
    ("VER", "Version"),
    ("DST", "Distribution points"),
    ("HIE", "Child sites"),
    ("FLT", "Failure"),
    ("CLS", "Single classes"),
    ("SCH", "Schedule"),
    ("EXPLAINED", "What no other promise says"),
];

pub(super) fn page() -> String {
    let mut page = opening(
        "Clauses",
        &[
            "model/src/clauses/promises.rs",
            "model/src/clauses/promises/",
            "model/src/clauses/entries.rs",
            "model/src/clauses/entries/",
            "conformance/src/mutants.rs",
        ],
    );
    page += &introduction();
    for (prefix, heading) in GROUPS {
        page.extend(["\n## ", heading, "\n"]);
        page.extend(CLAUSES.iter().filter(|clause| group(clause.id) == prefix).map(promise));
    }
    page += &tables();
    page
}

fn group(id: &str) -> &str {
    id.split_once('-').map_or(id, |(prefix, _)| prefix)
}

fn introduction() -> String {
    let count = |force| CLAUSES.iter().filter(|clause| clause.force == force).count().to_string();
    format!(
        "\n{} promises. A promise binds an implementation; each has a permanent id, is judged on the timeline of one package, up to\n\
         the first event that no right implementation shows. Sources are explained in [sources.md](sources.md), what is left open is in\n\
         [questions.md](questions.md). Examples are histories as people write them: an operation, and what came of it.\n\n{}",
        CLAUSES.len(),
        table(
            ["force", "promises", "meaning"],
            [Force::Documented, Force::Described, Force::Implied].map(|force| {
                [force.name().to_owned(), count(force), force.meaning().to_owned()]
            })
        )
    )
}

fn promise(clause: &Clause) -> String {
    let bound: Vec<PackageClass> =
        PackageClass::ALL.into_iter().filter(|&class| clause.binds.binds(class)).collect();
    let mut text = format!("\n### {}\n\n{}\n\n", clause.id, sentence(clause.says));
    item(&mut text, "force", clause.force.name());
    item(&mut text, "says so", &places(clause.cites));
    item(&mut text, "note", clause.note);
    item(&mut text, "binds", &class_names(&bound));
    item(&mut text, "can be broken only with", &pins(clause));
    item(&mut text, "ambiguities", &ambiguities_of(clause.id).collect::<Vec<_>>().join(", "));
    item(&mut text, "mutants", &mutants_of(clause.clause));
    text += &examples(clause);
    text
}

/// The readings without which the clause cannot be broken.
fn pins(clause: &Clause) -> String {
    let pins = clause.examples.pins.iter().map(|pin| format!("`--pin {pin}`"));
    pins.collect::<Vec<_>>().join(", ")
}

/// The shortest histories that hold and break it, and what is expected and seen where it is broken.
fn examples(clause: &Clause) -> String {
    let shown = |heading: &str, example: &str| {
        let lines: Vec<&str> =
            example.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        match lines.as_slice() {
            [] => String::new(),
            lines => format!("\n{heading}:\n\n```text\n{}\n```\n", lines.join("\n")),
        }
    };
    let broken = match seen_in(clause) {
        Some((expected, seen)) => format!("It is broken (expected {expected}, seen {seen})"),
        None => "It is broken".to_owned(),
    };
    shown("It holds", clause.examples.held) + &shown(&broken, clause.examples.broken)
}

/// What the example that breaks the clause should have shown, and what it shows.
fn seen_in(clause: &Clause) -> Option<(String, String)> {
    let history = History::from_notation(clause.examples.broken).ok()?;
    let mut requirements = Requirements::default();
    for pin in clause.examples.pins {
        requirements.pin(pin).ok()?;
    }
    let judgement = judge(&[history], &requirements);
    let broken = judgement.broken().find(|(_, verdict)| verdict.clause == clause.clause);
    let breach = broken?.1.broken.first()?.clone();
    Some((breach.expected.to_string(), breach.seen.to_string()))
}

fn mutants_of(clause: ClauseId) -> String {
    let of_clause = mutants().filter(|mutant| mutant.clause == clause);
    of_clause
        .map(|mutant| format!("`{}` ({})", mutant.name, mutant.says))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The tables of what is no promise: a heading, what stands under it, and the head of the third column.
const TABLES: [(&str, &str, &str); 9] = [
    (
        "Permissions",
        "an implementation may do it. The variant named does, and must pass.",
        "variant",
    ),
    ("Questions", "the documents leave it open.", "question"),
    ("Judged", "it is judged, under the id of another promise.", "promise"),
    (
        "Contradicted",
        "other documents contradict it. It binds nobody; the ways that it denies are promises, questions and entries.",
        "by",
    ),
    ("Not observable", "no read that a client has shows it.", "why"),
    ("Not read", "a client can read it, and the protocol has no read for it.", "why"),
    (
        "Not made",
        "a client could see it, and the suite does not make the situation in which it shows.",
        "what is not made",
    ),
    ("Not judged", "a run shows it, and no promise is made of it yet.", "why"),
    ("Asides", "it says nothing of what a call does.", "so"),
];

/// The heading under which an entry stands, and its third cell.
fn stands(kind: Kind) -> (&'static str, String) {
    match kind {
        Kind::Permission(variant) => ("Permissions", code([variant])),
        Kind::Question(question) => ("Questions", link_to(question)),
        Kind::Within(promise) => ("Judged", link_to(promise)),
        Kind::Contradicted(others) => {
            ("Contradicted", others.iter().map(|id| link_to(id)).collect::<Vec<_>>().join(", "))
        }
        Kind::Excluded(why, reason) => {
            let heading = match why {
                Why::NotObservable => "Not observable",
                Why::NotRead => "Not read",
                Why::NotMade => "Not made",
                Why::NotJudged => "Not judged",
            };
            (heading, reason.to_owned())
        }
        Kind::Aside => ("Asides", "nothing is asked".to_owned()),
    }
}

fn tables() -> String {
    let mut page = String::new();
    for (heading, says, third) in TABLES {
        let row = |entry: &Entry| {
            let (under, cell) = stands(entry.kind);
            let row = [entry.id.to_owned(), entry.says.to_owned(), cell, places(entry.cites)];
            (under == heading).then_some(row)
        };
        let rows: Vec<[String; 4]> = entries().filter_map(row).collect();
        page += &format!("\n## {heading}\n\n{}: {says}\n\n", rows.len());
        page += &table(["id", "entry", third, "where"], rows);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_stands_in_one_table() {
        for entry in entries() {
            let (under, _) = stands(entry.kind);
            assert_eq!(TABLES.iter().filter(|(heading, ..)| *heading == under).count(), 1);
        }
    }

    #[test]
    fn every_promise_but_the_last_tells_what_its_example_should_have_shown() {
        for clause in CLAUSES.iter().filter(|clause| clause.clause != ClauseId::Explained) {
            assert!(seen_in(clause).is_some(), "{}", clause.id);
        }
    }

    #[test]
    fn every_promise_stands_under_one_heading() {
        for clause in CLAUSES {
            assert_eq!(
                GROUPS.iter().filter(|(prefix, _)| *prefix == group(clause.id)).count(),
                1,
                "{}",
                clause.id
            );
        }
    }
}
