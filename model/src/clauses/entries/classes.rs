//! Entries on single classes: what their own methods do besides, and what the suite makes of it.

use super::{Entry, not_made, not_observable, not_read};
use crate::documents::Document as D;
use crate::documents::sentences::PageSentence as S;
use crate::documents::{at, said};

pub(super) const ENTRIES: &[Entry] = &[
    not_observable(
        "CLS-2",
        "task sequence and content package promise neither increment, copy of the latest version nor replication",
        "an absence: those promises bind nothing there",
        &[
            at(D::RpsTs, "introduction and Remarks: the sentences are absent"),
            at(D::RpsContent, "introduction and Remarks: the sentences are absent"),
        ],
    ),
    not_made(
        "CLS-7",
        "a compressed source's medium must be ready at the call",
        "only earlier editions say so, and the flag is obsolete; see Q-FLAG",
        &[at(D::Sdk07, "Remarks"), at(D::Base, "property PkgSourceFlag, value 3")],
    ),
    not_made(
        "CLS-9",
        "a content package is updated by AddContent, RemoveContent and Commit",
        "no operation commits; add_content stands for one call of AddContent",
        &[
            at(D::ClsContent, "Methods"),
            at(D::AddContent, "introduction"),
            at(D::Commit, "introduction"),
        ],
    ),
    not_made(
        "CLS-10",
        "content that is removed from a driver or software-update package goes from its points",
        "no operation removes content; a history in which somebody did is judged as if nobody had",
        &[
            said(S::RelatedRemove),
            at(D::RemoveDriver, "introduction, and parameter bRefreshDPs"),
            at(D::RemoveUpdate, "introduction, and parameter bRefreshDPs"),
            at(D::RemoveContent, "parameters"),
        ],
    ),
    not_made(
        "CLS-11",
        "bRefreshDPs left out means true: the points get the content at once",
        "a message always says whether; see Q-ADDED",
        &[at(D::AddDriver, "parameter bRefreshDPs"), at(D::AddUpdate, "parameter bRefreshDPs")],
    ),
    not_made(
        "CLS-12",
        "ValidateNewPackageSource precedes a move of a driver or software-update package's source",
        "no operation validates; the page names StoredPkgPath, and PkgSourcePath may be meant",
        &[said(S::RelatedValidate), at(D::Validate, "Remarks, steps 1 to 4")],
    ),
    not_made(
        "CLS-13",
        "RebuildPackage restores the contents of a driver or software-update package",
        "no operation rebuilds",
        &[at(D::Rebuild, "introduction")],
    ),
    not_made(
        "CLS-14",
        "ReloadImageProperties reads an image's properties anew, for a commit that follows",
        "no operation reloads",
        &[at(D::Reload, "introduction"), at(D::HowToImage, "introduction, and steps 3 and 4")],
    ),
    not_made(
        "CLS-15",
        "DeleteContextID removes a context's status",
        "no operation deletes a context",
        &[at(D::DeleteContext, "introduction")],
    ),
    not_made(
        "CLS-16",
        "a driver that is taken out of ReferencedDrivers leaves the image at the next refresh",
        "no operation takes a driver out",
        &[at(D::HowToBootRemove, "introduction")],
    ),
    not_read(
        "CLS-17",
        "the provider copies an added driver's content into the package's own share",
        "the suite reads points, not the share; a source folder is only edited by the suite",
        &[at(D::HowToDriver, "introduction, 2nd paragraph")],
    ),
    not_read(
        "CLS-18",
        "RefreshPkgSourceFlag always reads false",
        "no message reads it; what writing it does is CLS-8",
        &[at(D::Base, "property RefreshPkgSourceFlag, 1st paragraph")],
    ),
];
