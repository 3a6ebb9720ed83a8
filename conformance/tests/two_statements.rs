//! The two statements of the specification test each other on generated histories: honest ones of the freest reference,
//! and the same with one answer changed. `PKGSOURCE_HISTORIES` sets how many; the default suits an ordinary test run.

use pkgsource::adapter::Adapter;
use pkgsource::adapter::reference::{Pace, Policy, Reference};
use pkgsource::mutants::drawn;
use pkgsource::plan::{Random, generate};
use pkgsource::report::trace;
use pkgsource::run::{Bounds, run_plan};
use pkgsource::statements::{Comparison, compare, forget, lie};
use pkgsource_model::history::History;
use pkgsource_model::history::timeline::{Timeline, Timelines};
use pkgsource_model::index::MomentIndex;
use pkgsource_model::oracle::Explained;
use pkgsource_model::readings::{QUESTIONS, Question, Readings};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How many histories an ordinary run looks at.
const ORDINARY: u64 = 5_000;

fn histories() -> u64 {
    std::env::var("PKGSOURCE_HISTORIES").ok().and_then(|text| text.parse().ok()).unwrap_or(ORDINARY)
}

/// The history of one generated plan on the reference with drawn readings.
fn honest(seed: u64, steps: usize) -> (pkgsource::plan::Plan, Readings, History) {
    let readings = drawn(seed);
    let pace = if seed.is_multiple_of(3) { Pace::AtOnce } else { Pace::Later };
    let mut reference = Reference::new("reference", Policy { readings, pace, seed });
    let mut scope = generate::Scope::of(reference.capabilities());
    scope.steps = steps;
    let plan = generate::from_seed(seed, &scope);
    let run = run_plan(&mut reference, &plan, &Bounds::default(), Path::new(""));
    assert!(run.fault.is_none(), "seed {seed}: {:?}", run.fault);
    (plan, readings, run.history.unwrap())
}

/// Every two questions, in register order.
fn every_pair_of_questions() -> impl Iterator<Item = (Question, Question)> {
    let questions = || QUESTIONS.iter().map(|entry| entry.question);
    questions().flat_map(move |a| questions().filter(move |&b| a < b).map(move |b| (a, b)))
}

/// Kinds of disagreement, each with how often it came and the first story that shows it.
#[derive(Default)]
struct Disagreements {
    kinds: BTreeMap<String, (u64, String)>,
}

impl Disagreements {
    fn note(&mut self, kind: String, story: impl FnOnce() -> String) {
        self.kinds.entry(kind).or_insert_with(|| (0, story())).0 += 1;
    }

    fn assert_none(&self) {
        for (kind, (times, _)) in &self.kinds {
            println!("{times} times {kind}");
        }
        let shown = self
            .kinds
            .iter()
            .take(8)
            .map(|(kind, (times, story))| format!("{kind}, {times} times:\n{story}\n"));
        assert!(self.kinds.is_empty(), "{} kinds\n{}", self.kinds.len(), shown.collect::<String>());
    }
}

#[test]
fn what_the_reference_does_is_explained_and_breaks_no_clause_under_its_own_readings() {
    let mut disagreements = Disagreements::default();
    let mut not_searched = 0;
    let mut pairs: BTreeMap<(Question, usize, Question, usize), u64> = BTreeMap::new();
    for seed in 0..histories() {
        let (plan, readings, history) = honest(seed, 14);
        for (a, b) in every_pair_of_questions() {
            *pairs.entry((a, readings.chosen(a), b, readings.chosen(b))).or_default() += 1;
        }
        for comparison in compare(&history, &readings) {
            not_searched +=
                u64::from(matches!(comparison.explained, Explained::NotSearched { .. }));
            let rejected = matches!(comparison.explained, Explained::No { .. });
            if !comparison.broken.is_empty() || rejected {
                let kind = format!(
                    "{:?}, explained {}",
                    comparison.broken,
                    comparison.explained == Explained::Yes
                );
                let story = || {
                    format!(
                        "seed {seed}, {comparison:?}, {readings:?}\n{}",
                        trace(&plan, &history, &BTreeSet::new())
                    )
                };
                disagreements.note(kind, story);
            }
        }
    }
    let count = |question: Question| question.entry().readings.len();
    let possible: usize = every_pair_of_questions().map(|(a, b)| count(a) * count(b)).sum();
    println!(
        "{} of {possible} pairs of readings, the rarest {:?} times",
        pairs.len(),
        pairs.values().min()
    );
    assert_eq!(pairs.len(), possible, "some pair of readings of two questions was never drawn");
    disagreements.assert_none();
    println!("{not_searched} searches went beyond their budget");
    assert!(not_searched * 50 < histories(), "{not_searched} searches went beyond their budget");
}

#[test]
fn no_clause_is_broken_where_a_run_explains_and_what_no_clause_names_is_counted() {
    test_each_other_on_lies("unnamed", 0);
}

#[test]
fn no_clause_is_broken_where_a_run_explains_a_lie_among_answers_that_were_lost() {
    test_each_other_on_lies("unnamed_unanswered", 2);
}

