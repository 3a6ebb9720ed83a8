//! Whether the suite kills a mutant and clears a variant: the plans that show a defect, shrunk, and what else they break.

use crate::adapter::Adapter;
use crate::adapter::reference::Reference;
use crate::mutants::{Mutant, Variant};
use crate::plan::{Plan, generate, scenarios};
use crate::run::{Bounds, run_plan};
use crate::shrink::shrink;
use crate::verify::judge;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::judge::Requirements;
use std::io;
use std::path::Path;

/// How a mutant died.
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
    /// True where exactly the mutant's clause is broken on the shrunk plan.
    #[must_use]
    pub fn is_exact(&self, mutant: &Mutant) -> bool {
        self.on_shrunk == [mutant.clause]
    }
}

/// The requirements that a mutant is judged by: its pins, and only its class where it has one.
#[must_use]
pub fn requirements(mutant: &Mutant) -> Requirements {
    Requirements {
        pinned: mutant.pins.to_vec(),
        classes: mutant.class.into_iter().collect(),
        ..Requirements::default()
    }
}

/// The plans in which a mutant may show itself: the known situations of its class, then generated ones.
fn hunting_ground(
    adapter: &Reference,
    mutant: &Mutant,
    seed: u64,
) -> impl Iterator<Item = Plan> + use<> {
    let mut scope = generate::Scope::of(adapter.capabilities());
    let class = mutant.class;
    scope.classes.retain(|known| class.is_none_or(|class| class == *known));
    let known = scenarios::scenarios(&scope);
    known
        .into_iter()
        .chain((0..3000).map(move |nth| generate::from_seed(seed.wrapping_add(nth), &scope)))
}

/// Runs a plan on an in-process adapter, which needs no folder.
fn history_of(adapter: &mut dyn Adapter, plan: &Plan) -> Option<History> {
    run_plan(adapter, plan, &Bounds::default(), Path::new("")).history
}

/// Hunts a mutant down and shrinks the plan that shows it.
///
/// # Errors
/// None today: the reference needs no files. The signature leaves room for mutants that do.
pub fn kill(mutant: &Mutant, seed: u64) -> io::Result<Kill> {
    let mut adapter = mutant.adapter(seed);
    let requirements = requirements(mutant);
    let broken = |adapter: &mut Reference, plan: &Plan| {
        let history = history_of(adapter, plan);
        history
            .map(|history| judge(std::slice::from_ref(&history), &requirements).broken_clauses())
            .unwrap_or_default()
    };
    let found = hunting_ground(&adapter, mutant, seed).find_map(|plan| {
        let clauses = broken(&mut adapter, &plan);
        clauses.contains(&mutant.clause).then_some((plan, clauses))
    });
    let Some((plan, first)) = found else {
        return Ok(Kill { broken: Vec::new(), on_shrunk: Vec::new(), steps: 0, example: None });
    };
    let shrunk =
        shrink(&plan, 4000, |candidate| broken(&mut adapter, candidate).contains(&mutant.clause));
    let on_shrunk = broken(&mut adapter, &shrunk);
    let history = history_of(&mut adapter, &shrunk);
    let steps = shrunk.steps.len();
    Ok(Kill { broken: first, on_shrunk, steps, example: history.map(|history| (shrunk, history)) })
}

/// What a variant's plans raised.
#[derive(Clone, Debug)]
pub struct Clearance {
    /// How many plans were run.
    pub plans: usize,
    /// The clauses that were broken; there should be none.
    pub alarms: Vec<ClauseId>,
}

/// Runs plans on a variant.
///
/// # Errors
/// None today; see [`kill`].
pub fn clear_variant(variant: &Variant, plans: usize, seed: u64) -> io::Result<Clearance> {
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
    let alarms = judge(&histories, &Requirements::default()).broken_clauses();
    Ok(Clearance { plans: histories.len(), alarms })
}
