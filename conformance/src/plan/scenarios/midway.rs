//! What is seen, and done, while something is half done: for implementations whose time the suite moves, since only there
//! a plan can stop between two instants. The scale of their time is not known, so that every instant comes in several.
//! One class stands for all.

use super::two_files;
use crate::plan::Build;
use crate::plan::build::{moved, write};
use pkgsource_model::operation::Operation;
use pkgsource_model::words::PackageClass;

/// How many milliseconds lie between a refresh and what is done while it is under way.
const INSTANTS: [u64; 4] = [5, 20, 60, 240];

/// How often the time between two looks is doubled, from one millisecond on.
const DOUBLINGS: u32 = 10;

/// What is done while a refresh is under way. The point beside DP1 that has the package is another in each tree.
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
    let tree: [&str; 5] = ["PS1", "PS2<PS1", "DP4@PS1", "DP1@PS1", "DP3@PS2"];
    let flat: [&str; 4] = ["PS1", "DP4@PS1", "DP1@PS1", "DP2@PS1"];
    let entries = if child_sites { &tree[..] } else { &flat };
    let at = |instant| {
        INTERRUPTIONS.map(|(name, step)| interrupted(class, entries, name, step, instant))
    };
    [watched(class, entries)].into_iter().chain(INSTANTS.into_iter().flat_map(at)).collect()
}

fn begun(class: PackageClass, entries: &[&str], name: &str, about: &str) -> Build {
    two_files(class, entries, name, about).assign("P1", "DP1").assign("P1", other(entries))
}

/// The point beside DP1 that has the package: at a child site, where there can be one.
fn other<'a>(entries: &[&'a str]) -> &'a str {
    entries.last().and_then(|point| point.split('@').next()).unwrap_or_default()
}

fn edited(plan: Build, text: &str) -> Build {
    plan.edit("S1", vec![write("a.txt", text), write("b.txt", text)])
}

fn let_pass(plan: Build, advance_ms: u64) -> Build {
    plan.operation(Operation::Clock { advance_ms })
}

/// A first copy, and then an update, are looked at after every doubling of the time.
fn watched(class: PackageClass, entries: &[&str]) -> Build {
    let about = "a first copy and an update are looked at again and again while they come";
    let watch = |plan| (0..DOUBLINGS).fold(plan, |plan, nth| let_pass(plan, 1 << nth).look());
    let first = watch(begun(class, entries, "midway-watched", about)).settle();
    watch(edited(first, "two").refresh("P1")).settle()
}

fn interrupted(
    class: PackageClass,
    entries: &[&str],
    name: &str,
    step: fn(Build, &str) -> Build,
    instant: u64,
) -> Build {
    let about = "something is done while a refresh is under way, and looked at before and after";
    let begun = begun(class, entries, &format!("midway-{name}-{instant}"), about).settle();
    let before = let_pass(edited(begun, "two").refresh("P1"), instant).look();
    let after = let_pass(step(before, other(entries)).look(), instant).look().settle();
    after.refresh("P1").settle()
}
