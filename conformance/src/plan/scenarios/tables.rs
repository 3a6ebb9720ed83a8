//! Two things at once, a row of a table a round: what is asked of the package, of its neighbour or of nobody while a
//! refresh waits or has failed, before one and before the package is there; and what a package leaves to the next of its
//! id. A row that an adapter does not serve is left out, and the plan goes on without it.

mod rows;

use super::short;
use super::usual::refresh_through;
use crate::plan::Build;
use crate::plan::build::{self, moved, named, package, point, source, write};
use pkgsource_model::operation::{FaultKind, Operation, Properties};
use pkgsource_model::words::{Body, PackageClass, PackageId, SourceFlag};
use rows::{Row, at_again, freeing, of_nobody, put, refresh, with_context};

/// Of which class the packages are, what tree they live in, and what an adapter serves.
pub(super) struct Tables<'a> {
    pub(super) class: PackageClass,
    pub(super) entries: &'a [&'a str],
    pub(super) serves: &'a dyn Fn(&Operation<Body>) -> bool,
}

impl Tables<'_> {
    /// The plans of one class.
    pub(super) fn plans(&self) -> Vec<Build> {
        vec![
            self.waiting(),
            self.assigned(),
            self.failed(),
            self.refused(),
            self.unborn(),
            self.left_behind(),
        ]
    }

    /// Asked while a refresh waits, or is on its way.
    fn waiting(&self) -> Build {
        let begun = self.two("asked-while-waiting", "a refresh, and each thing before it is done");
        // Last what leaves a freedom behind, which may excuse what comes after it.
        let rows = self.own().into_iter().chain(self.others()).chain(freeing(&package("P1")));
        self.rows(begun, rows, |plan, nth, row| {
            let plan = plan.write("S1", "a.txt", &text(nth)).refresh("P1");
            all(plan, row).settle()
        })
    }

    /// Asked while the content is on its way to a point that is new.
    fn assigned(&self) -> Build {
        let about = "a point is assigned, and each thing before it has the content";
        let begun = self.two("asked-while-assigned", about);
        let own = [
            vec![Operation::Cancel { package: package("P1"), point: point("DP1") }],
            at_again(&package("P1"), "DP1"),
        ];
        self.rows(begun, own.into_iter().chain(self.others()), |plan, _, row| {
            let plan = plan.remove("P1", "DP1").settle().assign("P1", "DP1");
            all(plan, row).settle()
        })
    }

    /// Asked after a refresh in vain, before anybody has looked.
    fn failed(&self) -> Build {
        let begun = self.two("asked-while-failed", "a refresh in vain, and each thing after it");
        let own = vec![Operation::Redistribute { package: package("P1"), point: point("DP1") }];
        let rows = self.others().into_iter().chain([own]);
        self.rows(begun, rows, |plan, nth, row| {
            let plan = plan.write("S1", "a.txt", &text(nth)).lose("S1").refresh("P1");
            all(plan, row).settle().restore("S1").refresh("P1").settle()
        })
    }

    /// What is refused, or does nothing, between an edit and its refresh; something else waits, where the class takes that.
    fn refused(&self) -> Build {
        let begun =
            self.two("refused-before", "what is refused or does nothing, and then a refresh");
        let comes_and_goes = vec![self.third(), Operation::Delete { package: package("P3") }];
        let rows = self.fruitless().into_iter().chain([comes_and_goes]);
        self.rows(begun, rows, |plan, nth, row| {
            let addition = build::addition(self.class, package("P1"), &format!("waits-{nth}"));
            let addition = addition.into_iter().filter(|addition| (self.serves)(addition));
            let plan = all(plan, addition.collect()).write("S1", "a.txt", &text(nth));
            all(plan, row).settle().refresh("P1").settle()
        })
    }

    /// Asked of an id that no package has, which gets one afterwards.
    fn unborn(&self) -> Build {
        let name = format!("asked-before-there-{}", short(self.class));
        let about = "each thing is asked of an id that no package has, and then it has one";
        let begun = Build::new(&name, about, self.entries).write("S1", "a.txt", "one");
        let ids: Vec<String> = (1..=9).map(|nth| format!("P{nth}")).collect();
        let rows = ids.iter().map(|id| of_nobody(&package(id), self.class)).enumerate();
        let rows = rows.filter_map(|(nth, row)| row.into_iter().nth(nth)).map(|asked| vec![asked]);
        self.rows(begun, rows, |plan, nth, row| {
            let id = &ids[nth];
            let plan = all(plan, row).settle().create(id, self.class, "S1").settle();
            plan.assign(id, "DP1")
                .settle()
                .write("S1", "a.txt", &text(nth))
                .refresh(id)
                .settle()
                .delete(id)
        })
    }

    /// What one package had when it was deleted, and the next of its id may not have.
    fn left_behind(&self) -> Build {
        let name = format!("left-behind-{}", short(self.class));
        let about = "a package goes with each thing, and another comes under its id";
        let begun = Build::new(&name, about, self.entries).write("S1", "a.txt", "one").write(
            "S3",
            "x.txt",
            "elsewhere",
        );
        let (last, _) = self.last_point();
        self.rows(begun, self.belongings(), |plan, nth, row| {
            let come = plan.create("P1", self.class, "S1").assign("P1", "DP1").assign("P1", last);
            let gone = come.write("S1", "a.txt", &text(nth)).refresh("P1").settle();
            all(gone, row).settle().delete("P1").settle()
        })
        .create("P1", self.class, "S1")
        .assign("P1", "DP1")
        .settle()
        .refresh("P1")
        .settle()
    }

    /// Two packages with sources of their own at two points.
    fn two(&self, name: &str, about: &str) -> Build {
        Build::new(&format!("{name}-{}", short(self.class)), about, self.entries)
            .edit("S1", vec![write("a.txt", "one"), write("b.txt", "the second file")])
            .write("S2", "c.txt", "the neighbour's")
            .create("P1", self.class, "S1")
            .create("P2", self.class, "S2")
            .assign("P1", "DP1")
            .assign("P2", "DP1")
            .assign("P1", "DP2")
            .assign("P2", "DP2")
            .assign("P1", self.last_point().0)
            .settle()
    }

    /// The last point of the tree, which is a child site's where there is one, and its site.
    fn last_point(&self) -> (&str, &str) {
        let last = self.entries.iter().rev().find_map(|entry| entry.split_once('@'));
        last.unwrap_or(("DP1", "PS1"))
    }

    /// One round for each row that is served as a whole.
    fn rows(
        &self,
        begun: Build,
        rows: impl IntoIterator<Item = Row>,
        round: impl Fn(Build, usize, Row) -> Build,
    ) -> Build {
        let served = rows.into_iter().enumerate().filter(|(_, row)| row.iter().all(self.serves));
        served.fold(begun, |plan, (nth, row)| round(plan, nth, row))
    }

    /// Asked of the neighbour, or of one that comes and goes.
    fn others(&self) -> Vec<Row> {
        let (second, first) = (|| package("P2"), || point("DP1"));
        let third = || package("P3");
        let cancel = || Operation::Cancel { package: second(), point: first() };
        let mut rows = vec![
            vec![refresh(second())],
            vec![refresh(second()), cancel()],
            vec![cancel()],
            at_again(&second(), "DP1"),
            vec![self.third(), Operation::Assign { package: third(), point: first() }],
            vec![refresh(third())],
            vec![Operation::Delete { package: third() }],
        ];
        rows.extend(build::addition(self.class, second(), "neighbour").map(|added| vec![added]));
        rows.extend(freeing(&second()));
        rows
    }

    /// Another package of the same source.
    fn third(&self) -> Operation<Body> {
        Operation::Create {
            package: package("P3"),
            class: self.class,
            source: Some(source("S1")),
            source_flag: None,
        }
    }

    /// Asked of the package itself while its refresh waits.
    fn own(&self) -> Vec<Row> {
        let (first, at) = (|| package("P1"), |name| point(name));
        let mut rows = vec![
            vec![Operation::Cancel { package: first(), point: at("DP2") }],
            vec![Operation::Cancel { package: first(), point: at(self.last_point().0) }],
            at_again(&first(), "DP1"),
            at_again(&first(), "DP2"),
            vec![Operation::Assign { package: first(), point: at("DP1") }],
        ];
        rows.extend(build::addition(self.class, first(), "own").map(|added| vec![added]));
        rows.extend(self.fruitless());
        rows
    }

    /// What nothing may come of: refused, of nobody, or without an effect on what a refresh does.
    fn fruitless(&self) -> Vec<Row> {
        let first = || package("P1");
        let version = Properties { source_version: Some(99), ..Properties::default() };
        let unset = Properties { refresh_pkg_source_flag: Some(false), ..Properties::default() };
        let of_no_point = |first: PackageId| {
            let at = || point("DP2");
            let remove = || Operation::Remove { package: first.clone(), point: at() };
            vec![
                remove(),
                remove(),
                Operation::Redistribute { package: first.clone(), point: at() },
                Operation::Cancel { package: first.clone(), point: at() },
                Operation::Assign { package: first.clone(), point: at() },
            ]
        };
        vec![
            vec![refresh(package("P"))],
            vec![refresh(package("P10"))],
            vec![Operation::Delete { package: package("P10") }],
            of_no_point(first()),
            vec![with_context("P1", "")],
            vec![with_context("P1", "context-1")],
            vec![with_context("P1", "context-1")],
            vec![with_context("P2", "context-1")],
            vec![self.elsewhere()],
            vec![refresh_through(self.class)],
            vec![put(first(), version)],
            vec![put(first(), unset)],
            vec![build::schedule(first(), 16)],
            vec![build::schedule(first(), 0), build::schedule(first(), 17)],
            vec![build::schedule(first(), 15), build::schedule(first(), 16)],
            vec![build::schedule(first(), 0)],
        ]
    }

    /// A call with a `ContextID` at the last site.
    fn elsewhere(&self) -> Operation<Body> {
        let at = Some(build::site(self.last_point().1));
        let context = self.class.entry().context.then(|| "context-2".into());
        Operation::Refresh { package: package("P1"), context, at, class: None }
    }

    /// What a package may have when it goes.
    fn belongings(&self) -> Vec<Row> {
        let first = || package("P1");
        let flag = Properties { source_flag: Some(SourceFlag::NoSource), ..Properties::default() };
        let absent = || (FaultKind::SourceAbsent, (&source("S1")).into());
        let (lose, restore) = (absent(), absent());
        let mut rows = vec![
            vec![
                Operation::Fault { kind: lose.0, target: lose.1 },
                refresh(first()),
                Operation::Heal { kind: restore.0, target: restore.1 },
            ],
            vec![build::schedule(first(), 15)],
            vec![put(first(), named("another"))],
            vec![put(first(), flag)],
            vec![put(first(), moved("S3"))],
            vec![refresh(first()), Operation::Cancel { package: first(), point: point("DP1") }],
            vec![Operation::Remove { package: first(), point: point("DP1") }],
            vec![Operation::Redistribute { package: first(), point: point("DP1") }],
        ];
        let kept = |added| vec![added, refresh(first())];
        rows.extend(build::addition(self.class, first(), "kept").map(kept));
        rows.extend(build::addition(self.class, first(), "left").map(|added| vec![added]));
        rows
    }
}

fn all(plan: Build, operations: Row) -> Build {
    operations.into_iter().fold(plan, Build::operation)
}

/// A text that is as long in no other round.
fn text(nth: usize) -> String {
    "x".repeat(nth + 4)
}
