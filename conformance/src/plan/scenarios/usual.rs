//! What the pages describe of a class, one situation each: edits, points that come and go, a source that is lost,
//! properties, additions.

use super::{delete, direct, rename, short};
use crate::plan::Build;
use crate::plan::build::{self, named, write, write_keeping_time};
use pkgsource_model::classes::Additions;
use pkgsource_model::operation::{Change, Operation, Properties};
use pkgsource_model::words::{Body, PackageClass, SourceFlag};

/// The situations of one class.
#[expect(clippy::too_many_lines, reason = "a table: one row a situation")]
pub(super) fn of_class(class: PackageClass, entries: &[&str], child_sites: bool) -> Vec<Build> {
    let start = |name: &str, about: &str| {
        Build::new(&format!("{name}-{}", short(class)), about, entries)
            .write("S1", "a.txt", "one")
            .create("P1", class, "S1")
    };
    let assigned = |name: &str, about: &str| {
        let build = start(name, about).assign("P1", "DP1").assign("P1", "DP2");
        if child_sites { build.assign("P1", "DP3").settle() } else { build.settle() }
    };
    let mut plans = vec![
        assigned("update", "an edit, then a refresh")
            .write("S1", "a.txt", "two")
            .refresh("P1")
            .settle(),
        assigned("unchanged", "a refresh of an unchanged source")
            .refresh("P1")
            .settle()
            .refresh("P1")
            .settle(),
        start("later", "points are added after an edit that nobody refreshed")
            .assign("P1", "DP1")
            .settle()
            .write("S1", "a.txt", "two")
            .assign("P1", "DP2")
            .settle()
            .refresh("P1")
            .settle(),
        assigned("hidden", "an edit that keeps size and modification time")
            .edit("S1", vec![write_keeping_time("a.txt", "two")])
            .refresh("P1")
            .settle(),
        assigned("renamed", "a rename and a deletion")
            .edit("S1", vec![write("b.txt", "b"), write("c.txt", "c")])
            .refresh("P1")
            .settle()
            .edit("S1", vec![rename("b.txt", "d.txt"), delete("c.txt")])
            .refresh("P1")
            .settle(),
        assigned("emptied", "every file goes, then one comes back empty")
            .edit("S1", vec![delete("a.txt")])
            .refresh("P1")
            .settle()
            .write("S1", "a.txt", "")
            .refresh("P1")
            .settle(),
        assigned("names", "names at the limits: both normal forms, spaces, depth, 255 bytes")
            .edit(
                "S1",
                vec![
                    write("é", "1"),
                    write("e\u{301}", "2"),
                    write("a b/c d/e", "3"),
                    write(&"n".repeat(255), "4"),
                ],
            )
            .refresh("P1")
            .settle(),
        assigned("many", "many small files and a larger one")
            .edit("S1", many_files())
            .refresh("P1")
            .settle(),
        assigned("absent", "a refresh while the source folder is absent, then one when it is back")
            .lose("S1")
            .refresh("P1")
            .settle()
            .restore("S1")
            .write("S1", "a.txt", "two")
            .refresh("P1")
            .settle(),
        assigned("unknown", "a refresh of a package that does not exist")
            .operation(refresh_unknown(class))
            .settle(),
        Build::new(
            &format!("sourceless-{}", short(class)),
            "a refresh of a package without source, then with one",
            entries,
        )
        .create_sourceless("P1", class)
        .assign("P1", "DP1")
        .refresh("P1")
        .settle()
        .write("S1", "a.txt", "one")
        .put("P1", direct("S1"))
        .refresh("P1")
        .settle(),
        Build::new(
            &format!("begun-absent-{}", short(class)),
            "a package created while its source is absent, which comes back before a refresh",
            entries,
        )
        .write("S1", "a.txt", "one")
        .lose("S1")
        .create("P1", class, "S1")
        .assign("P1", "DP1")
        .settle()
        .restore("S1")
        .refresh("P1")
        .settle(),
        Build::new(
            &format!("begun-absent-edited-{}", short(class)),
            "a package created while its source is absent, which changes before anybody needs it",
            entries,
        )
        .write("S1", "a.txt", "one")
        .lose("S1")
        .create("P1", class, "S1")
        .restore("S1")
        .write("S1", "a.txt", "two")
        .settle()
        .assign("P1", "DP1")
        .settle()
        .refresh("P1")
        .settle(),
        assigned("redistribute", "redistribution raises nothing")
            .redistribute("P1", "DP1")
            .settle()
            .redistribute("P1", "DP1")
            .settle(),
        assigned("removed", "a point goes and comes back")
            .remove("P1", "DP1")
            .settle()
            .write("S1", "a.txt", "two")
            .refresh("P1")
            .settle()
            .assign("P1", "DP1")
            .settle(),
        assigned("cancel", "a cancel that comes too late, after an edit that nobody refreshed")
            .settle()
            .write("S1", "a.txt", "never refreshed")
            .cancel("P1", "DP1")
            .settle(),
        assigned("deleted", "a package is deleted").delete("P1").settle().refresh("P1").settle(),
        assigned("twice", "two refreshes before anybody looks")
            .write("S1", "a.txt", "two")
            .refresh("P1")
            .write("S1", "a.txt", "three")
            .refresh("P1")
            .settle(),
        assigned("soon", "reads right after a refresh returned")
            .write("S1", "a.txt", "two")
            .refresh("P1")
            .look()
            .settle(),
        assigned("other-class", "a package is addressed through a class that is not its own")
            .operation(refresh_through(class))
            .settle(),
        assigned("soon-twice", "two looks right after a refresh returned")
            .write("S1", "a.txt", "two")
            .refresh("P1")
            .look()
            .look()
            .settle(),
        shared(class, entries),
    ];
    plans.extend(properties(class, &assigned));
    plans.extend(additions(class, &assigned));
    plans
}

