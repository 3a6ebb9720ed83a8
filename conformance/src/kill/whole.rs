//! What a whole default verification says of a mutant or a variant: the plans that `verify` runs by itself, judged together.
//! Plans are made once for all subjects that declare the same, and what happens on them as usual is judged once.

use super::history_of;
use crate::adapter::Adapter;
use crate::mutants::Altered;
use crate::plan::Plan;
use crate::verify::{Settings, judge, plans};
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::{Capabilities, Event, History};
use pkgsource_model::judge::Requirements;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The plans of default verifications from one seed, by what an adapter declares.
#[derive(Debug)]
pub struct DefaultPlans {
    seed: u64,
    known: Mutex<Vec<Arc<Plans>>>,
}

/// The plans for what is declared.
#[derive(Debug)]
struct Plans {
    declared: Capabilities,
    /// Each with what the reference does on it, where no clause is broken in that.
    plans: Vec<(Plan, Option<History>)>,
}

impl DefaultPlans {
    /// No plans yet; those of this seed to come.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, known: Mutex::new(Vec::new()) }
    }

    /// The clauses that a whole default verification accuses a subject of, and how many plans it ran. What is as usual
    /// accuses nobody; it may tell how the rest is to be read, and is asked as well where without it the answer is not
    /// the one that is wanted.
    #[must_use]
    pub fn accused(
        &self,
        mut adapter: Altered,
        requirements: &Requirements,
        wanted: &[ClauseId],
    ) -> (Vec<ClauseId>, usize) {
        let default = self.of(&adapter);
        let ran: Vec<(Option<&History>, History)> = default
            .plans
            .iter()
            .filter_map(|(plan, usual)| Some((usual.as_ref(), history_of(&mut adapter, plan)?)))
            .collect();
        let count = ran.len();
        let is_usual = |(usual, history): &(Option<&History>, History)| {
            // Under pins even what is as usual may be wrong.
            requirements.pinned.is_empty() && usual.is_some_and(|usual| is_same(usual, history))
        };
        let (usual, unusual): (Vec<_>, Vec<_>) = ran.into_iter().partition(is_usual);
        let histories = |ran: Vec<(_, History)>| ran.into_iter().map(|(_, history)| history);
        let mut asked: Vec<History> = histories(unusual).collect();
        let mut accused = judge(&asked, requirements).broken_clauses();
        if accused != wanted {
            asked.extend(histories(usual));
            accused = judge(&asked, requirements).broken_clauses();
        }
        (accused, count)
    }

    fn of(&self, adapter: &Altered) -> Arc<Plans> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut usual = adapter.as_usual();
        let declared = usual.capabilities().clone();
        if let Some(default) = known.iter().find(|default| default.declared == declared) {
            return Arc::clone(default);
        }
        let plans = plans(&usual, &Settings::new(self.seed));
        let plans: Vec<(Plan, Option<History>)> = plans
            .map(|plan| {
                let history = history_of(&mut usual, &plan).filter(is_clear);
                (plan, history)
            })
            .collect();
        let made = Arc::new(Plans { declared, plans });
        known.push(Arc::clone(&made));
        made
    }
}

fn is_clear(history: &History) -> bool {
    judge(std::slice::from_ref(history), &Requirements::default()).broken_clauses().is_empty()
}

/// True where the same happened, however long it took.
fn is_same(one: &History, other: &History) -> bool {
    let same = |(one, other): (&Event, &Event)| {
        one.reply == other.reply
            && (one.invoked, one.returned) == (other.invoked, other.returned)
            && one.operation == other.operation
    };
    one.events.len() == other.events.len()
        && one.settled == other.settled
        && one.events.iter().zip(&other.events).all(same)
}

/// Does something for each of some subjects, on as many threads as the machine has; the answers are in their order.
pub fn for_each<T: Sync, A: Send>(subjects: &[T], ask: impl Fn(&T) -> A + Sync) -> Vec<A> {
    let next = AtomicUsize::new(0);
    let answers: Mutex<Vec<(usize, A)>> = Mutex::default();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(subjects.len()) {
            scope.spawn(|| {
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    let Some(subject) = subjects.get(nth) else { return };
                    let answer = ask(subject);
                    answers.lock().unwrap_or_else(PoisonError::into_inner).push((nth, answer));
                }
            });
        }
    });
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by_key(|(nth, _)| *nth);
    answers.into_iter().map(|(_, answer)| answer).collect()
}
