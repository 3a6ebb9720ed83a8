//! Entries on the distribution points and what they report.

use super::{Entry, not_made, not_observable, not_read, permission, question};
use crate::documents::Document as D;
use crate::documents::at;

pub(super) const ENTRIES: &[Entry] = &[
    permission(
        "DST-6",
        "unchanged files need not be sent again",
        "sends-everything",
        &[
            at(D::Actions, "Introduction, the item on Update"),
            at(D::Deploy, "Update content, 3rd item"),
            at(D::Transfer, "step 3, standard distribution point"),
            at(D::Kb872943, "cause: attributes that counted as changes were the bug"),
        ],
    ),
    permission(
        "DST-11",
        "a refresh without points still increments",
        "synchronous",
        &[at(D::Actions, "Create a package, step 3: a package without points is processed")],
    ),
    question(
        "DST-12",
        "a package without source has nothing to refresh",
        "Q-NO-SOURCE",
        &[at(D::Base, "property PkgSourceFlag, values 0 and 1")],
    ),
    not_read(
        "DST-13",
        "the installed count drops once a refresh is accepted",
        "no summary counts are read",
        &[at(D::Proot, "property Installed"), at(D::Pdet, "property Installed")],
    ),
    not_read(
        "DST-14",
        "the targeted count is unchanged by a refresh",
        "no summary counts are read",
        &[at(D::Proot, "property Targeted")],
    ),
    not_read(
        "DST-15",
        "installed, retrying and failed are within targeted",
        "no summary counts are read",
        &[
            at(D::Proot, "properties Installed, Retrying, Failed and Targeted"),
            at(D::Pdet, "properties Installed, Retrying, Failed and Targeted"),
        ],
    ),
    not_made(
        "DST-16",
        "a point in maintenance mode receives nothing",
        "no operation sets the mode",
        &[at(D::InstallPoints, "Maintenance mode, 1st item")],
    ),
    not_made(
        "DST-17",
        "a prestaged point that is copied by hand receives nothing over the network",
        "no operation makes a prestaged point",
        &[at(D::Bandwidth, "Prestaged content, the option to copy by hand")],
    ),
    not_observable(
        "DST-18",
        "a point beside its site server is current with the site library",
        "where a point's files lie shows in no read",
        &[
            at(D::Tips, "the answer on a point that is colocated with the site server"),
            at(D::Monitor, "Content status monitoring, the note"),
        ],
    ),
    not_made(
        "DST-19",
        "a pull point waits for a source point",
        "pull points are not told apart",
        &[
            at(D::Transfer, "step 3, pull-distribution point"),
            at(D::Pull, "Distribution process, 1st item"),
        ],
    ),
    not_made(
        "DST-20",
        "a pull point's late success is accepted",
        "pull points are not told apart",
        &[at(D::Pull, "Configure site component settings, the note on polling")],
    ),
    not_read(
        "DST-21",
        "LastCopied changes only on a copy that succeeded",
        "no dates are read",
        &[at(D::Pdps, "property LastCopied")],
    ),
    not_read(
        "DST-22",
        "an action reset is no evidence of arrival",
        "it binds the suite, which reads content back",
        &[at(D::Actions, "Distribute a package to DP across sites, step 9, item 3")],
    ),
    not_read(
        "DST-23",
        "a point's content is checked by its hash before success is reported",
        "the check is not read; that INSTALLED means complete is DST-4",
        &[at(D::Transfer, "step 5")],
    ),
    not_read(
        "DST-24",
        "StoredPkgPath and StoredPkgVersion describe the compressed copy",
        "neither is read",
        &[at(D::Base, "property StoredPkgPath"), at(D::Base, "property StoredPkgVersion")],
    ),
    not_read(
        "DST-25",
        "rows of package status and status messages hold the values of their lists",
        "no status messages are read; documents differ on the lists",
        &[at(D::Pst, "property Status"), at(D::Tips, "values of PkgStatus and MessageState")],
    ),
];
