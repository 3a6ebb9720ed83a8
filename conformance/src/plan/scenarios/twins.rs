//! Two of a kind that share what an implementation may tell them apart by: an id, a source, a version, a file's name. One
//! class stands for all.

use super::{FLAT, add_content, delete, short, that_take_any, that_takes, two_files};
use crate::plan::Build;
use crate::plan::build::{self, write};
use pkgsource_model::classes::Additions;
use pkgsource_model::words::PackageClass;

/// The plans; those of additions where `classes` has one that takes some.
pub(super) fn once(class: PackageClass, classes: &[PackageClass], child_sites: bool) -> Vec<Build> {
    let mut plans = vec![
        version_of_another(class),
        created_twice(class),
        created_in_place_of_another(class),
        names_that_begin_alike(class),
    ];
    plans.extend(that_take_any(classes).map(additions_of_one_name));
    plans.extend(that_takes(classes, Additions::Content).map(addition_in_vain));
    if child_sites {
        plans.push(at_one_child(class));
    }
    plans
}

/// Two packages of a source have the same version of different content, and a point comes late.
fn version_of_another(class: PackageClass) -> Build {
    let about = "two packages of one source are at the same version, and not of the same content";
    two_files(class, &FLAT, "twins-version", about)
        .settle()
        .refresh("P1")
        .settle()
        .edit("S1", vec![write("a.txt", "two"), write("c.txt", "a third file")])
        .create("P2", class, "S1")
        .refresh("P2")
        .settle()
        .assign("P1", "DP1")
        .settle()
        .assign("P2", "DP1")
        .assign("P2", "DP2")
        .settle()
        .redistribute("P1", "DP1")
        .settle()
}

fn created_twice(class: PackageClass) -> Build {
    let about = "a package is created that is there already, with another source";
    two_files(class, &FLAT, "twins-created", about)
        .assign("P1", "DP1")
        .write("S2", "other.txt", "of another source")
        .create("P1", class, "S2")
        .settle()
        .refresh("P1")
        .settle()
}

/// What is removed for the deleted package comes before what the new one sends, or not at all.
fn created_in_place_of_another(class: PackageClass) -> Build {
    let about = "a package is deleted and created again at once, with the same point";
    two_files(class, &FLAT, "twins-in-place", about)
        .assign("P1", "DP1")
        .assign("P1", "DP2")
        .settle()
        .delete("P1")
        .create("P1", class, "S1")
        .assign("P1", "DP1")
        .settle()
        .write("S1", "a.txt", "of the new package")
        .refresh("P1")
        .settle()
}

fn names_that_begin_alike(class: PackageClass) -> Build {
    let about = "one of some files whose names begin alike is deleted";
    let name = format!("twins-names-{}", short(class));
    Build::new(&name, about, &FLAT)
        .edit(
            "S1",
            vec![
                write("setup", "a file"),
                write("setup.txt", "another"),
                write("setup-2/a.txt", "in a folder"),
            ],
        )
        .create("P1", class, "S1")
        .assign("P1", "DP1")
        .settle()
        .edit("S1", vec![delete("setup")])
        .refresh("P1")
        .settle()
}

fn additions_of_one_name(class: PackageClass) -> Build {
    let about = "two files of one name are added in different folders";
    let added = |at: &str| build::addition_of(class, build::package("P1"), at, at);
    let begun = two_files(class, &FLAT, "twins-additions", about).assign("P1", "DP1").settle();
    ["added/one/d.inf", "added/two/d.inf"]
        .into_iter()
        .filter_map(added)
        .fold(begun, Build::operation)
        .refresh("P1")
        .settle()
}

/// What asks for a refresh beside the method fails as the method does.
fn addition_in_vain(class: PackageClass) -> Build {
    let about = "content is added that is to reach the points at once, while the source is absent";
    two_files(class, &FLAT, "twins-in-vain", about)
        .assign("P1", "DP1")
        .settle()
        .lose("S1")
        .operation(add_content("added/1.inf", true))
        .settle()
}

fn at_one_child(class: PackageClass) -> Build {
    let about = "two packages of one source are at one point of a child site, and one goes";
    two_files(class, &["PS1", "PS2<PS1", "DP1@PS2"], "twins-child", about)
        .create("P2", class, "S1")
        .assign("P1", "DP1")
        .assign("P2", "DP1")
        .settle()
        .remove("P1", "DP1")
        .settle()
}
