//! Is there a run of [`step`](crate::step::step) that explains a timeline? A search over what the product may have done unseen.
//!
//! The search is lazy: an action of the product is tried only where the next moment needs it or would make it
//! impossible. [`Search::Eager`] tries every action everywhere; the two must agree, and a test says so. Calls that
//! overlap are not searched yet; only a call without an answer may take effect later.

mod needs;
mod subset;
mod weaker;

use crate::history::timeline::{Act, Extent, Moment, Outcome, Timeline};
use crate::index::{Index, List, MomentIndex};
use crate::readings::Readings;
use crate::step::{Action, Choice, Relaxed, Rules, State, step_into};
use crate::words::Content;
use needs::{Needs, needs, product_actions};
use std::collections::BTreeSet;
pub use subset::core;
pub(crate) use subset::is_explained;
use weaker::without_weaker;

/// How the search goes about unseen actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// Only where the next moment asks for them.
    Lazy,
    /// Where the next moment asks for them, and besides where it does not.
    Thorough,
    /// Everywhere; for small timelines and for testing the others.
    Eager,
}

/// What the oracle says of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explained {
    /// A run of the specification explains it.
    Yes,
    /// None does; the moment at this place is the first that no run reaches.
    No {
        /// Place in the timeline's moments.
        moment: MomentIndex,
    },
    /// The search was given up: calls overlap, or it grew beyond its budget.
    NotSearched {
        /// How many moments were explained until then.
        moments: usize,
    },
}

/// How many states a search may visit at one moment before it gives up.
pub const BUDGET: usize = 60_000;

/// How many states a search may visit before it gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    at_one_moment: usize,
    in_all: usize,
    /// Runs that can do nothing that another cannot are dropped also where promises are given up.
    drops_weaker: bool,
}

impl Effort {
    /// Of a search for a run of the specification.
    const OF_A_RUN: Self = Self { at_one_moment: BUDGET, in_all: usize::MAX, drops_weaker: true };
    /// Of a search for a likely cause, which is one of many.
    pub const OF_A_CAUSE: Self = Self { at_one_moment: 1_500, in_all: 6_000, drops_weaker: false };
    /// Of a search for what the documents leave open: somebody is accused where it is given up.
    pub const OF_A_FREEDOM: Self =
        Self { at_one_moment: BUDGET, in_all: 60_000, drops_weaker: true };
}

/// How many moments a timeline has at most that is searched through for a cause.
const SHORT: usize = 40;

/// Searches for a run of the specification that explains the whole timeline.
#[must_use]
pub fn explain(
    timeline: &Timeline,
    contents: &[Content],
    readings: &Readings,
    search: Search,
) -> Explained {
    let rules = Rules::of(timeline, contents, readings);
    let moments = timeline.moments.len();
    explain_moments(timeline, &timeline.moments, moments, rules, search, Effort::OF_A_RUN)
}

/// Searches for a run that explains the first `moments` of a timeline where some promises are given up.
#[must_use]
pub fn explain_relaxed(
    timeline: &Timeline,
    contents: &[Content],
    readings: &Readings,
    relaxed: Relaxed,
    moments: usize,
    effort: Effort,
) -> Explained {
    let moments = moments.min(timeline.moments.len());
    let search = |search| {
        let rules = Rules::of(timeline, contents, readings).relaxed(relaxed);
        explain_moments(timeline, &timeline.moments, moments, rules, search, effort)
    };
    // What is given up is mostly needed where a read asks for it. Where that finds nothing, a short timeline is searched
    // through.
    match search(Search::Lazy) {
        Explained::No { .. } if moments <= SHORT => search(Search::Thorough),
        found => found,
    }
}

/// Searches through the first `count` of some moments of a timeline.
fn explain_moments(
    timeline: &Timeline,
    moments: &List<MomentIndex, Moment>,
    count: usize,
    rules: Rules<'_>,
    search: Search,
    effort: Effort,
) -> Explained {
    if timeline.extent == Extent::Overlapping {
        return Explained::NotSearched { moments: 0 };
    }
    let start = State::new(timeline.sources.len(), timeline.points.len(), timeline.sites.len());
    let mut frontier = Frontier {
        rules,
        search,
        effort,
        moments,
        runs: vec![Run { state: start, unanswered: Vec::new() }],
        visited: 0,
        few: FEW,
        spare: State::new(0, 0, 0),
    };
    let mut in_all = 0;
    for place in moments.indices().take(count) {
        frontier.visited = 0;
        frontier.pass(place);
        in_all += frontier.visited;
        let too_many = frontier.runs.iter().any(|run| run.unanswered.len() > MOST_UNANSWERED);
        if too_many || frontier.visited > effort.at_one_moment || in_all > effort.in_all {
            // What some run has reached is explained, however many others were given up.
            let reached = place.number() + usize::from(!frontier.runs.is_empty());
            return Explained::NotSearched { moments: reached };
        }
        if frontier.runs.is_empty() {
            return Explained::No { moment: place };
        }
    }
    Explained::Yes
}

/// How many calls may wait for their effect at once: each may come before or after every other, and a search through that
/// many would be given up without having told anything.
const MOST_UNANSWERED: usize = 64;

