//! DST-7: a file that is gone from the source goes from the package on every point.

use crate::clauses::prelude::*;
use crate::clauses::read::ContentRead;
use crate::words::Content;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst7,
    id: "DST-7",
    says: "a file that is gone from the source goes from the package on every point",
    cites: &[at(D::Actions, "Introduction, the item on Update: removed files")],
    note: "",
    force: Force::Described,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::DeletedFilesStay],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one b.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 -b.txt
            refresh P1 -> 0
            quiescent
            content P1 DP1 -> a.txt=one
        ",
        broken: "
            edit S1 a.txt=one b.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 -b.txt
            refresh P1 -> 0
            quiescent
            content P1 DP1 -> a.txt=one b.txt=one
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = ContentRead::of(known, moment).filter(ContentRead::is_of_package) else {
        return Check::NotApplicable;
    };
    if read.is_explained() {
        let now = read.files();
        let dropped = |files: &Content| files.keys().any(|path| !now.contains_key(path));
        let met = read.shows_a_refresh() && read.recent().any(dropped);
        return if met { Check::Held(1) } else { Check::NotApplicable };
    }
    if read.keeps_deleted() { read.broken() } else { Check::NotApplicable }
}

examples_hold!(Dst7);
