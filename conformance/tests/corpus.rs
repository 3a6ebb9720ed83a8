//! Histories written by hand from the documents, by somebody who did not read the model: what one honest reading permits
//! breaks no clause, and what every reading forbids breaks one.

use pkgsource_model::history::History;
use pkgsource_model::judge::{HistorySet, Judgement, Outcome, Requirements};
use std::fs;
use std::path::{Path, PathBuf};

/// The histories of a folder, in the order of their names.
fn histories(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/histories").join(folder);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

fn judged(name: &str, text: &str) -> Judgement {
    let history = History::from_notation(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut set = HistorySet::new();
    set.add(&history);
    set.judge(&Requirements::default())
}

fn line<'a>(text: &'a str, key: &str) -> &'a str {
    let start = format!("# {key}: ");
    text.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default()
}

#[test]
fn every_history_says_why_and_where_that_stands() {
    let (permitted, forbidden) = (histories("permitted"), histories("forbidden"));
    assert!(permitted.len() >= 75 && forbidden.len() >= 75);
    for (name, text) in permitted.iter().chain(&forbidden) {
        assert!(!line(text, "why").is_empty(), "{name} does not say why");
        assert!(!line(text, "source").is_empty(), "{name} names no source");
    }
}

#[test]
fn what_a_reading_of_the_documents_permits_breaks_no_clause() {
    let mut wrong = String::new();
    for (name, text) in histories("permitted") {
        let judgement = judged(&name, &text);
        for (class, verdict) in judgement.broken() {
            let breach = &verdict.broken[0];
            wrong += &format!(
                "{name}: {} in {class}, expected {}, seen {}; {}\n",
                verdict.clause.text(),
                breach.expected,
                breach.seen,
                line(&text, "why")
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_every_reading_of_the_documents_forbids_breaks_a_clause() {
    let mut missed = String::new();
    for (name, text) in histories("forbidden") {
        let judgement = judged(&name, &text);
        if judgement.broken().next().is_none() {
            let doubts = judgement.doubts.iter().map(ToString::to_string).collect::<Vec<_>>();
            missed += &format!("{name}: {doubts:?}; {}\n", line(&text, "why"));
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

#[test]
fn what_the_suite_cannot_decide_yet_is_neither_called_right_nor_wrong() {
    for (name, text) in histories("undecided") {
        let judgement = judged(&name, &text);
        assert_eq!(judgement.outcome, Outcome::Undecided, "{name}");
        assert!(!judgement.doubts.is_empty(), "{name} does not say why");
    }
}
