//! DST-2: only the package's own distribution points get it.

use crate::clauses::prelude::*;
use crate::words::PointState;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst2,
    id: "DST-2",
    says: "only the package's own distribution points get it",
    cites: &[said(S::Copy), at(D::Dp, "Remarks, the paragraph on deletion")],
    note: "the pages say which points get it; that no other does follows from nothing else",
    force: Force::Implied,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::OtherPointsToo],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            content P1 DP2 -> nothing
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            content P1 DP2 -> a.txt=one
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let (point, seen) = match &moment.act {
        Act::ReadPoint { point, status } if status.state == PointState::None => (point, None),
        Act::ReadPoint { point, status } => {
            (point, Some(Value::Point(status.state, status.version.map(|version| version.0))))
        }
        Act::ReadContent { point, held } => {
            let nothing = |row| known.may_be_nothing(row, *held);
            if known.known_point(*point).is_none_or(nothing) {
                return Check::NotApplicable;
            }
            (point, held.map(|held| Value::Files(known.all_files(held))))
        }
        _ => return Check::NotApplicable,
    };
    let Some(row) = known.known_point(*point).filter(|row| !row.assigned) else {
        return Check::NotApplicable;
    };
    match seen {
        None => Check::Held(1),
        Some(_) if row.leaving && !known.is_quiescent() => Check::NotApplicable,
        Some(seen) => Check::broken(Value::NoContent, seen),
    }
}

examples_hold!(Dst2);
