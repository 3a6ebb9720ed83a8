//! Entries on the version, and on the ways to update the source files.

use super::{Entry, Kind, not_made, not_read, question};
use crate::documents::Document as D;
use crate::documents::sentences::PageSentence as S;
use crate::documents::{at, said};

pub(super) const ENTRIES: &[Entry] = &[
    question(
        "VER-9",
        "a snapshot that failed leaves the version",
        "Q-FAILED-VERSION",
        &[
            at(D::Troubles, "Generic issues, the item on access denied"),
            at(D::Actions, "Update a package, step 3: the version is named after the snapshot"),
        ],
    ),
    not_made(
        "VER-10",
        "a failing point does not roll the version back",
        "faults at points",
        &[at(D::Actions, "Update a package, step 3: points come after the snapshot")],
    ),
    question(
        "VER-14",
        "an application's package version may stay 1",
        "Q-UNPROMISED",
        &[at(D::Deploy, "Update content, the warning")],
    ),
    not_read(
        "VER-15",
        "SourceDate and LastRefreshTime do not go back",
        "no dates are read",
        &[
            at(D::Base, "property SourceDate"),
            at(D::Base, "property LastRefreshTime"),
            at(D::Proot, "property SourceDate"),
        ],
    ),
    not_read(
        "VER-16",
        "clients cannot write SourceDate, SourceSite, LastRefreshTime and ActionInProgress",
        "a message can write none of them, and no dates are read; SourceVersion is VER-5",
        &[
            at(D::Base, "property SourceDate, access type"),
            at(D::Base, "property SourceSite, access type"),
            at(D::Base, "property LastRefreshTime, access type"),
            at(D::Base, "property ActionInProgress, access type"),
        ],
    ),
    not_made(
        "VER-17",
        "VerifyPackage never increments",
        "no operation verifies a package; the other changes at a point are VER-8",
        &[at(D::Verify, "introduction: it names no other effect")],
    ),
    not_made(
        "VER-18",
        "what comes after the highest version",
        "no run is that long: an unsigned 32-bit number counts, and no page says what follows the last",
        &[at(D::Base, "property SourceVersion, data type")],
    ),
    Entry {
        id: "UPD-1",
        says: "but for a schedule, the method is the only way to force an update of the source files",
        kind: Kind::Contradicted(&[
            "SCH-2",
            "CLS-8",
            "CLS-9",
            "CLS-11",
            "Q-ADDED",
            "Q-PUT-PATH",
            "Q-REDISTRIBUTE",
        ]),
        cites: &[
            said(S::OnlyWay),
            at(D::Base, "property RefreshPkgSourceFlag, 2nd paragraph"),
            at(D::AddDriver, "parameter bRefreshDPs"),
            at(D::AddUpdate, "parameter bRefreshDPs"),
            at(D::Commit, "introduction"),
            at(D::ClsPkg, "Remarks, the paragraph on ShareName and PkgSourcePath"),
            at(D::Dp, "property RefreshNow"),
        ],
    },
];
