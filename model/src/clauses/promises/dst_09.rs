//! DST-9: a file whose contents changed, or that was renamed or moved, is a change.

use crate::clauses::prelude::*;
use crate::clauses::read::ContentRead;
use crate::words::{Content, FilePath, FileRecord};

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst9,
    id: "DST-9",
    says: "a file whose contents changed, or that was renamed or moved, is a change",
    cites: &[at(D::Fundamentals, "Binary differential replication, 1st item")],
    note: "of size and time the page says nothing, and so neither can hide a change; a content package is exempt because no page promises that its refresh reaches a point",
    force: Force::Described,
    binds: Binds::Points,
    check,
    review: None,
    relaxations: &[Relaxation::ChangeHiddenBySizeAndTime, Relaxation::ChangeHidden],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=two!
            refresh P1 -> 0
            quiescent
            content P1 DP1 -> a.txt=two
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=two!
            refresh P1 -> 0
            quiescent
            content P1 DP1 -> a.txt=one
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = ContentRead::of(known, moment).filter(ContentRead::is_of_package) else {
        return Check::NotApplicable;
    };
    if read.is_explained() {
        let now = read.files();
        let met = read.shows_a_refresh() && read.recent().any(|old| is_hidden_change(old, now));
        return if met { Check::Held(1) } else { Check::NotApplicable };
    }
    if read.misses_changes() { read.broken() } else { Check::NotApplicable }
}

/// True where a file kept its name and its size and changed its bytes, or a name changed and the bytes stayed.
fn is_hidden_change(old: &Content, new: &Content) -> bool {
    let same_size = old.iter().any(|(path, record)| {
        new.get(path).is_some_and(|now| now.size == record.size && now.sha256 != record.sha256)
    });
    let renamed = || {
        old.iter().any(|(path, record)| {
            let elsewhere =
                |(other, now): (&FilePath, &FileRecord)| now == record && !old.contains_key(other);
            !new.contains_key(path) && new.iter().any(elsewhere)
        })
    };
    same_size || renamed()
}

examples_hold!(Dst9);
