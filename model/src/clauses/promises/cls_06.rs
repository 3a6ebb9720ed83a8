//! CLS-6: content that was added without refreshing the points is there after the next refresh.

use crate::clauses::prelude::*;
use crate::clauses::read::ContentRead;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Cls6,
    id: "CLS-6",
    says: "content that was added without refreshing the points is there after the next refresh",
    cites: &[
        said(S::HowTo),
        said(S::RelatedAdd),
        at(D::HowToDriver, "introduction, the paragraph on bRefreshDPs; procedure, step 9"),
        at(D::AddDriver, "parameter bRefreshDPs"),
        at(D::AddUpdate, "parameter bRefreshDPs"),
    ],
    note: "content that is removed is CLS-10",
    force: Force::Described,
    binds: Binds::Additions,
    check,
    review: None,
    relaxations: &[Relaxation::AdditionsAnyTime],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create U1 SMS_SoftwareUpdatesPackage S1
            assign U1 DP1
            quiescent
            add_content U1 b.cab=two
            refresh U1 -> 0
            quiescent
            content U1 DP1 -> a.txt=one b.cab=two
        ",
        broken: "
            edit S1 a.txt=one
            create U1 SMS_SoftwareUpdatesPackage S1
            assign U1 DP1
            quiescent
            add_content U1 b.cab=two
            refresh U1 -> 0
            quiescent
            content U1 DP1 -> a.txt=one
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    ContentRead::additions(known, moment)
}

examples_hold!(Cls6);
