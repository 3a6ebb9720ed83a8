//! What a boot image's `ContextID` may be taken for: another that begins alike, a call that waits, the last that was
//! given.

use super::{FLAT, two_files};
use crate::plan::Build;
use crate::plan::build;
use pkgsource_model::operation::Operation;
use pkgsource_model::words::PackageClass;

/// A GUID in braces has 38 characters.
const GUID: &str = "{6BA7B810-9DAD-11D1-80B4-00C04FD430C8}";

/// The plans of a class whose method takes a `ContextID`.
pub(super) fn once(class: PackageClass) -> Vec<Build> {
    vec![waiting(class), beside_none(class), alike(class), long(class), failed(class)]
}

fn begun(class: PackageClass, name: &str, about: &str) -> Build {
    two_files(class, &FLAT, &format!("contexts-{name}"), about).assign("P1", "DP1").settle()
}

fn read(plan: Build, context: &str) -> Build {
    let (package, context) = (build::package("P1"), context.to_owned());
    plan.operation(Operation::Context { package, context })
}

fn waiting(class: PackageClass) -> Build {
    begun(class, "waiting", "three injections wait for each other")
        .refresh_with("P1", "C1")
        .refresh_with("P1", "C2")
        .refresh_with("P1", "C3")
        .settle()
}

fn beside_none(class: PackageClass) -> Build {
    let about = "a refresh without a ContextID comes while an injection with one is under way";
    begun(class, "none", about)
        .write("S1", "a.txt", "two")
        .refresh_with("P1", "C1")
        .refresh("P1")
        .settle()
        .write("S1", "a.txt", "three")
        .refresh("P1")
        .refresh_with("P1", "C2")
        .settle()
}

fn alike(class: PackageClass) -> Build {
    let about = "the status is read of a ContextID that no call named, and that is like one";
    let begun = begun(class, "alike", about).refresh_with("P1", "Context-11").settle();
    ["Context-1", "Context-111", "ontext-11", "context-11"].into_iter().fold(begun, read).settle()
}

fn long(class: PackageClass) -> Build {
    begun(class, "long", "a ContextID is a GUID, or longer than one, or of many words")
        .refresh_with("P1", GUID)
        .settle()
        .refresh_with("P1", &format!("{GUID}-2"))
        .settle()
        .refresh_with("P1", "a refresh that somebody asked for at the console, for the third time")
        .settle()
}

fn failed(class: PackageClass) -> Build {
    begun(class, "failed", "an injection fails, one succeeds, and one fails again")
        .lose("S1")
        .refresh_with("P1", "C1")
        .settle()
        .restore("S1")
        .refresh_with("P1", "C2")
        .settle()
        .lose("S1")
        .refresh_with("P1", "C3")
        .settle()
}
