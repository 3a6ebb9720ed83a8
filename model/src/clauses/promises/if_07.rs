//! IF-7: a call on a package that does not exist fails.

use crate::clauses::prelude::*;
use crate::knowledge::Presence;
use crate::readings::behaviour::UnknownPackage;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::If7,
    id: "IF-7",
    says: "a call on a package that does not exist fails",
    cites: &[at(D::ErrorsWmi, "Example: a Get of a package that does not exist")],
    note: "the example is of Get, not of a method; while its deletion is under way, a package is still there",
    force: Force::Implied,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::UnknownPackageAccepted],
    examples: Examples {
        pins: &[],
        held: "
            refresh P1 -> 5
        ",
        broken: "
            refresh P1 -> 0
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let gone = matches!(
        known.package.presence,
        Presence::Never | Presence::Gone | Presence::Leaving | Presence::Clearing
    );
    let is_refresh = matches!(moment.act, Act::Refresh { .. });
    if !is_refresh || !gone || moment.outcome == Outcome::Unknown {
        return Check::NotApplicable;
    }
    let permitted = match moment.outcome {
        Outcome::NonZero => known.permits(UnknownPackage::ReturnValue),
        Outcome::Error => known.permits(UnknownPackage::Error),
        // Until its deletion has ended the package may still be there.
        Outcome::Done => known.package.presence == Presence::Leaving,
        Outcome::Unknown => false,
    };
    let expected = || Value::Says("a failure: the package does not exist");
    Check::of(permitted, expected, || Value::Ends(moment.outcome))
}

examples_hold!(If7);
