//! From breaches to stories: each cause is made small, shown again, and saved. One story for one cause, with the classes
//! that share it.

use super::{Settings, breach_in, judge, saved};
use crate::court::{Exhibits, Recorded};
use crate::plan::{Plan, Step};
use crate::report::{Counterexample, Seen};
use crate::run::{Campaign, stop};
use crate::shrink::shrink_while;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::judge::{Breach, Judgement, Requirements};
use pkgsource_model::operation::Operation;
use pkgsource_model::words::PackageClass;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// The longest time for one story.
const STORY: Duration = Duration::from_secs(15);

/// How often a story is shown again, and how often in all where it does not come every time.
const SHOWN: u32 = 3;
const SHOWN_IN_DOUBT: u32 = 5;

/// Of how many breaches it is tried whether their history alone tells of them.
const TRIED: usize = 12;

/// The most stories of one clause in one class.
const CAUSES: usize = 3;

/// What makes stories of a run's breaches.
pub(super) struct Stories<'a, 'b> {
    campaign: &'a mut Campaign<'b>,
    exhibits: &'a Exhibits,
    judgement: &'a Judgement,
    settings: &'a Settings,
    until: Instant,
    progress: &'a mut dyn FnMut(),
}

/// A cause that is being told: where it was found.
struct Found<'a> {
    clause: ClauseId,
    class: PackageClass,
    breach: &'a Breach,
    plan: &'a Plan,
    history: &'a History,
    requirements: Requirements,
}

impl<'a, 'b> Stories<'a, 'b> {
    pub(super) fn new(
        campaign: &'a mut Campaign<'b>,
        exhibits: &'a Exhibits,
        judgement: &'a Judgement,
        settings: &'a Settings,
        until: Instant,
        progress: &'a mut dyn FnMut(),
    ) -> Self {
        Self { campaign, exhibits, judgement, settings, until, progress }
    }

