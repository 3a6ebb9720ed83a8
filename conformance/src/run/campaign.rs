//! Many plans on one adapter: what was run, what was skipped, what went wrong. Histories go to whoever asked for them, one
//! at a time; none is kept here.

use super::later::up_to_the_settle_before;
use super::plan_run::{Bounds, PlanRun, run_plan_into};
use super::scratch::{PlanFolder, Scratch};
use super::stop::{Stop, stop};
use crate::adapter::{Adapter, AdapterFault, FaultCause};
use crate::history::HistoryFile;
use crate::plan::Plan;
use pkgsource_model::history::{Capabilities, History};
use pkgsource_model::index::EventIndex;
use pkgsource_model::words::visible;
use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

/// A plan that was not run, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The plan.
    pub plan: String,
    /// Why.
    pub why: String,
}

/// What a campaign leaves behind, beside the histories.
#[derive(Debug, Default)]
pub struct Run {
    /// The plans that were not run.
    pub skipped: Vec<Skipped>,
    /// The faults of the adapter, each with the first plan that it ended and how often it was seen.
    pub faults: Vec<(String, AdapterFault)>,
    /// Waits without an answer.
    pub slow: Vec<(String, String)>,
    /// The plans that there was no time for: what they are about, and how many they are.
    pub left: BTreeMap<String, usize>,
    /// Why the run ended before its last plan.
    pub stopped: Option<Stop>,
}

/// What is named in the place of a plan where an adapter failed after the last one.
pub(crate) const THE_END: &str = "the end";

/// What is named where an instance of an adapter could not join the first.
pub(crate) const ANOTHER_INSTANCE: &str = "another instance";

/// The most that is kept of each kind of trouble: an adapter that fails in every plan says it often enough.
const MOST_KEPT: usize = 1000;

/// The most skipped plans that are counted.
const MOST_SKIPPED: usize = 100_000;

impl Run {
    /// Adds what a later part of the same run left, within the limits of one.
    pub(crate) fn join(&mut self, later: Self) {
        let Self { skipped, faults, slow, left, stopped } = later;
        let room = MOST_SKIPPED.saturating_sub(self.skipped.len());
        self.skipped.extend(skipped.into_iter().take(room));
        for (plan, fault) in faults {
            self.note_fault(&plan, fault);
        }
        let room = MOST_KEPT.saturating_sub(self.slow.len());
        self.slow.extend(slow.into_iter().take(room));
        for (what, count) in left {
            *self.left.entry(what).or_default() += count;
        }
        self.stopped = stopped.or(self.stopped);
    }

    /// Notes a fault, or one more of its kind.
    pub fn note_fault(&mut self, plan: &str, fault: AdapterFault) {
        let has_room = self.faults.len() < MOST_KEPT;
        match self.faults.iter_mut().find(|(_, known)| known.is_like(&fault)) {
            Some((_, known)) => known.times = known.times.saturating_add(fault.times),
            None if has_room => self.faults.push((plan.to_owned(), fault)),
            None => {}
        }
    }
}

/// Runs plans on one adapter, each in an empty world below a scratch folder that goes with the campaign.
pub struct Campaign<'a> {
    adapter: &'a mut dyn Adapter,
    bounds: Bounds,
    scratch: Scratch,
    nth: usize,
}

impl std::fmt::Debug for Campaign<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Campaign")
            .field("bounds", &self.bounds)
            .field("nth", &self.nth)
            .finish_non_exhaustive()
    }
}

impl<'a> Campaign<'a> {
    /// A campaign on an adapter.
    ///
    /// # Errors
    /// No scratch folder can be made.
    pub fn new(adapter: &'a mut dyn Adapter, bounds: Bounds) -> io::Result<Self> {
        Ok(Self { adapter, bounds, scratch: Scratch::new()?, nth: 0 })
    }

    /// What the adapter declared.
    pub(super) fn capabilities(&self) -> &Capabilities {
        self.adapter.capabilities()
    }

    pub(super) fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// The next plan is counted as the `nth` of the run, from 1, as if those before it had been run.
    pub(crate) fn count_from(&mut self, nth: usize) {
        self.nth = nth.saturating_sub(1);
    }

    /// Runs one plan by itself, without keeping it. What the adapter does to its folder is a fault of the adapter; of a
    /// run that has another fault already, the other is told, and `not_removed` beside it.
    /// After a fault the adapter is brought back, if it can be.
    pub fn run_one(&mut self, plan: &Plan) -> PlanRun {
        let run = self.run_one_into(plan, None);
        if run.fault.is_some() && stop(self.bounds.deadline).is_none() {
            // Where it cannot be, the next plan says so.
            self.adapter.recover().ok();
        }
        run
    }

    /// True where this event is wrong because it was looked at too soon: the same is done as far as there, with as
    /// little time between its steps, and a second passes before the last look, in which then nothing `breaks`. False
    /// where it was not looked at by a settle, or where there was no time for it.
    pub(crate) fn is_gone_a_second_later(
        &mut self,
        plan: &Plan,
        (history, wrong): (&History, EventIndex),
        breaks: impl Fn(&History) -> bool,
    ) -> bool {
        let Some(shorter) = up_to_the_settle_before(plan, history, wrong) else { return false };
        if stop(self.bounds.deadline).is_some() {
            return false;
        }
        let bounds = self.bounds;
        self.bounds.linger = Duration::from_secs(1);
        let later = self.run_one(&shorter);
        self.bounds = bounds;
        let is_whole = later.fault.is_none() && later.stopped.is_none();
        is_whole && later.history.is_some_and(|later| !breaks(&later))
    }

