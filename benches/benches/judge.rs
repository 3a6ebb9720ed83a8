//! What the suite itself costs: drawing plans, running them on the reference in process, and judging what happened.
//!
//! No implementation is measured here. Every seed is fixed, so that two runs measure the same plans.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pkgsource::adapter::Adapter;
use pkgsource::plan::Plan;
use pkgsource::plan::generate::{Scope, from_seed};
use pkgsource::run::{Bounds, run_plan};
use pkgsource::subjects::built_in;
use pkgsource::verify::judge;
use pkgsource_model::history::History;
use pkgsource_model::judge::Requirements;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

const SEED: u64 = 1;

fn reference() -> Box<dyn Adapter> {
    built_in("reference", SEED).expect("a built-in adapter")
}

fn plans(scope: &Scope, count: u64) -> Vec<Plan> {
    (0..count).map(|nth| from_seed(SEED + nth, scope)).collect()
}

/// The reference works inline and needs no folder.
fn history(reference: &mut dyn Adapter, plan: &Plan) -> History {
    let run = run_plan(reference, plan, &Bounds::default(), Path::new(""));
    assert!(run.fault.is_none(), "{}: {:?}", plan.name, run.fault);
    run.history.expect("the reference builds every tree")
}

/// Drawing plans, as their number grows. Expected: linear, plans per second stay the same.
fn generate(c: &mut Criterion) {
    let mut group = c.benchmark_group("plan/generate");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    let scope = Scope::of(reference().capabilities());
    for count in [10, 100, 1_000] {
        group.throughput(Throughput::Elements(count));
        group.bench_with_input(BenchmarkId::new("plans", count), &count, |b, &count| {
            b.iter(|| plans(black_box(&scope), count));
        });
    }
    group.finish();
}

/// Running plans on the reference in process, as their number grows; the elements are steps of the plans, and a `look` or
/// `settle` is one step however much it reads. Expected: linear, since every plan starts in an empty world.
fn run(c: &mut Criterion) {
    let mut group = c.benchmark_group("run/reference");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    let mut reference = reference();
    let scope = Scope::of(reference.capabilities());
    for count in [10, 100, 1_000] {
        let plans = plans(&scope, count);
        let steps = plans.iter().map(|plan| plan.steps.len() as u64).sum();
        group.throughput(Throughput::Elements(steps));
        group.bench_function(BenchmarkId::new("plans", count), |b| {
            b.iter(|| {
                plans.iter().map(|plan| history(&mut *reference, plan).events.len()).sum::<usize>()
            });
        });
    }
    group.finish();
}

/// Entering and judging the histories of the reference, as plans grow, with the oracle and without; the elements are
/// events. Expected: linear in events either way, since packages are judged one by one and the readings are found in a
/// number of passes that the questions set. The oracle adds a factor, not a power: its search is lazy and has a budget.
fn verdict(c: &mut Criterion) {
    let mut group = c.benchmark_group("judge/history");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    let mut reference = reference();
    let scope = Scope::of(reference.capabilities());
    for count in [10, 100, 1_000] {
        let plans = plans(&scope, count);
        let histories: Vec<History> =
            plans.iter().map(|plan| history(&mut *reference, plan)).collect();
        let events = histories.iter().map(|history| history.events.len() as u64).sum();
        group.throughput(Throughput::Elements(events));
        for (name, explain) in [("clauses", false), ("clauses_and_oracle", true)] {
            let requirements = Requirements { explain, ..Requirements::default() };
            group.bench_function(BenchmarkId::new(name, count), |b| {
                b.iter(|| judge(black_box(&histories), &requirements));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, generate, run, verdict);
criterion_main!(benches);
