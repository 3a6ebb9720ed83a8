//! SCH-1: a schedule has at most 15 tokens and needs `STORAGE_DIRECT`.

use crate::clauses::prelude::*;
use crate::rules;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Sch1,
    id: "SCH-1",
    says: "a schedule has at most 15 tokens and needs STORAGE_DIRECT",
    cites: &[at(D::Base, "property RefreshSchedule"), said(S::ScheduleElsewhere)],
    note: "that what is allowed is accepted is SCH-6",
    force: Force::Documented,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::AnySchedule],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            schedule P1 16 -> error
        ",
        broken: "
            create P1 SMS_Package S1
            schedule P1 16
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::SetSchedule { tokens } = moment.act else { return Check::NotApplicable };
    let judged = known.package.is_here() && !known.package.unsure;
    let allowed = rules::schedule_is_allowed(tokens, known.package.flag);
    if !judged || allowed || moment.outcome == Outcome::Unknown {
        return Check::NotApplicable;
    }
    let expected = || Value::Says("a refusal: the schedule is not allowed");
    Check::of(moment.outcome != Outcome::Done, expected, || Value::Ends(moment.outcome))
}

examples_hold!(Sch1);
