//! Lives of a package, its source and its points: what is created again, moved and comes back, asked for twice, or fails
//! and is asked for in another way. What one life leaves behind shows in the next.

use super::{begun, short, two_files};
use crate::plan::Build;
use crate::plan::build::{self, moved, named, package, refresh_flag, write};
use pkgsource_model::classes::Additions;
use pkgsource_model::operation::Properties;
use pkgsource_model::words::{PackageClass, SourceFlag};

/// The plans of one class.
pub(super) fn of_class(class: PackageClass, entries: &[&str]) -> Vec<Build> {
    let start = |name: &str, about: &str| begun(class, entries, name, about);
    let mut plans = vec![
        created_twice(start, class),
        created_at_once(start, class),
        came_back(start),
        moved_unseen(start),
        failed_then_moved(start),
        written_beside(start),
        one_of_two(start),
        first_point_late(class, entries),
        alike(class),
    ];
    plans.extend(given_twice(start, class));
    plans
}

/// The id is there already; then the package goes while it shows a failure, and another comes.
fn created_twice(start: impl Fn(&str, &str) -> Build, class: PackageClass) -> Build {
    start("created-twice", "a package is created although it is there, fails, and is created again")
        .edit("S2", vec![write("x.txt", "another package's")])
        .write("S1", "a.txt", "two")
        .refresh("P1")
        .settle()
        .create("P1", class, "S2")
        .settle()
        .write("S1", "a.txt", "three")
        .create("P1", class, "S1")
        .assign("P1", "DP2")
        .settle()
        .refresh("P1")
        .create("P1", class, "S1")
        .settle()
        .lose("S1")
        .refresh("P1")
        .settle()
        .restore("S1")
        .delete("P1")
        .settle()
        .create("P1", class, "S1")
        .settle()
        .assign("P1", "DP1")
        .settle()
}

/// What was asked of the old package may still wait when the new one is there.
fn created_at_once(start: impl Fn(&str, &str) -> Build, class: PackageClass) -> Build {
    start("created-at-once", "a refresh, a deletion and a creation, one right after the other")
        .edit("S2", vec![write("x.txt", "another package's")])
        .write("S1", "a.txt", "two")
        .refresh("P1")
        .delete("P1")
        .create("P1", class, "S2")
        .settle()
        .assign("P1", "DP1")
        .settle()
}

/// A source is edited while the package has another one.
fn came_back(start: impl Fn(&str, &str) -> Build) -> Build {
    start("came-back", "the package goes to another source and back to the first, edited meanwhile")
        .edit("S2", vec![write("x.txt", "elsewhere"), write("a.txt", "another one")])
        .put("P1", moved("S2"))
        .refresh("P1")
        .settle()
        .edit("S1", vec![write("a.txt", "edited while away")])
        .put("P1", moved("S1"))
        .refresh("P1")
        .settle()
}

/// The package has another source that nobody has refreshed yet, and its points are served.
fn moved_unseen(start: impl Fn(&str, &str) -> Build) -> Build {
    start("moved-unrefreshed", "another source is written, and points come before it is refreshed")
        .edit("S2", vec![write("x.txt", "elsewhere"), write("a.txt", "another one")])
        .put("P1", moved("S2"))
        .settle()
        .assign("P1", "DP2")
        .redistribute("P1", "DP1")
        .settle()
        .remove("P1", "DP1")
        .assign("P1", "DP1")
        .settle()
        .refresh("P1")
        .settle()
}

/// A refresh that fails, then one of another source, before anybody looks.
fn failed_then_moved(start: impl Fn(&str, &str) -> Build) -> Build {
    let both = Properties { refresh_pkg_source_flag: Some(true), ..moved("S2") };
    start("failed-then-moved", "a refresh in vain, then another source and a refresh at once")
        .edit("S2", vec![write("x.txt", "elsewhere")])
        .lose("S1")
        .put("P1", refresh_flag())
        .restore("S1")
        .put("P1", both)
        .settle()
        .lose("S2")
        .refresh("P1")
        .restore("S2")
        .put("P1", moved("S1"))
        .refresh("P1")
        .settle()
}

/// `SourceVersion` among other properties, and schedules where there is no source to be read.
fn written_beside(start: impl Fn(&str, &str) -> Build) -> Build {
    let schedule = |count| build::schedule(package("P1"), count);
    let version = |number| Properties { source_version: Some(number), ..Properties::default() };
    let both = Properties { source_version: Some(7), ..named("another") };
    let flag = |flag| Properties { source_flag: Some(flag), ..Properties::default() };
    start("written-beside", "SourceVersion beside a name, a schedule without a source")
        .put("P1", version(1))
        .settle()
        .put("P1", both)
        .settle()
        .put("P1", named("a third"))
        .settle()
        .put("P1", flag(SourceFlag::NoSource))
        .settle()
        .operation(schedule(1))
        .operation(schedule(0))
        .settle()
        .put("P1", flag(SourceFlag::Direct))
        .operation(schedule(1))
        .put("P1", flag(SourceFlag::NoSource))
        .operation(schedule(1))
        .settle()
}

