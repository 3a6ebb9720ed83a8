//! VER-11: no point and no site reports a version that the owner has not.

use crate::clauses::prelude::*;
use crate::clauses::read::{self, VersionRead};

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver11,
    id: "VER-11",
    says: "no point and no site reports a version that the owner has not",
    cites: &[at(D::Pdps, "property SourceVersion"), at(D::Proot, "property SourceVersion")],
    note: "by the definitions of the two properties",
    force: Force::Implied,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::ReportAhead, Relaxation::ReportAheadOfContent],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            package P1 -> 1
            point P1 DP1 -> installed 1
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            package P1 -> 1
            point P1 DP1 -> installed 2
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    match &moment.act {
        Act::ReadPackage(_) => owner(known, moment),
        Act::ReadPoint { point, status } => {
            let row = known.known_point(*point).filter(|row| row.assigned);
            match (row, status.version) {
                (Some(_), Some(version)) => elsewhere(known, version.0),
                _ => Check::NotApplicable,
            }
        }
        Act::ReadSite { site, status: Some(status) } if read::site(known, *site).is_some() => {
            let stored = status.stored.flatten().filter(|_| known.package.has_source());
            elsewhere(known, stored.map_or(0, |stored| stored.0).max(status.version.0))
        }
        _ => Check::NotApplicable,
    }
}

/// The owner has what was read elsewhere.
fn owner(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
    let elsewhere = known.versions.elsewhere;
    if read.version < elsewhere && !known.lags() {
        return Check::broken(Value::AtLeast(elsewhere), Value::Version(read.version));
    }
    if read.fits() && elsewhere > 0 { Check::Held(1) } else { Check::NotApplicable }
}

/// What is read elsewhere the owner can have.
fn elsewhere(known: &Knowledge<'_>, version: u32) -> Check {
    let most = known.versions.high;
    Check::of(version <= most, || Value::AtMost(most), || Value::Version(version))
}

examples_hold!(Ver11);
