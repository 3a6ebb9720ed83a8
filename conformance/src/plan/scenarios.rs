//! Known situations, one plan each: what the documents describe, and what has hurt somebody before.

mod beside;
mod contexts;
mod crossed;
mod limits;
mod lives;
mod midway;
mod near;
mod sharper;
mod tables;
mod twins;
mod usual;

use super::build::{self, moved, write};
use super::generate::Scope;
use super::{Build, Plan, Step};
use pkgsource_model::classes::{Additions, Points};
use pkgsource_model::operation::{Change, Operation, Properties};
use pkgsource_model::words::{Body, PackageClass, SourceFlag};
use tables::Tables;

const TREE: [&str; 5] = ["PS1", "PS2<PS1", "DP1@PS1", "DP2@PS1", "DP3@PS2"];
const FLAT: [&str; 3] = ["PS1", "DP1@PS1", "DP2@PS1"];

/// The scenarios that an adapter can run: those of every class that it serves, then those that one class stands for.
#[must_use]
pub fn scenarios(scope: &Scope) -> Vec<Plan> {
    let mut plans: Vec<Plan> = scope.classes.iter().flat_map(|&class| of(class, scope)).collect();
    plans.extend(once(scope));
    plans
}

/// The scenarios of one class that an adapter can run.
#[must_use]
pub fn of(class: PackageClass, scope: &Scope) -> Vec<Plan> {
    served(of_class(class, scope), scope)
}

/// The scenarios of which no class needs its own.
#[must_use]
pub fn once(scope: &Scope) -> Vec<Plan> {
    let promised = |class: &&PackageClass| class.entry().points == Points::Promised;
    let class = scope.classes.iter().find(promised).or(scope.classes.first());
    let another = scope.classes.last();
    let Some((&one, &other)) = class.zip(another) else { return Vec::new() };
    let plans = limits::once(one, other, &FLAT).into_iter();
    let plans = plans.chain(near::once(one, &scope.classes, scope.child_sites));
    let plans = plans.chain(twins::once(one, &scope.classes, scope.child_sites));
    let plans = plans.chain(beside::once(one, &scope.classes));
    let takes_a_context = scope.classes.iter().find(|class| class.entry().context);
    let plans = plans.chain(takes_a_context.into_iter().flat_map(|&class| contexts::once(class)));
    let midway =
        if scope.completes_at_return { Vec::new() } else { midway::once(one, scope.child_sites) };
    served(plans.chain(midway).map(Build::plan).collect(), scope)
}

fn served(plans: Vec<Plan>, scope: &Scope) -> Vec<Plan> {
    let is_served = |plan: &Plan| plan.steps.iter().all(|step| is_served(step, scope));
    plans.into_iter().filter(is_served).collect()
}

fn is_served(step: &Step, scope: &Scope) -> bool {
    match step {
        Step::Do(operation) => scope.serves(operation),
        Step::Look {} | Step::Settle {} => true,
    }
}

fn of_class(class: PackageClass, scope: &Scope) -> Vec<Plan> {
    let child_sites = scope.child_sites;
    let entries: &[&str] = if child_sites { &TREE } else { &FLAT };
    let mut plans = usual::of_class(class, entries, child_sites);
    plans.extend(sharper::of_class(class, entries));
    plans.push(sharper::flag_taken(class, entries));
    plans.extend(crossed::of_class(class, entries, child_sites));
    if child_sites {
        plans.push(lives::relayed(class));
    }
    plans.extend(limits::of_class(class, entries));
    plans.extend(lives::of_class(class, entries));
    let serves = |operation: &Operation<Body>| scope.serves(operation);
    plans.extend(Tables { class, entries, serves: &serves }.plans());
    plans.into_iter().map(Build::plan).collect()
}

/// The first of some classes that takes additions of this kind.
fn that_takes(classes: &[PackageClass], what: Additions) -> Option<PackageClass> {
    classes.iter().copied().find(|class| class.entry().additions == what)
}

/// One class for each kind of additions that some classes take.
fn that_take_any(classes: &[PackageClass]) -> impl Iterator<Item = PackageClass> + '_ {
    [Additions::Drivers, Additions::Content]
        .into_iter()
        .filter_map(|what| that_takes(classes, what))
}

/// Content that is added to the first package; it is to reach the points at once, or waits.
fn add_content(at: &str, refresh_points: bool) -> Operation<Body> {
    Operation::AddContent {
        package: build::package("P1"),
        path: build::path(at),
        file: Body::Text(format!("content of {at}")),
        refresh_points,
    }
}

fn delete(file: &str) -> Change<Body> {
    Change::Delete { path: build::path(file) }
}

fn rename(from: &str, to: &str) -> Change<Body> {
    Change::Rename { from: build::path(from), to: build::path(to) }
}

/// What gives a package a source that it had not.
fn direct(name: &str) -> Properties {
    Properties { source_flag: Some(SourceFlag::Direct), ..moved(name) }
}

/// A package of two files that one point has, and everything done.
fn begun(class: PackageClass, entries: &[&str], name: &str, about: &str) -> Build {
    two_files(class, entries, name, about).assign("P1", "DP1").settle()
}

/// A package of two files that no point has.
fn two_files(class: PackageClass, entries: &[&str], name: &str, about: &str) -> Build {
    Build::new(&format!("{name}-{}", short(class)), about, entries)
        .edit("S1", vec![write("a.txt", "one"), write("b.txt", "the second file")])
        .create("P1", class, "S1")
}

/// The class's name without the prefix that all ten share, in lower case.
#[must_use]
pub fn short(class: PackageClass) -> String {
    let name = class.name().trim_start_matches("SMS_");
    let name = if name == "Package" { "Regular" } else { name.trim_end_matches("Package") };
    name.to_lowercase()
}
