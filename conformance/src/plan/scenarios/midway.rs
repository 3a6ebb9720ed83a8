//! What is seen, and done, while something is half done: for implementations whose work goes on after a call. A plan stops
//! after so many milliseconds where time is the suite's to move, and elsewhere after so many reads: there work goes on with
//! every request, or while one is answered. The scale of their time is not known, so that every pause comes in several
//! lengths. One class stands for all.

use super::two_files;
use crate::plan::Build;
use crate::plan::build::{self, moved, write};
use pkgsource_model::operation::Operation;
use pkgsource_model::words::{Body, PackageClass};

/// What lies between a refresh and what is done while it is under way.
#[derive(Clone, Copy)]
enum Pause {
    Milliseconds(u64),
    Reads(usize),
}

const PAUSES: [Pause; 8] = [
    Pause::Reads(0),
    Pause::Reads(1),
    Pause::Reads(2),
    Pause::Reads(4),
    Pause::Milliseconds(5),
    Pause::Milliseconds(20),
    Pause::Milliseconds(60),
    Pause::Milliseconds(240),
];

/// How often a point and then its site are read while something comes to them.
const READ_BACKWARDS: usize = 8;

/// How often the time between two looks is doubled, from one millisecond on.
const DOUBLINGS: u32 = 10;

/// What is done while a refresh is under way. The last point that has the package is another in each tree.
type Interruption = (&'static str, fn(Build, &str) -> Build);

const INTERRUPTIONS: [Interruption; 9] = [
    ("cancelled", |plan, other| plan.cancel("P1", "DP1").cancel("P1", other)),
    ("refreshed", |plan, _| edited(plan, "three").refresh("P1")),
    ("edited", |plan, _| edited(plan, "three")),
    ("lost", |plan, _| plan.lose("S1").look().restore("S1")),
    ("removed", |plan, _| plan.remove("P1", "DP1").look().assign("P1", "DP1")),
    ("redistributed", |plan, other| plan.redistribute("P1", "DP1").redistribute("P1", other)),
    ("added", |plan, _| plan.assign("P1", "DP4")),
    ("moved", |plan, _| plan.write("S2", "a.txt", "of the other").put("P1", moved("S2"))),
    ("deleted", |plan, _| plan.delete("P1")),
];

/// The plans.
pub(super) fn once(class: PackageClass, child_sites: bool) -> Vec<Build> {
    let tree: [&str; 6] = ["PS1", "PS2<PS1", "DP4@PS1", "DP1@PS1", "DP2@PS2", "DP3@PS2"];
    let flat: [&str; 5] = ["PS1", "DP4@PS1", "DP1@PS1", "DP2@PS1", "DP3@PS1"];
    let entries = if child_sites { &tree[..] } else { &flat };
    let after =
        |pause| INTERRUPTIONS.map(|(name, step)| interrupted(class, entries, name, step, pause));
    let mut plans = vec![watched(class, entries), found_out(class, entries)];
    if child_sites {
        plans.push(read_backwards(class, entries));
    }
    plans.extend(PAUSES.into_iter().flat_map(after));
    plans
}

fn begun(class: PackageClass, entries: &[&str], name: &str, about: &str) -> Build {
    two_files(class, entries, name, about)
        .assign("P1", "DP1")
        .assign("P1", "DP2")
        .assign("P1", other(entries))
}

/// The last of the points that have the package: at a child site, where there can be one.
fn other<'a>(entries: &[&'a str]) -> &'a str {
    entries.last().and_then(|point| point.split('@').next()).unwrap_or_default()
}

fn edited(plan: Build, text: &str) -> Build {
    plan.edit("S1", vec![write("a.txt", text), write("b.txt", text)])
}

fn let_pass(plan: Build, advance_ms: u64) -> Build {
    plan.operation(Operation::Clock { advance_ms })
}

impl Pause {
    fn name(self) -> String {
        match self {
            Self::Milliseconds(length) => format!("{length}-ms"),
            Self::Reads(count) => format!("{count}-reads"),
        }
    }

    /// What follows is looked at beforehand only where a look takes no time.
    fn on(self, plan: Build, other: &str) -> Build {
        match self {
            Self::Milliseconds(length) => let_pass(plan, length).look(),
            Self::Reads(count) => {
                (0..count).fold(plan, |plan, nth| plan.operation(a_read(nth, other)))
            }
        }
    }
}

fn a_read(nth: usize, point: &str) -> Operation<Body> {
    let (package, point) = (build::package("P1"), build::point(point));
    match nth % 3 {
        0 => Operation::Package { package },
        1 => Operation::Point { package, point },
        _ => Operation::Content { package, point, after: None },
    }
}

/// A first copy, and then an update, are looked at after every doubling of the time.
fn watched(class: PackageClass, entries: &[&str]) -> Build {
    let about = "a first copy and an update are looked at again and again while they come";
    let watch = |plan| (0..DOUBLINGS).fold(plan, |plan, nth| let_pass(plan, 1 << nth).look());
    let first = watch(begun(class, entries, "midway-watched", about)).settle();
    watch(edited(first, "two").refresh("P1")).settle()
}

/// A version of nothing is seen, if it is, before anybody finds that there is nothing.
fn found_out(class: PackageClass, entries: &[&str]) -> Build {
    let about = "a package is read at once that is refreshed while its source is absent";
    begun(class, entries, "midway-found-out", about)
        .settle()
        .lose("S1")
        .refresh("P1")
        .operation(a_read(0, "DP1"))
        .operation(a_read(0, "DP1"))
        .settle()
        .restore("S1")
        .refresh("P1")
        .operation(a_read(0, "DP1"))
        .settle()
}

/// What a point shows is there at its site, though the site be read after it.
fn read_backwards(class: PackageClass, entries: &[&str]) -> Build {
    let about = "points of a child site are read before their site while something comes to them";
    let site = || Operation::Site { package: build::package("P1"), site: build::site("PS2") };
    let point =
        |name| Operation::Point { package: build::package("P1"), point: build::point(name) };
    let watch = |plan| {
        (0..READ_BACKWARDS).fold(plan, |plan: Build, _| {
            plan.operation(point("DP2")).operation(point("DP3")).operation(site())
        })
    };
    let first = watch(begun(class, entries, "midway-backwards", about)).settle();
    let second = watch(edited(first, "two").refresh("P1")).settle();
    let again = edited(second, "three").refresh("P1").redistribute("P1", "DP2");
    let third = watch(again.redistribute("P1", "DP3")).settle();
    let late = edited(third.remove("P1", "DP3").settle(), "four").refresh("P1");
    watch(late.assign("P1", "DP3")).settle()
}

fn interrupted(
    class: PackageClass,
    entries: &[&str],
    name: &str,
    step: fn(Build, &str) -> Build,
    pause: Pause,
) -> Build {
    let about = "something is done while a refresh is under way, and looked at";
    let other = other(entries);
    let begun = begun(class, entries, &format!("midway-{name}-{}", pause.name()), about).settle();
    let before = pause.on(edited(begun, "two").refresh("P1"), other);
    pause.on(step(before, other).look(), other).look().settle().refresh("P1").settle()
}
