//! `clauses.md`: every promise of the register, then every entry that is no promise, and why.

use super::{class_names, code, item, link, opening, sentence, table};
use crate::mutants::mutants;
use pkgsource_model::clauses::{CLAUSES, Clause, ClauseId, ENTRIES, Force, Kind};
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
            "conformance/src/mutants.rs",
        ],
    );
    page += &introduction();
    for (prefix, heading) in GROUPS {
        page.extend(["\n## ", heading, "\n"]);
        page.extend(CLAUSES.iter().filter(|clause| group(clause.id) == prefix).map(promise));
    }
    page += &entries();
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
            [
                (Force::Documented, "a reference page states it without condition"),
                (Force::Described, "a Microsoft document describes the product doing it, or calls the opposite a bug"),
                (Force::Implied, "no page says it, but without it a promise means nothing"),
            ]
            .map(|(force, meaning)| [force.name().to_owned(), count(force), meaning.to_owned()])
        )
    )
}

fn promise(clause: &Clause) -> String {
    let bound: Vec<PackageClass> =
        PackageClass::ALL.into_iter().filter(|&class| clause.binds.binds(class)).collect();
    let mut text = format!("\n### {}\n\n{}\n\n", clause.id, sentence(clause.says));
    item(&mut text, "force", clause.force.name());
    item(&mut text, "source", clause.source);
    item(&mut text, "binds", &class_names(&bound));
    item(&mut text, "can be broken only with", &pins(clause));
    item(&mut text, "mutants", &mutants_of(clause.clause));
    text += &examples(clause);
    text
}

/// The readings without which the clause cannot be broken.
fn pins(clause: &Clause) -> String {
    let pins = clause.examples.pins.iter().map(|pin| format!("`--pin {pin}`"));
    pins.collect::<Vec<_>>().join(", ")
}

/// The shortest histories that hold and break it.
fn examples(clause: &Clause) -> String {
    let shown = |heading: &str, example: &str| {
        let lines: Vec<&str> =
            example.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        match lines.as_slice() {
            [] => String::new(),
            lines => format!("\n{heading}\n\n```text\n{}\n```\n", lines.join("\n")),
        }
    };
    shown("It holds:", clause.examples.held) + &shown("It is broken:", clause.examples.broken)
}

fn mutants_of(clause: ClauseId) -> String {
    let of_clause = mutants().filter(|mutant| mutant.clause == clause);
    of_clause
        .map(|mutant| format!("`{}` ({})", mutant.name, mutant.says))
        .collect::<Vec<_>>()
        .join("; ")
}

/// The four tables of what is no promise.
fn entries() -> String {
    let section = |heading: &str, says: &str, last: &str, cell: fn(Kind) -> Option<String>| {
        let rows: Vec<[String; 3]> = ENTRIES
            .iter()
            .filter_map(|entry| {
                Some([entry.id.to_owned(), entry.says.to_owned(), cell(entry.kind)?])
            })
            .collect();
        format!(
            "\n## {heading}\n\n{}: {says}\n\n{}",
            rows.len(),
            table(["id", "entry", last], rows)
        )
    };
    section(
        "Permissions",
        "an implementation may do it. The variant named does, and must pass.",
        "variant",
        |kind| match kind {
            Kind::Permission(variant) => Some(code([variant])),
            Kind::Question(_) | Kind::Excluded(_) | Kind::NotYet(_) => None,
        },
    ) + &section("Questions", "the documents leave it open.", "question", |kind| match kind {
        Kind::Question(question) => Some(link("questions.md", question)),
        Kind::Permission(_) | Kind::Excluded(_) | Kind::NotYet(_) => None,
    }) + &section("Excluded", "no client can see it.", "why", |kind| match kind {
        Kind::Excluded(reason) => Some(reason.to_owned()),
        Kind::Permission(_) | Kind::Question(_) | Kind::NotYet(_) => None,
    }) + &section(
        "Not yet",
        "it can be seen, but only with what the suite does not make yet.",
        "needs",
        |kind| match kind {
            Kind::NotYet(needs) => Some(needs.to_owned()),
            Kind::Permission(_) | Kind::Question(_) | Kind::Excluded(_) => None,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
