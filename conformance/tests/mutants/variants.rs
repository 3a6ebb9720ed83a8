//! No variant raises an alarm, and those that differ by what they do and not by a reading do it.

use pkgsource::kill::clear_variant;
use pkgsource::mutants::{Variant, variants};
use pkgsource::plan::Build;
use pkgsource::run::{Bounds, run_plan};
use pkgsource_model::judge::Doubt;
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{PackageClass, PointState};
use std::path::Path;

/// How many plans an ordinary run gives each variant; `pkgsource mutants --plans N` gives more.
const PLANS: usize = 40;

#[test]
fn no_variant_raises_an_alarm() {
    for variant in variants() {
        let clearance = clear_variant(variant, PLANS, 1);
        assert_eq!(clearance.plans, PLANS, "{}", variant.name);
        assert_eq!(clearance.alarms, [], "{}", variant.name);
        let refuses = |doubt: &&Doubt| matches!(doubt, Doubt::RefusedWithoutCause(..));
        assert_eq!(clearance.doubts.iter().find(refuses), None, "{}", variant.name);
    }
}

/// The states that the last look showed of a plan's points.
fn states(variant: &str, build: Build, looks: usize) -> Vec<PointState> {
    let variant = Variant::by_name(variant).expect("a variant of this name");
    let run = run_plan(&mut variant.adapter(1), &build.plan(), &Bounds::default(), Path::new(""));
    let events = run.history.expect("the reference builds every tree").events;
    let states = events.iter().filter_map(|event| match &event.reply {
        Reply::Ok(Answer::Point(status)) => Some(status.state),
        _ => None,
    });
    let states: Vec<PointState> = states.collect();
    states.into_iter().rev().take(looks).collect()
}

fn cancelled_in_time() -> Build {
    Build::new("cancelled", "", &["PS1", "DP1@PS1"])
        .write("S1", "a.txt", "one")
        .create("P1", PackageClass::Package, "S1")
        .assign("P1", "DP1")
        .cancel("P1", "DP1")
        .settle()
}

#[test]
fn a_point_that_was_cancelled_in_time_has_failed() {
    let states = states("cancels-in-time", cancelled_in_time(), 1);
    assert_eq!(states, [PointState::InstallFailed]);
}

#[test]
fn a_refresh_that_succeeds_brings_a_cancelled_point_back() {
    let plan = cancelled_in_time().write("S1", "a.txt", "two!").refresh("P1").settle();
    assert_eq!(states("cancels-in-time", plan, 1), [PointState::Installed]);
}

#[test]
fn a_refresh_that_fails_leaves_a_cancelled_point_failed() {
    let plan = cancelled_in_time().lose("S1").refresh("P1").settle();
    assert_eq!(states("cancels-in-time-and-fails-later", plan, 1), [PointState::InstallFailed]);
}

#[test]
fn a_cancel_that_comes_too_late_is_ignored() {
    let plan = Build::new("late", "", &["PS1", "DP1@PS1"])
        .write("S1", "a.txt", "one")
        .create("P1", PackageClass::Package, "S1")
        .assign("P1", "DP1")
        .settle()
        .cancel("P1", "DP1")
        .settle();
    assert_eq!(states("cancels-in-time", plan, 1), [PointState::Installed]);
}

#[test]
fn a_point_that_waits_is_retried_by_the_one_that_retries() {
    let plan = Build::new("retried", "", &["PS1", "DP1@PS1"])
        .write("S1", "a.txt", "one")
        .create("P1", PackageClass::Package, "S1")
        .assign("P1", "DP1")
        .look()
        .look();
    let states = states("retrying", plan, 2);
    assert!(states.contains(&PointState::InstallRetrying), "{states:?}");
}

#[test]
fn an_idle_that_a_plan_asks_for_tells_that_nothing_is_left_to_do_only_where_it_is_true() {
    let plan = Build::new("asked", "", &["PS1", "DP1@PS1"])
        .create("P1", PackageClass::Package, "S1")
        .operation(Operation::Idle {})
        .operation(Operation::Clock { advance_ms: 3_600_000 })
        .operation(Operation::Idle {})
        .plan();
    let variant = Variant::by_name("lagging").expect("a variant of this name");
    let run = run_plan(&mut variant.adapter(1), &plan, &Bounds::default(), Path::new(""));
    let history = run.history.expect("the reference builds every tree");
    let told: Vec<_> = history.events.iter().map(|event| event.reply.clone()).collect();
    let [_, busy, _, idle] = &told[..] else { panic!("{told:?}") };
    assert_eq!(*busy, Reply::Ok(Answer::Idle(false)));
    assert_eq!(*idle, Reply::Ok(Answer::Idle(true)));
    let settled: Vec<u64> = history.settled.iter().map(|settled| settled.at).collect();
    assert_eq!(settled, [history.events[3].returned.unwrap() + 1]);
}
