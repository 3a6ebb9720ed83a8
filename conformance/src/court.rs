//! Judges histories as they come and keeps none of them but the shortest that shows each breach: a run of any length needs
//! the memory of a batch, and so does a file of histories. The verdict on each is the model's.

use crate::plan::Plan;
use crate::verify::judge;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::judge::{ClauseVerdict, Docket, Judgement, Requirements};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::PackageClass;
use std::collections::BTreeMap;

/// How many histories are judged together; their timelines are in memory until then.
const BATCH: usize = 4096;

/// The most that the histories of a batch may weigh, in bytes of memory, roughly.
const BATCH_WEIGHT: usize = 48 * 1024 * 1024;

/// The most that all the histories which are kept for their stories may weigh.
const KEPT_WEIGHT: usize = 64 * 1024 * 1024;

/// A history that shows a breach, and the plan that it came from.
#[derive(Clone, Debug)]
pub struct Exhibit {
    /// The plan, where there was one.
    pub plan: Option<Plan>,
    /// What happened.
    pub history: History,
    /// The events that show the breach.
    pub events: Vec<usize>,
}

/// The shortest history for each clause that was broken in a class.
#[derive(Debug, Default)]
pub struct Recorded {
    shortest: BTreeMap<(PackageClass, ClauseId), Place>,
    kept: BTreeMap<usize, (Option<Plan>, History)>,
    weight: usize,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    history: usize,
    length: usize,
}

/// Hears histories, and gives one judgement on all of them.
#[derive(Debug)]
pub struct Court<'a> {
    requirements: &'a Requirements,
    docket: Docket,
    batch: usize,
    heard: usize,
    in_batch: usize,
    weight: usize,
    before: Option<Judgement>,
    recorded: Recorded,
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
            docket: Docket::new(),
            batch,
            heard: 0,
            in_batch: 0,
            weight: 0,
            before: None,
            recorded: Recorded::default(),
        }
    }

    /// Hears one history.
    pub fn hear(&mut self, plan: Option<Plan>, history: History) {
        self.docket.enter(&history);
        self.in_batch += 1;
        self.weight += weight(&history);
        let alone = judge(std::slice::from_ref(&history), self.requirements);
        let broken: Vec<_> =
            alone.broken().map(|(class, verdict)| (class, verdict.clause)).collect();
        if !broken.is_empty() {
            self.recorded.note(self.heard, &broken, plan, history);
        }
        self.heard += 1;
        if self.in_batch >= self.batch || self.weight > BATCH_WEIGHT {
            self.close_batch();
        }
    }

    /// The judgement on everything that was heard, and what shows its breaches.
    #[must_use]
    pub fn judge(mut self) -> (Judgement, Recorded) {
        if self.in_batch > 0 || self.before.is_none() {
            self.close_batch();
        }
        let judgement =
            self.before.take().unwrap_or_else(|| Docket::new().judge(self.requirements));
        (judgement, self.recorded)
    }

    fn close_batch(&mut self) {
        let batch = std::mem::take(&mut self.docket).judge(self.requirements);
        (self.in_batch, self.weight) = (0, 0);
        self.before = Some(match self.before.take() {
            None => batch,
            Some(before) => before.join(batch, self.requirements),
        });
    }
}

impl Recorded {
    /// Keeps a history where it is the shortest that shows one of these breaches.
    fn note(
        &mut self,
        number: usize,
        broken: &[(PackageClass, ClauseId)],
        plan: Option<Plan>,
        history: History,
    ) {
        let length = plan.as_ref().map_or(history.events.len(), |plan| plan.steps.len());
        let shorter =
            |key| self.shortest.get(key).is_none_or(|place: &Place| length < place.length);
        let wanted: Vec<_> = broken.iter().filter(|key| shorter(key)).copied().collect();
        let needs = weight(&history);
        if wanted.is_empty() || self.weight + needs > KEPT_WEIGHT {
            return;
        }
        for key in wanted {
            self.shortest.insert(key, Place { history: number, length });
        }
        self.weight += needs;
        self.kept.insert(number, (plan, history));
        let used = |number: &usize| self.shortest.values().any(|place| place.history == *number);
        self.kept.retain(|number, _| used(number));
        self.weight = self.kept.values().map(|(_, history)| weight(history)).sum();
    }

    /// The shortest history that was kept for a breach; none where those that show it were too large to keep.
    pub fn take(&mut self, class: PackageClass, verdict: &ClauseVerdict) -> Option<Exhibit> {
        let kept = verdict.broken.iter().filter(|breach| self.kept.contains_key(&breach.history));
        let preferred = self.shortest.get(&(class, verdict.clause)).map(|place| place.history);
        let breach = kept.min_by_key(|breach| {
            (Some(breach.history) != preferred, self.length(breach.history), breach.history)
        })?;
        let (plan, history) = self.kept.get(&breach.history)?.clone();
        Some(Exhibit { plan, history, events: breach.events.clone() })
    }

    fn length(&self, number: usize) -> usize {
        self.kept.get(&number).map_or(usize::MAX, |(_, history)| history.events.len())
    }
}

/// How much memory a history takes, roughly.
fn weight(history: &History) -> usize {
    const EVENT: usize = 600;
    const FILE: usize = 200;
    let files = |reply: &Reply<Answer>| match reply {
        Reply::Ok(Answer::Content(Some(page))) => page.files.len(),
        _ => 0,
    };
    let files: usize = history.events.iter().map(|event| files(&event.reply)).sum();
    4096 + history.events.len() * EVENT + files * FILE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::built_in;
    use crate::plan::generate::{Scope, from_seed};
    use crate::run::{Bounds, run_plan};
    use pkgsource_model::judge::Found;
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

    /// What a verdict is made of, as text. How often a clause held, and how
    /// many agree with the strongest reading, depends on readings that a batch may show stronger.
    fn told(judgement: &Judgement) -> String {
        let mut text =
            format!("{:?} {:?} {:?}\n", judgement.outcome, judgement.strongest, judgement.doubts);
        text += &format!("{} {} {:?}\n", judgement.histories, judgement.events, judgement.profile);
        for class in &judgement.classes {
            text += &format!("{} {} {:?}\n", class.class, class.packages, class.readings);
            let asked = |found: &&(_, Found)| found.1 != Found::NotAsked;
            let asked: Vec<_> =
                class.found.iter().filter(asked).map(|(question, _)| question).collect();
            text += &format!("{asked:?}\n");
            for verdict in &class.clauses {
                text += &format!("{} {:?}\n", verdict.clause.text(), verdict.broken);
            }
        }
        text
    }

    #[test]
    fn a_run_that_is_judged_in_batches_is_judged_as_one() {
        for adapter in ["reference", "variant:free", "mutant:skips-an-increment"] {
            let requirements = Requirements::default();
            let histories = histories(adapter);
            let whole = judge(&histories, &requirements);
            let mut court = Court::with_batch(&requirements, 9);
            for history in histories {
                court.hear(None, history);
            }
            let (joint, mut recorded) = court.judge();
            if adapter == "variant:free" {
                // Its batches show different readings: the weakest stands, and nothing is broken under it.
                assert_eq!(joint.broken_clauses(), whole.broken_clauses(), "{adapter}");
                continue;
            }
            assert!(told(&joint) == told(&whole), "{adapter}:\n{}\n{}", told(&joint), told(&whole));
            for (class, verdict) in joint.broken() {
                let exhibit = recorded.take(class, verdict).unwrap();
                assert!(verdict.broken.iter().any(|breach| breach.events == exhibit.events));
            }
        }
    }
}
