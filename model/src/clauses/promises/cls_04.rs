//! CLS-4: a boot image's injection status is 0 to 3, and its progress within its maximum.

use crate::clauses::prelude::*;
use crate::rules;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Cls4,
    id: "CLS-4",
    says: "a boot image's injection status is 0 to 3, and its progress within its maximum",
    source: "RPS-BOOT; QueryOSDBinaryInjectionStatus",
    force: Force::Described,
    binds: Binds::Context,
    check,
    review: None,
    relaxations: &[Relaxation::InjectionStatusOutOfRange],
    examples: Examples {
        pins: &[],
        held: "
            create B1 SMS_BootImagePackage S1
            context B1 c -> 0 9 9
        ",
        broken: "
            create B1 SMS_BootImagePackage S1
            context B1 c -> 1 10 9
        ",
    },
};

fn check(_: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadContext(status) = moment.act else { return Check::NotApplicable };
    let expected = || Value::Says("a status of 0 to 3, and no progress beyond its maximum");
    Check::of(rules::injection_status_is_valid(status), expected, || Value::Injection(status))
}

examples_hold!(Cls4);
