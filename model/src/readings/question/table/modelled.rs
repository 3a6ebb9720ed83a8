//! Questions whose every answer the specification models.

use super::super::{Question, QuestionEntry};
use super::{either, reading, widening};
use crate::clauses::ClauseId::{
    Cls1, Dst5, Hie1, Hie2, If4, If12, If16, Ver1, Ver2, Ver3, Ver4, Ver6, Ver12,
};
use crate::documents::Document as D;
use crate::documents::sentences::PageSentence as S;
use crate::documents::{at, said};
use crate::readings::behaviour as b;
use crate::words::PackageClass;

pub(super) const QUESTIONS: [QuestionEntry; 17] = [
    QuestionEntry {
        question: Question::FailureShows,
        id: "Q-FAILURE",
        asks: "where does the failure of a refresh show whose source cannot be read?",
        cites: &[
            at(D::Errors, "introduction, 1st and 2nd paragraphs"),
            said(S::Success),
            at(D::Actions, "Update a package, steps 1 to 3"),
        ],
        readings: either!(
            "return_value" = b::FailureShows::ReturnValue,
                "the call returns a value other than 0", [];
            "error" = b::FailureShows::Error,
                "the call ends in an error without a return value", [];
            "later_status" = b::FailureShows::LaterStatus,
                "the call returns 0, and what is reported afterwards shows the failure", [If4];
            either [If4]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::UnknownPackage,
        id: "Q-UNKNOWN",
        asks: "how does a call on a package that does not exist fail?",
        cites: &[
            at(D::ErrorsWmi, "Example: a Get of a package that does not exist"),
            at(D::WbemErrors, "constants wbemErrNotFound and wbemErrAccessDenied"),
            at(D::ClsPkg, "Remarks, the paragraph on deletion"),
        ],
        readings: either!(
            "return_value" = b::UnknownPackage::ReturnValue,
                "with a return value other than 0", [];
            "error" = b::UnknownPackage::Error,
                "with an error without a return value", [];
            either []
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::FailedVersion,
        id: "Q-FAILED-VERSION",
        asks: "does SourceVersion move when the snapshot fails?",
        cites: &[
            at(D::Troubles, "Generic issues, the item on access denied"),
            at(D::Base, "property SourceVersion"),
        ],
        readings: widening!(
            "unchanged" = b::FailedVersion::Unchanged,
                "a failed snapshot leaves the version as it was; the order of the log speaks for it";
            "may_advance" = b::FailedVersion::Advances,
                "a failed snapshot may have taken a version, which then has no content", [If12, Ver4]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::StatusReads,
        id: "Q-STATUS",
        asks: "may what is reported lag behind what is there?",
        cites: &[
            at(D::Pdps, "introduction: a summary; property SummaryDate"),
            at(D::Proot, "introduction: a summary"),
        ],
        readings: widening!(
            "fresh" = b::StatusReads::Fresh,
                "what is reported is what is there";
            "lagging" = b::StatusReads::Lagging,
                "while something is left to do, a report may tell what was there before", [Ver3, Ver12]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::Unpromised,
        id: "Q-UNPROMISED",
        asks: "does a refresh raise the version where the method page does not promise it?",
        cites: &[
            said(S::Cause),
            at(D::RpsTs, "introduction and Remarks: no sentence on the version"),
            at(D::Deploy, "Update content, the warning"),
        ],
        readings: either!(
            "increments" = b::Unpromised::Raises,
                "a processed refresh raises the version, as in the other classes", [];
            "does_not" = b::Unpromised::Keeps,
                "a refresh leaves the version as it was", [Ver1, Ver2, Ver6];
            either [Ver1, Ver2, Ver6]
        ),
        classes: &[PackageClass::Content, PackageClass::TaskSequence],
    },
    QuestionEntry {
        question: Question::Increments,
        id: "Q-INCREMENTS",
        asks: "by how much do k accepted calls raise the version?",
        cites: &[
            at(D::Actions, "Update a package, steps 1 and 2: the request is a flag of the package"),
            said(S::Increment),
        ],
        readings: widening!(
            "exactly_k" = b::Increments::Each,
                "every accepted call makes a version of its own";
            "between_1_and_k" = b::Increments::Merged,
                "calls that wait together may make one version", [Ver1, Ver6]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::VersionVisible,
        id: "Q-VISIBLE",
        asks: "when is the new version visible?",
        cites: &[
            at(D::Actions, "Update a package, steps 1 to 3"),
            at(D::Base, "property SourceVersion"),
        ],
        readings: widening!(
            "at_return" = b::VersionVisible::AtReturn,
                "when the call has returned 0, the new version is there";
            "eventually" = b::VersionVisible::Later,
                "the new version comes some time after the call, at the latest when nothing is left to do",
                [Ver1, Ver6]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::NoSource,
        id: "Q-NO-SOURCE",
        asks: "what does a refresh of a package without source do?",
        cites: &[at(D::Base, "property PkgSourceFlag, values 0 and 1")],
        readings: either!(
            "refused" = b::NoSource::Refused,
                "the call is refused", [If16];
            "nothing" = b::NoSource::Nothing,
                "the call returns 0 and nothing happens", [Ver1, Ver6];
            "increments" = b::NoSource::Increments,
                "the call returns 0 and makes a version without content", [];
            either [If16, Ver1, Ver6]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::ChildWithoutPoint,
        id: "Q-CHILD",
        asks: "does a child site without a point of the package get the content?",
        cites: &[said(S::Replicate), at(D::Actions, "Create a package, step 3, item 3")],
        readings: either!(
            "content_and_metadata" = b::ChildWithoutPoint::Content,
                "every child site gets the files, as the method pages say", [Hie2];
            "metadata_only" = b::ChildWithoutPoint::MetadataOnly,
                "a child site without a point of the package learns the version and gets no files", [Hie1];
            either [Hie1, Hie2]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::PutPath,
        id: "Q-PUT-PATH",
        asks: "what does a Put of the source path or share name do besides?",
        cites: &[
            at(D::ClsPkg, "Remarks, the paragraph on ShareName and PkgSourcePath"),
            at(D::Myth, "the test with another source path"),
            at(D::Base, "property SourceVersion"),
        ],
        readings: either!(
            "nothing" = b::PutPath::OnlyTheProperty,
                "the property is written, and nothing else", [];
            "version_plus_one" = b::PutPath::PlusOne,
                "the write makes a version", [Ver4];
            "recreated" = b::PutPath::Recreated,
                "the points are emptied and filled again", [Ver4, Dst5];
            either [Ver4, Dst5]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::TaskSequence,
        id: "Q-TASK-SEQUENCE",
        asks: "what does a refresh do to a task sequence?",
        cites: &[said(S::Inoperable), said(S::Refresh)],
        readings: either!(
            "inoperable" = b::TaskSequence::Inoperable,
                "the call returns 0, and the task sequence cannot run any more, as the page warns", [];
            "refused" = b::TaskSequence::Refused,
                "the call is refused, and the task sequence runs on", [If16, Cls1];
            either [If16, Cls1]
        ),
        classes: &[PackageClass::TaskSequence],
    },
    QuestionEntry {
        question: Question::ForeignSite,
        id: "Q-FOREIGN-SITE",
        asks: "what becomes of a call at a site that does not own the package?",
        cites: &[at(D::Base, "property SourceSite"), at(D::Unlock, "introduction")],
        readings: either!(
            "forwarded" = b::ForeignSite::Accepted,
                "the call is as good as one at the owner", [];
            "refused" = b::ForeignSite::Refused,
                "the call is refused", [If16];
            either [If16]
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::UndeclaredParameter,
        id: "Q-PARAMETER",
        asks: "what becomes of a ContextID on a class that declares none?",
        cites: &[said(S::NoParameters), at(D::WbemErrors, "constant wbemErrInvalidParameter")],
        readings: either!(
            "refused" = b::UndeclaredParameter::Refused,
                "the call is refused", [If16];
            "ignored" = b::UndeclaredParameter::Accepted,
                "the parameter is ignored", [];
            either [If16]
        ),
        classes: &[
            PackageClass::Package,
            PackageClass::Content,
            PackageClass::Driver,
            PackageClass::TaskSequence,
            PackageClass::SoftwareUpdates,
            PackageClass::DeviceSetting,
            PackageClass::Image,
            PackageClass::OperatingSystemInstall,
            PackageClass::Vhd,
        ],
    },
    QuestionEntry {
        question: Question::EmptyContext,
        id: "Q-EMPTY-CONTEXT",
        asks: "is an empty ContextID the same as none?",
        cites: &[said(S::ContextOptional), at(D::ClsBoot, "property ContextID")],
        readings: either!(
            "same_as_absent" = b::EmptyContext::Accepted,
                "an empty ContextID is the same as none", [];
            "refused" = b::EmptyContext::Refused,
                "an empty ContextID is an unknown one, and the call is refused", [If16];
            either [If16]
        ),
        classes: &[PackageClass::BootImage],
    },
    QuestionEntry {
        question: Question::ReusedContext,
        id: "Q-REUSED-CONTEXT",
        asks: "may a ContextID be used again?",
        cites: &[said(S::ContextMeaning), at(D::DeleteContext, "introduction")],
        readings: either!(
            "accepted" = b::ReusedContext::Accepted,
                "a ContextID can be used again", [];
            "refused" = b::ReusedContext::Refused,
                "a ContextID that was used is refused, one that only another package's call used perhaps", [If16];
            either [If16]
        ),
        classes: &[PackageClass::BootImage],
    },
    QuestionEntry {
        question: Question::PendingReport,
        id: "Q-PENDING",
        asks: "which version does a point report while it is being updated?",
        cites: &[at(D::Pdps, "properties State and SourceVersion")],
        readings: either!(
            "old" = b::PendingReport::OldVersion,
                "the version that it still holds, as the definition says: what is installed now", [];
            "new" = b::PendingReport::NewVersion,
                "the version that it is to get, with a state other than INSTALLED", [];
            either []
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::OtherClass,
        id: "Q-CLASS",
        asks: "is a package reachable through a class that is not its own?",
        cites: &[at(D::ClsPkg, "Syntax and Methods"), at(D::ClsDrv, "Syntax and Methods")],
        readings: either!(
            "refused" = b::OtherClass::Refused,
                "a call through another class is refused", [];
            "accepted" = b::OtherClass::Accepted,
                "a call through another class is as good as one through its own", [];
            either []
        ),
        classes: &[],
    },
];
