//! Every small history: one package, every sequence of operations and answers of a theme up to a length, and the two
//! statements of the specification on each. `PKGSOURCE_THEME` takes one theme, `PKGSOURCE_LENGTH` sets the length; the
//! defaults suit an ordinary run.

mod symbols;
mod themes;

use pkgsource::adapter::Adapter;
use pkgsource::adapter::folder::Folder;
use pkgsource::plan::build::tree;
use pkgsource_model::clauses::{ClauseId, Facts};
use pkgsource_model::history::timeline::Timelines;
use pkgsource_model::history::{Event, Header, History, Settled, SettledBy};
use pkgsource_model::oracle::{Explained, Search, explain};
use pkgsource_model::readings::{QUESTIONS, Readings};
use std::collections::BTreeMap;
use symbols::Symbol;
use themes::{Theme, themes};

/// The history of a word of a theme's alphabet, after the theme's beginning.
fn history(theme: &Theme, word: &[&Symbol]) -> History {
    let header = Header {
        history: 1,
        plan: "small".into(),
        seed: None,
        suite: "test".into(),
        tree: tree(theme.tree),
        capabilities: Folder::new().capabilities().clone(),
    };
    let mut history = History { header, events: Vec::new(), settled: Vec::new() };
    let mut ordinal = 0;
    for symbol in theme.beginning.iter().chain(word.iter().copied()) {
        match symbol {
            Symbol::Event(pair) => {
                let (operation, reply) = (**pair).clone();
                history.events.push(Event {
                    invoked: ordinal + 1,
                    returned: Some(ordinal + 2),
                    operation,
                    reply,
                    took_us: None,
                });
            }
            Symbol::Settled => {
                history.settled.push(Settled { at: ordinal + 1, by: SettledBy::Return });
            }
        }
        ordinal += 2;
    }
    history
}

/// Calls `check` with every word of a length.
fn every_word(theme: &Theme, length: usize, mut check: impl FnMut(&[&Symbol], &[usize])) {
    let symbols = &theme.alphabet;
    let mut places = vec![0; length];
    loop {
        let word: Vec<&Symbol> = places.iter().map(|&place| &symbols[place]).collect();
        check(&word, &places);
        let Some(nth) = places.iter().rposition(|&place| place + 1 < symbols.len()) else { return };
        places[nth] += 1;
        places[nth + 1..].fill(0);
    }
}

/// The themes, or the one that was asked for.
fn wanted() -> Vec<Theme> {
    let name = std::env::var("PKGSOURCE_THEME").ok();
    let wanted: Vec<Theme> = themes()
        .into_iter()
        .filter(|theme| name.as_ref().is_none_or(|name| theme.name == name))
        .collect();
    assert!(!wanted.is_empty(), "there is no theme {name:?}");
    wanted
}

fn length(theme: &Theme) -> usize {
    let set = std::env::var("PKGSOURCE_LENGTH").ok().and_then(|text| text.parse().ok());
    set.unwrap_or(theme.length)
}

fn strongest() -> Readings {
    QUESTIONS.iter().fold(Readings::weakest(), |vector, entry| vector.with(entry.question, 0))
}

/// What the two statements say of one word: in agreement, or which of them is wrong.
fn agreement(history: &History, readings: &Readings) -> (&'static str, String) {
    let timelines = Timelines::of(history);
    let Some(timeline) = timelines.list.first() else {
        return ("explained", "the package is not named".into());
    };
    let facts = Facts::of(timeline, &timelines.contents, readings);
    let broken: Vec<&str> = facts.broken().map(ClauseId::text).collect();
    let explained = explain(timeline, &timelines.contents, readings, Search::Lazy);
    let kind = match (&explained, broken.is_empty()) {
        (Explained::Yes, true) => "explained",
        (Explained::No { .. }, false) => "named by a clause",
        (Explained::Yes, false) => "UNSOUND",
        (Explained::No { .. }, true) => "UNNAMED",
        (Explained::NotSearched { .. }, _) => "not searched",
    };
    (kind, format!("{broken:?}, {explained:?}"))
}

fn story(word: &[&Symbol]) -> String {
    let told = |symbol: &&Symbol| match symbol {
        Symbol::Event(pair) => format!("  {:?} -> {:?}\n", pair.0, pair.1),
        Symbol::Settled => "  nothing is left to do\n".to_owned(),
    };
    word.iter().map(told).collect()
}

#[test]
fn on_every_small_history_a_clause_is_broken_exactly_where_no_run_explains() {
    let mut disagreements: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for theme in wanted() {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for length in 1..=length(&theme) {
            every_word(&theme, length, |word, places| {
                let history = history(&theme, word);
                for readings in [Readings::weakest(), strongest()] {
                    let (kind, what) = agreement(&history, &readings);
                    *counts.entry(kind).or_default() += 1;
                    if matches!(kind, "UNSOUND" | "UNNAMED" | "not searched") {
                        let kind = format!("{}: {kind} {:?}", theme.name, places.last());
                        let story = || format!("{places:?} {what} {readings:?}\n{}", story(word));
                        disagreements.entry(kind).or_insert_with(|| (0, story())).0 += 1;
                    }
                }
            });
        }
        println!("{}, up to {} steps: {counts:?}", theme.name, length(&theme));
        for kind in ["explained", "named by a clause"] {
            assert!(counts.contains_key(kind), "{}: none is {kind}", theme.name);
        }
    }
    let shown = disagreements
        .iter()
        .take(40)
        .map(|(what, (times, story))| format!("{what}, {times} times:\n{story}\n"));
    assert!(disagreements.is_empty(), "{}", shown.collect::<String>());
}

#[test]
fn the_lazy_search_and_the_eager_one_agree_on_every_small_history() {
    for theme in wanted() {
        for length in 1..=length(&theme).min(if theme.name == "core" { 3 } else { 2 }) {
            every_word(&theme, length, |word, places| {
                let timelines = Timelines::of(&history(&theme, word));
                for readings in [Readings::weakest(), strongest()] {
                    for timeline in &timelines.list {
                        let table = &timelines.contents;
                        let lazy = explain(timeline, table, &readings, Search::Lazy);
                        let eager = explain(timeline, table, &readings, Search::Eager);
                        assert_eq!(lazy, eager, "{}: {places:?}", theme.name);
                    }
                }
            });
        }
    }
}
