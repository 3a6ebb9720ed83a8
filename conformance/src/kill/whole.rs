//! What a whole default verification says of a mutant or a variant: the plans that `verify` runs by itself, judged together.
//! Plans are made once for all subjects that declare the same.

use super::history_of;
use crate::adapter::Adapter;
use crate::mutants::Altered;
use crate::plan::Plan;
use crate::verify::{Settings, judge, plans};
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::{Capabilities, History};
use pkgsource_model::judge::Requirements;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The plans of default verifications from one seed, by what an adapter declares.
#[derive(Debug)]
pub struct DefaultPlans {
    seed: u64,
    known: Mutex<Vec<(Capabilities, Arc<Vec<Plan>>)>>,
}

impl DefaultPlans {
    /// No plans yet; those of this seed to come.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, known: Mutex::default() }
    }

    /// The clauses that a whole default verification accuses a subject of, and how many plans it ran.
    #[must_use]
    pub fn accused(
        &self,
        mut adapter: Altered,
        requirements: &Requirements,
    ) -> (Vec<ClauseId>, usize) {
        let plans = self.of(&adapter);
        let histories: Vec<History> =
            plans.iter().filter_map(|plan| history_of(&mut adapter, plan)).collect();
        (judge(&histories, requirements).broken_clauses(), histories.len())
    }

    fn of(&self, adapter: &Altered) -> Arc<Vec<Plan>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let wanted = adapter.capabilities();
        if let Some((_, plans)) = known.iter().find(|(declared, _)| declared == wanted) {
            return Arc::clone(plans);
        }
        let made = Arc::new(plans(adapter, &Settings::new(self.seed)).collect());
        known.push((wanted.clone(), Arc::clone(&made)));
        made
    }
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
