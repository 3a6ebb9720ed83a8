//! From breaches to stories: each cause is shown again, made small, and saved. One story for one cause, with the classes
//! that share it. What a story says is what its plan shows when it is run by itself. In which order breaches are tried is
//! here; what their histories show alone is in `found`, whether classes share a cause in `shared`, how a plan is run and
//! made small in `trial`.

mod found;
mod once;
mod shared;
mod trial;

use super::{Settings, judge, saved};
use crate::court::Exhibits;
use crate::plan::Plan;
use crate::report::{CountedAs, Counterexample};
use crate::run::{Campaign, now};
use found::{Found, FoundInClass};
use once::tell_once;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::{Completes, Time};
use pkgsource_model::judge::{Breach, Judgement};
use pkgsource_model::words::PackageClass;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use trial::{Showing, Trial, Wanted};

/// The longest time for making one story small.
const SMALL: Duration = Duration::from_secs(15);

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

/// A class, and the breaches of a clause that were counted in it.
type Broken<'a> = (PackageClass, &'a [Breach]);

/// The stories of one clause.
#[derive(Default)]
struct Told<'a> {
    stories: Vec<Counterexample>,
    /// What histories tell of by themselves, where that is not what the run as a whole accuses.
    others: Vec<Found<'a>>,
}

/// A class whose shortest plan was shown again as a whole, and the breaches that may have another cause.
struct Shown<'a> {
    found: Found<'a>,
    whole: Showing,
    more: Vec<Found<'a>>,
    /// What others of them break when they are judged alone, and how many.
    alone: Vec<(ClauseId, usize)>,
}

impl<'a, 'b> Stories<'a, 'b> {
    /// The stories of all accused clauses, and of one cause more: the first that histories show by themselves and that
    /// the run as a whole counts as another.
    pub(super) fn tell(mut self) -> Vec<Counterexample> {
        let mut by_clause: BTreeMap<ClauseId, Vec<Broken<'a>>> = BTreeMap::new();
        let judgement = self.judgement;
        for (class, verdict) in judgement.broken() {
            by_clause.entry(verdict.clause).or_default().push((class, &verdict.broken));
        }
        let accused: Vec<ClauseId> = by_clause.keys().copied().collect();
        let mut left = accused.len();
        let (mut examples, mut others) = (Vec::new(), Vec::new());
        for (clause, classes) in by_clause {
            // Something is kept for the one cause more.
            let until = now() + share(self.until, left) * 4 / 5;
            let told = self.tell_clause(clause, &classes, until);
            examples.extend(told.stories);
            others.extend(told.others);
            left -= 1;
        }
        let is_more = |found: &Found<'_>| !accused.contains(&found.alone);
        if let Some(found) = others.into_iter().find(is_more) {
            let shown = self.shown(found, Vec::new(), halfway(self.until));
            if shown.whole.was_run() {
                examples.push(self.small(&shown.found, shown.whole, self.until));
            }
        }
        tell_once(&mut examples);
        for example in &mut examples {
            example.repeat = self.repeat(&example.plan, example.clause, example.class);
        }
        examples.sort_by_key(|example: &Counterexample| {
            (example.counted_as.is_some(), example.class, example.clause)
        });
        examples
    }

