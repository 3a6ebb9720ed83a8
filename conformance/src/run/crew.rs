//! The plans of a run, on as many instances of one adapter as it declares: each has plans of its own, side by side. What
//! they leave is taken in the order of the plans, so that nobody sees how many there were. Here is no judgement.

use super::campaign::{ANOTHER_INSTANCE, Campaign, Keep, Run};
use super::plan_run::Bounds;
use super::stop::{Stop, stop};
use crate::adapter::{Adapter, AdapterFault, FaultCause};
use crate::history::HistoryFile;
use crate::plan::Plan;
use pkgsource_model::history::{Capabilities, History};
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

/// Starts one more instance of an adapter.
pub type Start<'a> = dyn Fn() -> Result<Box<dyn Adapter>, AdapterFault> + Sync + 'a;

/// The instances of an adapter on which a run's plans go.
pub struct Instances<'a> {
    /// The one that is there, and on which everything goes that is not a plan of the run.
    pub first: &'a mut dyn Adapter,
    /// How others are started; none where there is only one.
    pub start: Option<&'a Start<'a>>,
    /// The most that the user wants, the first among them. There are never more than the adapter declares.
    pub most: usize,
}

impl<'a> Instances<'a> {
    /// The one adapter alone.
    pub fn one(first: &'a mut dyn Adapter) -> Self {
        Self { first, start: None, most: 1 }
    }
}

impl fmt::Debug for Instances<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instances").field("most", &self.most).finish_non_exhaustive()
    }
}

/// A plan that gets another instance started. One is not started for less: to start takes as long as some plans.
const PLANS_EACH: usize = 8;

/// How many plans may be ahead of the first that has not ended: what they left is in memory.
const AHEAD: usize = 64;

/// A plan of a run, with its number among all plans of the run, from 1.
type Numbered = (usize, Plan);

/// What became of one plan, in its turn.
pub(crate) struct Turn {
    pub(crate) nth: usize,
    pub(crate) plan: Plan,
    pub(crate) history: Option<History>,
    pub(crate) run: Run,
    keep: Keep,
}

/// Runs plans, and hands over what became of each in their order.
pub(crate) struct Crew<'a, 'b> {
    pub(crate) campaign: &'a mut Campaign<'b>,
    pub(crate) start: Option<&'a Start<'a>>,
    /// How many instances there may be, by what the user wants and the adapter declares.
    pub(crate) most: usize,
    pub(crate) bounds: Bounds,
    /// Until when plans are started.
    pub(crate) until: Option<Instant>,
    /// The file into which the only instance writes what happens as it happens.
    pub(crate) file: Option<&'a mut HistoryFile>,
}

/// How the plans of a run ended.
pub(crate) struct Ended<I> {
    /// Why not all of them were started, where that was not because of the adapter.
    pub(crate) stopped: Option<Stop>,
    /// True where not all were started, or the last ones not run to their end.
    pub(crate) early: bool,
    /// Those that were not started.
    pub(crate) left: I,
    /// What went wrong with instances outside of any plan.
    pub(crate) troubles: Run,
}

impl Crew<'_, '_> {
    /// Runs all plans, or as many as there is time for.
    ///
    /// # Errors
    /// The suite's own scratch folder cannot be made.
    pub(crate) fn run_all<I: Iterator<Item = Numbered> + Send>(
        self,
        plans: I,
        count: Option<usize>,
        take: &mut dyn FnMut(Turn),
    ) -> io::Result<Ended<I>> {
        let Self { campaign, start, most, bounds, until, mut file } = self;
        let others =
            count.map_or(usize::MAX, |count| count / PLANS_EACH).min(most.saturating_sub(1));
        let others = start.filter(|_| file.is_none()).map_or(0, |_| others);
        let desk = Desk::new(plans, until);
        let declared = campaign.capabilities().clone();
        thread::scope(|scope| {
            for _ in 0..others {
                scope.spawn(|| {
                    let leaving = Leaving(&desk);
                    if let Some(start) = start {
                        leaving.0.work(start, &declared, bounds);
                    }
                });
            }
            let leaving = Leaving(&desk);
            loop {
                desk.take_ready(take);
                match desk.next(Patience::None) {
                    Next::Plan(place, plan) => {
                        desk.put(place, campaign.turn(plan, file.as_deref_mut()));
                    }
                    Next::Full => desk.wait_for_turn(),
                    Next::None => break,
                }
            }
            while desk.is_waited_for() {
                desk.wait_for_turn();
                desk.take_ready(take);
            }
            drop(leaving);
        });
        desk.end()
    }
}

