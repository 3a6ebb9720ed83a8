//! Every state that small scopes can reach, and what must hold in each: the specification under test by itself.
//!
//! Breadth first over [`step`], within bounds on versions and waiting calls. No history and no implementation is
//! involved; what it finds wrong is wrong in the specification.

use crate::history::timeline::{Act, ContentId, ContextArgument, Outcome};
use crate::index::{GenerationIndex, Index, PointIndex, SiteIndex, SourceIndex};
use crate::readings::Readings;
use crate::step::{Action, Choice, Existence, Rules, State, step};
use crate::words::{PackageClass, SourceFlag};
use std::collections::BTreeSet;

/// What bounds an exploration.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// The class of the one package.
    pub class: PackageClass,
    /// How many points, all at the owner.
    pub points: usize,
    /// The highest version, and the most snapshots.
    pub versions: u32,
    /// How many calls may wait.
    pub pending: u32,
}

impl Scope {
    fn holds(&self, state: &State, rules: &Rules<'_>) -> bool {
        let snapshots = state.generations.len() <= self.versions as usize;
        state.ceiling(rules) <= self.versions && state.work.pending <= self.pending && snapshots
    }
}

/// Something that must hold in every state.
pub type Invariant = (&'static str, fn(&State, &Rules<'_>) -> bool);

/// What an exploration found.
#[derive(Clone, Debug)]
pub struct Explored {
    /// How many states were reached.
    pub states: usize,
    /// How many transitions were taken.
    pub transitions: usize,
    /// The first state in which an invariant does not hold, and which.
    pub broken: Option<(&'static str, Box<State>)>,
}

/// The invariants of the specification.
pub const INVARIANTS: &[Invariant] = &[
    ("no version is shown that cannot be made", |state, rules| {
        state.existence == Existence::Never || state.visible.shown <= state.ceiling(rules)
    }),
    ("versions rise by at most one from snapshot to snapshot", |state, _| {
        state.generations.windows(2).all(|pair| pair[1].version - pair[0].version <= 1)
    }),
    ("a point holds only what has content", |state, _| {
        let has_content = |at: GenerationIndex| {
            state.generations.get(at).is_some_and(|generation| generation.held.is_some())
        };
        state.points.iter().filter_map(|row| row.held).all(has_content)
    }),
    ("content is owed to the package's own points only", |state, _| {
        state.points.iter().all(|row| row.assigned || !row.owed)
    }),
    ("what nobody waits for has arrived", |state, _| {
        let arrived = |row: &crate::step::PointRow| !row.owed || row.held == state.target();
        !state.work.quiet || state.existence != Existence::Here || state.points.iter().all(arrived)
    }),
    ("no status lags where nothing is left to do", |state, _| {
        !(state.work.quiet && state.failure.lags)
    }),
    ("a package that is gone has nothing", |state, _| {
        state.existence != Existence::Gone || state.points.iter().all(|row| row.held.is_none())
    }),
];

/// Explores a scope under some readings, with these invariants.
#[must_use]
pub fn explore(scope: &Scope, readings: &Readings, invariants: &[Invariant]) -> Explored {
    let rules =
        Rules::new(Some(scope.class), vec![SiteIndex::OWNER; scope.points].into(), readings);
    let start = State::new(1, scope.points, 1);
    let mut seen = BTreeSet::from([start.clone()]);
    let mut queue = vec![start];
    let mut explored = Explored { states: 0, transitions: 0, broken: None };
    let mut next = 0;
    while let Some(state) = queue.get(next).cloned() {
        next += 1;
        if let Some((name, _)) = invariants.iter().find(|(_, holds)| !holds(&state, &rules)) {
            explored.broken = explored.broken.or_else(|| Some((*name, Box::new(state.clone()))));
        }
        for reached in successors(&state, &rules, scope) {
            explored.transitions += 1;
            if scope.holds(&reached, &rules) && seen.insert(reached.clone()) {
                queue.push(reached);
            }
        }
    }
    explored.states = queue.len();
    explored
}

fn successors(state: &State, rules: &Rules<'_>, scope: &Scope) -> Vec<State> {
    let mut reached = Vec::new();
    for act in client_acts(scope) {
        for outcome in [Outcome::Done, Outcome::NonZero] {
            let taken = |choice| step(state, Action::Client(&act, outcome, choice), rules).ok();
            reached.extend(Choice::ALL.into_iter().filter_map(taken));
        }
    }
    let product = state.product_actions(state.points.indices()).into_iter();
    reached.extend(product.filter_map(|action| step(state, Action::Product(action), rules).ok()));
    reached.extend(step(state, Action::Observe(&Act::Settled), rules).ok());
    reached
}

/// One package, one source of two contents, that may be absent; every point is assigned and removed.
fn client_acts(scope: &Scope) -> Vec<Act> {
    let refresh =
        Act::Refresh { context: ContextArgument::Absent, at_owner: true, own_class: true };
    let mut acts = vec![
        Act::Create {
            class: scope.class,
            source: Some(SourceIndex::FIRST),
            flag: SourceFlag::Direct,
        },
        refresh,
        Act::Delete,
    ];
    let contents = [None, Some(ContentId(0)), Some(ContentId(1))];
    acts.extend(contents.map(|state| Act::Source { source: SourceIndex::FIRST, state }));
    for point in (0..scope.points).map(PointIndex::of) {
        acts.extend([
            Act::Assign { point },
            Act::Remove { point },
            Act::Redistribute { point },
            Act::Cancel { point },
        ]);
    }
    acts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(class: PackageClass, readings: Readings, states: usize) {
        let scope = Scope { class, points: 1, versions: 3, pending: 2 };
        let explored = explore(&scope, &readings, INVARIANTS);
        assert_eq!(explored.broken, None, "{class}");
        assert_eq!(explored.states, states, "{class}, {} transitions", explored.transitions);
    }

    #[test]
    fn every_invariant_holds_in_every_state_of_a_regular_package_under_the_weakest_readings() {
        check(PackageClass::Package, Readings::weakest(), 259_623);
    }

    #[test]
    fn every_invariant_holds_in_every_state_of_a_regular_package_under_the_strongest_readings() {
        let strongest = crate::readings::QUESTIONS
            .iter()
            .fold(Readings::weakest(), |vector, entry| vector.with(entry.question, 0));
        check(PackageClass::Package, strongest, 118_479);
    }

    #[test]
    fn every_invariant_holds_in_every_state_of_a_content_package_whose_version_may_stay() {
        let scope = Scope { class: PackageClass::Content, points: 1, versions: 2, pending: 1 };
        let keeps = Readings::weakest().with(crate::readings::Question::Increments, 0);
        let explored = explore(&Scope { versions: 2, ..scope }, &keeps, INVARIANTS);
        assert_eq!(explored.broken, None);
        assert!(explored.states > 0);
    }

    #[test]
    fn an_invariant_that_does_not_hold_is_found_with_a_state_that_shows_it() {
        let scope = Scope { class: PackageClass::Package, points: 1, versions: 2, pending: 1 };
        let wrong: Invariant = ("no point ever holds the second version", |state, _| {
            state.points.iter().all(|row| row.held.is_none_or(|held| state.version_of(held) < 2))
        });
        let broken = explore(&scope, &Readings::weakest(), &[wrong]).broken;
        assert_eq!(broken.map(|(name, _)| name), Some("no point ever holds the second version"));
    }
}
