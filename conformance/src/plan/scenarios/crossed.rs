//! Situations that are two at once: a package without a source and every operation, an absent source and every way to
//! ask, a delivery that was given up and everything that may follow. Each plan goes through one row of such a table.

use super::{begun, rename, short, two_files};
use crate::plan::Build;
use crate::plan::build::{self, named, package, path, point, refresh_flag, site};
use pkgsource_model::classes::Additions;
use pkgsource_model::operation::{Operation, Properties};
use pkgsource_model::words::{Body, PackageClass, SourceFlag};

/// The plans of one class.
pub(super) fn of_class(class: PackageClass, entries: &[&str], has_child: bool) -> Vec<Build> {
    let start = |name: &str, about: &str| begun(class, entries, name, about);
    let mut plans = vec![
        asked_in_vain(start, class, has_child),
        given_up(start),
        without_source(
            start("source-dropped", "the source is given up, then everything is asked for")
                .put("P1", flag(SourceFlag::NoSource))
                .settle(),
            class,
            has_child,
        ),
        without_points(class, entries, has_child),
        renamed(start),
    ];
    let without = Build::new(
        &format!("source-never-{}", short(class)),
        "a package that never had a source, and everything is asked of it",
        entries,
    )
    .create_sourceless("P1", class)
    .assign("P1", "DP1")
    .settle();
    plans.push(without_source(without, class, has_child));
    plans
}

/// Everything that may be asked of a package that no point has; a point that comes then shows what came of it.
fn without_points(class: PackageClass, entries: &[&str], has_child: bool) -> Build {
    let about = "a package that no point has, every way to ask, and a point in the end";
    let begun = two_files(class, entries, "pointless", about).settle();
    let asked = ways(has_child).into_iter().enumerate().fold(begun, |plan, (nth, way)| {
        let text = "x".repeat(nth + 2);
        given(plan, class, nth).write("S1", "a.txt", &text).operation(way).settle()
    });
    let seen = unasked().into_iter().fold(asked, |plan, other| plan.operation(other).settle());
    let seen = seen.assign("P1", "DP1").settle();
    if class.entry().additions != Additions::Content {
        return seen;
    }
    let again = seen.remove("P1", "DP1").settle();
    at_once(again).settle().assign("P1", "DP1").settle()
}

/// Content that is added to be replicated at once.
fn at_once(plan: Build) -> Build {
    plan.operation(Operation::AddContent {
        package: package("P1"),
        path: path("added/at-once.inf"),
        file: Body::Text("addition at once".into()),
        refresh_points: true,
    })
}

/// Renames that keep the bytes: into another case, into a folder and out of it, and a folder's own name.
fn renamed(start: impl Fn(&str, &str) -> Build) -> Build {
    let steps = [
        ("a.txt", "A.txt"),
        ("A.txt", "folder/A.txt"),
        ("folder/A.txt", "Folder/A.txt"),
        ("Folder/A.txt", "a.txt"),
    ];
    let begun =
        start("renamed-only", "renames alone: in case, into a folder, of the folder, and back");
    steps.into_iter().fold(begun, |plan, (from, to)| {
        plan.edit("S1", vec![rename(from, to)]).refresh("P1").settle()
    })
}

/// Every way to ask while the source is absent, with something waiting where the class takes it; then it comes back.
fn asked_in_vain(
    start: impl Fn(&str, &str) -> Build,
    class: PackageClass,
    has_child: bool,
) -> Build {
    let begun = start("asked-in-vain", "every way to ask while the source is absent, then again");
    ways(has_child).into_iter().enumerate().fold(begun, |plan, (nth, way)| {
        let text = "x".repeat(nth + 1);
        given(plan, class, nth)
            .write("S1", "a.txt", &text)
            .lose("S1")
            .operation(way.clone())
            .settle()
            .restore("S1")
            .settle()
            .operation(way)
            .settle()
    })
}

/// A delivery that is given up, and each thing that may be done about it.
fn given_up(start: impl Fn(&str, &str) -> Build) -> Build {
    let begun = start("given-up", "a cancel in time, and each thing that may follow")
        .assign("P1", "DP2")
        .settle();
    let again = |plan: Build, text: &str| {
        plan.write("S1", "a.txt", text).refresh("P1").cancel("P1", "DP1").settle()
    };
    let plan = again(begun, "1").redistribute("P1", "DP1").settle();
    let plan =
        again(plan, "22").write("S1", "b.txt", "nobody's").redistribute("P1", "DP1").settle();
    let plan = again(plan, "333").remove("P1", "DP1").assign("P1", "DP1").settle();
    let plan = again(plan, "4444").assign("P1", "DP1").settle();
    let plan = again(plan, "55555").refresh("P1").settle();
    let plan = again(plan, "666666").cancel("P1", "DP1").redistribute("P1", "DP2").settle();
    again(plan, "7777777")
        .put("P1", named("another"))
        .write("S1", "a.txt", "8")
        .refresh("P1")
        .settle()
}

/// Everything that may be asked of a package that has no source, with a look after each; then it is given one.
fn without_source(begun: Build, class: PackageClass, has_child: bool) -> Build {
    let asked = ways(has_child).into_iter().fold(begun, |plan, way| plan.operation(way).settle());
    let schedule = build::schedule(package("P1"), 1);
    let asked = given(asked.operation(schedule).settle(), class, 0)
        .redistribute("P1", "DP1")
        .settle()
        .assign("P1", "DP2")
        .settle()
        .cancel("P1", "DP2")
        .remove("P1", "DP2")
        .put("P1", named("another"))
        .settle();
    let direct = super::direct("S1");
    asked.write("S1", "c.txt", "after all").put("P1", direct).refresh("P1").settle()
}

/// Every way to ask for an update.
fn ways(has_child: bool) -> Vec<Operation<Body>> {
    let call = |at| Operation::Refresh { package: package("P1"), context: None, at, class: None };
    let put = |properties| Operation::Put { package: package("P1"), properties };
    let mut ways = vec![
        call(None),
        put(refresh_flag()),
        put(Properties { refresh_pkg_source_flag: Some(true), ..named("beside") }),
    ];
    if has_child {
        ways.push(call(Some(site("PS2"))));
    }
    ways
}

/// Every operation that asks for no update, whether it is refused or not.
fn unasked() -> Vec<Operation<Body>> {
    let (package, point) = (package("P1"), point("DP1"));
    let put = |properties| Operation::Put { package: package.clone(), properties };
    let version = |version| Properties { source_version: Some(version), ..Properties::default() };
    vec![
        put(version(99)),
        put(version(1)),
        put(named("another")),
        put(Properties { refresh_pkg_source_flag: Some(false), ..Properties::default() }),
        Operation::Redistribute { package: package.clone(), point: point.clone() },
        Operation::Cancel { package: package.clone(), point: point.clone() },
        Operation::Remove { package: package.clone(), point },
        build::schedule(package, 1),
    ]
}

/// Something is given to the package beside its source, where its class takes that.
fn given(plan: Build, class: PackageClass, nth: usize) -> Build {
    match build::addition(class, package("P1"), &nth.to_string()) {
        Some(addition) => plan.operation(addition),
        None => plan,
    }
}

fn flag(source_flag: SourceFlag) -> Properties {
    Properties { source_flag: Some(source_flag), ..Properties::default() }
}
