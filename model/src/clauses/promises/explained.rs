//! EXPLAINED: the built-in clause that speaks where no other does. It has no check of its own: the judge asks
//! [`crate::oracle`].

use crate::clauses::prelude::*;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Explained,
    id: "EXPLAINED",
    says: "some run of the specification explains what was seen",
    cites: &[at(D::Spec, "The specification is stated twice")],
    note: "no run of the specification explains these events",
    force: Force::Implied,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[],
    examples: Examples { pins: &[], held: "create P1 SMS_Package S1", broken: "" },
};

fn check(_: &Knowledge<'_>, _: &Moment) -> Check {
    Check::NotApplicable
}