/// Two deliveries of which one is cancelled, first of a package that is new there, then of a refresh.
fn one_of_two(start: impl Fn(&str, &str) -> Build) -> Build {
    start("one-of-two", "two points wait for content, and one is cancelled")
        .assign("P1", "DP2")
        .redistribute("P1", "DP1")
        .cancel("P1", "DP2")
        .settle()
        .write("S1", "a.txt", "two")
        .refresh("P1")
        .cancel("P1", "DP1")
        .settle()
}

/// The first version is of what the source held when the package came, not of what it holds when a point does.
fn first_point_late(class: PackageClass, entries: &[&str]) -> Build {
    two_files(class, entries, "first-point-late", "the source is edited before any point is there")
        .settle()
        .write("S1", "a.txt", "two, and longer")
        .assign("P1", "DP1")
        .settle()
        .refresh("P1")
        .settle()
}

/// A site that has no point itself stands between the owner and the points.
pub(super) fn relayed(class: PackageClass) -> Build {
    let entries = ["PS1", "PS2<PS1", "PS3<PS2", "DP1@PS2", "DP2@PS3", "DP3@PS3"];
    let about = "points come and go below a site, which has them, has none, and has them again";
    Build::new(&format!("relayed-{}", short(class)), about, &entries)
        .write("S1", "a.txt", "one")
        .create("P1", class, "S1")
        .assign("P1", "DP1")
        .assign("P1", "DP2")
        .settle()
        .remove("P1", "DP1")
        .settle()
        .write("S1", "a.txt", "two, and longer")
        .refresh("P1")
        .settle()
        .assign("P1", "DP3")
        .settle()
        .remove("P1", "DP2")
        .remove("P1", "DP3")
        .settle()
        .write("S1", "a.txt", "three")
        .refresh("P1")
        .settle()
        .assign("P1", "DP2")
        .assign("P1", "DP1")
        .settle()
}

/// Points and packages of which one's name begins with the other's.
fn alike(class: PackageClass) -> Build {
    Build::new(
        &format!("alike-{}", short(class)),
        "points of which one's name begins with the other's",
        &["PS1", "DP1@PS1", "DP10@PS1"],
    )
    .write("S1", "a.txt", "one")
    .create("P1", class, "S1")
    .assign("P1", "DP1")
    .assign("P1", "DP10")
    .settle()
    .remove("P1", "DP1")
    .settle()
    .write("S1", "a.txt", "two")
    .refresh("P1")
    .settle()
    .assign("P1", "DP1")
    .remove("P1", "DP10")
    .settle()
}

/// The same is given twice with other bytes, and the same `ContextID` comes again after a failure.
fn given_twice(start: impl Fn(&str, &str) -> Build, class: PackageClass) -> Vec<Build> {
    let given = |plan: Build, text: &str| {
        let addition = build::addition_of(class, package("P1"), "added/net.inf", text);
        addition.into_iter().fold(plan, Build::operation)
    };
    let again = |plan: Build, text| given(plan, text).refresh("P1").settle();
    let twice = || {
        let plan = start("given-twice", "the same path is given twice with other bytes");
        again(again(plan, "one"), "two, and longer").refresh("P1").settle()
    };
    let contexts = || {
        start("context-again", "a refresh fails with a ContextID, which comes again")
            .lose("S1")
            .refresh_with("P1", "context-1")
            .settle()
            .restore("S1")
            .refresh_with("P1", "context-1")
            .settle()
    };
    let additions = class.entry().additions;
    let many = || {
        let plan = start("given-at-once", "seven things are given before one refresh");
        let give = |plan: Build, nth: usize| {
            let at = build::addition(class, package("P1"), &format!("one-of-seven-{nth}"));
            at.into_iter().fold(plan, Build::operation)
        };
        (1..=7).fold(plan, give).refresh("P1").settle()
    };
    let kept = || {
        let plan = start("given-and-kept", "what was given stays while the package has no point");
        given(plan, "one")
            .refresh("P1")
            .settle()
            .remove("P1", "DP1")
            .settle()
            .refresh("P1")
            .settle()
            .assign("P1", "DP1")
            .settle()
    };
    let given: [&dyn Fn() -> Build; 3] = [&twice, &many, &kept];
    let twice = given.into_iter().filter(|_| additions != Additions::None).map(|plan| plan());
    twice.chain(class.entry().context.then(contexts)).collect()
}