    fn run_one_into(&mut self, plan: &Plan, file: Option<&mut HistoryFile>) -> PlanRun {
        self.nth += 1;
        let mut plan = plan.clone();
        plan.name = format!("{}-{}", plan.name, self.nth);
        let name = format!("plan-{}", self.nth);
        let folder = match self.folder(&name) {
            Ok(folder) => folder,
            Err(cause) => return PlanRun::not_begun(AdapterFault::new("open", cause)),
        };
        let mut run = run_plan_into(self.adapter, &plan, &self.bounds, &folder, file);
        if let Err(error) = self.scratch.remove_in_time(&name) {
            // Whoever is filling it has to go first.
            self.adapter.stop();
            let place = if self.scratch.remove(&name).is_err() {
                format!(", and stays at {}", visible(&folder.path.to_string_lossy()))
            } else {
                String::new()
            };
            let why = format!("the scratch folder of its plan cannot be removed{place}: {error}");
            let cause = if FaultCause::lies_with_the_machine(&error) {
                FaultCause::Surroundings(why)
            } else {
                FaultCause::Meddled(why)
            };
            let fault = AdapterFault::new("close", cause);
            match run.fault {
                None => run.fault = Some(fault),
                Some(_) => run.not_removed = Some(fault),
            }
        }
        run
    }

    /// A folder for a plan; where the one for all plans is gone or locked, a new one.
    fn folder(&mut self, name: &str) -> Result<PlanFolder, FaultCause> {
        let first = match self.scratch.make(name) {
            Ok(folder) => return Ok(folder),
            Err(error) => error,
        };
        let renewed = self.scratch.renew();
        match (FaultCause::lies_with_the_machine(&first), renewed) {
            (true, _) | (_, Err(_)) => {
                Err(FaultCause::Surroundings(format!("no scratch folder can be made: {first}")))
            }
            (_, Ok(())) => Err(FaultCause::Meddled(format!(
                "the folder in which the scratch folders are is not as it was: {first}"
            ))),
        }
    }

    /// Runs one plan, and hands its history over. After a fault the adapter is brought back.
    pub fn add(
        &mut self,
        plan: Plan,
        run: &mut Run,
        file: Option<&mut HistoryFile>,
        mut take: impl FnMut(Plan, History),
    ) -> Keep {
        let outcome = self.run_one_into(&plan, file);
        let name = plan.name.clone();
        if let Some(why) = outcome.skipped {
            if run.skipped.len() < MOST_SKIPPED {
                run.skipped.push(Skipped { plan: name, why });
            }
            return Keep::Going;
        }
        let room = MOST_KEPT.saturating_sub(run.slow.len());
        run.slow.extend(outcome.slow.into_iter().take(room).map(|slow| (name.clone(), slow)));
        if let Some(fault) = outcome.failing {
            run.note_fault(&name, fault);
        }
        if let Some(history) = outcome.history {
            take(plan, history);
        }
        if let Some(fault) = outcome.not_removed {
            run.note_fault(&name, fault);
        }
        if let Some(stop) = outcome.stopped {
            run.stopped = Some(stop);
            return Keep::Stopped;
        }
        let Some(fault) = outcome.fault else { return Keep::Going };
        run.note_fault(&name, fault);
        run.stopped = stop(self.bounds.deadline);
        if run.stopped.is_some() {
            return Keep::Stopped;
        }
        match self.adapter.recover() {
            Ok(()) => Keep::Going,
            Err(fault) => {
                run.note_fault(&name, fault);
                Keep::Stopped
            }
        }
    }

    /// Ends the adapter.
    pub fn end(self, run: &mut Run) {
        if let Err(fault) = self.adapter.end() {
            run.note_fault(THE_END, fault);
        }
    }
}

/// Whether a campaign can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It can.
    Going,
    /// The adapter cannot be brought back, or the run is to stop.
    Stopped,
}

#[cfg(all(test, feature = "site"))]
mod tests {
    use super::*;
    use crate::plan::Build;
    use crate::subjects::built_in;
    use pkgsource_model::words::PackageClass;

    #[test]
    fn a_plan_ends_where_there_is_no_room_and_nobody_is_blamed() {
        let mut adapter = built_in("folder", 1).unwrap();
        let plan = Build::new("p", "", &["PS1", "DP1@PS1"])
            .write("S1", "a.txt", "one")
            .create("P1", PackageClass::Package, "S1")
            .refresh("P1")
            .plan();
        for (room, events) in [(0, 3), (u64::MAX, 2)] {
            let bounds = Bounds { room, ..Bounds::default() };
            let run = Campaign::new(adapter.as_mut(), bounds).unwrap().run_one(&plan);
            assert_eq!(run.history.unwrap().events.len(), events);
            let cause = run.fault.map(|fault| (fault.during.clone(), fault.blame()));
            let full = Some(("create".to_owned(), "surroundings"));
            assert_eq!(cause, full.filter(|_| room > 0), "{room}");
        }
    }
}
