//! Takes histories as they end, judges them in batches, and keeps none but those that show a breach: a run of any length
//! needs the memory of a batch, and so does a file of histories. The verdict on each batch is the model's.

use crate::history::text_length;
use crate::plan::Plan;
use crate::report::Answers;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::index::{HistoryIndex, Index};
use pkgsource_model::judge::{HistorySet, Judgement, Requirements};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::PackageClass;
use std::collections::{BTreeMap, BTreeSet};

/// How many histories are judged together; they and their timelines are in memory until then.
const BATCH: usize = 8192;

/// The most that the histories of a batch may weigh, in bytes of memory, roughly.
const BATCH_WEIGHT: usize = 96 * 1024 * 1024;

/// The most that all the histories which are kept for their stories may weigh, roughly.
const KEPT_WEIGHT: usize = 64 * 1024 * 1024;

/// How many histories are kept of each clause that a batch breaks in a class: the shortest.
const KEPT: usize = 16;

/// A history, and the plan that it came from, where there was one.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The plan.
    pub plan: Option<Plan>,
    /// What happened.
    pub history: History,
}

impl Recorded {
    fn steps(&self) -> usize {
        self.plan.as_ref().map_or(self.history.events.len(), |plan| plan.steps.len())
    }
}

/// The histories that show breaches, by their number among all that were heard.
#[derive(Debug, Default)]
pub struct Exhibits {
    kept: BTreeMap<HistoryIndex, Recorded>,
    weight: usize,
    answers: Answers,
}

impl Exhibits {
    /// The history of this number; none where it broke nothing, or where there were shorter ones enough.
    #[must_use]
    pub fn get(&self, number: HistoryIndex) -> Option<&Recorded> {
        self.kept.get(&number)
    }

    /// What was answered in all histories, and how often.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// How many steps the plan of a history has, or how many events where there was no plan; what is not kept is long.
    pub(crate) fn steps(&self, number: HistoryIndex) -> usize {
        self.get(number).map_or(usize::MAX, Recorded::steps)
    }
}

/// Hears histories, and gives one judgement on all of them.
#[derive(Debug)]
pub struct Court<'a> {
    requirements: &'a Requirements,
    batch: usize,
    set: HistorySet,
    recent: Vec<Recorded>,
    weight: usize,
    heard: usize,
    before: Option<Judgement>,
    exhibits: Exhibits,
}

impl<'a> Court<'a> {
    /// A court that has heard nothing.
    #[must_use]
    pub fn new(requirements: &'a Requirements) -> Self {
        Self::with_batch(requirements, BATCH)
    }

    fn with_batch(requirements: &'a Requirements, batch: usize) -> Self {
        Self {
            requirements,
            batch,
            set: HistorySet::new(),
            recent: Vec::new(),
            weight: 0,
            heard: 0,
            before: None,
            exhibits: Exhibits::default(),
        }
    }

    /// Hears one history.
    pub fn hear(&mut self, plan: Option<Plan>, history: History) {
        self.set.add(&history);
        self.exhibits.answers.meet(&history);
        self.weight += weight(&history);
        self.recent.push(Recorded { plan, history });
        if self.recent.len() >= self.batch || self.weight > BATCH_WEIGHT {
            self.close_batch();
        }
    }

    /// The judgement on everything that was heard, and what shows its breaches.
    #[must_use]
    pub fn judge(mut self) -> (Judgement, Exhibits) {
        if !self.recent.is_empty() || self.before.is_none() {
            self.close_batch();
        }
        let nothing = || HistorySet::new().judge(self.requirements);
        (self.before.take().unwrap_or_else(nothing), self.exhibits)
    }

    fn close_batch(&mut self) {
        let judgement = std::mem::take(&mut self.set).judge(self.requirements);
        let recent = std::mem::take(&mut self.recent);
        let first = self.heard;
        self.heard += recent.len();
        self.weight = 0;
        self.exhibits.keep(first, recent, &judgement);
        self.before = Some(match self.before.take() {
            None => judgement,
            Some(before) => before.join(judgement, self.requirements),
        });
    }
}

impl Exhibits {
    /// Keeps the shortest histories of a batch for each clause that one breaks in a class.
    fn keep(&mut self, first: usize, recent: Vec<Recorded>, judgement: &Judgement) {
        let wanted = wanted(&recent, judgement);
        for (number, recorded) in recent.into_iter().enumerate() {
            let number = HistoryIndex::of(number);
            let needs = weight(&recorded.history);
            let is_first = self.kept.is_empty();
            if wanted.contains(&number) && (is_first || self.weight + needs <= KEPT_WEIGHT) {
                self.weight += needs;
                self.kept.insert(number.after(first), recorded);
            }
        }
    }
}

