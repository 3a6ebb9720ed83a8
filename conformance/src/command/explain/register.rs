//! What the register holds besides promises and questions: entries, readings, ambiguities, sentences and documents.

use crate::pages::citations::places_of;
use pkgsource_model::clauses::{AMBIGUITIES, Ambiguity, Entry, Kind, entries};
use pkgsource_model::documents::sentences::{PageSentence, SentenceEntry};
use pkgsource_model::documents::{Citation, Document};
use pkgsource_model::readings::{Question, QuestionEntry};

/// The explanation of an id, if it is one of these.
pub(super) fn text(id: &str) -> Option<String> {
    if let Some(entry) = entries().find(|entry| entry.id == id) {
        return Some(entry_text(entry));
    }
    if let Some(ambiguity) = AMBIGUITIES.iter().find(|ambiguity| ambiguity.id == id) {
        return Some(ambiguity_text(ambiguity));
    }
    if let Some(sentence) = PageSentence::all().iter().find(|sentence| sentence.id == id) {
        return Some(sentence_text(sentence));
    }
    if let Some(document) = Document::by_key(id) {
        return Some(document_text(document));
    }
    let (question, reading) = id.split_once('=')?;
    reading_text(Question::by_id(question)?.entry(), reading)
}

/// Every id that can be asked for here, but for readings.
pub(super) fn ids() -> impl Iterator<Item = &'static str> {
    entries()
        .map(|entry| entry.id)
        .chain(AMBIGUITIES.iter().map(|ambiguity| ambiguity.id))
        .chain(PageSentence::all().iter().map(|sentence| sentence.id))
        .chain(Document::ALL.iter().map(|document| document.key()))
}

/// Citations, a line each.
pub(super) fn says_so(cites: &[Citation]) -> String {
    let lines: Vec<String> =
        cites.iter().map(|citation| format!("  source: {citation}\n")).collect();
    lines.concat()
}

fn entry_text(entry: &Entry) -> String {
    let because = match entry.kind {
        Kind::Permission(variant) => format!("proved by the correct variant `{variant}`"),
        Kind::Question(question) => format!("see {question}"),
        Kind::Within(promise) => format!("as part of {promise}"),
        Kind::Contradicted(others) => format!("it binds nobody; see {}", others.join(", ")),
        Kind::Excluded(_, reason) => reason.to_owned(),
        Kind::Aside => "it says nothing of what a call does".to_owned(),
    };
    let says_so = says_so(entry.cites);
    format!("{}: {}\n  {}: {because}\n{says_so}", entry.id, entry.says, entry.kind.name())
}

fn ambiguity_text(ambiguity: &Ambiguity) -> String {
    format!("{}: {}\n  see {}\n", ambiguity.id, ambiguity.asks, ambiguity.leads_to)
}

fn sentence_text(sentence: &SentenceEntry) -> String {
    let mut text = format!(
        "{}: {}\n  a sentence of the method pages; it leads to {}\n",
        sentence.id, sentence.says, sentence.leads_to
    );
    for (class, spot) in sentence.places() {
        text += &format!("  stands in {}, {spot}\n", class.entry().page);
    }
    text
}

fn document_text(document: Document) -> String {
    let mut text =
        format!("source {document}: {}\n  {}\n  cited:\n", document.title(), document.address());
    for place in places_of(document) {
        let says = if place.says.is_empty() { String::new() } else { format!(": {}", place.says) };
        text += &format!("    {}{says} ({})\n", place.place, place.cited_by.join(", "));
    }
    text
}

fn reading_text(entry: &QuestionEntry, name: &str) -> Option<String> {
    let reading = entry.readings.iter().find(|reading| reading.name == name)?;
    let costs: Vec<&str> = reading.costs.iter().map(|cost| cost.text()).collect();
    let costs = if costs.is_empty() { "no promise".to_owned() } else { costs.join(", ") };
    Some(format!(
        "{}={name}: {}\n  it answers: {}\n  less is asked by: {costs}\n  pin it: pkgsource verify --pin {}={name}\n",
        entry.id, reading.says, entry.asks, entry.id
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::pages;
    use pkgsource_model::clauses::ClauseId;
    use std::fs;
    use std::path::Path;

    /// The words of a text that have the form of an id: capitals, digits and hyphens, with a hyphen, or an ambiguity.
    fn words(text: &str) -> impl Iterator<Item = &str> {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "-_=".contains(c)));
        words.filter(|word| {
            let letters = word.split('=').next().unwrap_or_default();
            let capitals =
                letters.chars().all(|c| c.is_ascii_uppercase() || "-0123456789".contains(c));
            let begins = letters.starts_with(|c: char| c.is_ascii_uppercase());
            let ambiguity = letters.strip_prefix('A').is_some_and(|n| n.parse::<u8>().is_ok());
            let parted = letters.split('-').all(|part| !part.is_empty()) && letters.contains('-');
            begins && capitals && (parted || ambiguity)
        })
    }

    fn is_known(word: &str) -> bool {
        ClauseId::by_text(word).is_some() || Question::by_id(word).is_some() || text(word).is_some()
    }

    /// Words that look like ids and are the names of other things.
    const OTHERS: [&str; 2] = ["MS-WSMV", "UTF-8"];

    #[test]
    fn whatever_id_a_page_prints_can_be_asked_for() {
        let mut seen = 0;
        for (name, page) in pages() {
            for word in words(&page).filter(|word| !OTHERS.contains(word)) {
                assert!(is_known(word), "{name} prints {word}");
                seen += 1;
            }
        }
        assert!(seen > 1000, "{seen}");
    }

    #[test]
    fn whatever_source_a_history_names_can_be_asked_for() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/histories");
        let mut seen = 0;
        for group in fs::read_dir(folder).unwrap() {
            for file in fs::read_dir(group.unwrap().path()).unwrap() {
                let path = file.unwrap().path();
                let history = fs::read_to_string(&path).unwrap();
                let line = history.lines().find_map(|line| line.strip_prefix("# source: "));
                for id in line.unwrap().split(", ") {
                    assert!(is_known(id), "{} names {id}", path.display());
                    seen += 1;
                }
            }
        }
        assert!(seen > 300, "{seen}");
    }
}