fn properties(class: PackageClass, assigned: &dyn Fn(&str, &str) -> Build) -> Vec<Build> {
    let put = |name: &str, about: &str, properties: Properties| {
        assigned(name, about)
            .put("P1", properties)
            .settle()
            .write("S1", "a.txt", "two")
            .refresh("P1")
            .settle()
    };
    let schedule = |count| build::schedule(build::package("P1"), count);
    let mut plans = vec![
        put(
            "named",
            "a property is written that has nothing to do with the source",
            named("another"),
        ),
        put(
            "shared-name",
            "the share name is written",
            Properties { share_name: Some("share$".into()), ..Properties::default() },
        ),
        put(
            "version-written",
            "a client writes SourceVersion",
            Properties { source_version: Some(99), ..Properties::default() },
        ),
        put("flag-refresh", "RefreshPkgSourceFlag is written", build::refresh_flag()),
        assigned("schedule", "schedules at the limit and beyond, also once none is left")
            .operation(schedule(15))
            .operation(schedule(1))
            .operation(schedule(16))
            .operation(schedule(0))
            .settle()
            .operation(schedule(16))
            .operation(schedule(17))
            .operation(schedule(100))
            .settle(),
    ];
    if class.entry().source_flag.is_some() {
        let flag = Properties { source_flag: Some(SourceFlag::NoSource), ..Properties::default() };
        plans.push(put("flag", "another PkgSourceFlag is written", flag));
    }
    plans
}

fn additions(class: PackageClass, assigned: &dyn Fn(&str, &str) -> Build) -> Vec<Build> {
    let (package, path) = (build::package("P1"), build::path("added/net.inf"));
    let file = Body::Text("driver".into());
    match class.entry().additions {
        Additions::None => Vec::new(),
        Additions::Drivers => vec![
            assigned("driver", "a driver waits for the next refresh")
                .operation(Operation::AddDriver { package, path, file })
                .settle()
                .refresh_with("P1", "context-1")
                .settle()
                .refresh("P1")
                .settle(),
            ["one", "two"]
                .into_iter()
                .filter_map(|name| build::addition(class, build::package("P1"), name))
                .fold(assigned("drivers", "two drivers wait for one refresh"), Build::operation)
                .refresh_with("P1", "context-1")
                .settle(),
            assigned("contexts", "a context is empty, and one is used twice")
                .refresh_with("P1", "")
                .settle()
                .refresh_with("P1", "context-1")
                .refresh_with("P1", "context-1")
                .settle(),
        ],
        Additions::Content => [false, true]
            .map(|refresh_points| {
                let (package, path, file) = (package.clone(), path.clone(), file.clone());
                let name = if refresh_points { "content-at-once" } else { "content" };
                assigned(name, "content is added, at once or at the next refresh")
                    .operation(Operation::AddContent { package, path, file, refresh_points })
                    .settle()
                    .refresh("P1")
                    .settle()
            })
            .into(),
    }
}

/// Two packages share a file; one of them drops it.
fn shared(class: PackageClass, entries: &[&str]) -> Build {
    Build::new(
        &format!("shared-{}", short(class)),
        "a file shared by two packages, of which one drops it",
        entries,
    )
    .edit("S1", vec![write("a.txt", "one"), write("common.txt", "common")])
    .edit("S2", vec![write("other.txt", "common")])
    .create("P1", class, "S1")
    .create("P2", class, "S2")
    .assign("P1", "DP1")
    .assign("P2", "DP1")
    .settle()
    .edit("S2", vec![delete("other.txt")])
    .refresh("P2")
    .settle()
    .refresh("P1")
    .settle()
}

fn refresh_unknown(class: PackageClass) -> Operation<Body> {
    Operation::Refresh {
        package: build::package("NOSUCH"),
        context: None,
        at: None,
        class: Some(class),
    }
}

pub(super) fn refresh_through(class: PackageClass) -> Operation<Body> {
    let other =
        if class == PackageClass::Package { PackageClass::Vhd } else { PackageClass::Package };
    Operation::Refresh {
        package: build::package("P1"),
        context: None,
        at: None,
        class: Some(other),
    }
}

fn many_files() -> Vec<Change<Body>> {
    let small = (0..60).map(|n| write(&format!("folder/{n:03}.txt"), &format!("file {n}")));
    let file = Body::Fill { seed: 7, size: 300_000 };
    let large = Change::Write { path: build::path("large.bin"), file, keep_time: false };
    small.chain([large]).collect()
}
