//! Laws of shrinking, over generated plans and predicates that have nothing to do with any implementation: what is
//! left still fails, nothing more can be taken away, and it is asked no oftener than allowed.

use pkgsource::plan::generate::{Scope, decode};
use pkgsource::plan::{Plan, Spelled, Step, build, read_plan, write_plan};
use pkgsource::shrink::shrink;
use pkgsource::subjects::built_in;
use pkgsource_model::operation::{Change, Operation, Properties};
use pkgsource_model::words::PackageClass;
use proptest::collection::vec;
use proptest::prelude::*;

/// More questions than shrinking a generated plan ever needs.
const AMPLE: usize = 100_000;

fn plan_of(bytes: &[u8]) -> Plan {
    let adapter = built_in("reference", 1).expect("the reference is built in");
    decode(&mut Spelled::new(bytes), &Scope::of(adapter.capabilities()))
}

fn kind(step: &Step) -> &'static str {
    match step {
        Step::Do(operation) => operation.kind().name(),
        Step::Settle {} => "settle",
        Step::Look {} => "look",
    }
}

/// True where a step of kind `first` comes before one of kind `second`.
fn contains(plan: &Plan, first: &str, second: &str) -> bool {
    let place = plan.steps.iter().position(|step| kind(step) == first);
    place.is_some_and(|place| plan.steps.iter().skip(place + 1).any(|step| kind(step) == second))
}

fn without_step(plan: &Plan, nth: usize) -> Plan {
    let mut smaller = plan.clone();
    smaller.steps.remove(nth);
    smaller
}

