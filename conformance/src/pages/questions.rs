//! `questions.md`: every question that the documents leave open, with its readings from strong to weak.

use super::{class_names, code, item, opening, sentence, table};
use crate::mutants::variants;
use pkgsource_model::clauses::{ENTRIES, Kind};
use pkgsource_model::readings::{QUESTIONS, QuestionEntry, Reading};
use pkgsource_model::words::PackageClass;

const INTRODUCTION: &str = "
The documents leave these open, and the suite does not settle them. A reading is a set of permitted behaviours; a reading that
permits more is weaker, and the last one permits whatever any other does. Readings are found for each class from what a run
shows: in the order of this page, each question takes the strongest reading under which everything stays explained.
A reading can be pinned (`--pin QUESTION=READING`); a weaker behaviour then violates.
";

pub(super) fn page() -> String {
    let mut page = opening(
        "Questions",
        &["model/src/readings/question.rs", "conformance/src/mutants/variants.rs"],
    );
    page += INTRODUCTION;
    page.extend(QUESTIONS.iter().map(question));
    page
}

fn question(entry: &QuestionEntry) -> String {
    let mut text = format!("\n## {}\n\n{}\n\n", entry.id, sentence(entry.asks));
    item(&mut text, "source", entry.source);
    let concerned: Vec<PackageClass> =
        PackageClass::ALL.into_iter().filter(|&class| entry.concerns(class)).collect();
    item(&mut text, "concerns", &class_names(&concerned));
    let entries = entries_of(entry.id);
    item(&mut text, "entries of the register", &entries.join(", "));
    let permitted =
        variants().filter(|v| v.permitted_by == entry.id || entries.contains(&v.permitted_by));
    item(&mut text, "correct variants", &code(permitted.map(|variant| variant.name)));
    text + "\n" + &table(["reading, strong to weak", "also permits"], readings(entry))
}

/// The entries of the register that the question answers for.
fn entries_of(question: &str) -> Vec<&'static str> {
    let answered =
        ENTRIES.iter().filter(|entry| matches!(entry.kind, Kind::Question(id) if id == question));
    answered.map(|entry| entry.id).collect()
}

/// A row a reading: its name, and the stronger readings whose behaviour it permits, too.
fn readings(entry: &QuestionEntry) -> Vec<[String; 2]> {
    let row = |(place, reading): (usize, &Reading)| {
        let stronger = entry.readings.iter().take(place);
        let contained = stronger.filter(|other| other.permits & !reading.permits == 0);
        [code([reading.name]), code(contained.map(|other| other.name))]
    };
    entry.readings.iter().enumerate().map(row).collect()
}
