//! `classes.md`: what each of the ten method pages promises, and which clauses and questions follow from it.

use super::{class_names, code, link, opening, table};
use crate::mutants::mutants;
use pkgsource_model::classes::{Additions, CLASSES, ClassEntry, Points};
use pkgsource_model::clauses::{CLAUSES, Clause};
use pkgsource_model::readings::QUESTIONS;
use pkgsource_model::words::PackageClass;

const INTRODUCTION: &str = "
`SMS_PackageBaseclass` defines no method. Each class has a page of its own for it, and is bound by that page; keys are
explained in [sources.md](sources.md). Where a page does not promise, nothing is required, and nothing is forbidden.

";

pub(super) fn page() -> String {
    let mut page = opening(
        "Classes",
        &["model/src/classes.rs", "model/src/clauses/promises.rs", "conformance/src/mutants.rs"],
    );
    page += INTRODUCTION;
    page += &promises();
    page += "\n## Clauses of some classes only\n\nAll other clauses bind all ten.\n\n";
    page += &clauses();
    page += "\n## What else is the class's own\n\nAll other questions are put to all ten, and all other mutants are wrong in all ten.\n\n";
    page + &own()
}

fn promises() -> String {
    let yes = |holds: bool| if holds { "yes" } else { "–" }.to_owned();
    let row = |entry: &ClassEntry| {
        [
            code([entry.class.name()]),
            entry.class.package_types().iter().map(u32::to_string).collect::<Vec<_>>().join(" or "),
            entry.page.to_owned(),
            yes(entry.increments),
            points(entry.points).to_owned(),
            yes(entry.child_sites),
            yes(entry.context),
            remarks(entry),
        ]
    };
    table(
        [
            "class",
            "type",
            "page",
            "raises the version",
            "reaches the points",
            "reaches child sites",
            "`ContextID`",
            "besides",
        ],
        CLASSES.iter().map(row),
    )
}

fn points(points: Points) -> &'static str {
    match points {
        Points::Promised => "yes",
        Points::WhileUnchanged => "while its properties have not changed",
        Points::NotPromised => "–",
    }
}

fn remarks(entry: &ClassEntry) -> String {
    let flag = entry.source_flag.map(|flag| format!("`PkgSourceFlag` is {} only", flag.number()));
    let additions = match entry.additions {
        Additions::None => None,
        Additions::Drivers => Some("drivers wait for the next refresh".to_owned()),
        Additions::Content => Some("content can be added".to_owned()),
    };
    let inoperable = entry.inoperable.then(|| "a refresh makes it inoperable".to_owned());
    [flag, additions, inoperable].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn clauses() -> String {
    let row = |clause: &Clause| {
        let bound: Vec<PackageClass> =
            PackageClass::ALL.into_iter().filter(|&class| clause.binds.binds(class)).collect();
        let names = (bound.len() < PackageClass::ALL.len()).then(|| class_names(&bound))?;
        Some([link("clauses.md", clause.id), clause.says.to_owned(), names])
    };
    table(["clause", "promise", "binds"], CLAUSES.iter().filter_map(row))
}

fn own() -> String {
    let row = |entry: &ClassEntry| {
        let class = entry.class;
        let questions = QUESTIONS
            .iter()
            .filter(|question| !question.classes.is_empty() && question.concerns(class));
        let mutants = mutants().filter(|mutant| mutant.classes.contains(&class));
        [
            code([class.name()]),
            questions
                .map(|question| link("questions.md", question.id))
                .collect::<Vec<_>>()
                .join(", "),
            code(mutants.map(|mutant| mutant.name)),
        ]
    };
    table(["class", "questions", "mutants"], CLASSES.iter().map(row))
}
