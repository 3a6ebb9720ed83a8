//! Entries on calls and transfers at the same time.

use super::{Entry, not_made, not_observable, not_read, question, within};
use crate::documents::Document as D;
use crate::documents::sentences::PageSentence as S;
use crate::documents::{at, said};

pub(super) const ENTRIES: &[Entry] = &[
    not_observable(
        "CON-1",
        "one processing thread for a package",
        "threads show in no read",
        &[at(D::Threads, "Effect on Distribution Manager, 2nd paragraph")],
    ),
    not_observable(
        "CON-2",
        "packages proceed independently up to a limit",
        "threads show in no read",
        &[
            at(D::Threads, "Distribution Manager thread configuration, 1st item"),
            at(D::Transfer, "step 4, standard distribution point"),
        ],
    ),
    question(
        "CON-3",
        "k accepted calls make 1 to k increments",
        "Q-INCREMENTS",
        &[at(D::Actions, "Update a package, steps 1 and 2: the request is a flag of the package")],
    ),
    within(
        "CON-4",
        "a call accepted while processing is not lost",
        "DST-1",
        &[said(S::Copy), at(D::Actions, "Update a package, steps 1 to 3")],
    ),
    within(
        "CON-5",
        "a point still receiving one version ends at the next",
        "DST-1",
        &[said(S::Copy), at(D::Pdps, "property SourceVersion"), at(D::Kb318834, "symptoms")],
    ),
    not_read(
        "CON-6",
        "at most 50 pull jobs",
        "jobs are not read",
        &[at(D::Troubles, "Common pull DP issues, 1st item")],
    ),
    not_observable(
        "CON-7",
        "one transfer at a time where bandwidth is controlled",
        "threads show in no read",
        &[at(D::Troubles, "Common PkgXferMgr issues, 2nd item")],
    ),
    not_observable(
        "CON-8",
        "one job, one thread",
        "threads show in no read",
        &[at(D::Troubles, "Common PkgXferMgr issues, 4th item")],
    ),
    not_made(
        "CON-9",
        "a stale object version and a foreign lock",
        "clients that overlap; a refresh is judged as that of a lone client",
        &[at(D::Base, "property SedoObjectVersion"), at(D::Sedo, "introduction")],
    ),
    not_made(
        "CON-10",
        "a manual refresh does not disturb the schedule",
        "a clock",
        &[at(D::Cmdlet, "Description, last sentence")],
    ),
];
