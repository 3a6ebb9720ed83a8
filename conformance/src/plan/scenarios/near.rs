//! What differs by little from something else: names by a letter's case or a letter before, contents by the order of
//! their letters, calls by the site or the package that they are about. One class stands for all.

use super::{begun, short, that_take_any, two_files};
use crate::plan::Build;
use crate::plan::build::{self, named, write};
use pkgsource_model::operation::Operation;
use pkgsource_model::words::PackageClass;

/// The plans; those of additions where `classes` has one that takes some.
pub(super) fn once(class: PackageClass, classes: &[PackageClass], child_sites: bool) -> Vec<Build> {
    let mut plans =
        vec![names_of_points(class), contents(class), failures(class), cancelled(class)];
    plans.extend(["PKG1", "PKG123"].map(|id| calls_on_another_id(class, id)));
    for of in that_take_any(classes) {
        plans.extend([empty_addition(of), addition_of_another(of)]);
    }
    if child_sites {
        plans.extend([unknown_elsewhere(class), on_the_way(class)]);
    }
    plans
}

fn names_of_points(class: PackageClass) -> Build {
    let (about, points) = ("points whose names differ by little", ["DP1", "XDP1", "dp1", "DP1x"]);
    let name = format!("near-points-{}", short(class));
    let begun = Build::new(&name, about, &["PS1", "DP1@PS1", "XDP1@PS1", "dp1@PS1", "DP1x@PS1"])
        .write("S1", "a.txt", "one")
        .create("P1", class, "S1");
    points
        .iter()
        .fold(begun, |plan, point| plan.assign("P1", point))
        .settle()
        .remove("P1", "DP1")
        .settle()
        .write("S1", "a.txt", "two")
        .refresh("P1")
        .settle()
        .remove("P1", "dp1")
        .settle()
        .assign("P1", "DP1")
        .settle()
}

/// No package has the id that is called, and one has an id that begins with it, or that it begins with.
fn calls_on_another_id(class: PackageClass, id: &str) -> Build {
    let about = "what is called has an id that is near another's, and there is no such package";
    let begun = Build::new(&format!("near-id-{}", id.to_lowercase()), about, &super::FLAT)
        .write("S1", "a.txt", "one")
        .write("S2", "a.txt", "of another source")
        .create("PKG12", class, "S1")
        .assign("PKG12", "DP1")
        .settle()
        .write("S1", "a.txt", "two");
    let moved = begun.put(id, build::moved("S2")).put(id, build::refresh_flag()).settle();
    let pointed = moved.assign(id, "DP2").redistribute(id, "DP1").settle();
    let taken = pointed.remove(id, "DP1").look().cancel(id, "DP1").settle();
    taken.refresh("PKG12").settle().delete(id).settle().refresh("PKG12").settle()
}

fn contents(class: PackageClass) -> Build {
    let middle = |letter: char| format!("{}{letter}{}", "h".repeat(20_000), "t".repeat(20_000));
    let states = [
        ("ab", "Text", 'a', "one.TXT"),
        ("ba", "Text", 'a', "one.TXT"),
        ("ba", "text", 'a', "one.TXT"),
        ("ba", "text", 'b', "one.TXT"),
    ];
    let of = |(order, case, letter, name): (&str, &str, char, &str)| {
        vec![
            write("order.txt", order),
            write("case.txt", case),
            write("middle.txt", &middle(letter)),
            write(name, "name"),
            write("..data", "dots"),
            write("a%20b.txt", "percent"),
            write("a/b.txt", "in a folder"),
            write("a_b.txt", "in none"),
        ]
    };
    let [first, rest @ ..] = states;
    let begun = Build::new(
        &format!("near-contents-{}", short(class)),
        "contents that differ in the order, the case or the middle of their letters",
        &["PS1", "DP1@PS1"],
    )
    .edit("S1", of(first))
    .create("P1", class, "S1")
    .assign("P1", "DP1")
    .settle();
    rest.into_iter().fold(begun, |plan, state| plan.edit("S1", of(state)).refresh("P1").settle())
}

const ONE_POINT: [&str; 2] = ["PS1", "DP1@PS1"];

/// Two packages of one source, which one point is to get.
fn two_of_one_source(class: PackageClass, name: &str, about: &str) -> Build {
    two_files(class, &["PS1", "DP1@PS1", "DP2@PS1"], name, about)
        .create("P2", class, "S1")
        .assign("P1", "DP1")
        .assign("P2", "DP1")
}

/// One package fails while another of the same source does not; what is done beside a failure takes nothing of it back.
fn failures(class: PackageClass) -> Build {
    let about = "a package fails beside another of the same source, and a name is written";
    two_of_one_source(class, "near-failures", about)
        .refresh("P2")
        .settle()
        .lose("S1")
        .refresh("P1")
        .settle()
        .put("P1", named("another"))
        .settle()
        .restore("S1")
        .refresh("P2")
        .settle()
        .refresh("P1")
        .settle()
}

fn empty_addition(class: PackageClass) -> Build {
    let added = build::addition_of(class, build::package("P1"), "added/empty.inf", "");
    let begun = begun(class, &ONE_POINT, "near-addition", "an addition without a byte");
    added.into_iter().fold(begun, Build::operation).refresh("P1").settle()
}

/// Two packages of one source: what waits for one is not the other's.
fn addition_of_another(class: PackageClass) -> Build {
    let added = build::addition(class, build::package("P2"), "of-the-second");
    let about = "something waits for one of two packages of a source, and the other is refreshed";
    let begun = two_of_one_source(class, "near-waiting", about).settle();
    added.into_iter().fold(begun, Build::operation).refresh("P1").settle().refresh("P2").settle()
}

/// What is cancelled may have come in part.
fn cancelled(class: PackageClass) -> Build {
    let about = "a distribution is cancelled while it is looked at, and another one follows";
    begun(class, &ONE_POINT, "near-cancelled", about)
        .edit("S1", vec![write("a.txt", "two"), write("b.txt", "two")])
        .refresh("P1")
        .look()
        .cancel("P1", "DP1")
        .look()
        .settle()
        .refresh("P1")
        .settle()
}

/// What comes to a child site is looked at more than once before it is there.
fn on_the_way(class: PackageClass) -> Build {
    let about = "a point of a child site is looked at twice while something comes to it";
    two_files(class, &["PS1", "PS2<PS1", "DP1@PS2"], "near-on-the-way", about)
        .assign("P1", "DP1")
        .look()
        .look()
        .settle()
        .write("S1", "a.txt", "two")
        .refresh("P1")
        .look()
        .look()
        .settle()
}

fn unknown_elsewhere(class: PackageClass) -> Build {
    let unknown = Operation::Refresh {
        package: build::package("NOSUCH"),
        context: None,
        at: Some(build::site("PS2")),
        class: Some(class),
    };
    Build::new(
        &format!("near-unknown-{}", short(class)),
        "a refresh of a package that does not exist, at a child site",
        &["PS1", "PS2<PS1", "DP1@PS1"],
    )
    .operation(unknown)
    .settle()
}
