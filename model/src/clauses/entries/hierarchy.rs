//! Entries on child sites and on the site that owns a package.

use super::{Entry, not_made, not_observable, not_read, permission};
use crate::documents::Document as D;
use crate::documents::sentences::PageSentence as S;
use crate::documents::{at, said};

pub(super) const ENTRIES: &[Entry] = &[
    permission(
        "HIE-5",
        "metadata and files may arrive in either order",
        "reordering",
        &[
            at(D::Actions, "Distribute a package to DP across sites, step 7, item 2"),
            at(D::FileReplication, "introduction"),
        ],
    ),
    not_made(
        "HIE-6",
        "an older replica is discarded",
        "replicas that overtake each other; that a site does not go back is VER-12",
        &[at(
            D::Actions,
            "Distribute a package to DP across sites, step 7, item 3: versions are compared",
        )],
    ),
    not_observable(
        "HIE-7",
        "only the owning site reads the source",
        "seen only by its effect: VER-13 and DST-10",
        &[at(D::Actions, "Create a package, step 6: a receiving site takes no snapshot")],
    ),
    not_observable(
        "HIE-8",
        "a secondary site's point is served by its own site",
        "the route shows in no read; the order is HIE-4",
        &[at(D::Actions, "Distribute a package to DP across sites, steps 9 to 12")],
    ),
    not_read(
        "HIE-9",
        "a receiver too far behind gets the whole set",
        "what is sent is not read",
        &[
            at(D::Fundamentals, "Binary differential replication, 2nd item"),
            at(D::Faq03, "Delta replication, 3rd question"),
        ],
    ),
    not_made(
        "HIE-10",
        "RefreshNow causes no child replication",
        "a child site that is behind: faults",
        &[at(D::Dp, "property RefreshNow, 4th sentence")],
    ),
    not_made(
        "HIE-11",
        "SetSourceSite and Unlock make another site the owner",
        "no operation changes the owner; a history in which somebody did is judged as if nobody had",
        &[said(S::RelatedSite), at(D::SourceSite, "introduction"), at(D::Unlock, "introduction")],
    ),
];
