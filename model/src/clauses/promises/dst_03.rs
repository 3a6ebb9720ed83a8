//! DST-3: every distribution point that is healthy comes to report `INSTALLED` at the current version.

use crate::clauses::prelude::*;
use crate::knowledge::{Incomplete, Point};
use crate::readings::behaviour::PendingReport;
use crate::words::PointState;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst3,
    id: "DST-3",
    says: "every distribution point that is healthy comes to report INSTALLED at the current version",
    cites: &[
        at(D::Deploy, "Update content, 3rd item"),
        at(D::Pdps, "properties State and SourceVersion"),
    ],
    note: "whether a point can fail that nothing is known to ail is Q-HEALTH; a point that works on another package may \
           say that it is busy until everything is done",
    force: Force::Described,
    binds: Binds::Points,
    check,
    review: Some(review),
    relaxations: &[Relaxation::StatusNeverCurrent],
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
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            quiescent
            content P1 DP1 -> a.txt=three
            point P1 DP1 -> install_pending 1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadPoint { point, status } = &moment.act else { return Check::NotApplicable };
    let Some(row) = known.known_point(*point).filter(|row| row.assigned) else {
        return Check::NotApplicable;
    };
    let newest = known.versions.low;
    let must = known.must_be_current(row);
    let version = status.version.map(|version| version.0);
    let broken = || Check::broken(Value::Installed(newest), Value::Point(status.state, version));
    if status.state == PointState::None {
        let owed = known.is_quiescent() && known.is_owed(row) && row.seen.reported == 0;
        return if owed { broken() } else { Check::NotApplicable };
    }
    let wrong = if status.state.is_installed() {
        let lags = known.lags();
        version.is_some_and(|v| (!lags && v < row.seen.least) || (must && v < newest))
    } else {
        // A point may be busy with another package.
        let busy = known.is_busy_elsewhere();
        let wrong = |version| is_wrong_while_pending(known, row, version);
        !busy && (must || version.is_some_and(wrong))
    };
    match (wrong, must) {
        (true, _) => broken(),
        (false, true) => Check::Held(1),
        (false, false) => Check::NotApplicable,
    }
}

/// What a point that is being updated may not report.
fn is_wrong_while_pending(known: &Knowledge<'_>, row: &Point, version: u32) -> bool {
    let no_old = !known.permits(PendingReport::OldVersion) && !known.package.was_sourceless;
    let held = known.pending_shows_what_is_there();
    // Who has the newest version and nothing to wait for has it installed.
    let done = known.is_quiescent() && version >= known.versions.low && known.is_owed(row);
    (no_old && version <= row.seen.reported)
        || (held && (done || !known.snapshots.could_have_content()))
}
fn review(known: &Knowledge<'_>) -> Check {
    let newest = known.versions.low;
    let found = known.incomplete_after_all().find_map(|(read, _)| match read {
        Incomplete::Status(place) => Some(place),
        Incomplete::Content(_) => None,
    });
    let seen = || Value::Says("a point that is not up to date, with nothing left to do");
    match found {
        Some(place) => Check::broken(Value::Installed(newest), seen()).because(place),
        None => Check::NotApplicable,
    }
}

examples_hold!(Dst3);
