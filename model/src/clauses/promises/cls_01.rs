//! CLS-1: a task sequence whose refresh returned 0 is inoperable.

use crate::clauses::prelude::*;
use crate::rules;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Cls1,
    id: "CLS-1",
    says: "a task sequence whose refresh returned 0 is inoperable",
    cites: &[said(S::Inoperable)],
    note: "whether the call is refused instead is Q-TASK-SEQUENCE; a write of RefreshPkgSourceFlag is no call, and its page speaks of the method of SMS_Package alone",
    force: Force::Documented,
    binds: Binds::Inoperable,
    check,
    review: None,
    relaxations: &[Relaxation::OperableEitherWay],
    examples: Examples {
        pins: &[],
        held: "
            create T1 SMS_TaskSequencePackage S1
            refresh T1 -> 0
            quiescent
            operable T1 -> no
        ",
        broken: "
            create T1 SMS_TaskSequencePackage S1
            refresh T1 -> 0
            quiescent
            operable T1 -> yes
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadOperable(seen) = moment.act else { return Check::NotApplicable };
    if !known.operable_is_judged() {
        return Check::NotApplicable;
    }
    let expected = rules::OPERABLE_AFTER_REFRESH;
    Check::of(seen == expected, || Value::Operable(expected), || Value::Operable(seen))
}

examples_hold!(Cls1);
