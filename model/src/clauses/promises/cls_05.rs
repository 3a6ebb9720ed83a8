//! CLS-5: a device-setting package's `PkgSourceFlag` is `STORAGE_DIRECT`.

use crate::clauses::prelude::*;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Cls5,
    id: "CLS-5",
    says: "a device-setting package's PkgSourceFlag is STORAGE_DIRECT",
    cites: &[at(D::ClsDev, "property PkgSourceFlag, last sentence")],
    note: "",
    force: Force::Documented,
    binds: Binds::Flag,
    check,
    review: None,
    relaxations: &[Relaxation::OtherSourceFlag],
    examples: Examples {
        pins: &[],
        held: "
            create D1 SMS_DeviceSettingPackage S1
            package D1 -> 1 flag=direct
        ",
        broken: "
            create D1 SMS_DeviceSettingPackage S1
            package D1 -> 1 flag=local
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Act::ReadPackage(Some(status)) = &moment.act else { return Check::NotApplicable };
    match (status.source_flag, known.class().source_flag) {
        (Some(seen), Some(bound)) => {
            Check::of(seen == bound, || Value::Flag(bound), || Value::Flag(seen))
        }
        _ => Check::NotApplicable,
    }
}

examples_hold!(Cls5);
