//! The register is complete: every row and every sentence has one entry, and every entry a place in a document.

use pkgsource_model::classes::CLASSES;
use pkgsource_model::clauses::{AMBIGUITIES, CLAUSES, ClauseId, Force, Kind, Why, entries};
use pkgsource_model::documents::sentences::PageSentence;
use pkgsource_model::documents::{Citation, Publisher};
use pkgsource_model::history::History;
use pkgsource_model::judge::{HistorySet, Requirements};
use pkgsource_model::readings::{QUESTIONS, Question, Readings};
use std::collections::{BTreeMap, BTreeSet};

/// The rows that were collected from the documents, by group: the last number of each, from 1 without a gap.
const ROWS: [(&str, u32); 9] = [
    ("IF", 15),
    ("VER", 15),
    ("DST", 22),
    ("HIE", 10),
    ("FLT", 11),
    ("CON", 10),
    ("CLS", 8),
    ("SCH", 5),
    ("RMT", 5),
];

/// Every id of a promise, an entry or a question, with how often it is given.
fn ids() -> BTreeMap<&'static str, usize> {
    let all = CLAUSES
        .iter()
        .map(|clause| clause.id)
        .chain(entries().map(|entry| entry.id))
        .chain(QUESTIONS.iter().map(|question| question.id));
    let mut ids = BTreeMap::new();
    for id in all {
        *ids.entry(id).or_insert(0) += 1;
    }
    ids
}

/// Who cites, and what.
fn citations() -> Vec<(&'static str, &'static [Citation])> {
    CLAUSES
        .iter()
        .map(|clause| (clause.id, clause.cites))
        .chain(entries().map(|entry| (entry.id, entry.cites)))
        .chain(QUESTIONS.iter().map(|question| (question.id, question.cites)))
        .collect()
}

#[test]
fn every_row_has_exactly_one_entry() {
    let ids = ids();
    for (group, last) in ROWS {
        for number in 1..=last {
            let id = format!("{group}-{number}");
            assert_eq!(ids.get(id.as_str()), Some(&1), "{id}");
        }
    }
}

#[test]
fn no_id_is_given_twice() {
    let twice: Vec<(&str, usize)> = ids().into_iter().filter(|&(_, times)| times > 1).collect();
    assert_eq!(twice, []);
}

#[test]
fn every_sentence_of_the_method_pages_leads_to_one_entry_that_is_there() {
    let ids = ids();
    for row in PageSentence::all() {
        assert_eq!(ids.get(row.leads_to), Some(&1), "{} leads to {}", row.id, row.leads_to);
    }
}

#[test]
fn what_a_sentence_leads_to_cites_it() {
    let cites = citations();
    for row in PageSentence::all() {
        let (_, cited) = cites.iter().find(|(id, _)| *id == row.leads_to).unwrap();
        let cited = cited.contains(&Citation::Sentence(row.sentence));
        assert!(cited, "{} leads to {}, which does not cite it", row.id, row.leads_to);
    }
}

#[test]
fn every_promise_entry_and_question_names_a_place() {
    for (id, cited) in citations() {
        assert!(!cited.is_empty(), "{id} cites nothing");
        for citation in cited {
            for (document, place) in citation.places() {
                let blank = place.trim().is_empty() || place != place.trim();
                assert!(!blank, "{id} cites {document} without a place");
            }
        }
    }
}

#[test]
fn nothing_is_cited_twice_by_one() {
    for (id, cited) in citations() {
        for (nth, citation) in cited.iter().enumerate() {
            assert!(!cited[..nth].contains(citation), "{id} cites {citation} twice");
        }
    }
}

#[test]
fn a_force_is_no_stronger_than_what_is_cited() {
    for clause in CLAUSES {
        let places = clause.cites.iter().flat_map(|citation| citation.places());
        let publishers: BTreeSet<Publisher> =
            places.map(|(document, _)| document.publisher()).collect();
        let of_microsoft =
            |publisher: &Publisher| !matches!(publisher, Publisher::Field | Publisher::Own);
        match clause.force {
            Force::Documented => {
                assert!(publishers.contains(&Publisher::Reference), "{}", clause.id);
            }
            Force::Described => assert!(publishers.iter().any(of_microsoft), "{}", clause.id),
            Force::Implied => assert!(!clause.note.is_empty(), "{} says not why", clause.id),
        }
    }
}

