//! Situations in which somebody else's defects lived: two of something, the same again, another order, another value.

use super::{delete, rename, short, two_files};
use crate::plan::Build;
use crate::plan::build::{moved, named, write};
use pkgsource_model::operation::{Change, Properties};
use pkgsource_model::words::{Body, PackageClass, SourceFlag};

/// The plans of one class.
pub(super) fn of_class(class: PackageClass, entries: &[&str]) -> Vec<Build> {
    let start = |name: &str, about: &str| {
        two_files(class, entries, name, about).assign("P1", "DP1").assign("P1", "DP2").settle()
    };
    let mut plans = changed(start);
    plans.extend(between_refreshes(start));
    plans.extend(written(start));
    plans.extend(moved_and_created(start, class));
    plans.extend(neighbours(class, entries));
    plans
}

/// Several files change at once, or exchange what they hold.
fn changed(start: impl Fn(&str, &str) -> Build) -> Vec<Build> {
    vec![
        start("two-changed", "two files change before one refresh, one longer, one shorter")
            .edit("S1", vec![write("a.txt", "one and more"), write("b.txt", "short")])
            .refresh("P1")
            .settle()
            .edit("S1", vec![write("b.txt", "another length")])
            .refresh("P1")
            .settle(),
        start(
            "swapped",
            "two files exchange their contents, then a rename alone, then both as they were",
        )
        .edit("S1", vec![write("a.txt", "the second file"), write("b.txt", "one")])
        .refresh("P1")
        .settle()
        .edit("S1", vec![rename("a.txt", "c.txt")])
        .refresh("P1")
        .settle()
        .edit("S1", vec![rename("c.txt", "a.txt"), write("b.txt", "one, two")])
        .refresh("P1")
        .settle(),
    ]
}

/// What falls between two refreshes: edits that nobody refreshed, cancels, failures, looks.
fn between_refreshes(start: impl Fn(&str, &str) -> Build) -> Vec<Build> {
    vec![
        start(
            "redistributed-edit",
            "an edit that nobody refreshed, then a redistribution and a late point",
        )
        .remove("P1", "DP2")
        .settle()
        .edit("S1", vec![write("a.txt", "never refreshed"), rename("b.txt", "c.txt")])
        .redistribute("P1", "DP1")
        .settle()
        .assign("P1", "DP2")
        .settle(),
        start(
            "cancelled-early",
            "a cancel before the content has arrived, then an edit and a refresh",
        )
        .write("S1", "a.txt", "a longer text")
        .refresh("P1")
        .cancel("P1", "DP1")
        .settle()
        .write("S1", "a.txt", "short")
        .refresh("P1")
        .settle(),
        start(
            "cancelled-on-the-way",
            "a cancel once somebody has looked whether the content is there, at one point and the other",
        )
        .edit("S1", vec![write("a.txt", "a longer text"), write("b.txt", "another text")])
        .refresh("P1")
        .look()
        .cancel("P1", "DP1")
        .settle()
        .edit("S1", vec![write("a.txt", "short"), write("b.txt", "and")])
        .refresh("P1")
        .look()
        .look()
        .cancel("P1", "DP2")
        .settle(),
        start(
            "removed-edit",
            "an edit that nobody refreshed, then a point is removed, and a name written",
        )
        .refresh("P1")
        .settle()
        .write("S1", "a.txt", "never refreshed")
        .remove("P1", "DP2")
        .settle()
        .put("P1", named("another"))
        .settle(),
        start("edit-in-vain", "an edit, a refresh in vain, and the source comes back")
            .refresh("P1")
            .settle()
            .write("S1", "a.txt", "never refreshed")
            .lose("S1")
            .refresh("P1")
            .settle()
            .restore("S1")
            .settle(),
        dozen(start("dozen", "twelve refreshes, one after the other, with looks between")),
        start("vain-between", "two refreshes in vain between two that are not")
            .write("S1", "a.txt", "longer than before")
            .lose("S1")
            .refresh("P1")
            .settle()
            .refresh("P1")
            .settle()
            .redistribute("P1", "DP1")
            .settle()
            .restore("S1")
            .refresh("P1")
            .settle(),
    ]
}

