//! IF-18: a package is there from its creation to its deletion, whatever is done to others.

use crate::clauses::prelude::*;
use crate::knowledge::Presence;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::If18,
    id: "IF-18",
    says: "a package is there from its creation to its deletion, whatever is done to others",
    cites: &[
        at(D::Base, "property PackageID"),
        at(D::ClsPkg, "Remarks, the paragraph on deletion"),
    ],
    note: "no page says that nothing else ends a package",
    force: Force::Implied,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::PresenceEitherWay],
    examples: Examples {
        pins: &[],
        held: "
            create P1 SMS_Package S1
            package P1 -> 1
        ",
        broken: "
            create P1 SMS_Package S1
            package P1 -> absent
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let (seen, at_owner) = match &moment.act {
        Act::ReadPackage(status) => (status.is_some(), true),
        Act::ReadSite { status, .. } if !known.package.is_here() && !known.package.unsure => {
            (status.is_some(), false)
        }
        _ => return Check::NotApplicable,
    };
    let there = match known.package.presence {
        Presence::Here if !known.package.unsure => true,
        Presence::Never | Presence::Gone => false,
        Presence::Clearing if at_owner => false,
        Presence::Here | Presence::Leaving | Presence::Clearing | Presence::Unsure => {
            return Check::NotApplicable;
        }
    };
    Check::of(seen == there, || Value::Present(there), || Value::Present(seen))
}

examples_hold!(If18);
