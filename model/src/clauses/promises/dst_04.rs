//! DST-4: a point reports INSTALLED at a version only when it holds that version's content.

use crate::clauses::prelude::*;
use crate::clauses::read::ContentRead;
use crate::index::PointIndex;
use crate::reply::PointStatus;

pub(super) const CLAUSE: Clause = Clause {
    clause: ClauseId::Dst4,
    id: "DST-4",
    says: "a point reports INSTALLED at a version only when it holds that version's content",
    cites: &[
        at(D::Transfer, "step 5: success is reported after the content is complete"),
        at(D::Pdps, "property SourceVersion"),
    ],
    note: "that the hash was checked is DST-23",
    force: Force::Described,
    binds: Binds::All,
    check,
    review: None,
    relaxations: &[Relaxation::StatusAhead, Relaxation::StatusLies],
    examples: Examples {
        pins: &[],
        held: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            quiescent
            point P1 DP1 -> installed 2
            content P1 DP1 -> a.txt=three
        ",
        broken: "
            edit S1 a.txt=one
            create P1 SMS_Package S1
            assign P1 DP1
            quiescent
            edit S1 a.txt=three
            refresh P1 -> 0
            quiescent
            point P1 DP1 -> installed 2
            content P1 DP1 -> a.txt=one
        ",
    },
};

fn check(known: &Knowledge<'_>, moment: &Moment) -> Check {
    match &moment.act {
        Act::ReadPoint { point, status } if status.state.says_installed() => {
            reported(known, *point, status)
        }
        _ => content(known, moment),
    }
}

/// A point cannot have a version that has no content.
fn reported(known: &Knowledge<'_>, point: PointIndex, status: &PointStatus) -> Check {
    let judged = known.known_point(point).is_some_and(|row| row.assigned);
    if !judged || known.package.was_sourceless {
        return Check::NotApplicable;
    }
    let version = status.version.map(|version| version.0);
    let most = known.snapshots.most_with_content();
    let seen = || Value::Point(status.state, version);
    if !known.snapshots.could_have_content() {
        return Check::broken(Value::Says("no INSTALLED: no version has content yet"), seen());
    }
    if version.is_some_and(|version| version > most) {
        return Check::broken(Value::AtMost(most), seen());
    }
    let oldest = known.versions.oldest;
    if !known.lags() && version.is_some_and(|version| version < oldest) {
        return Check::broken(Value::Installed(oldest), seen());
    }
    Check::NotApplicable
}

/// What a point holds is what it said.
fn content(known: &Knowledge<'_>, moment: &Moment) -> Check {
    let Some(read) = ContentRead::of(known, moment).filter(ContentRead::is_of_package) else {
        return Check::NotApplicable;
    };
    let reported = read.row.seen.reported;
    if !read.is_explained() {
        let says_newest = known.is_quiescent() && reported >= known.versions.low;
        let stale = says_newest && read.is_stale();
        return if stale { read.broken() } else { Check::NotApplicable };
    }
    let versions_tell = !known.package.was_sourceless && !read.row.vanished;
    if versions_tell && !read.may_be_of(reported) {
        return read.broken();
    }
    if reported > 0 { Check::Held(1) } else { Check::NotApplicable }
}

examples_hold!(Dst4);
