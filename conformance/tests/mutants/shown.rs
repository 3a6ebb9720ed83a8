//! Every mutant does something else than the reference, on some plan, in a class in which it is wrong; and nothing else in
//! any other class.

use pkgsource::adapter::Adapter;
use pkgsource::mutants::{Mutant, mutants, situations};
use pkgsource::plan::generate::{self, Scope};
use pkgsource::plan::{Plan, scenarios::scenarios};
use pkgsource::run::{Bounds, run_plan};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{FileRecord, PackageClass};
use std::path::Path;

/// How many generated plans a mutant may live through unseen, after all others.
const GENERATED: u64 = 400;

type Seen = Vec<(Operation<FileRecord>, Reply<Answer>)>;

/// What was asked and answered on a plan.
fn seen(adapter: &mut dyn Adapter, plan: &Plan) -> Seen {
    let run = run_plan(adapter, plan, &Bounds::default(), Path::new(""));
    assert!(run.fault.is_none(), "{}: {:?}", plan.name, run.fault);
    let history = run.history.expect("the reference builds every tree");
    history.events.into_iter().map(|event| (event.operation, event.reply)).collect()
}

/// True where the mutant and the reference answer differently.
fn differs(mutant: &Mutant, plan: &Plan) -> bool {
    seen(&mut mutant.adapter(1), plan) != seen(&mut mutant.without_its_defect(1), plan)
}

fn scope_of(mutant: &Mutant, classes: &[PackageClass]) -> Scope {
    let mut scope = Scope::of(mutant.adapter(1).capabilities());
    scope.classes.retain(|class| classes.contains(class));
    scope
}

fn is_seen(mutant: &Mutant) -> bool {
    // One class is enough, and the first that is not special is the plainest.
    let classes: Vec<PackageClass> = mutant.shows_in().into_iter().take(1).collect();
    let scope = scope_of(mutant, &classes);
    let known = classes.iter().flat_map(|&class| situations(class)).chain(scenarios(&scope));
    let generated = (0..GENERATED).map(|seed| generate::from_seed(seed, &scope));
    known.chain(generated).any(|plan| differs(mutant, &plan))
}

#[test]
fn every_mutant_answers_differently_from_the_reference_on_some_plan() {
    let unseen: Vec<&str> =
        mutants().filter(|mutant| !is_seen(mutant)).map(|mutant| mutant.name).collect();
    assert_eq!(unseen, Vec::<&str>::new());
}

#[test]
fn a_mutant_is_right_in_every_class_in_which_it_is_not_wrong() {
    for mutant in mutants() {
        let wrong = mutant.shows_in();
        let right = PackageClass::ALL.into_iter().find(|class| !wrong.contains(class));
        let Some(right) = right else { continue };
        let scope = scope_of(mutant, &[right]);
        for plan in situations(right).into_iter().chain(scenarios(&scope)) {
            assert!(!differs(mutant, &plan), "{} on {}", mutant.name, plan.name);
        }
    }
}

#[test]
fn a_mutant_goes_the_same_way_on_a_plan_however_many_it_ran_before() {
    let mutant = Mutant::by_name("point-before-site").expect("a mutant of this name");
    let scope = scope_of(mutant, &[PackageClass::Package]);
    let mut adapter = mutant.adapter(1);
    let generated: Vec<Plan> = (0..20).map(|seed| generate::from_seed(seed, &scope)).collect();
    let first: Vec<Seen> = generated.iter().map(|plan| seen(&mut adapter, plan)).collect();
    let again: Vec<Seen> = generated.iter().rev().map(|plan| seen(&mut adapter, plan)).collect();
    assert_eq!(first, again.into_iter().rev().collect::<Vec<Seen>>());
}