    pub(super) fn tell(mut self) -> Vec<Counterexample> {
        let mut by_clause: BTreeMap<ClauseId, Vec<(PackageClass, &'a [Breach])>> = BTreeMap::new();
        let judgement = self.judgement;
        for (class, verdict) in judgement.broken() {
            by_clause.entry(verdict.clause).or_default().push((class, &verdict.broken));
        }
        let mut left = by_clause.len();
        let mut examples = Vec::new();
        for (clause, classes) in by_clause {
            let now = crate::run::now();
            let share =
                self.until.saturating_duration_since(now) / u32::try_from(left).unwrap_or(1);
            let told = self.tell_clause(clause, &classes, now + share.min(STORY));
            examples.extend(told);
            left -= 1;
        }
        examples.sort_by_key(|example: &Counterexample| (example.class, example.clause));
        examples
    }

    /// The causes of one clause: a class that a known story breaks, too, joins it.
    fn tell_clause(
        &mut self,
        clause: ClauseId,
        classes: &[(PackageClass, &'a [Breach])],
        until: Instant,
    ) -> Vec<Counterexample> {
        let mut told: Vec<Counterexample> = Vec::new();
        for &(class, breaches) in classes {
            let requirements = self.settings.requirements.clone();
            if self.joins(&mut told, clause, class, &requirements) {
                continue;
            }
            let mut breaches: Vec<&Breach> = breaches.iter().collect();
            let exhibits = self.exhibits;
            breaches.retain(|breach| exhibits.get(breach.history).is_some());
            breaches.sort_by_key(|breach| exhibits.steps(breach.history));
            self.put_telling_ones_first(&mut breaches, clause, class);
            let mut causes = 0;
            for breach in breaches {
                let recorded = exhibits.get(breach.history);
                let Some(Recorded { plan: Some(plan), history }) = recorded else { continue };
                let is_known = told.iter().any(|story| contains(plan, &story.plan));
                if causes >= CAUSES || (causes > 0 && is_known) {
                    continue;
                }
                causes += 1;
                let found = Found {
                    clause,
                    class,
                    breach,
                    plan,
                    history,
                    requirements: requirements.clone(),
                };
                let story = self.story(&found, until);
                let is_new = |known: &Counterexample| known.plan.steps != story.plan.steps;
                if told.iter().all(is_new) {
                    told.push(story);
                }
                if crate::run::now() > until {
                    break;
                }
            }
        }
        told
    }

    /// Of the shortest, those whose history alone accuses the clause come first: what others are accused of follows from
    /// all of them together.
    fn put_telling_ones_first(
        &self,
        breaches: &mut Vec<&'a Breach>,
        clause: ClauseId,
        class: PackageClass,
    ) {
        let tells = |breach: &&Breach| {
            self.exhibits.get(breach.history).is_some_and(|recorded| {
                let requirements = &self.settings.requirements;
                breach_in(&recorded.history, clause, class, requirements).is_some()
            })
        };
        let tried = breaches.len().min(TRIED);
        let (telling, others): (Vec<_>, Vec<_>) = breaches.drain(..tried).partition(tells);
        let longer = std::mem::take(breaches);
        *breaches = telling.into_iter().chain(others).chain(longer).collect();
    }

    /// True where one of the stories, told of another class, breaks the clause there, too.
    fn joins(
        &mut self,
        told: &mut [Counterexample],
        clause: ClauseId,
        class: PackageClass,
        requirements: &Requirements,
    ) -> bool {
        for story in told {
            let plan = of_class(&story.plan, story.class, class);
            if self.breaks(&plan, clause, class, requirements).is_some() {
                story.also.push(class);
                return true;
            }
        }
        false
    }

    /// Runs a plan once: what happened, and where the clause is broken, if it is.
    fn breaks(
        &mut self,
        plan: &Plan,
        clause: ClauseId,
        class: PackageClass,
        requirements: &Requirements,
    ) -> Option<(History, Breach)> {
        if stop(Some(self.until)).is_some() {
            return None;
        }
        (self.progress)();
        let outcome = self.campaign.run_one(plan);
        let history = outcome.history.filter(|_| outcome.fault.is_none())?;
        let breach = breach_in(&history, clause, class, requirements)?;
        Some((history, breach))
    }

    /// Makes one plan small, shows it again, and saves it.
    fn story(&mut self, found: &Found<'_>, until: Instant) -> Counterexample {
        let mut left = self.settings.shrink_budget;
        let may_ask = || {
            let may = left > 0 && crate::run::now() < until;
            left = left.saturating_sub(1);
            may
        };
        let Found { clause, class, requirements, .. } = found;
        let told = by_itself(found);
        let smallest = shrink_while(found.plan, may_ask, |candidate| {
            self.breaks(candidate, told, *class, requirements).is_some()
        });
        let (mut shown, mut seen) = self.show(&smallest, told, found);
        let mut plan = smallest;
        if shown.is_none() && plan != *found.plan {
            plan = found.plan.clone();
            (shown, seen) = self.show(&plan, told, found);
        }
        // What cannot be shown again, because the adapter has died or behaves differently, is told as it was recorded.
        let recorded = || (found.history.clone(), found.breach.clone());
        let (history, breach) = shown.unwrap_or_else(recorded);
        let repeat = self.repeat(&plan, found);
        Counterexample {
            clause: *clause,
            class: *class,
            also: Vec::new(),
            seen: Some(seen),
            plan,
            history,
            breach,
            repeat,
        }
    }

    /// Shows a plan several times: the first time that it breaks the clause, and how often it did.
    fn show(
        &mut self,
        plan: &Plan,
        told: ClauseId,
        found: &Found<'_>,
    ) -> (Option<(History, Breach)>, Seen) {
        let mut shown = None;
        let mut seen = Seen { times: 0, of: 0 };
        loop {
            let broken = self.breaks(plan, told, found.class, &found.requirements);
            seen.of += 1;
            seen.times += u32::from(broken.is_some());
            shown = shown.or(broken);
            let most = if seen.times == seen.of { SHOWN } else { SHOWN_IN_DOUBT };
            if seen.of >= most {
                return (shown, seen);
            }
        }
    }

    /// The line that shows a story again; why there is none, where the plan could not be saved.
    fn repeat(&self, plan: &Plan, found: &Found<'_>) -> String {
        let Some(folder) = &self.settings.save_to else { return String::new() };
        let pins = self.settings.requirements.pinned.clone();
        match saved::save(folder, found.clause, found.class, plan) {
            Ok(path) => saved::line(&path, &pins, self.settings),
            Err(error) => {
                format!("the plan cannot be saved in `{}`: {error}", folder.display())
            }
        }
    }
}

/// The clause by which a recorded history is told when it stands alone: the accused one, or what it shows instead
/// where the accusation follows from other histories.
fn by_itself(found: &Found<'_>) -> ClauseId {
    let judgement = judge(std::slice::from_ref(found.history), &found.requirements);
    let of_class = judgement.broken().filter(|(class, _)| *class == found.class);
    let clauses: Vec<ClauseId> = of_class.map(|(_, verdict)| verdict.clause).collect();
    if clauses.contains(&found.clause) {
        return found.clause;
    }
    clauses.first().copied().unwrap_or(found.clause)
}

/// The same plan about packages of another class.
fn of_class(plan: &Plan, from: PackageClass, to: PackageClass) -> Plan {
    let mut plan = plan.clone();
    for step in &mut plan.steps {
        match step {
            Step::Do(
                Operation::Create { class, .. } | Operation::Refresh { class: Some(class), .. },
            ) if *class == from => {
                *class = to;
            }
            Step::Do(_) | Step::Settle {} | Step::Look {} => {}
        }
    }
    plan
}

/// True where the kinds of a small plan's steps come in a plan in the same order: it may well be the same cause.
fn contains(plan: &Plan, small: &Plan) -> bool {
    let kind = |step: &Step| match step {
        Step::Do(operation) => operation.kind().name(),
        Step::Settle {} => "settle",
        Step::Look {} => "look",
    };
    let mut steps = plan.steps.iter().map(kind);
    small.steps.iter().map(kind).all(|wanted| steps.any(|step| step == wanted))
}