#[test]
fn the_method_pages_are_cited_only_where_they_say_so() {
    for clause in CLAUSES {
        for citation in clause.cites {
            if let Citation::Place(document, _) = citation {
                let is_method_page = CLASSES.iter().any(|class| class.page == *document);
                assert!(!is_method_page, "{} cites {document} by a place of its own", clause.id);
            }
        }
    }
}

#[test]
fn what_an_entry_refers_to_is_there() {
    let ids = ids();
    for entry in entries() {
        let named: &[&str] = match entry.kind {
            Kind::Question(id) | Kind::Within(id) => &[id],
            Kind::Contradicted(others) => others,
            Kind::Permission(_) | Kind::Aside => &[],
            Kind::Excluded(Why::NotObservable | Why::NotRead | Why::NotMade, reason) => {
                assert!(!reason.is_empty(), "{}", entry.id);
                &[]
            }
            Kind::Excluded(Why::NotJudged, reason) => {
                assert!(!reason.is_empty(), "{}", entry.id);
                &[]
            }
        };
        for id in named {
            assert!(ids.contains_key(id), "{} names {id}", entry.id);
        }
    }
}

#[test]
fn every_ambiguity_has_a_number_of_its_own_and_came_to_something() {
    let ids = ids();
    for (number, ambiguity) in (1..).zip(AMBIGUITIES) {
        assert_eq!(ambiguity.id, format!("A{number}"));
        assert!(ids.contains_key(ambiguity.leads_to), "{}", ambiguity.id);
    }
    assert_eq!(AMBIGUITIES.len(), 36);
}

/// The ids that a text mentions: a group in capitals, a hyphen, and what follows.
fn mentioned(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
    words.filter(|word| {
        let (group, rest) = word.split_once('-').unwrap_or_default();
        let capitals = |text: &str| text.chars().all(|c| c.is_ascii_uppercase() || c == '-');
        let number = rest.chars().all(|c| c.is_ascii_digit());
        !rest.is_empty() && !group.is_empty() && capitals(group) && (number || capitals(rest))
    })
}

#[test]
fn every_id_that_a_note_or_a_reason_mentions_is_there() {
    let ids = ids();
    let sentences: BTreeSet<&str> = PageSentence::all().iter().map(|row| row.id).collect();
    let mut texts: Vec<(&str, &str)> =
        CLAUSES.iter().map(|clause| (clause.id, clause.note)).collect();
    for entry in entries() {
        if let Kind::Excluded(_, reason) = entry.kind {
            texts.push((entry.id, reason));
        }
    }
    let mut seen = 0;
    for (id, text) in texts {
        for word in mentioned(text) {
            assert!(ids.contains_key(word) || sentences.contains(word), "{id} mentions {word}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// Which clauses the judge finds broken in a history under a reading.
fn accused(text: &str, pinned: (Question, usize)) -> Vec<ClauseId> {
    let mut set = HistorySet::new();
    let history = History::from_notation(text).unwrap();
    set.add(&history);
    set.judge(&Requirements { pinned: vec![pinned], ..Requirements::default() }).broken_clauses()
}

#[test]
fn a_promise_that_only_a_reading_lets_be_broken_is_what_the_other_readings_cost() {
    let mut seen = 0;
    for clause in CLAUSES {
        for pin in clause.examples.pins {
            let (_, question) = Readings::weakest().pinned(pin).unwrap();
            for (place, reading) in question.entry().readings.iter().enumerate() {
                let broken = accused(clause.examples.broken, (question, place));
                let excused = !broken.contains(&clause.clause);
                let told = reading.costs.contains(&clause.clause);
                let named = format!("{}: {}={}", clause.id, question.entry().id, reading.name);
                assert_eq!(excused, told, "{named}");
                seen += usize::from(excused);
            }
        }
    }
    assert!(seen > 0);
}

#[test]
fn every_reading_says_what_it_permits() {
    for question in &QUESTIONS {
        for reading in question.readings {
            assert!(!reading.says.is_empty(), "{} {}", question.id, reading.name);
        }
        let strongest = question.readings.first().unwrap();
        let weakest = question.readings.last().unwrap();
        for reading in question.readings {
            let within = |cost| weakest.costs.contains(cost);
            assert!(reading.costs.iter().all(within), "{} {}", question.id, reading.name);
        }
        assert!(strongest.costs.len() <= weakest.costs.len(), "{}", question.id);
    }
}
