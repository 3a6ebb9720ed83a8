//! Situations in which mutants show themselves that live through every scenario and nearly every generated plan: two
//! packages at one point, writes of other values, names that differ in case, a long row of refreshes, many points.

use crate::plan::Plan;
use crate::plan::build::{self, Build, write};
use pkgsource_model::operation::{Change, Operation, Properties};
use pkgsource_model::words::{Body, PackageClass};

const TREE: [&str; 8] =
    ["PS1", "PS2<PS1", "PS3<PS1", "DP1@PS1", "DP2@PS1", "DP3@PS2", "DP4@PS3", "DP5@PS1"];

fn rename(from: &str, to: &str) -> Change<Body> {
    Change::Rename { from: build::path(from), to: build::path(to) }
}

fn delete(file: &str) -> Change<Body> {
    Change::Delete { path: build::path(file) }
}

/// A package of two files at two points.
fn two_files(name: &str, class: PackageClass) -> Build {
    Build::new(name, "", &TREE)
        .edit("S1", vec![write("a.txt", "one"), write("folder/b.txt", "two and more")])
        .create("P1", class, "S1")
        .assign("P1", "DP1")
        .assign("P1", "DP3")
        .settle()
}

/// A change of the source, then a refresh.
fn changed(build: Build, changes: Vec<Change<Body>>) -> Build {
    build.edit("S1", changes).refresh("P1").settle()
}

/// Every plan, for packages of one class.
#[must_use]
pub fn situations(class: PackageClass) -> Vec<Plan> {
    let mut list = of_files(class);
    list.extend(of_life(class));
    list.extend(of_writes(class));
    list.into_iter().map(Build::plan).collect()
}

fn of_files(class: PackageClass) -> Vec<Build> {
    let start = |name| two_files(name, class);
    let renamed = |name, from: &str, to: &str| changed(start(name), vec![rename(from, to)]);
    let odd = [
        ".hidden/x",
        "draft.tmp",
        "old.bak",
        "name~",
        "stop.",
        "Capital.TXT",
        "-dash",
        "a b",
        "e\u{301}",
        "one/two/three/four",
    ];
    let mut odd: Vec<_> = odd.into_iter().map(|name| write(name, "odd")).collect();
    let long = [vec!["d".repeat(100); 3].join("/"), "n".repeat(200)];
    odd.extend(long.iter().map(|name| write(name, "long")));
    odd.push(write("empty", ""));
    vec![
        renamed("renamed-in-case", "a.txt", "A.txt"),
        renamed("moved-alone", "a.txt", "elsewhere/a.txt"),
        renamed("renamed-alone", "a.txt", "z.txt"),
        changed(start("file-to-folder"), vec![delete("a.txt"), write("a.txt/inner.txt", "inner")]),
        changed(
            changed(
                changed(start("comes-back"), vec![write("a.txt", "two and a half")]),
                vec![write("folder/b.txt", "three")],
            ),
            vec![write("a.txt", "one")],
        ),
        changed(start("both-rewritten"), vec![write("a.txt", "1"), write("folder/b.txt", "2")]),
        changed(
            start("rewritten-and-new"),
            vec![write("a.txt", "rewritten"), write("c.txt", "new")],
        ),
        changed(start("two-gone"), vec![delete("a.txt"), delete("folder/b.txt")]),
        changed(start("odd-names"), odd),
    ]
}

fn of_life(class: PackageClass) -> Vec<Build> {
    let two = |name: &str, second: &str| {
        Build::new(name, "", &TREE)
            .edit("S1", vec![write("same.txt", "one"), write("own.txt", "own")])
            .edit("S2", vec![write("same.txt", "another"), write("else.txt", "else")])
            .create("P1", class, "S1")
            .create("P2", class, second)
            .assign("P1", "DP1")
            .assign("P2", "DP1")
            .settle()
    };
    let mut long = two_files("long", class);
    for version in 2..9 {
        long = changed(long, vec![write("a.txt", &"x".repeat(version))]);
    }
    let many = ["PS1", "DP1@PS1", "DP2@PS1", "DP3@PS1", "DP4@PS1", "DP5@PS1", "DP6@PS1"];
    let mut points =
        Build::new("many-points", "", &many).write("S1", "a.txt", "one").create("P1", class, "S1");
    for nth in 1..=6 {
        points = points.assign("P1", &format!("DP{nth}"));
    }
    vec![
        two("neighbour-deleted", "S2").refresh("P2").settle().delete("P1").settle(),
        two("sibling-deleted", "S1").delete("P1").settle(),
        two("same-name-dropped", "S2").edit("S1", vec![delete("same.txt")]).refresh("P1").settle(),
        two("emptied", "S2")
            .edit("S1", vec![delete("same.txt"), delete("own.txt")])
            .refresh("P1")
            .settle(),
        long,
        changed(points.settle(), vec![write("a.txt", "longer")]),
        two_files("created-again", class)
            .delete("P1")
            .settle()
            .write("S1", "a.txt", "of the second life")
            .create("P1", class, "S1")
            .assign("P1", "DP1")
            .settle(),
        two_files("lost-after-an-edit", class)
            .write("S1", "a.txt", "edited and not refreshed")
            .lose("S1")
            .refresh("P1")
            .settle()
            .restore("S1")
            .settle(),
        two_files("redistributed-after-an-edit", class)
            .write("S1", "a.txt", "edited and not refreshed")
            .redistribute("P1", "DP1")
            .settle()
            .redistribute("P1", "DP3")
            .settle()
            .cancel("P1", "DP1")
            .settle()
            .remove("P1", "DP1")
            .settle()
            .assign("P1", "DP1")
            .settle(),
        looked_at_between(class),
    ]
}

/// Looks between two refreshes, before everything is done and after.
fn looked_at_between(class: PackageClass) -> Build {
    let mut build = two_files("looked-at-between", class).assign("P1", "DP4").settle();
    for text in ["two", "three!", "and four"] {
        build = build.write("S1", "a.txt", text).refresh("P1").look().look().look().look().settle();
    }
    build
}

fn of_writes(class: PackageClass) -> Vec<Build> {
    let flag = |value| Properties { refresh_pkg_source_flag: Some(value), ..Properties::default() };
    let tokens = |count: usize| Operation::SetSchedule {
        package: build::package("P1"),
        tokens: vec![build::daily(); count],
    };
    let written = |value| Properties { source_version: Some(value), ..Properties::default() };
    let sourceless =
        Operation::Create { package: build::package("P1"), class, source: None, source_flag: None };
    let bare = |name: &str| {
        Build::new(name, "", &TREE).write("S1", "a.txt", "one").create("P1", class, "S1")
    };
    vec![
        two_files("flag-twice", class)
            .put("P1", flag(true))
            .settle()
            .put("P1", flag(true))
            .settle(),
        two_files("flag-false", class).put("P1", flag(false)).settle(),
        bare("content-without-points")
            .operation(Operation::AddContent {
                package: build::package("P1"),
                path: build::path("added/one.inf"),
                file: Body::Text("added".into()),
                refresh_points: false,
            })
            .refresh("P1")
            .settle()
            .assign("P1", "DP1")
            .settle(),
        bare("flag-without-points").put("P1", flag(true)).settle(),
        bare("version-without-points").settle().put("P1", written(7)).settle(),
        Build::new("schedule-without-source", "", &TREE)
            .operation(sourceless)
            .operation(tokens(3))
            .settle(),
        bare("schedules").operation(tokens(1)).operation(tokens(16)).operation(tokens(40)).settle(),
    ]
}