fn wanted(recent: &[Recorded], judgement: &Judgement) -> BTreeSet<HistoryIndex> {
    let length = |number: &HistoryIndex| recent.get(number.number()).map_or(0, Recorded::steps);
    let mut by_breach: BTreeMap<(PackageClass, ClauseId), Vec<HistoryIndex>> = BTreeMap::new();
    for (class, verdict) in judgement.broken() {
        let numbers = verdict.broken.iter().map(|breach| breach.history);
        by_breach.entry((class, verdict.clause)).or_default().extend(numbers);
    }
    let shortest = by_breach.into_values().flat_map(|mut numbers| {
        numbers.sort_unstable();
        numbers.dedup();
        numbers.sort_by_key(length);
        numbers.truncate(KEPT);
        numbers
    });
    shortest.collect()
}

/// How much memory a history and its timelines take, roughly.
fn weight(history: &History) -> usize {
    const EVENT: usize = 600;
    const FILE: usize = 200;
    let reply = |reply: &Reply<Answer>| match reply {
        Reply::Ok(Answer::Content(Some(page))) => page.files.len() * FILE + text_length(reply),
        _ => text_length(reply),
    };
    let replies: usize = history.events.iter().map(|event| reply(&event.reply)).sum();
    4096 + history.events.len() * EVENT + replies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::generate::{Scope, from_seed};
    use crate::run::{Bounds, run_plan};
    use crate::subjects::built_in;
    use crate::verify::judge;
    use std::path::Path;

    fn histories(adapter: &str) -> Vec<History> {
        let mut adapter = built_in(adapter, 1).unwrap();
        let scope = Scope::of(adapter.capabilities());
        (1..=80)
            .filter_map(|seed| {
                let plan = from_seed(seed, &scope);
                run_plan(adapter.as_mut(), &plan, &Bounds::default(), Path::new("")).history
            })
            .collect()
    }

    fn in_batches(histories: Vec<History>, requirements: &Requirements) -> (Judgement, Exhibits) {
        let mut court = Court::with_batch(requirements, 9);
        for history in histories {
            court.hear(None, history);
        }
        court.judge()
    }

    #[test]
    fn a_run_that_is_judged_in_batches_is_judged_as_one() {
        let requirements = Requirements::default();
        let histories = histories("reference");
        let whole = judge(&histories, &requirements);
        let (joint, _) = in_batches(histories, &requirements);
        assert_eq!((joint.outcome, joint.strongest), (whole.outcome, whole.strongest));
        assert_eq!((joint.histories, joint.events), (whole.histories, whole.events));
        assert_eq!((&joint.profile, &joint.doubts), (&whole.profile, &whole.doubts));
        let packages = |judgement: &Judgement| {
            let classes = judgement.classes.iter();
            classes.map(|class| (class.class, class.packages)).collect::<Vec<_>>()
        };
        assert_eq!(packages(&joint), packages(&whole));
        for (joint, whole) in joint.classes.iter().zip(&whole.classes) {
            let (many, one) = (&joint.readings, &whole.readings);
            assert!(one.is_at_least_as_strong_as(many), "{}: {many:?}, {one:?}", joint.class);
        }
    }

    #[test]
    fn what_a_batch_breaks_is_kept_and_found_by_its_number() {
        let requirements = Requirements::default();
        let histories = histories("mutant:skips-an-increment");
        let whole = judge(&histories, &requirements);
        let (joint, exhibits) = in_batches(histories.clone(), &requirements);
        assert!(joint.broken().next().is_some());
        // With less to go by, a batch may name a second cause.
        let broken = joint.broken_clauses();
        assert!(whole.broken_clauses().iter().all(|clause| broken.contains(clause)));
        for (_, verdict) in joint.broken() {
            for breach in &verdict.broken {
                let kept = &exhibits.get(breach.history).unwrap().history;
                assert_eq!(kept, &histories[breach.history.number()]);
            }
        }
    }

    /// Its batches show different readings: nothing is broken under the one that permits what each permits.
    #[test]
    fn batches_that_show_different_readings_break_nothing() {
        let requirements = Requirements::default();
        let histories = histories("variant:free");
        let (joint, _) = in_batches(histories, &requirements);
        assert_eq!(joint.broken_clauses(), []);
    }
}
