//! The covering plans reach all that they should: every value of every dimension and every pair, on the default adapter
//! and on one that claims little; and each of them is a valid plan.

use crate::scope;
use crate::validity::flaw;
use pkgsource::plan::coverage::{Coverage, Dimension, Spot, covering, impossible, situations};
use pkgsource::plan::generate::Scope;
use pkgsource::plan::{Build, build, read_plan, write_plan};
use pkgsource::subjects::built_in;
use pkgsource::verify::{Settings, plans};
use pkgsource_model::operation::{Operation, OperationKind, Properties};
use pkgsource_model::words::{Body, PackageClass};

/// The pairs that are not met, in words.
fn missing(coverage: &Coverage) -> Vec<String> {
    let name = |spot: Spot| format!("{:?}: {}", spot.dimension(), spot.value().name);
    coverage.unmet().map(|(one, other)| format!("{}, {}", name(one), name(other))).collect()
}

#[test]
fn the_default_run_on_the_folder_meets_every_value_and_every_pair_of_two_dimensions() {
    let adapter = built_in("folder", 1).expect("a built-in adapter");
    let mut coverage = Coverage::of(&Scope::of(adapter.capabilities()));
    assert!(coverage.all() > 10_000, "{} values and pairs are few", coverage.all());
    for plan in plans(adapter.as_ref(), &Settings { plans: 0, ..Settings::new(1) }) {
        coverage.meet(&plan);
    }
    assert_eq!(missing(&coverage), Vec::<String>::new());
}

/// What the smallest useful adapter claims: one class, three operations, one site.
fn least() -> Scope {
    let operations = vec![
        OperationKind::Create,
        OperationKind::Assign,
        OperationKind::Refresh,
        OperationKind::Edit,
    ];
    let classes = vec![PackageClass::Package];
    Scope { classes, operations, child_sites: false, ..scope("folder") }
}

#[test]
fn what_an_adapter_does_not_claim_is_not_asked_of_it_and_the_rest_is_met() {
    let mut plans = covering(&least(), Coverage::of(&least()));
    let all = Coverage::of(&scope("folder")).all();
    assert!(plans.coverage().all() < all);
    for plan in plans.by_ref() {
        assert_eq!(plan.tree.sites.len(), 1, "{}", plan.name);
        for step in crate::validity::operations(&plan) {
            let is_served = least().operations.contains(&step.kind()) || step.kind().is_world();
            assert!(is_served, "{step:?}");
        }
    }
    assert_eq!(missing(plans.coverage()), Vec::<String>::new());
}

#[test]
fn covering_plans_are_valid_few_and_equal_for_equal_scopes() {
    let [one, other] = [0, 1].map(|_| {
        let plans: Vec<_> = covering(&least(), Coverage::of(&least())).collect();
        plans
    });
    assert!(one == other, "two runs of one scope differ");
    assert!(one.len() < 100, "{} plans are not few", one.len());
    for plan in &one {
        assert_eq!(flaw(plan), Ok(()), "{}", plan.name);
        assert_eq!(read_plan(&write_plan(plan)).as_ref(), Ok(plan));
    }
}

#[test]
fn every_value_has_a_name_and_a_reason_and_is_possible_with_itself() {
    for dimension in Dimension::ALL {
        assert!(dimension.asks().ends_with('?'));
        for spot in dimension.spots() {
            assert_eq!(spot.dimension(), *dimension);
            assert!(!spot.value().name.is_empty() && !spot.value().because.is_empty());
            assert_eq!(impossible(spot, spot), None, "{:?}", spot.value());
        }
    }
}

/// The names of the values that a plan of one package meets in its situations.
fn met(plan: &Build) -> Vec<String> {
    let spots = situations(&plan.clone().plan()).into_iter().flat_map(|situation| situation.spots);
    let mut names: Vec<String> =
        spots.map(|spot| format!("{:?}: {}", spot.dimension(), spot.value().name)).collect();
    names.sort();
    names.dedup();
    names
}

fn begun() -> Build {
    Build::new("p", "", &["PS1", "DP1@PS1", "DP2@PS1"])
        .write("S1", "a.txt", "one")
        .create("P1", PackageClass::Package, "S1")
        .assign("P1", "DP1")
        .settle()
}

#[test]
fn a_refresh_is_recognised_with_all_that_surrounds_it() {
    let plan = begun()
        .edit("S1", vec![build::write_keeping_time("a.txt", "two")])
        .refresh("P1")
        .look()
        .settle()
        .write("S1", "a.txt", "three")
        .assign("P1", "DP2")
        .settle();
    let expected = [
        "After: an edit, then a point is assigned",
        "Asked: by a call",
        "Assigned: a point of each site is left out",
        "Before: nothing",
        "Bytes: lines that end in LF",
        "Change: of equal size and time",
        "Changed: one file",
        "Class: SMS_Package",
        "Company: no other package",
        "Files: one file",
        "Meanwhile: a look",
        "Name: a plain name",
        "Points: one point",
        "Sites: at the owner alone",
        "Version: 2",
        "Waiting: nothing",
    ];
    assert_eq!(met(&plan), expected);
}

/// Of a driver package whose update is asked for by the flag beside something else, while added content waits.
#[test]
fn it_is_recognised_how_an_update_is_asked_for_and_what_waits_for_it() {
    let flag = || Properties { refresh_pkg_source_flag: Some(true), ..Properties::default() };
    let met_by = |properties: Properties| {
        let plan = Build::new("p", "", &["PS1", "PS2<PS1", "DP1@PS1"])
            .write("S1", "a.txt", "one")
            .create("P1", PackageClass::Driver, "S1")
            .assign("P1", "DP1")
            .settle()
            .operation(Operation::AddContent {
                package: build::package("P1"),
                path: build::path("added.inf"),
                file: Body::Text("added".into()),
                refresh_points: false,
            })
            .put("P1", properties)
            .settle();
        met(&plan)
            .into_iter()
            .filter(|spot| spot.starts_with("Asked") || spot.starts_with("Waiting"))
            .collect::<Vec<String>>()
    };
    let waiting = "Waiting: a driver, or content";
    assert_eq!(met_by(flag()), ["Asked: by RefreshPkgSourceFlag", waiting]);
    let named = Properties { name: Some("n".into()), ..flag() };
    assert_eq!(met_by(named), ["Asked: by the flag beside another property", waiting]);
    let moved = Properties { source: Some(build::source("S1")), ..flag() };
    assert_eq!(met_by(moved), ["Asked: by the flag beside another source path", waiting]);
}

#[test]
fn a_refresh_that_nobody_waited_for_or_that_reaches_no_point_meets_nothing() {
    assert_eq!(met(&begun().refresh("P1")), Vec::<String>::new());
    let pointless = Build::new("p", "", &["PS1", "DP1@PS1"])
        .create("P1", PackageClass::Package, "S1")
        .refresh("P1")
        .settle();
    assert_eq!(met(&pointless), Vec::<String>::new());
}

#[test]
fn a_pair_counts_where_the_class_promises_the_points_and_elsewhere_the_class_alone() {
    let of = |class| {
        Build::new("p", "", &["PS1", "DP1@PS1"])
            .create("P1", class, "S1")
            .assign("P1", "DP1")
            .refresh("P1")
            .settle()
            .plan()
    };
    let met = |class| {
        let mut coverage = Coverage::of(&scope("folder"));
        let before = coverage.left();
        coverage.meet(&of(class));
        before - coverage.left()
    };
    assert!(met(PackageClass::Package) > 3 * met(PackageClass::Content));
    assert!(met(PackageClass::Content) > 0);
}
