//! Questions of which the specification models one answer: what only another explains is not judged any further.

use super::super::{Question, QuestionEntry};
use super::{reading, widening};
use crate::clauses::ClauseId::{
    Cls3, Dst1, Dst3, Dst5, Dst9, Dst10, If16, Ver1, Ver4, Ver6, Ver13,
};
use crate::documents::Document as D;
use crate::documents::sentences::PageSentence as S;
use crate::documents::{at, said};
use crate::readings::behaviour as b;
use crate::words::PackageClass;

pub(super) const QUESTIONS: [QuestionEntry; 9] = [
    QuestionEntry {
        question: Question::PointHealth,
        id: "Q-HEALTH",
        asks: "can a distribution point fail that nothing is known to ail?",
        cites: &[at(D::Pdps, "property State, value 3"), at(D::Deploy, "Update content, 3rd item")],
        readings: widening!(
            "every_point" = b::PointHealth::Healthy,
                "a point to which nothing was done does not fail";
            "may_fail" = b::PointHealth::Fails,
                "a point may report INSTALL_FAILED, and is then owed nothing; its package is not judged any further",
                [Dst1, Dst3, Dst9, Dst10]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::ChangingSource,
        id: "Q-SNAPSHOT",
        asks: "of what instant is a snapshot whose source changes while it is taken?",
        cites: &[
            at(D::Actions, "Update a package, step 3: the snapshot"),
            at(D::Hash, "parameters PackageID, SourceVersion and Hash"),
        ],
        readings: widening!(
            "one_instant" = b::ChangingSource::Instant,
                "all files are as they were at one moment";
            "each_file_its_own" = b::ChangingSource::Mixture,
                "each file is as it was at some moment of the refresh, and all points agree; the package is not judged any further",
                [Dst1, Dst5, Dst9]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::ChangedProperties,
        id: "Q-PROPERTIES",
        asks: "may a refresh be refused once the properties have changed?",
        cites: &[
            said(S::Unchanged),
            at(D::ClsPkg, "Methods, the row of RefreshPkgSource"),
            at(D::HowToImage, "Example: Put, then RefreshPkgSource"),
        ],
        readings: widening!(
            "as_any_other" = b::ChangedProperties::Accepted,
                "a refresh after a write is like any other; two how-tos write and then refresh";
            "may_be_refused" = b::ChangedProperties::Refused,
                "a refresh may be refused once a property was written; the package is not judged any further",
                [If16]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::OtherSourceFlags,
        id: "Q-FLAG",
        asks: "may a refresh be refused whose source is not read directly?",
        cites: &[at(D::Base, "property PkgSourceFlag, values 3 and 4"), at(D::Sdk07, "Remarks")],
        readings: widening!(
            "as_any_other" = b::OtherSourceFlags::Accepted,
                "the source is read all the same";
            "may_be_refused" = b::OtherSourceFlags::Refused,
                "a refresh may be refused; the package is not judged any further", [If16]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::Injection,
        id: "Q-INJECTION",
        asks: "can the injection of a boot image fail that nothing stands in the way of?",
        cites: &[at(D::Query, "parameters Status and ErrorCode"), said(S::Success)],
        readings: widening!(
            "succeeds" = b::Injection::Succeeds,
                "an injection that nothing stands in the way of completes";
            "may_fail" = b::Injection::Fails,
                "an injection may end in the error that its status shows; the package is not judged any further",
                [If16, Ver1, Ver6, Cls3]
        ),
        classes: &[PackageClass::BootImage],
    },
    QuestionEntry {
        question: Question::Redistribution,
        id: "Q-REDISTRIBUTE",
        asks: "does RefreshNow send the content of the version, or what the source holds now?",
        cites: &[
            at(D::Dp, "property RefreshNow, 3rd sentence"),
            at(D::Tips, "the answer on a point that is colocated with the site server"),
        ],
        readings: widening!(
            "as_snapshotted" = b::Redistribution::AsSnapshotted,
                "the content of the version, as the site holds it";
            "from_source" = b::Redistribution::FromSource,
                "what the source holds now, under the same version; the package is not judged any further",
                [Ver13, Dst10]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::AddedContent,
        id: "Q-ADDED",
        asks: "does content that is added with bRefreshDPs raise the version?",
        cites: &[
            at(D::AddDriver, "introduction, and parameter bRefreshDPs"),
            at(D::AddUpdate, "introduction, and parameter bRefreshDPs"),
            at(D::AddContent, "introduction"),
            at(D::HowToDriver, "introduction, the paragraph on bRefreshDPs"),
        ],
        readings: widening!(
            "raises" = b::AddedContent::Raises,
                "the addition makes a version, as a refresh does";
            "may_keep" = b::AddedContent::Keeps,
                "the points may get the addition under the same version; the package is not judged any further",
                [Ver1]
        ),
        classes: &[PackageClass::Content, PackageClass::Driver, PackageClass::SoftwareUpdates],
    },
    QuestionEntry {
        question: Question::PropertyWrite,
        id: "Q-PUT-VERSION",
        asks: "does the write of a property raise the version?",
        cites: &[
            at(D::Base, "property SourceVersion: what increments it"),
            at(D::Kb281754, "symptoms: a save without a change is the bug"),
        ],
        readings: widening!(
            "keeps" = b::PropertyWrite::Keeps,
                "an ordinary property leaves the version as it was";
            "may_raise" = b::PropertyWrite::Raises,
                "a property that is written with another value is an update of the package; the package is not judged any further",
                [Ver4]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::Schedule,
        id: "Q-SCHEDULE",
        asks: "does a schedule fire while nobody moves the clock?",
        cites: &[said(S::OtherWay), at(D::Base, "property RefreshSchedule, 1st sentence")],
        readings: widening!(
            "does_not" = b::Schedule::Silent,
                "no schedule falls due while nobody moves the clock";
            "may_fire" = b::Schedule::Fires,
                "a schedule in force may make a version at any time; the package is not judged any further",
                [Ver4]
        ),
        classes: &[],
    },
];
