//! IF-8: a boot image can be refreshed without a `ContextID`.

use crate::clauses::prelude::*;
use crate::clauses::read::Answered;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::If8,
    id: "IF-8",
    says: "a boot image can be refreshed without a ContextID",
    cites: &[said(S::ContextOptional)],
    note: "",
    force: Force::Documented,
    binds: Binds::Context,
    check,
    review: None,
    relaxations: &[Relaxation::ContextRequired],
    examples: Examples {
        pins: &[],
        held: "
            create B1 SMS_BootImagePackage S1
            refresh B1 -> 0
        ",
        broken: "
            create B1 SMS_BootImagePackage S1
            refresh B1 -> 87
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    match Answered::of(known, moment) {
        Some(answer) if answer.without_context && (answer.is_zero() || !answer.has_cause()) => {
            Check::of(answer.is_zero(), || Value::Ends(Outcome::Done), || answer.seen())
        }
        _ => Check::NotApplicable,
    }
}

examples_hold!(If8);
