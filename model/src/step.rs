//! The specification as a transition system: what each party can do to one package, and what can then be read.
//!
//! [`step`] is pure and total. It is the first of two statements of the specification; [`crate::clauses`] is the
//! second, and the two test each other through [`crate::oracle`]. Nothing here looks at a whole history.
//!
//! Where an exact value cannot be seen, the state holds the least value that what was seen requires (the visible
//! version, what a site knows). A transition raises it only when an observation forces it, so that every run of the
//! product that agrees with what was seen stays possible.

mod actions;
mod choice;
mod client;
mod given_up;
mod nearly;
mod observe;
mod observe_point;
mod points;
mod product;
mod put;
mod refresh;
mod relaxation;
mod relaxed;
mod rows;
mod settle;
mod state;
mod superseded;
mod unasked;

pub use actions::{ProductAction, RelaxedAction};
pub use choice::Choice;

pub use given_up::Relaxed;
pub use relaxation::Relaxation;
pub use rows::{Generation, Late, LooseRow, PointRow, SiteRow};
pub use state::{Existence, Failure, Loose, State, Visible, Work, Written};
pub(crate) use superseded::Superseded;

use crate::history::timeline::{Act, Outcome, Timeline};
use crate::index::{List, PointIndex, SiteIndex};
use crate::readings::Readings;
use crate::words::{Content, PackageClass};

/// What a package's transitions depend on besides its state: its class, the tree and the readings, and which promises
/// are given up.
#[derive(Clone, Debug)]
pub struct Rules<'a> {
    /// The class; a package that was never created has none.
    pub class: Option<PackageClass>,
    /// The site of every point.
    pub site_of: List<PointIndex, SiteIndex>,
    /// The readings.
    pub readings: Readings,
    /// True where a content read never sees half a switch.
    pub atomic_reads: bool,
    /// True where a failure that shows is really looked up.
    pub shows_failure: bool,
    /// The promises that are given up; none in the specification itself.
    pub relaxed: Relaxed,
    /// The contents that have numbers, for promises about single files.
    pub contents: &'a [Content],
    /// The timeline, for what is to be known of other packages; none where there is no history.
    pub timeline: Option<&'a Timeline>,
}

impl<'a> Rules<'a> {
    /// The specification's own rules for a package of a class, in a tree that has the points at these sites.
    #[must_use]
    pub fn new(
        class: Option<PackageClass>,
        site_of: List<PointIndex, SiteIndex>,
        readings: &Readings,
    ) -> Self {
        Self {
            class,
            site_of,
            readings: *readings,
            atomic_reads: true,
            shows_failure: true,
            relaxed: Relaxed::NOTHING,
            contents: &[],
            timeline: None,
        }
    }

    /// The rules of a timeline under some readings. `contents` are those that it numbers.
    #[must_use]
    pub fn of(timeline: &'a Timeline, contents: &'a [Content], readings: &Readings) -> Self {
        let site_of = timeline.points.iter().map(|&(_, site)| site).collect();
        Self {
            atomic_reads: timeline.declared.atomic_reads,
            shows_failure: timeline.declared.shows_failure,
            contents,
            timeline: Some(timeline),
            ..Self::new(timeline.class, site_of, readings)
        }
    }

    /// The same with promises given up.
    #[must_use]
    pub fn relaxed(self, relaxed: Relaxed) -> Self {
        Self { relaxed, ..self }
    }
}

/// One action of one party.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// A client operation (or a change of the world) with its outcome, and what the product makes of it.
    Client(&'a Act, Outcome, Choice),
    /// Something that the product does by itself.
    Product(ProductAction),
    /// A read, or a settled event: the state must permit what was seen.
    Observe(&'a Act),
}

/// Why an action cannot happen in a state. A refusal carries no state, so that it cannot change any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The operation cannot end like this here.
    Outcome,
    /// The product has no such choice here.
    Choice,
    /// The product has nothing of the kind to do.
    NotEnabled,
    /// The state does not permit what was read.
    Observation,
    /// Something is left to be done, so that nothing can be settled.
    NotSettled,
}

/// The state after `action`, or why it cannot happen.
///
/// # Errors
/// The action is impossible in `state` under `rules`.
pub fn step(state: &State, action: Action<'_>, rules: &Rules<'_>) -> Result<State, Refusal> {
    let mut next = State::new(0, 0, 0);
    step_into(&mut next, state, action, rules)?;
    Ok(next)
}

/// The same into a state that is no longer needed, whose memory is reused. After a refusal it holds nothing of use.
pub(crate) fn step_into(
    next: &mut State,
    state: &State,
    action: Action<'_>,
    rules: &Rules<'_>,
) -> Result<(), Refusal> {
    next.clone_from(state);
    match action {
        Action::Client(act, outcome, choice) => next.perform(act, outcome, choice, rules),
        Action::Product(action) => next.work(action, rules),
        Action::Observe(act) => next.observe(act, rules),
    }
}
