//! From breaches to stories: each cause is made small, shown again, and saved. One story for one cause, with the classes
//! that share it. What a story says is what its plan shows when it is run by itself.

mod trial;

use super::{Settings, judge, saved};
use crate::court::{Exhibits, Recorded};
use crate::plan::{Plan, Step};
use crate::report::Counterexample;
use crate::run::Campaign;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::{Completes, History, Time};
use pkgsource_model::judge::{Breach, Judgement};
use pkgsource_model::operation::Operation;
use pkgsource_model::words::PackageClass;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use trial::{Trial, Wanted};

/// The longest time for the stories of one clause.
const STORY: Duration = Duration::from_secs(15);

/// Of how many breaches it is tried whether their history alone tells of them: the shortest, and some of all the others
/// where none of those does: what is rare is seldom among them.
const SHORTEST: usize = 12;
const OTHERS: usize = 24;

/// The most stories of one clause in one class.
const CAUSES: usize = 3;

/// What makes stories of a run's breaches.
pub(super) struct Stories<'a, 'b> {
    pub(super) campaign: &'a mut Campaign<'b>,
    pub(super) exhibits: &'a Exhibits,
    pub(super) judgement: &'a Judgement,
    pub(super) settings: &'a Settings,
    pub(super) completes: Completes,
    pub(super) time: Time,
    pub(super) until: Instant,
    pub(super) progress: &'a mut dyn FnMut(),
}

/// A breach that may be told: where it was found, and what its history shows by itself.
struct Found<'a> {
    /// What the run as a whole accuses.
    clause: ClauseId,
    /// What the history shows when it stands alone.
    alone: ClauseId,
    class: PackageClass,
    breach: &'a Breach,
    plan: &'a Plan,
    history: &'a History,
}