/// A plan, and the kinds of two of its steps in order.
fn plan_and_kinds() -> impl Strategy<Value = (Plan, &'static str, &'static str)> {
    (vec(any::<u8>(), 0..200), any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(
        |(bytes, first, second)| {
            let plan = plan_of(&bytes);
            let first = first.index(plan.steps.len() - 1);
            let second = first + 1 + second.index(plan.steps.len() - 1 - first);
            let kinds = (kind(&plan.steps[first]), kind(&plan.steps[second]));
            (plan, kinds.0, kinds.1)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_left_still_fails_and_no_step_of_it_can_go((plan, first, second) in plan_and_kinds()) {
        let fails = |plan: &Plan| contains(plan, first, second);
        let shrunk = shrink(&plan, AMPLE, fails);
        prop_assert!(fails(&shrunk));
        for nth in 0..shrunk.steps.len() {
            prop_assert!(!fails(&without_step(&shrunk, nth)), "step {nth} of {shrunk:?} can go");
        }
    }

    #[test]
    fn what_is_left_can_be_read_back_from_its_file((plan, first, second) in plan_and_kinds()) {
        let shrunk = shrink(&plan, AMPLE, |plan| contains(plan, first, second));
        prop_assert!(read_plan(&write_plan(&shrunk)).is_ok(), "{shrunk:?}");
    }

    #[test]
    fn two_kinds_of_steps_shrink_to_two_plain_steps((plan, first, second) in plan_and_kinds()) {
        let shrunk = shrink(&plan, AMPLE, |plan| contains(plan, first, second));
        prop_assert_eq!(shrunk.steps.iter().map(kind).collect::<Vec<_>>(), [first, second]);
        for step in &shrunk.steps {
            match step {
                Step::Do(Operation::Edit { changes, .. }) => {
                    prop_assert_eq!(changes.len(), 1);
                    let hides = |change: &Change<_>| matches!(change, Change::Write { keep_time: true, .. });
                    prop_assert!(!changes.iter().any(hides));
                }
                Step::Do(Operation::Refresh { context, at, .. }) => {
                    prop_assert!(context.is_none() && at.is_none());
                }
                _ => {}
            }
        }
    }

    #[test]
    fn points_and_sites_that_no_step_needs_go_too((plan, first, second) in plan_and_kinds()) {
        let shrunk = shrink(&plan, AMPLE, |plan| contains(plan, first, second));
        prop_assert_eq!(shrunk.tree.sites.len(), 1);
        for entry in &shrunk.tree.points {
            let named = shrunk.steps.iter().any(|step| matches!(
                step,
                Step::Do(
                    Operation::Assign { point, .. }
                    | Operation::Remove { point, .. }
                    | Operation::Redistribute { point, .. }
                    | Operation::Cancel { point, .. }
                ) if *point == entry.point
            ));
            prop_assert!(named, "{} is named nowhere in {shrunk:?}", entry.point);
        }
    }

    #[test]
    fn what_is_left_keeps_the_name_and_only_points_and_sites_of_the_whole((plan, first, second) in plan_and_kinds()) {
        let shrunk = shrink(&plan, AMPLE, |plan| contains(plan, first, second));
        prop_assert_eq!((&shrunk.name, shrunk.seed), (&plan.name, plan.seed));
        for left in &shrunk.tree.points {
            let known = plan.tree.points.iter().any(|entry| entry.point == left.point);
            prop_assert!(known, "{} is new", left.point);
        }
        for left in &shrunk.tree.sites {
            prop_assert!(plan.tree.sites.contains(left), "{} is new", left.site);
        }
        prop_assert_eq!(read_plan(&write_plan(&shrunk)), Ok(shrunk));
    }

    #[test]
    fn a_plan_that_fails_only_in_whole_stays_as_it_is(bytes in vec(any::<u8>(), 0..200)) {
        let plan = plan_of(&bytes);
        prop_assert_eq!(shrink(&plan, AMPLE, |candidate| *candidate == plan), plan);
    }

    #[test]
    fn it_is_asked_no_oftener_than_its_budget_and_still_fails(
        (plan, first, second) in plan_and_kinds(),
        budget in 0_usize..120,
    ) {
        let mut asked = 0;
        let shrunk = shrink(&plan, budget, |plan| {
            asked += 1;
            contains(plan, first, second)
        });
        prop_assert!(asked <= budget, "asked {asked} times of {budget}");
        prop_assert!(contains(&shrunk, first, second));
    }

    #[test]
    fn what_is_small_already_stays_as_it_is((plan, first, second) in plan_and_kinds()) {
        let fails = |plan: &Plan| contains(plan, first, second);
        let once = shrink(&plan, AMPLE, fails);
        prop_assert_eq!(shrink(&once, AMPLE, fails), once);
    }
}

#[test]
fn without_a_budget_nothing_is_asked_and_nothing_changes() {
    let plan = build::Build::new("p", "", &["PS1", "DP1@PS1"])
        .write("S1", "a.txt", "one")
        .create("P1", PackageClass::Package, "S1")
        .settle()
        .plan();
    assert_eq!(shrink(&plan, 0, |_| unreachable!("it was asked without a budget")), plan);
}

#[test]
fn a_plan_that_always_fails_shrinks_to_one_step_at_most_at_its_owner() {
    let plan = build::Build::new("p", "", &["PS1", "PS2<PS1", "PS3<PS2", "DP1@PS3"])
        .write("S1", "a.txt", "one")
        .create("P1", PackageClass::Package, "S1")
        .assign("P1", "DP1")
        .settle()
        .plan();
    let shrunk = shrink(&plan, AMPLE, |_| true);
    assert!(shrunk.steps.len() <= 1, "{:?}", shrunk.steps);
    assert_eq!(shrunk.tree, build::tree(&["PS1"]));
}

/// Every further question is then about a short plan.
#[test]
fn the_first_questions_take_away_what_heals_nothing_and_all_that_is_long() {
    let long = "p".repeat(200);
    let plan = build::Build::new("p", "", &["PS1", "DP1@PS1"])
        .write("S1", &long, &"text ".repeat(1000))
        .create("P1", PackageClass::Package, "S1")
        .restore("S1")
        .assign("P1", "DP1")
        .settle()
        .plan();
    let others = |plan: &Plan| plan.steps.iter().filter(|step| kind(step) != "heal").count();
    let all = others(&plan);
    let shrunk = shrink(&plan, 3, |candidate| others(candidate) == all);
    let text = write_plan(&shrunk);
    assert!(!text.contains("heal") && !text.contains(&long) && text.len() < 1000, "{text}");
}

/// Two ways to ask for the same are told as one, where either shows it.
#[test]
fn a_property_that_asks_for_a_refresh_shrinks_to_the_call() {
    let plan = build::Build::new("p", "", &["PS1"])
        .create("P1", PackageClass::Package, "S1")
        .put("P1", Properties { refresh_pkg_source_flag: Some(true), ..Properties::default() })
        .plan();
    let asks = |step: &Step| match step {
        Step::Do(Operation::Put { properties, .. }) => {
            properties.refresh_pkg_source_flag == Some(true)
        }
        step => kind(step) == "refresh",
    };
    let shrunk = shrink(&plan, AMPLE, |plan| plan.steps.iter().any(asks));
    assert_eq!(shrunk.steps.iter().map(kind).collect::<Vec<_>>(), ["refresh"]);
}
