//! IF-17: `ActionInProgress` is a value of its list, and NONE when nothing is left to do.

use crate::clauses::prelude::*;
use crate::clauses::read;
use crate::rules;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::If17,
    id: "IF-17",
    says: "ActionInProgress is a value of its list, and NONE when nothing is left to do",
    cites: &[
        at(D::Base, "property ActionInProgress"),
        at(D::Actions, "Update a package, steps 1 and 3"),
    ],
    note: "the page has the list; that NONE comes back when nothing is left to do is what the walk-through shows",
    force: Force::Described,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::AnyAction],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            refresh P1 -> 0
            package P1 -> 1 action=1
            quiescent
            package P1 -> 2 action=0
        ",
        broken: "
            create P1 SMS_Package S1
            refresh P1 -> 0
            quiescent
            package P1 -> 2 action=1
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadPackage(Some(status)) = &moment.act else { return Check::NotApplicable };
    let Some(action) = status.action else { return Check::NotApplicable };
    let is_quiescent = known.is_quiescent() && read::is_judged(known);
    let valid = rules::action_is_valid(action, is_quiescent);
    let expected = || {
        Value::Says(if is_quiescent { "no action in progress" } else { "an action of the list" })
    };
    Check::of(valid, expected, || Value::Action(action))
}

examples_hold!(If17);
