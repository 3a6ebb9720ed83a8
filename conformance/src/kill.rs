//! Whether the suite kills a mutant and clears a variant: the plans that show a defect, shrunk, and what else they break.

mod retold;
mod whole;

pub use retold::{Retold, retold};
pub use whole::{DefaultPlans, for_each};

use crate::adapter::Adapter;
use crate::mutants::{Altered, Mutant, Pin, Variant, situations};
use crate::plan::{Plan, generate, scenarios};
use crate::run::{Bounds, run_plan};
use crate::shrink::shrink;
use crate::verify::judge;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::judge::{Doubt, Requirements};
use std::path::Path;

/// How many generated plans a mutant is looked for in, after the known situations.
const MOST_PLANS: u64 = 1000;

/// How often a plan that shows a mutant may be run while it shrinks.
const SHRINKING_RUNS: usize = 4000;

/// How a mutant died, or what it was accused of in place of its own clause.
#[derive(Clone, Debug)]
pub struct Kill {
    /// The clauses broken by the first plan that showed it.
    pub broken: Vec<ClauseId>,
    /// The clauses broken by the shrunk plan.
    pub on_shrunk: Vec<ClauseId>,
    /// How many steps the shrunk plan has.
    pub steps: usize,
    /// The shrunk plan and what happened on it; none where the mutant lives.
    pub example: Option<(Plan, History)>,
}

impl Kill {
    /// True where the mutant's clause is broken on the shrunk plan, and none besides that it does not declare.
    #[must_use]
    pub fn is_exact(&self, mutant: &Mutant) -> bool {
        is_exact(mutant, &self.on_shrunk)
    }
}

/// True where a mutant's clause is among those broken, and none besides that it does not declare.
#[must_use]
pub fn is_exact(mutant: &Mutant, broken: &[ClauseId]) -> bool {
    broken.contains(&mutant.clause) && broken.iter().all(|&clause| mutant.breaks(clause))
}

/// The requirements that a mutant is judged by: its pins, and only the classes in which it is wrong.
#[must_use]
pub fn requirements(mutant: &Mutant) -> Requirements {
    Requirements {
        pinned: mutant.pins.iter().copied().map(Pin::resolved).collect(),
        classes: mutant.shows_in(),
        ..Requirements::default()
    }
}

/// The plans in which a mutant may show itself: the known situations of its classes, its own room's, then generated ones.
fn candidate_plans(
    adapter: &Altered,
    mutant: &Mutant,
    seed: u64,
) -> impl Iterator<Item = Plan> + use<> {
    let mut scope = generate::Scope::of(adapter.capabilities());
    let classes = mutant.shows_in();
    scope.classes.retain(|known| classes.contains(known));
    let known = scenarios::scenarios(&scope);
    let generated =
        (0..MOST_PLANS).map(move |nth| generate::from_seed(seed.wrapping_add(nth), &scope));
    known.into_iter().chain(classes.into_iter().flat_map(situations)).chain(generated)
}

/// Runs a plan on an in-process adapter, which needs no folder.
fn history_of(adapter: &mut dyn Adapter, plan: &Plan) -> Option<History> {
    run_plan(adapter, plan, &Bounds::default(), Path::new("")).history
}

/// Hunts a mutant down and shrinks the plan that shows it: one on which its own clause is broken, or, where there is none,
/// the first on which any is.
#[must_use]
pub fn kill(mutant: &Mutant, seed: u64) -> Kill {
    let mut adapter = mutant.adapter(seed);
    let requirements = requirements(mutant);
    let broken = |adapter: &mut Altered, plan: &Plan| {
        let history = history_of(adapter, plan);
        history
            .map(|history| judge(std::slice::from_ref(&history), &requirements).broken_clauses())
            .unwrap_or_default()
    };
    let mut accused_of_another = None;
    let own = candidate_plans(&adapter, mutant, seed).find_map(|plan| {
        let clauses = broken(&mut adapter, &plan);
        if clauses.contains(&mutant.clause) {
            return Some((plan, clauses));
        }
        if !clauses.is_empty() && accused_of_another.is_none() {
            accused_of_another = Some((plan, clauses));
        }
        None
    });
    let Some((plan, first)) = own.or(accused_of_another) else {
        return Kill { broken: Vec::new(), on_shrunk: Vec::new(), steps: 0, example: None };
    };
    let own = first.iter().find(|clause| **clause == mutant.clause);
    let wanted = own.or(first.first()).copied().unwrap_or(mutant.clause);
    let shrunk = shrink(&plan, SHRINKING_RUNS, |candidate| {
        broken(&mut adapter, candidate).contains(&wanted)
    });
    let on_shrunk = broken(&mut adapter, &shrunk);
    let history = history_of(&mut adapter, &shrunk);
    let steps = shrunk.steps.len();
    Kill { broken: first, on_shrunk, steps, example: history.map(|history| (shrunk, history)) }
}

/// What a variant's plans raised.
#[derive(Clone, Debug)]
pub struct Clearance {
    /// How many plans were run.
    pub plans: usize,
    /// The clauses that were broken; there should be none.
    pub alarms: Vec<ClauseId>,
    /// What stands against believing that nothing is wrong.
    pub doubts: Vec<Doubt>,
}

/// Runs plans on a variant.
#[must_use]
pub fn clear_variant(variant: &Variant, plans: usize, seed: u64) -> Clearance {
    let mut adapter = variant.adapter(seed);
    let scope = generate::Scope::of(adapter.capabilities());
    let known = scenarios::scenarios(&scope);
    let generated =
        (0..plans as u64).map(|nth| generate::from_seed(seed.wrapping_add(nth), &scope));
    let histories: Vec<History> = known
        .into_iter()
        .chain(generated)
        .take(plans)
        .filter_map(|plan| history_of(&mut adapter, &plan))
        .collect();
    let judgement = judge(&histories, &Requirements::default());
    let (alarms, doubts) = (judgement.broken_clauses(), judgement.doubts);
    Clearance { plans: histories.len(), alarms, doubts }
}
