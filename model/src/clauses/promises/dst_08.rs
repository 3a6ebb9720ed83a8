//! DST-8: a file that another package uses is never deleted by a refresh.

use crate::clauses::prelude::*;
use crate::clauses::read::ContentRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst8,
    id: "DST-8",
    says: "a file that another package uses is never deleted by a refresh",
    cites: &[
        at(D::Library, "File library, last paragraph"),
        at(D::Actions, "Introduction, the item on Update: files that packages share"),
    ],
    note: "",
    force: Force::Described,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::SharedFilesGo],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            edit S2 a.txt=one
            create P1 SMS_Package S1
            create P2 SMS_Package S2
            assign P1 DP1
            refresh P1 -> 0
            quiescent
            content P1 DP1 -> a.txt=one
        ",
        broken: "
            edit S1 a.txt=one
            edit S2 a.txt=one
            create P1 SMS_Package S1
            create P2 SMS_Package S2
            assign P1 DP1
            refresh P1 -> 0
            quiescent
            content P1 DP1 ->
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = ContentRead::of(known, moment).filter(ContentRead::is_of_package) else {
        return Check::NotApplicable;
    };
    if read.is_explained() {
        let met = read.shows_a_refresh()
            && read.files().iter().any(|(path, file)| read.is_foreign(path, file));
        return if met { Check::Held(1) } else { Check::NotApplicable };
    }
    if read.lacks_shared() { read.broken() } else { Check::NotApplicable }
}

examples_hold!(Dst8);
