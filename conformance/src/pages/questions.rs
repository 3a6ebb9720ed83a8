//! `questions.md`: every question that the documents leave open, with its readings from strong to weak, what each permits
//! and which promises ask less under it; and the ambiguities by their numbers.

use super::citations::ambiguities_of;
use super::{class_names, code, item, link_to, opening, places, sentence, table};
use crate::mutants::variants;
use pkgsource_model::clauses::{AMBIGUITIES, Ambiguity, Kind, entries};
use pkgsource_model::readings::{QUESTIONS, QuestionEntry, Reading};
use pkgsource_model::words::PackageClass;

const INTRODUCTION: &str = "
The documents leave these open, and the suite does not settle them. A reading is a set of permitted behaviours; a reading that
permits more is weaker, and the last one permits whatever any other does. Readings are found for each class from what a run
shows: in the order of this page, each question takes the strongest reading under which everything stays explained.
A reading can be pinned (`--pin QUESTION=READING`); a weaker behaviour then violates.

What a reading *costs* are the promises that ask less of an implementation where the reading is needed: they hold there partly
because of it. A reading without costs takes nothing from any promise.
";

const AMBIGUOUS: &str = "
## Ambiguities

What an implementer finds unclear in the documents, by the numbers under which histories name it, and what says what became of it.

";

pub(super) fn page() -> String {
    let mut page = opening(
        "Questions",
        &[
            "model/src/readings/question/table.rs",
            "model/src/clauses/ambiguities.rs",
            "conformance/src/mutants/variants.rs",
        ],
    );
    page += INTRODUCTION;
    page.extend(QUESTIONS.iter().map(question));
    page += AMBIGUOUS;
    let row = |one: &Ambiguity| [one.id.to_owned(), one.asks.to_owned(), link_to(one.leads_to)];
    page + &table(["id", "what is unclear", "became"], AMBIGUITIES.iter().map(row))
}

fn question(entry: &QuestionEntry) -> String {
    let mut text = format!("\n## {}\n\n{}\n\n", entry.id, sentence(entry.asks));
    item(&mut text, "left open by", &places(entry.cites));
    let concerned: Vec<PackageClass> =
        PackageClass::ALL.into_iter().filter(|&class| entry.concerns(class)).collect();
    item(&mut text, "concerns", &class_names(&concerned));
    let entries = entries_of(entry.id);
    item(&mut text, "entries of the register", &entries.join(", "));
    item(&mut text, "ambiguities", &ambiguities_of(entry.id).collect::<Vec<_>>().join(", "));
    let permitted =
        variants().filter(|v| v.permitted_by == entry.id || entries.contains(&v.permitted_by));
    item(&mut text, "correct variants", &code(permitted.map(|variant| variant.name)));
    let head = ["reading, strong to weak", "an implementation may", "also permits", "costs"];
    text + "\n" + &table(head, readings(entry))
}

/// The entries of the register that the question answers for.
fn entries_of(question: &str) -> Vec<&'static str> {
    let answered =
        entries().filter(|entry| matches!(entry.kind, Kind::Question(id) if id == question));
    answered.map(|entry| entry.id).collect()
}

/// A row a reading: its name, what it permits, the stronger readings whose behaviour it permits, too, and what it costs.
fn readings(entry: &QuestionEntry) -> Vec<[String; 4]> {
    let row = |(place, reading): (usize, &Reading)| {
        let stronger = entry.readings.iter().take(place);
        let contained = stronger.filter(|other| other.permits & !reading.permits == 0);
        let costs: Vec<String> = reading.costs.iter().map(|cost| link_to(cost.text())).collect();
        [
            code([reading.name]),
            reading.says.to_owned(),
            code(contained.map(|other| other.name)),
            if costs.is_empty() { "nothing".to_owned() } else { costs.join(", ") },
        ]
    };
    entry.readings.iter().enumerate().map(row).collect()
}