/// Compares the statements on honest histories from which up to `lost` answers are taken away and one is changed.
/// What no clause names is kept in the file of this name.
fn test_each_other_on_lies(file: &str, lost: usize) {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut unsound = Disagreements::default();
    let mut unnamed = Disagreements::default();
    let mut kept = Kept::new();
    for seed in 0..histories() {
        let (plan, own, mut history) = honest(seed, 8);
        let mut random = Random::new(seed ^ 0xfeed);
        for _ in 0..lost.min(1 + random.below(2)) {
            forget(&mut history, &mut random);
        }
        let lied =
            std::iter::repeat_with(|| lie(&mut history, &mut random)).take(1000).any(|lied| lied);
        assert!(lied, "seed {seed}: a thousand tries changed nothing");
        for (under, readings) in [("its own", own), ("the weakest", Readings::weakest())] {
            for comparison in compare(&history, &readings) {
                let story = || {
                    format!(
                        "seed {seed}, {comparison:?}, {readings:?}\n{}",
                        trace(&plan, &history, &BTreeSet::new())
                    )
                };
                if comparison.is_unsound() {
                    unsound.note(format!("{:?}", comparison.broken), story);
                }
                let kind = match (&comparison.explained, comparison.broken.is_empty()) {
                    (Explained::NotSearched { .. }, _) => "not searched",
                    (Explained::Yes, _) => "explained",
                    (Explained::No { .. }, false) => "named by a clause",
                    (Explained::No { moment }, true) => {
                        let kind = unnamed_kind(&history, &comparison, *moment);
                        let of = format!("{kind} of {}, under {under}", comparison.package);
                        kept.entry(of).or_default().insert(seed);
                        unnamed.note(kind, story);
                        "unnamed"
                    }
                };
                *counts.entry(kind).or_default() += 1;
            }
        }
    }
    println!("{counts:?}");
    for (kind, (times, story)) in unnamed.kinds.iter().take(6) {
        println!("unnamed, {kind}, {times} times:\n{story}\n");
    }
    unsound.assert_none();
    check_kept(file, &kept);
    for kind in ["explained", "named by a clause"] {
        assert!(
            counts.get(kind).copied().unwrap_or(0) > 0,
            "the class `{kind}` is empty: {counts:?}"
        );
    }
    let not_searched = counts.get("not searched").copied().unwrap_or(0);
    assert!(not_searched * 50 < histories(), "{counts:?}");
}

#[test]
fn an_answer_that_was_lost_is_explained_by_what_it_would_have_been() {
    let mut disagreements = Disagreements::default();
    let mut forgotten: BTreeMap<String, u64> = BTreeMap::new();
    for seed in 0..histories() {
        let (plan, own, mut history) = honest(seed, 8);
        let mut random = Random::new(seed ^ 0x10_57);
        for _ in 0..=random.below(2) {
            forget(&mut history, &mut random);
        }
        for event in history.events.iter().filter(|event| event.returned.is_none()) {
            *forgotten.entry(format!("{:?}", event.operation.kind())).or_default() += 1;
        }
        for readings in [own, Readings::weakest()] {
            for comparison in compare(&history, &readings) {
                if !comparison.broken.is_empty()
                    || matches!(comparison.explained, Explained::No { .. })
                {
                    let story = || {
                        format!(
                            "seed {seed}, {comparison:?}, {readings:?}\n{}",
                            trace(&plan, &history, &BTreeSet::new())
                        )
                    };
                    let lost = history.events.iter().filter(|event| event.returned.is_none());
                    let lost: BTreeSet<_> = lost.map(|event| event.operation.kind()).collect();
                    let rejected = matches!(comparison.explained, Explained::No { .. });
                    let kind = format!("without {lost:?}: {:?}, {rejected}", comparison.broken);
                    disagreements.note(kind, story);
                }
            }
        }
    }
    println!("{forgotten:?}");
    for kind in ["Assign", "Create", "Delete", "Edit", "Fault", "Put", "Refresh", "Remove"] {
        assert!(forgotten.contains_key(kind), "no answer to {kind} was ever lost: {forgotten:?}");
    }
    disagreements.assert_none();
}

/// The seeds of the histories that no clause names, by what no run reaches and under which readings.
type Kept = BTreeMap<String, BTreeSet<u64>>;

/// The cases that no clause names yet are kept in a file: a new one fails the test, and so does one that a clause has
/// come to name, until the file is renewed with `PKGSOURCE_WRITE_KEPT=1`. Only the ordinary run's cases are kept.
fn check_kept(name: &str, found: &Kept) {
    if histories() != ORDINARY {
        return;
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/kept/{name}.txt"));
    let found = written(found);
    if std::env::var_os("PKGSOURCE_WRITE_KEPT").is_some() {
        std::fs::write(&file, &found).unwrap();
    }
    let known = std::fs::read_to_string(&file).unwrap();
    let only_in = |one: &str, other: &str| -> Vec<String> {
        let other: BTreeSet<&str> = other.lines().collect();
        one.lines().filter(|line| !other.contains(line)).map(str::to_owned).collect()
    };
    assert!(
        known == found,
        "not named by a clause, or named by now; kept: {:#?}; found: {:#?}",
        only_in(&known, &found),
        only_in(&found, &known)
    );
}

/// A heading with the number of cases for each kind, then the seeds, twenty a line.
fn written(kept: &Kept) -> String {
    let mut text = String::new();
    for (kind, seeds) in kept {
        text.push_str(&format!("{kind}: {}\n", seeds.len()));
        let seeds: Vec<String> = seeds.iter().map(u64::to_string).collect();
        for line in seeds.chunks(20) {
            text.push_str(&format!("  {}\n", line.join(" ")));
        }
    }
    text
}

/// What the first moment that no run reaches was, without its names.
fn unnamed_kind(history: &History, comparison: &Comparison, moment: MomentIndex) -> String {
    let timelines = Timelines::of(history);
    let of = |timeline: &&Timeline| timeline.package == comparison.package;
    let act = timelines.list.iter().find(of).and_then(|timeline| timeline.moments.get(moment));
    let act = act.map(|moment| format!("{:?}", moment.act)).unwrap_or_default();
    act.split([' ', '(']).next().unwrap_or_default().to_owned()
}
