//! Where the plans of a run are given out to the instances of an adapter, and what they left is put down until its turn
//! comes. Which instances there are, and what becomes of a turn, is not known here.

use super::{Ended, Numbered, Start, Turn};
use crate::adapter::{AdapterFault, FaultCause};
use crate::run::campaign::{ANOTHER_INSTANCE, Campaign, Keep, Run};
use crate::run::plan_run::Bounds;
use crate::run::stop::{Stop, stop};
use pkgsource_model::history::Capabilities;
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

/// How many plans may be ahead of the first that has not ended: what they left is in memory.
const AHEAD: usize = 64;

/// Where plans are given out and what they left is put down.
pub(super) struct Desk<I> {
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
    /// An instance's thread has panicked: what it had is never put down.
    broken: bool,
}

/// Whether somebody waits where there are too many plans ahead.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    None,
    Waits,
}

pub(super) enum Next {
    Plan(usize, Numbered),
    Full,
    None,
}

impl<I: Iterator<Item = Numbered>> Desk<I> {
    pub(super) fn new(plans: I, until: Option<Instant>) -> Self {
        let state = State {
            plans,
            given: 0,
            taken: 0,
            done: BTreeMap::new(),
            closed: false,
            early: false,
            stopped: None,
            troubles: Run::default(),
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

    pub(super) fn next(&self, patience: Patience) -> Next {
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

    pub(super) fn put(&self, place: usize, turn: Turn) {
        let mut state = self.state();
        if turn.keep == Keep::Stopped {
            (state.closed, state.early) = (true, true);
            state.stopped = state.stopped.or(turn.run.stopped);
        }
        state.done.insert(place, turn);
        self.moved.notify_all();
    }

    /// True where a plan was given out and what it left was not taken.
    pub(super) fn is_waited_for(&self) -> bool {
        let state = self.state();
        state.taken < state.given && !state.broken
    }

    pub(super) fn wait_for_turn(&self) {
        let mut state = self.state();
        while !state.done.contains_key(&state.taken) && !state.broken {
            state = self.wait(state);
        }
    }

    pub(super) fn take_ready(&self, take: &mut dyn FnMut(Turn) -> Keep) {
        loop {
            let mut state = self.state();
            let place = state.taken;
            let Some(turn) = state.done.remove(&place) else { return };
            state.taken += 1;
            self.moved.notify_all();
            drop(state);
            if take(turn) == Keep::Stopped {
                self.state().closed = true;
                self.moved.notify_all();
            }
        }
    }

    /// Runs plans on an instance that is started for them.
    pub(super) fn work(&self, start: &Start<'_>, declared: &Capabilities, bounds: Bounds) {
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
                let why = format!("no scratch folder can be made: {error}");
                return self.note(AdapterFault::new("open", FaultCause::Surroundings(why)));
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

    pub(super) fn end(self) -> Ended<I> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let State { plans, stopped, early, troubles, .. } = state;
        Ended { stopped, early, left: plans, troubles }
    }
}

/// Tells the others when a thread ends in a panic, so that nobody waits for what it had.
pub(super) struct Leaving<'a, I: Iterator<Item = Numbered>>(pub(super) &'a Desk<I>);

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