/// What is written, and with which value: properties, files that tools obey, sizes.
fn written(start: impl Fn(&str, &str) -> Build) -> Vec<Build> {
    vec![
        start("flag-unset", "RefreshPkgSourceFlag is written false, then true")
            .write("S1", "a.txt", "longer than before")
            .put("P1", flag(false))
            .settle()
            .put("P1", flag(true))
            .settle(),
        start("version-low", "a client writes a lower SourceVersion, then refreshes")
            .refresh("P1")
            .settle()
            .put("P1", Properties { source_version: Some(1), ..Properties::default() })
            .settle()
            .refresh("P1")
            .settle(),
        start("tools", "files that tools obey, and what those files would leave out")
            .edit("S1", tool_files())
            .refresh("P1")
            .settle()
            .edit("S1", vec![write("keep.log", "a second line"), delete("a.txt")])
            .refresh("P1")
            .settle(),
        start("megabyte", "a file of a mebibyte, one byte more, one less")
            .edit("S1", vec![fill(1 << 20)])
            .refresh("P1")
            .settle()
            .edit("S1", vec![fill((1 << 20) + 1)])
            .refresh("P1")
            .settle()
            .edit("S1", vec![fill((1 << 20) - 1)])
            .refresh("P1")
            .settle(),
    ]
}

/// Another source, and another package of the same id.
fn moved_and_created(start: impl Fn(&str, &str) -> Build, class: PackageClass) -> Vec<Build> {
    vec![
        start("moved", "the package goes to a source without common names, and back")
            .edit("S2", vec![write("x.txt", "elsewhere"), write("y/z.txt", "deep")])
            .put("P1", moved("S2"))
            .refresh("P1")
            .settle()
            .put("P1", moved("S1"))
            .refresh("P1")
            .settle(),
        start("created-again", "a package is deleted and another is created under its id")
            .refresh("P1")
            .settle()
            .delete("P1")
            .settle()
            .edit("S2", vec![write("x.txt", "another package's")])
            .create("P1", class, "S2")
            .assign("P1", "DP1")
            .settle()
            .refresh("P1")
            .settle(),
    ]
}

/// Two packages, of which one is changed, removed or deleted: the other must stay as it is.
fn neighbours(class: PackageClass, entries: &[&str]) -> Vec<Build> {
    let start = |name: &str, about: &str, second: &str| {
        let both = Build::new(&format!("{name}-{}", short(class)), about, entries)
            .edit("S1", vec![write("a.txt", "one"), write("common.txt", "common")])
            .edit("S2", vec![write("b.txt", "the other's"), write("common.txt", "common")])
            .create("P1", class, "S1")
            .create("P12", class, second)
            .assign("P1", "DP1");
        both.assign("P12", "DP1").assign("P12", "DP2").assign("P1", "DP2").settle()
    };
    vec![
        start("one-deleted", "two packages at two points, of which one is deleted", "S2")
            .delete("P1")
            .settle()
            .write("S2", "b.txt", "the other's, longer")
            .refresh("P12")
            .settle(),
        start("one-removed", "two packages at one point, of which one is removed", "S2")
            .remove("P1", "DP1")
            .settle()
            .refresh("P12")
            .refresh("P1")
            .settle(),
        start("one-source", "two packages of one source, of which one is refreshed", "S1")
            .write("S1", "a.txt", "for the first alone")
            .refresh("P1")
            .settle()
            .redistribute("P12", "DP1")
            .settle()
            .refresh("P12")
            .settle(),
    ]
}

fn dozen(begun: Build) -> Build {
    (2..=13).fold(begun, |build, nth: usize| {
        let build = build.write("S1", "a.txt", &"x".repeat(nth)).refresh("P1");
        if nth.is_multiple_of(3) { build.look().settle() } else { build.settle() }
    })
}

fn tool_files() -> Vec<Change<Body>> {
    vec![
        write(".gitignore", "*\n"),
        write(".gitattributes", "* text=auto eol=lf\n"),
        write(".rsync-filter", "- *\n"),
        write(".cvsignore", "*\n"),
        write(".stignore", "*\n"),
        write("keep.log", "a line\r\nand another\r\n"),
        write("build/out.o", "object"),
        write("~$report.docx", "owner"),
    ]
}

fn fill(size: u64) -> Change<Body> {
    let path = crate::plan::build::path("large.bin");
    Change::Write { path, file: Body::Fill { seed: size, size }, keep_time: false }
}

fn flag(value: bool) -> Properties {
    Properties { refresh_pkg_source_flag: Some(value), ..Properties::default() }
}

/// A package whose source flag is taken away while it has points, and given back.
pub(super) fn flag_taken(class: PackageClass, entries: &[&str]) -> Build {
    let flag = |value| Properties { source_flag: Some(value), ..Properties::default() };
    Build::new(
        &format!("flag-taken-{}", short(class)),
        "PkgSourceFlag is written: no source, then the source again",
        entries,
    )
    .write("S1", "a.txt", "one")
    .create("P1", class, "S1")
    .assign("P1", "DP1")
    .settle()
    .put("P1", flag(SourceFlag::NoSource))
    .settle()
    .put("P1", flag(SourceFlag::Direct))
    .settle()
    .write("S1", "a.txt", "after the flag")
    .refresh("P1")
    .settle()
}