/// So many runs are followed as they are; of more, and of twice as many as were left of them, those are dropped that can do
/// nothing that another cannot.
const FEW: usize = 32;

/// One run so far: where it is, and which calls without an answer may still take effect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    state: State,
    unanswered: Vec<MomentIndex>,
}

struct Frontier<'a> {
    rules: Rules<'a>,
    search: Search,
    effort: Effort,
    moments: &'a List<MomentIndex, Moment>,
    runs: Vec<Run>,
    visited: usize,
    /// So many runs are followed as they are.
    few: usize,
    /// Memory for the next state.
    spare: State,
}

impl Frontier<'_> {
    fn pass(&mut self, place: MomentIndex) {
        let Some(moment) = self.moments.get(place) else { return };
        let runs = std::mem::take(&mut self.runs);
        if moment.outcome == Outcome::Unknown {
            self.runs = runs;
            self.runs.iter_mut().for_each(|run| run.unanswered.push(place));
            return;
        }
        for run in runs {
            self.pass_one(run, moment);
        }
        self.runs.sort_unstable();
        self.runs.dedup();
        let drops = self.rules.relaxed.is_strict() || self.effort.drops_weaker;
        if self.runs.len() > self.few && drops {
            self.runs = without_weaker(std::mem::take(&mut self.runs));
            self.few = FEW.max(2 * self.runs.len());
        }
    }

    fn pass_one(&mut self, mut run: Run, moment: &Moment) {
        let is_observation = moment.act.is_observation();
        // What was not answered can do after nothing was left to do what it could not do before, and the reverse.
        let final_for_unanswered = moment.act == Act::Settled && !run.unanswered.is_empty();
        let lazy = self.search == Search::Lazy;
        if is_observation && lazy && !final_for_unanswered && self.observe(&mut run, moment) {
            return self.runs.push(run);
        }
        let needs = match self.search {
            Search::Lazy if self.rules.relaxed.is_strict() => needs(&moment.act, &run),
            Search::Lazy | Search::Thorough => needs(&moment.act, &run).max(Needs::Snapshots),
            Search::Eager => Needs::Everything,
        };
        for reached in self.reachable(&run, needs) {
            self.advance(&reached, moment);
        }
    }

    /// Takes an observation where it is possible; the run is then the one after it.
    fn observe(&mut self, run: &mut Run, moment: &Moment) -> bool {
        let Some(state) = self.step(&run.state, Action::Observe(&moment.act)) else { return false };
        self.spare = std::mem::replace(&mut run.state, state);
        true
    }

    fn step(&mut self, state: &State, action: Action<'_>) -> Option<State> {
        step_into(&mut self.spare, state, action, &self.rules).ok()?;
        if matches!(action, Action::Observe(Act::Settled)) && self.rules.relaxed.is_strict() {
            self.spare.forget_superseded();
        }
        self.visited += 1;
        Some(std::mem::replace(&mut self.spare, State::new(0, 0, 0)))
    }

    /// Takes the moment itself; true where it was possible.
    fn advance(&mut self, run: &Run, moment: &Moment) -> bool {
        let before = self.runs.len();
        if moment.act.is_observation() {
            if let Some(state) = self.step(&run.state, Action::Observe(&moment.act)) {
                self.runs.push(Run { state, unanswered: run.unanswered.clone() });
            }
        } else {
            for state in self.effects(&run.state, &moment.act, moment.outcome) {
                self.runs.push(Run { state, unanswered: run.unanswered.clone() });
            }
        }
        self.runs.len() > before
    }

    fn effects(&mut self, state: &State, act: &Act, outcome: Outcome) -> Vec<State> {
        let relaxed = if self.rules.relaxed.is_strict() { [].as_slice() } else { &Choice::RELAXED };
        let taken = |&choice: &Choice| self.step(state, Action::Client(act, outcome, choice));
        Choice::of(act).iter().chain(relaxed).filter_map(taken).collect()
    }

    /// Every run that unseen actions can reach, the run itself first.
    fn reachable(&mut self, run: &Run, needs: Needs) -> Vec<Run> {
        let mut seen = BTreeSet::from([run.clone()]);
        let mut reached = vec![run.clone()];
        let mut next = 0;
        while next < reached.len() && self.visited <= self.effort.at_one_moment {
            let from = reached[next].clone();
            next += 1;
            for run in self.unseen_steps(&from, needs) {
                if seen.insert(run.clone()) {
                    reached.push(run);
                }
            }
        }
        reached
    }

    fn unseen_steps(&mut self, run: &Run, needs: Needs) -> Vec<Run> {
        let mut runs = Vec::new();
        for (nth, &place) in run.unanswered.iter().enumerate() {
            let mut unanswered = run.unanswered.clone();
            unanswered.remove(nth);
            if let Some(late) = self.moments.get(place) {
                for state in self.effects(&run.state, &late.act, Outcome::Unknown) {
                    runs.push(Run { state, unanswered: unanswered.clone() });
                }
            }
        }
        for action in product_actions(&run.state, needs, &self.rules) {
            if let Some(state) = self.step(&run.state, Action::Product(action)) {
                runs.push(Run { state, unanswered: run.unanswered.clone() });
            }
        }
        runs
    }
}
