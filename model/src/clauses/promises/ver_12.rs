//! VER-12: a reported version does not go back.

use crate::clauses::prelude::*;
use crate::clauses::read;
use crate::index::SiteIndex;
use crate::knowledge::Site;
use crate::reply::SiteStatus;
use crate::words::PointState;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Ver12,
    id: "VER-12",
    says: "a reported version does not go back",
    cites: &[at(D::Kb318834, "symptoms: a reported version that goes back is the bug")],
    note: "",
    force: Force::Described,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::ReportGoesBack, Relaxation::UnseenReportGoesBack],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            quiescent
            point P1 DP1 -> installed 2
            point P1 DP1 -> installed 2
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            quiescent
            point P1 DP1 -> installed 2
            point P1 DP1 -> installed 1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    match &moment.act {
        Act::ReadPoint { point, status } => {
            let Some(row) = known.known_point(*point).filter(|row| row.assigned) else {
                return Check::NotApplicable;
            };
            let before = row.seen.reported;
            let version = status.version.map(|version| version.0);
            match version {
                // What was removed and came back may still be told as removed.
                None if row.leaving && !known.is_quiescent() => Check::NotApplicable,
                None if status.state == PointState::None && before > 0 => {
                    Check::broken(Value::AtLeast(before), Value::Point(status.state, None))
                }
                None => Check::NotApplicable,
                Some(version) => goes_on(before, version),
            }
        }
        Act::ReadSite { site, status } => match (read::site(known, *site), status) {
            (Some(row), None) if row.version > 0 => {
                Check::broken(Value::AtLeast(row.version), Value::Present(false))
            }
            (Some(row), Some(status)) => match stored(known, *site, row, status) {
                broken @ Check::Broken(_) => broken,
                Check::Held(_) | Check::NotApplicable => goes_on(row.version, status.version.0),
            },
            _ => Check::NotApplicable,
        },
        _ => Check::NotApplicable,
    }
}

fn goes_on(before: u32, now: u32) -> Check {
    Check::of(now >= before, || Value::AtLeast(before), || Value::Version(now))
}

/// The files of a site do not go back either, but where it may drop them.
fn stored(known: &Knowledge<'_>, site: SiteIndex, row: &Site, status: &SiteStatus) -> Check {
    let Some(stored) = read::stored(known, status) else { return Check::NotApplicable };
    let dropped = stored == 0 && known.may_have_dropped(site);
    Check::of(
        stored >= row.stored || dropped,
        || Value::FilesOf(row.stored),
        || Value::FilesOf(stored),
    )
}

examples_hold!(Ver12);
