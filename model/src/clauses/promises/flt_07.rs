//! FLT-7: a distribution that was cancelled in time has failed at its point, and one that was not has arrived.

use crate::clauses::prelude::*;
use crate::words::PointState;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Flt7,
    id: "FLT-7",
    says: "a distribution that was cancelled in time has failed at its point, and one that was not has arrived",
    cites: &[
        at(D::Cancel, "introduction, 2nd sentence"),
        at(D::Monitor, "Content status monitoring, the note, 1st paragraph"),
    ],
    note: "",
    force: Force::Documented,
    binds: Binds::Points,
    check,
    review: None,
    relaxations: &[Relaxation::CancelledAsBefore],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            cancel P1 DP1
            quiescent
            package P1 -> 2
            point P1 DP1 -> install_failed 1
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            cancel P1 DP1
            quiescent
            package P1 -> 2
            point P1 DP1 -> install_pending 1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadPoint { point, status } = &moment.act else { return Check::NotApplicable };
    let is_cancelled = known.known_point(*point).is_some_and(|row| known.is_cancelled(row));
    if !is_cancelled || !known.is_quiescent() || !known.newest_is_sure() {
        return Check::NotApplicable;
    }
    let newest = known.versions.low;
    let version = status.version.map(|version| version.0);
    let has_ended = match status.state {
        PointState::InstallFailed => true,
        state => state.is_installed() && version.is_none_or(|version| version >= newest),
    };
    let expected = || Value::Says("INSTALL_FAILED, or INSTALLED at the current version");
    Check::of(has_ended, expected, || Value::Point(status.state, version))
}

examples_hold!(Flt7);