    /// The causes of one clause. All are shown again before any is made small. A class that a story of another class
    /// breaks, too, joins it; so one whose own histories tell of the clause only beside others waits until those are told.
    fn tell_clause(
        &mut self,
        clause: ClauseId,
        classes: &[Broken<'a>],
        until: Instant,
    ) -> Told<'a> {
        let mut told = Told::default();
        let (mut shown, mut alike, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
        let showing_until = halfway(until);
        for &(class, breaches) in classes {
            if self.shares_a_whole_plan(&shown, class, showing_until) {
                alike.push((class, breaches));
                continue;
            }
            let FoundInClass { own, other, alone } =
                self.found(clause, class, breaches, showing_until).of_the_clause();
            if own.is_empty() { &mut waiting } else { &mut told.others }.extend(other);
            shown.extend(self.first_shown(own, alone, showing_until));
        }
        let mut left = shown.len() + usize::from(!alike.is_empty());
        for shown in shown {
            self.tell_class(&mut told.stories, shown, until, left);
            left -= 1;
        }
        for (class, breaches) in alike {
            if self.joins(&mut told.stories, class, until) {
                continue;
            }
            let FoundInClass { own, other, alone } =
                self.found(clause, class, breaches, halfway(until)).of_the_clause();
            if own.is_empty() {
                waiting.extend(other);
            }
            if let Some(shown) = self.first_shown(own, alone, halfway(until)) {
                self.tell_class(&mut told.stories, shown, until, 1);
            }
        }
        self.tell_waiting(&mut told, waiting, until);
        told
    }

    /// What shows the clause only beside other histories: a class that joins no story tells of another cause. It stands for
    /// the clause where nothing else does.
    fn tell_waiting(&mut self, told: &mut Told<'a>, waiting: Vec<Found<'a>>, until: Instant) {
        for found in waiting {
            if self.joins(&mut told.stories, found.class, until) {
                continue;
            }
            if told.stories.is_empty() {
                let shown = self.shown(found, Vec::new(), halfway(until));
                self.tell_class(&mut told.stories, shown, until, 1);
            } else {
                told.others.push(found);
            }
        }
    }

    /// Tells the causes of a class that joins no story; `left` stories have what is left of the time.
    fn tell_class(
        &mut self,
        told: &mut Vec<Counterexample>,
        shown: Shown<'a>,
        until: Instant,
        left: usize,
    ) {
        if self.joins(told, shown.found.class, until) {
            return;
        }
        // What there was no time to show says nothing beside a story of the same clause.
        if !shown.whole.was_run() && !told.is_empty() {
            return;
        }
        let small_until = now() + share(until, left).min(SMALL);
        let mut story = self.small(&shown.found, shown.whole, small_until);
        story.alone = shown.alone;
        self.keep(told, story, until);
        for found in shown.more.into_iter().take(CAUSES - 1) {
            let is_known = told.iter().any(|story| shared::contains(found.plan, &story.plan));
            if is_known || now() > small_until {
                continue;
            }
            let until = now() + share(until, left).min(SMALL);
            let shown = self.shown(found, Vec::new(), halfway(until));
            let story = self.small(&shown.found, shown.whole, until);
            self.keep(told, story, until);
        }
    }

    /// Shows the first of the breaches of a class again.
    fn first_shown(
        &mut self,
        own: Vec<Found<'a>>,
        alone: Vec<(ClauseId, usize)>,
        until: Instant,
    ) -> Option<Shown<'a>> {
        let mut own = own.into_iter();
        let first = own.next()?;
        Some(Shown { alone, ..self.shown(first, own.collect(), until) })
    }

    fn shown(&mut self, found: Found<'a>, more: Vec<Found<'a>>, until: Instant) -> Shown<'a> {
        let whole = self.trial(&found, until).show_whole(found.plan);
        Shown { found, whole, more, alone: Vec::new() }
    }

    fn trial<'t>(&'t mut self, found: &Found<'_>, until: Instant) -> Trial<'t, 'b> {
        let Found { alone: clause, class, .. } = *found;
        Trial {
            campaign: &mut *self.campaign,
            wanted: Wanted { clause, class, requirements: &self.settings.requirements },
            work_goes_on: self.completes != Completes::AtReturn,
            until,
            progress: &mut *self.progress,
        }
    }

    /// Makes one plan small, and tells what is left of it.
    fn small(&mut self, found: &Found<'_>, whole: Showing, until: Instant) -> Counterexample {
        let budget = self.settings.shrink_budget;
        let waits_in_vain = self.completes != Completes::AtReturn || self.time == Time::Virtual;
        let mut trial = self.trial(found, until);
        let shown = trial.smallest(whole, budget);
        let is_gone_later = !waits_in_vain && trial.is_gone_later(&shown);
        let Found { clause, alone, class, .. } = *found;
        // What cannot be shown again, because the adapter has died or behaves differently, is told as it was recorded.
        let recorded = || (found.history.clone(), found.breach.clone());
        let (history, breach) = shown.proof.unwrap_or_else(recorded);
        Counterexample {
            clause: alone,
            counted_as: (alone != clause).then_some(CountedAs { clause, has_its_story: true }),
            alone: Vec::new(),
            class,
            also: Vec::new(),
            is_gone_later,
            seen: Some(shown.seen).filter(|seen| seen.of > 0),
            plan: shown.plan,
            history,
            breach,
            repeat: String::new(),
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

/// What each of so many has of the time until an instant.
fn share(until: Instant, of: usize) -> Duration {
    until.saturating_duration_since(now()) / u32::try_from(of.max(1)).unwrap_or(u32::MAX)
}

fn halfway(until: Instant) -> Instant {
    now() + share(until, 2)
}