impl<'a> Stories<'a, '_> {
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

    /// The causes of one clause. A class that a known story breaks, too, joins it; so one whose own histories tell of
    /// the clause only beside others waits until those are told.
    fn tell_clause(
        &mut self,
        clause: ClauseId,
        classes: &[(PackageClass, &'a [Breach])],
        until: Instant,
    ) -> Vec<Counterexample> {
        let mut told: Vec<Counterexample> = Vec::new();
        let mut waiting: Vec<Vec<Found<'a>>> = Vec::new();
        for &(class, breaches) in classes {
            if self.joins(&mut told, class, until) {
                continue;
            }
            let mut found = self.found(clause, class, breaches);
            if found.iter().any(|found| found.alone == clause) {
                let mostly = mostly(&found);
                let other = found.iter().position(|found| Some(found.alone) == mostly);
                let other = other.map(|place| found.remove(place));
                found.retain(|found| found.alone == clause);
                self.tell_class(&mut told, &found, until);
                self.tell_class(&mut told, other.as_slice(), until);
            } else {
                waiting.push(found);
            }
        }
        for found in waiting {
            let class = found.first().map(|found| found.class);
            if class.is_none_or(|class| !self.joins(&mut told, class, until)) {
                self.tell_class(&mut told, &found, until);
            }
        }
        told
    }

    /// The breaches of a class that can be told, the shortest first: of those, what each history shows by itself.
    fn found(
        &self,
        clause: ClauseId,
        class: PackageClass,
        breaches: &'a [Breach],
    ) -> Vec<Found<'a>> {
        let exhibits = self.exhibits;
        let mut breaches: Vec<&Breach> = breaches.iter().collect();
        breaches.sort_by_key(|breach| exhibits.steps(breach.history));
        let kept = breaches.into_iter().filter_map(|breach| {
            let Recorded { plan, history } = exhibits.get(breach.history)?;
            Some((breach, plan.as_ref()?, history))
        });
        let tried = |(breach, plan, history)| {
            let alone = self.alone(history, clause, class);
            Found { clause, alone, class, breach, plan, history }
        };
        let mut kept: Vec<_> = kept.collect();
        let others = kept.split_off(SHORTEST.min(kept.len()));
        let mut found: Vec<Found<'_>> = kept.into_iter().map(tried).collect();
        if found.iter().all(|found| found.alone != clause) {
            let stride = (others.len() / OTHERS).max(1);
            found.extend(others.into_iter().step_by(stride).take(OTHERS).map(tried));
        }
        found
    }

    /// The clause by which a recorded history is told when it stands alone: the accused one, or what it shows instead
    /// where the accusation follows from other histories.
    fn alone(&self, history: &History, clause: ClauseId, class: PackageClass) -> ClauseId {
        let judgement = judge(std::slice::from_ref(history), &self.settings.requirements);
        let broken: Vec<ClauseId> = judgement
            .broken()
            .filter(|(of, _)| *of == class)
            .map(|(_, verdict)| verdict.clause)
            .collect();
        let own = broken.iter().find(|&&broken| broken == clause);
        own.or(broken.first()).copied().unwrap_or(clause)
    }

    /// Tells the causes of a class.
    fn tell_class(&mut self, told: &mut Vec<Counterexample>, found: &[Found<'a>], until: Instant) {
        let mut causes = 0;
        for found in found {
            let is_known = told.iter().any(|story| contains(found.plan, &story.plan));
            if causes >= CAUSES || (causes > 0 && is_known) {
                continue;
            }
            causes += 1;
            let story = self.story(found, until);
            let is_new = |known: &Counterexample| {
                known.plan.steps != story.plan.steps || known.clause != story.clause
            };
            if told.iter().all(is_new) {
                told.push(story);
            }
            if crate::run::now() > until {
                break;
            }
        }
    }

    /// True where one of the stories, told of another class, breaks the same clause there, too: both together show one
    /// cause.
    fn joins(&mut self, told: &mut [Counterexample], class: PackageClass, until: Instant) -> bool {
        for story in told {
            let plan = of_class(&story.plan, story.class, class);
            let tries = story.seen.map_or(1, |seen| if seen.times < seen.of { seen.of } else { 1 });
            for _ in 0..tries {
                if crate::run::stop(Some(until)).is_some() {
                    return false;
                }
                (self.progress)();
                let outcome = self.campaign.run_one(&plan);
                let Some(history) = outcome.history.filter(|_| outcome.fault.is_none()) else {
                    continue;
                };
                let both = [story.history.clone(), history];
                let judgement = judge(&both, &self.settings.requirements);
                let is_broken = judgement
                    .broken()
                    .any(|(of, verdict)| of == class && verdict.clause == story.clause);
                if is_broken {
                    story.also.push(class);
                    return true;
                }
            }
        }
        false
    }

    /// Makes one plan small, shows it again, and saves it.
    fn story(&mut self, found: &Found<'_>, until: Instant) -> Counterexample {
        let Found { clause, alone, class, .. } = *found;
        let mut trial = Trial {
            campaign: &mut *self.campaign,
            wanted: Wanted { clause: alone, class, requirements: &self.settings.requirements },
            work_goes_on: self.completes != Completes::AtReturn,
            until,
            progress: &mut *self.progress,
        };
        let whole = trial.show_whole(found.plan);
        let shown = trial.smallest(whole, self.settings.shrink_budget);
        let waits_in_vain = self.completes != Completes::AtReturn || self.time == Time::Virtual;
        let is_gone_later = !waits_in_vain && trial.is_gone_later(&shown);
        // What cannot be shown again, because the adapter has died or behaves differently, is told as it was recorded.
        let recorded = || (found.history.clone(), found.breach.clone());
        let (history, breach) = shown.proof.unwrap_or_else(recorded);
        let repeat = self.repeat(&shown.plan, alone, class);
        Counterexample {
            clause: alone,
            counted_as: (alone != clause).then_some(clause),
            class,
            also: Vec::new(),
            is_gone_later,
            seen: Some(shown.seen).filter(|seen| seen.of > 0),
            plan: shown.plan,
            history,
            breach,
            repeat,
        }
    }

    /// The line that shows a story again; why there is none, where the plan could not be saved.
    fn repeat(&self, plan: &Plan, clause: ClauseId, class: PackageClass) -> String {
        let Some(folder) = &self.settings.save_to else { return String::new() };
        match saved::save(folder, clause, class, plan) {
            Ok(path) => saved::line(&path, self.settings),
            Err(error) => {
                format!("the plan cannot be saved in `{}`: {error}", folder.display())
            }
        }
    }
}

/// What most histories tell of by themselves, where that is not what the run as a whole accuses: another cause, and the
/// one accused explains it only because it explains so much.
fn mostly(found: &[Found<'_>]) -> Option<ClauseId> {
    let of = |clause| found.iter().filter(|found| found.alone == clause).count();
    let others = found.iter().filter(|found| found.alone != found.clause);
    let mut others: Vec<ClauseId> = others.map(|found| found.alone).collect();
    others.dedup();
    others.into_iter().find(|&other| of(other) * 2 > found.len())
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