impl Campaign<'_> {
    /// Runs one plan of many.
    fn turn(&mut self, (nth, plan): Numbered, file: Option<&mut HistoryFile>) -> Turn {
        self.count_from(nth);
        let mut run = Run::default();
        let mut history = None;
        let keep = self.add(plan.clone(), &mut run, file, |_, told| history = Some(told));
        Turn { nth, plan, history, run, keep }
    }
}

/// Where plans are given out and what they left is put down.
struct Desk<I> {
    state: Mutex<State<I>>,
    moved: Condvar,
    until: Option<Instant>,
}

struct State<I> {
    plans: I,
    given: usize,
    taken: usize,
    done: BTreeMap<usize, Turn>,
    /// No plan is given out any more.
    closed: bool,
    early: bool,
    stopped: Option<Stop>,
    troubles: Run,
    failed: Option<io::Error>,
    /// An instance's thread has panicked: what it had is never put down.
    broken: bool,
}

/// Whether somebody waits where there are too many plans ahead.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Patience {
    None,
    Waits,
}

enum Next {
    Plan(usize, Numbered),
    Full,
    None,
}

impl<I: Iterator<Item = Numbered>> Desk<I> {
    fn new(plans: I, until: Option<Instant>) -> Self {
        let state = State {
            plans,
            given: 0,
            taken: 0,
            done: BTreeMap::new(),
            closed: false,
            early: false,
            stopped: None,
            troubles: Run::default(),
            failed: None,
            broken: false,
        };
        Self { state: Mutex::new(state), moved: Condvar::new(), until }
    }

    fn state(&self) -> MutexGuard<'_, State<I>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State<I>>) -> MutexGuard<'s, State<I>> {
        self.moved.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, patience: Patience) -> Next {
        let mut state = self.state();
        while !state.closed && state.given >= state.taken + AHEAD {
            if patience == Patience::None {
                return Next::Full;
            }
            state = self.wait(state);
        }
        if state.closed {
            return Next::None;
        }
        state.stopped = stop(self.until);
        let plan = if state.stopped.is_some() { None } else { state.plans.next() };
        state.early |= state.stopped.is_some();
        let Some(plan) = plan else {
            state.closed = true;
            self.moved.notify_all();
            return Next::None;
        };
        state.given += 1;
        Next::Plan(state.given - 1, plan)
    }

    fn put(&self, place: usize, turn: Turn) {
        let mut state = self.state();
        if turn.keep == Keep::Stopped {
            (state.closed, state.early) = (true, true);
            state.stopped = state.stopped.or(turn.run.stopped);
        }
        state.done.insert(place, turn);
        self.moved.notify_all();
    }

    /// True where a plan was given out and what it left was not taken.
    fn is_waited_for(&self) -> bool {
        let state = self.state();
        state.taken < state.given && !state.broken
    }

    fn wait_for_turn(&self) {
        let mut state = self.state();
        while !state.done.contains_key(&state.taken) && !state.broken {
            state = self.wait(state);
        }
    }

    fn take_ready(&self, take: &mut dyn FnMut(Turn)) {
        loop {
            let mut state = self.state();
            let place = state.taken;
            let Some(turn) = state.done.remove(&place) else { return };
            state.taken += 1;
            self.moved.notify_all();
            drop(state);
            take(turn);
        }
    }

    /// Runs plans on an instance that is started for them.
    fn work(&self, start: &Start<'_>, declared: &Capabilities, bounds: Bounds) {
        let mut adapter = match start() {
            Ok(adapter) => adapter,
            Err(fault) => return self.note(fault),
        };
        if adapter.capabilities() != declared {
            let why = "differs from that of the first instance".to_owned();
            return self.note(AdapterFault::new("hello", FaultCause::BadHello(why)));
        }
        let mut campaign = match Campaign::new(adapter.as_mut(), bounds) {
            Ok(campaign) => campaign,
            Err(error) => {
                let mut state = self.state();
                (state.failed, state.closed) = (Some(error), true);
                return self.moved.notify_all();
            }
        };
        while let Next::Plan(place, plan) = self.next(Patience::Waits) {
            self.put(place, campaign.turn(plan, None));
        }
        let mut run = Run::default();
        campaign.end(&mut run);
        self.state().troubles.join(run);
    }

    fn note(&self, fault: AdapterFault) {
        if !matches!(fault.cause, FaultCause::Interrupted) {
            self.state().troubles.note_fault(ANOTHER_INSTANCE, fault);
        }
    }

