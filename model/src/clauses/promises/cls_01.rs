//! CLS-1: what a refresh does to a task sequence is what the reading says.

use crate::clauses::prelude::*;
use crate::rules;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Cls1,
    id: "CLS-1",
    says: "what a refresh does to a task sequence is what the reading says",
    source: "RPS-TS caution; see Q-TASK-SEQUENCE",
    force: Force::Documented,
    binds: Binds::Inoperable,
    check,
    review: None,
    relaxations: &[Relaxation::OperableEitherWay],
    examples: Examples {
        pins: &["Q-TASK-SEQUENCE=inoperable"],
        held: "
            create T1 SMS_TaskSequencePackage S1
            refresh T1 -> 0
            operable T1 -> no
        ",
        broken: "
            create T1 SMS_TaskSequencePackage S1
            refresh T1 -> 0
            operable T1 -> yes
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadOperable(seen) = moment.act else { return Check::NotApplicable };
    if !known.operable_is_judged() {
        return Check::NotApplicable;
    }
    let expected = rules::operable_after_refresh(known.readings).unwrap_or(seen);
    Check::of(seen == expected, || Value::Operable(expected), || Value::Operable(seen))
}

examples_hold!(Cls1);
