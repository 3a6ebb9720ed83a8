//! CLS-4: a boot image's injection status is 0 to 3, within its maximum, and ends as complete or as an error.

use crate::clauses::prelude::*;
use crate::history::timeline::ContextUse;
use crate::rules;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Cls4,
    id: "CLS-4",
    says: "a boot image's injection status is 0 to 3, within its maximum, and ends as complete or as an error",
    cites: &[
        at(D::Query, "parameters Status, Progress, MaxProgress and ErrorCode"),
        said(S::ContextMeaning),
    ],
    note: "",
    force: Force::Described,
    binds: Binds::Context,
    check,
    review: None,
    relaxations: &[Relaxation::InjectionStatusOutOfRange],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create B1 SMS_BootImagePackage S1
            refresh B1 context=c -> 0
            context B1 c -> 0 9 9
        ",
        broken: "
            edit S1 a.txt=one
            create B1 SMS_BootImagePackage S1
            refresh B1 context=c -> 0
            context B1 c -> 1 10 9
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadContext { status, of } = moment.act else { return Check::NotApplicable };
    let expected = || {
        Value::Says(match of {
            ContextUse::Never => "3, no status: no call has named this ContextID",
            ContextUse::Before | ContextUse::Last => {
                "0 to 3, within its maximum, and no longer in progress when all has ended"
            }
        })
    };
    let valid = rules::injection_status_is_valid(status, of, known.is_quiescent());
    Check::of(valid, expected, || Value::Injection(status))
}

examples_hold!(Cls4);
