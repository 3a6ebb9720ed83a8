//! What is done beside something with which it has nothing to do: beside a failure that shows, a refresh that waits, content
//! that is under way, a flag that is not to be changed, a class that is not the package's. One class stands for all.

use super::{FLAT, add_content, begun, that_take_any, that_takes, two_files};
use crate::plan::Build;
use crate::plan::build::{self, moved, write};
use pkgsource_model::classes::Additions;
use pkgsource_model::operation::{Operation, Properties};
use pkgsource_model::words::{PackageClass, SourceFlag};

/// How many packages come to one point at once.
const CROWD: usize = 12;

const ONE_POINT: [&str; 2] = ["PS1", "DP1@PS1"];

/// The plans; those of additions and of bound flags where `classes` has one that they are about.
pub(super) fn once(class: PackageClass, classes: &[PackageClass]) -> Vec<Build> {
    let bound = classes.iter().copied().find(|class| class.entry().source_flag.is_some());
    let mut plans = vec![
        failure(class),
        last_point_of_a_failure(class),
        only_point(class),
        crowd(class),
        through_every_class(class, classes),
    ];
    plans.extend(bound.map(flag_beside_source));
    plans.extend(that_takes(classes, Additions::Content).map(addition_of_two_kinds));
    for class in that_take_any(classes) {
        plans.extend([addition_of_one_size(class), addition_under_way(class)]);
    }
    plans
}

/// Neither a source path nor a point that goes takes a failure back.
fn failure(class: PackageClass) -> Build {
    begun(class, &FLAT, "beside-failure", "a source path is written while a failure shows")
        .write("S2", "c.txt", "elsewhere")
        .lose("S1")
        .refresh("P1")
        .settle()
        .put("P1", moved("S2"))
        .settle()
}

fn last_point_of_a_failure(class: PackageClass) -> Build {
    begun(class, &FLAT, "beside-failure-point", "the last point goes while a failure shows")
        .lose("S1")
        .refresh("P1")
        .settle()
        .remove("P1", "DP1")
        .settle()
}

fn only_point(class: PackageClass) -> Build {
    begun(class, &FLAT, "beside-waiting", "the only point goes while a refresh waits")
        .write("S1", "a.txt", "two")
        .refresh("P1")
        .remove("P1", "DP1")
        .settle()
        .assign("P1", "DP1")
        .settle()
}

fn crowd(class: PackageClass) -> Build {
    let about = "many packages come to one point at once, and are refreshed at once";
    let names: Vec<String> = (1..=CROWD).map(|nth| format!("P{nth}")).collect();
    let others = names.iter().skip(1);
    let begun = two_files(class, &ONE_POINT, "beside-crowd", about);
    let created = others.fold(begun, |plan, name| plan.create(name, class, "S1"));
    let assigned = names.iter().fold(created, |plan, name| plan.assign(name, "DP1")).settle();
    let edited = assigned.write("S1", "a.txt", "two");
    names.iter().fold(edited, |plan, name| plan.refresh(name)).settle()
}

fn through_every_class(class: PackageClass, classes: &[PackageClass]) -> Build {
    let about = "a package is refreshed through each of the classes";
    let begun = begun(class, &FLAT, "beside-class", about);
    classes.iter().enumerate().fold(begun, |plan, (nth, &through)| {
        let (package, class) = (build::package("P1"), Some(through));
        plan.write("S1", "a.txt", &"x".repeat(nth + 1))
            .operation(Operation::Refresh { package, context: None, at: None, class })
            .settle()
    })
}

fn flag_beside_source(class: PackageClass) -> Build {
    let about = "the flag that a class is bound to is written as another, beside a source path";
    let other = match class.entry().source_flag {
        Some(SourceFlag::Direct) => SourceFlag::NoSource,
        _ => SourceFlag::Direct,
    };
    begun(class, &FLAT, "beside-source", about)
        .write("S2", "c.txt", "elsewhere")
        .put("P1", Properties { source_flag: Some(other), ..moved("S2") })
        .settle()
        .refresh("P1")
        .settle()
}

fn addition_of_two_kinds(class: PackageClass) -> Build {
    let about = "content is added that waits, and then content that is to reach the points at once";
    begun(class, &FLAT, "beside-addition", about)
        .operation(add_content("added/waits.bin", false))
        .operation(add_content("added/at-once.bin", true))
        .settle()
}

/// The same path is added again, with other bytes and the same size.
fn addition_of_one_size(class: PackageClass) -> Build {
    let about = "a file is added under a path again, of the same size";
    let begun = begun(class, &FLAT, "beside-size", about);
    ["aaaa", "bbbb"].into_iter().fold(begun, |plan, text| {
        let added = build::addition_of(class, build::package("P1"), "added/d.inf", text);
        added.into_iter().fold(plan, Build::operation).refresh("P1").settle()
    })
}

/// What is added while a version is under way is not in it.
fn addition_under_way(class: PackageClass) -> Build {
    let about = "something is added while content is on its way to a point";
    let add = |plan: Build, name: &str| {
        let added = build::addition(class, build::package("P1"), name);
        added.into_iter().fold(plan, Build::operation).settle()
    };
    let assigned = begun(class, &FLAT, "beside-under-way", about)
        .edit("S1", vec![write("a.txt", "two")])
        .refresh("P1")
        .settle()
        .assign("P1", "DP2");
    let again = add(assigned, "first").redistribute("P1", "DP1");
    add(again, "second").refresh("P1").settle()
}