    fn end(self) -> io::Result<Ended<I>> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = state.failed {
            return Err(error);
        }
        let State { plans, stopped, early, troubles, .. } = state;
        Ok(Ended { stopped, early, left: plans, troubles })
    }
}

/// Tells the others when a thread ends in a panic, so that nobody waits for what it had.
struct Leaving<'a, I: Iterator<Item = Numbered>>(&'a Desk<I>);

impl<I: Iterator<Item = Numbered>> Drop for Leaving<'_, I> {
    fn drop(&mut self) {
        if thread::panicking() {
            let mut state = self.0.state();
            (state.broken, state.closed) = (true, true);
            drop(state);
            self.0.moved.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::Opened;
    use crate::mutants::Variant;
    use crate::plan::Build;
    use pkgsource_model::history::Tree;
    use pkgsource_model::operation::Operation;
    use pkgsource_model::reply::{Answer, Reply};
    use pkgsource_model::words::{Body, PackageClass};
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    /// What an instance does at its first plan.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum First {
        Runs,
        Dies,
        /// It is kept until another instance has died.
        WaitsForADeath,
    }

    /// The reference, with a bug of ours.
    struct Dying<'a> {
        reference: Box<dyn Adapter>,
        first: First,
        died: &'a AtomicBool,
    }

    impl Adapter for Dying<'_> {
        fn capabilities(&self) -> &Capabilities {
            self.reference.capabilities()
        }

        fn open(&mut self, plan: &str, tree: &Tree, at: &Path) -> Result<Opened, AdapterFault> {
            while self.first == First::WaitsForADeath && !self.died.load(Ordering::SeqCst) {
                thread::yield_now();
            }
            if self.first == First::Dies {
                self.died.store(true, Ordering::SeqCst);
                panic!("a bug of ours");
            }
            self.reference.open(plan, tree, at)
        }

        fn perform(&mut self, asked: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
            self.reference.perform(asked)
        }

        fn close(&mut self) -> Result<(), AdapterFault> {
            self.reference.close()
        }
    }

    fn plans(count: usize) -> impl Iterator<Item = Numbered> + Send {
        let plan = |nth: usize| {
            let plan = Build::new(&format!("p{nth}"), "", &["PS1", "DP1@PS1"])
                .write("S1", "a.txt", "one")
                .create("P1", PackageClass::Package, "S1");
            (nth, plan.plan())
        };
        (1..=count).map(plan)
    }

    /// The plans that were taken, in their order, and how many instances were started beside the first. `does`: what
    /// the first does, and the others.
    fn taken(count: usize, most: usize, does: [First; 2]) -> (Vec<usize>, usize) {
        let started = AtomicUsize::new(0);
        // It outlives whatever is started, as an adapter of this program does.
        let died: &'static AtomicBool = Box::leak(Box::default());
        let instance = |first| -> Box<dyn Adapter> {
            Box::new(Dying { reference: Box::new(Variant::reference(1)), first, died })
        };
        let start = || {
            started.fetch_add(1, Ordering::Relaxed);
            Ok(instance(does[1]))
        };
        let mut first = instance(does[0]);
        let bounds = Bounds::default();
        let mut campaign = Campaign::new(first.as_mut(), bounds).unwrap();
        let mut order = Vec::new();
        let (campaign, start) = (&mut campaign, Some(&start as &Start<'_>));
        let crew = Crew { campaign, start, most, bounds, until: None, file: None };
        let ended = crew.run_all(plans(count), Some(count), &mut |turn| {
            let events = turn.history.map_or(0, |history| history.events.len());
            assert_eq!((turn.plan.name, events), (format!("p{}", turn.nth), 2));
            order.push(turn.nth);
        });
        let ended = ended.unwrap();
        assert!(!ended.early);
        assert_eq!(ended.left.count(), 0);
        (order, started.into_inner())
    }

    #[test]
    fn what_becomes_of_plans_is_taken_in_their_order_and_few_plans_start_nobody() {
        for (count, most, others) in [(0, 4, 0), (7, 4, 0), (16, 4, 2), (100, 4, 3), (500, 16, 15)]
        {
            let all: Vec<usize> = (1..=count).collect();
            assert_eq!(
                taken(count, most, [First::Runs; 2]),
                (all, others),
                "{count} plans, {most} at most"
            );
        }
    }

    #[test]
    fn a_panic_of_one_holds_nobody_up() {
        for does in [[First::Dies, First::Runs], [First::WaitsForADeath, First::Dies]] {
            let ended = std::panic::catch_unwind(|| taken(500, 2, does));
            assert!(ended.is_err());
        }
    }
}
