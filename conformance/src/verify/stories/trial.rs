//! A plan on trial: whether it shows a breach, how often it does, and how small it can be made. What a story is told of is
//! for [`super`] to choose.

use super::halfway;
use crate::plan::Plan;
use crate::report::Seen;
use crate::run::{Campaign, now, stop};
use crate::shrink::shrink_while;
use crate::verify::judge;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::judge::{Breach, Judgement, Requirements};
use pkgsource_model::words::PackageClass;
use std::time::Instant;

/// How often a plan is shown again: where all work is done when a call returns, and where it goes on afterwards.
const SHOWN: u32 = 3;
const SHOWN_WHERE_WORK_GOES_ON: u32 = 10;

/// How often a plan is run that does not come every time: at least, and at most until it comes once.
const IN_DOUBT: u32 = 5;
const MOST: u32 = 20;

/// How often a smaller plan is tried where the whole one does not come every time.
const MOST_TRIES: u32 = 12;

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) clause: ClauseId,
    pub(super) class: PackageClass,
    pub(super) requirements: &'a Requirements,
}

impl Wanted<'_> {
    fn judged(&self, history: &History) -> Judgement {
        judge(std::slice::from_ref(history), self.requirements)
    }

    /// Where the clause is broken in the class, if it is.
    fn breach(&self, judgement: &Judgement) -> Option<Breach> {
        let is_wanted = |clause: ClauseId, class| (clause, class) == (self.clause, self.class);
        let found =
            judgement.broken().find(|(class, verdict)| is_wanted(verdict.clause, *class))?;
        found.1.broken.first().cloned()
    }
}

/// Who runs plans and looks for a breach, until when.
pub(super) struct Trial<'a, 'b> {
    pub(super) campaign: &'a mut Campaign<'b>,
    pub(super) wanted: Wanted<'a>,
    pub(super) work_goes_on: bool,
    pub(super) until: Instant,
    pub(super) progress: &'a mut dyn FnMut(),
}

/// What happened on a plan, and where the clause is broken in it.
pub(super) type Proof = (History, Breach);

/// What one run of a plan showed.
enum Ran {
    /// The breach.
    Broken(Box<Proof>),
    /// Another clause is broken in the class: what the breach is called depends on what was seen beside it.
    BrokenUnderAnotherName,
    /// Something else.
    Otherwise,
    /// Nothing: there was no time for it.
    NotRun,
}

/// A plan that was shown several times.
pub(super) struct Showing {
    pub(super) plan: Plan,
    /// The first time that it showed the breach.
    pub(super) proof: Option<Proof>,
    pub(super) seen: Seen,
}

impl Showing {
    /// True where there was time to run it.
    pub(super) fn was_run(&self) -> bool {
        self.seen.of > 0
    }

    fn comes_every_time(&self) -> bool {
        self.seen.times == self.seen.of
    }

    /// How often a plan must be tried so that nine in ten that show the breach as often as this one are found to.
    fn tries(&self) -> u32 {
        if self.comes_every_time() {
            return 1;
        }
        let rate = f64::from(self.seen.times) / f64::from(self.seen.of);
        (1..MOST_TRIES).find(|&tries| (1.0 - rate).powf(tries.into()) < 0.1).unwrap_or(MOST_TRIES)
    }
}

impl Trial<'_, '_> {
    fn run(&mut self, plan: &Plan, until: Instant) -> Ran {
        if stop(Some(until)).is_some() {
            return Ran::NotRun;
        }
        (self.progress)();
        let outcome = self.campaign.run_one(plan);
        if outcome.stopped.is_some() {
            return Ran::NotRun;
        }
        let history = outcome.history.filter(|_| outcome.fault.is_none());
        let Some(history) = history else { return Ran::Otherwise };
        let judgement = self.wanted.judged(&history);
        match self.wanted.breach(&judgement) {
            Some(breach) => Ran::Broken(Box::new((history, breach))),
            None if judgement.broken().any(|(of, _)| of == self.wanted.class) => {
                Ran::BrokenUnderAnotherName
            }
            None => Ran::Otherwise,
        }
    }

    /// True where a plan that shows the breach every time shows it no more when the suite looks a second later.
    pub(super) fn is_gone_later(&mut self, shown: &Showing) -> bool {
        if shown.seen.times == 0 || !shown.comes_every_time() || stop(Some(self.until)).is_some() {
            return false;
        }
        let Some((history, breach)) = &shown.proof else { return false };
        let Some(&wrong) = breach.events.last() else { return false };
        let wanted = self.wanted;
        let breaks = |later: &History| wanted.breach(&wanted.judged(later)).is_some();
        self.campaign.is_gone_a_second_later(&shown.plan, (history, wrong), breaks)
    }

    /// Shows a whole plan, of which most may take a while: half of the time for as often as it may, then until it came once.
    pub(super) fn show_whole(&mut self, plan: &Plan) -> Showing {
        let half = halfway(self.until);
        self.show(plan, half)
    }

    /// Shows a plan several times; after an instant no more often than until it came once.
    fn show(&mut self, plan: &Plan, often_until: Instant) -> Showing {
        let every_time = if self.work_goes_on { SHOWN_WHERE_WORK_GOES_ON } else { SHOWN };
        let mut shown = Showing { plan: plan.clone(), proof: None, seen: Seen { times: 0, of: 0 } };
        loop {
            let seen = shown.seen;
            let is_enough = match seen.times {
                0 => seen.of >= MOST,
                _ if now() > often_until => true,
                times if times == seen.of => seen.of >= every_time,
                _ => seen.of >= IN_DOUBT,
            };
            let ran = if is_enough { Ran::NotRun } else { self.run(plan, self.until) };
            shown.seen.of += 1;
            match ran {
                Ran::Broken(proof) => {
                    shown.seen.times += 1;
                    shown.proof = shown.proof.or(Some(*proof));
                }
                // One that was shown once is there under any name.
                Ran::BrokenUnderAnotherName => {
                    shown.seen.times += u32::from(shown.proof.is_some());
                }
                Ran::Otherwise => {}
                Ran::NotRun => return Showing { seen, ..shown },
            }
        }
    }

    /// Makes a plan as small as it can be while it still shows the breach, and shows what is left. A plan that does not
    /// come every time is tried so often that it would. `budget` bounds how many plans are tried.
    pub(super) fn smallest(&mut self, whole: Showing, mut budget: usize) -> Showing {
        if whole.seen.times == 0 {
            return whole;
        }
        // What is left of the time is for showing what was found.
        let started = now();
        let until = started + self.until.saturating_duration_since(started) * 4 / 5;
        let tries = whole.tries();
        let may_ask = || {
            let may = budget > 0 && now() < until;
            budget = budget.saturating_sub(1);
            may
        };
        let smallest = shrink_while(&whole.plan, may_ask, |candidate| {
            (0..tries).any(|_| matches!(self.run(candidate, until), Ran::Broken(_)))
        });
        if smallest == whole.plan {
            return whole;
        }
        let shown = self.show(&smallest, self.until);
        if shown.seen.times > 0 { shown } else { whole }
    }
}
