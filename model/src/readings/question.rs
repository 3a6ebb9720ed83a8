//! The register of questions, in the order in which their readings are found.
//! An entry says what is asked, where the documents leave it open, and what stays permitted.

use super::behaviour::{self as b, Behaviours};
use crate::words::PackageClass;

/// A question that the documents leave open. The order is the register's: what is decided when nothing is left to do
/// comes before what is decided in between, so that the first does not take the blame for the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Question {
    /// Where the failure of a refresh shows.
    FailureShows,
    /// How a call on an unknown package fails.
    UnknownPackage,
    /// `SourceVersion` after a failed refresh.
    FailedVersion,
    /// Whether status reads may lag.
    StatusReads,
    /// Whether a refresh raises the version where no page promises it.
    Unpromised,
    /// Increments for several accepted calls.
    Increments,
    /// When the new version is visible.
    VersionVisible,
    /// A refresh of a package without source.
    NoSource,
    /// What a child site without a point of the package gets.
    ChildWithoutPoint,
    /// A `Put` of the source path or the share name.
    PutPath,
    /// What a refresh does to a task sequence.
    TaskSequence,
    /// A call at a site that does not own the package.
    ForeignSite,
    /// A parameter that the class does not declare.
    UndeclaredParameter,
    /// An empty `ContextID`.
    EmptyContext,
    /// A `ContextID` that was used before.
    ReusedContext,
    /// The version that a point reports while it is being updated.
    PendingReport,
    /// A package addressed through another class.
    OtherClass,
    /// Whether a distribution point can fail.
    PointHealth,
    /// Of what instant a snapshot is whose source changes meanwhile.
    ChangingSource,
    /// A refresh once a property was written.
    ChangedProperties,
    /// A refresh of a source that is not read directly.
    OtherSourceFlags,
    /// Whether a boot image's injection can fail.
    Injection,
    /// What `RefreshNow` sends.
    Redistribution,
    /// Whether added content raises the version.
    AddedContent,
    /// Whether the write of a property raises the version.
    PropertyWrite,
    /// Whether a schedule fires.
    Schedule,
}

/// One reading of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its name in reports and in `--pin`.
    pub name: &'static str,
    /// The behaviours that it permits, as a set.
    pub permits: Behaviours,
}

/// A question with everything that the pages and reports say of it.
#[derive(Clone, Copy, Debug)]
pub struct QuestionEntry {
    /// Which question.
    pub question: Question,
    /// Its permanent id.
    pub id: &'static str,
    /// The question, as one sentence.
    pub asks: &'static str,
    /// Where the documents leave it open.
    pub source: &'static str,
    /// Its readings, strong to weak; the last permits everything.
    pub readings: &'static [Reading],
    /// The classes at which it can be put; empty means all.
    pub classes: &'static [PackageClass],
}

const fn reading(name: &'static str, permits: Behaviours) -> Reading {
    Reading { name, permits }
}

/// Two alternatives that exclude each other, then their union.
macro_rules! either {
    ($($name:literal = $behaviour:expr),+) => {
        &[$(reading($name, $behaviour.only())),+, reading("either", 0 $(| $behaviour.only())+)]
    };
}

/// What every page says, then that and what none rules out. The freer behaviour is not modelled: a package that shows it
/// is not judged any further.
macro_rules! open {
    ($strict:literal = $expected:expr, $free:literal = $other:expr) => {
        &[reading($strict, $expected.only()), reading($free, $expected.only() | $other.only())]
    };
}

/// Every question, in the order in which readings are found.
pub const QUESTIONS: [QuestionEntry; 26] = [
    QuestionEntry {
        question: Question::FailureShows,
        id: "Q-FAILURE",
        asks: "where does the failure of a refresh show whose source cannot be read?",
        source: "A1, A17, IF-5, IF-13",
        readings: either!(
            "return_value" = b::FailureShows::ReturnValue,
            "error" = b::FailureShows::Error,
            "later_status" = b::FailureShows::LaterStatus
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::UnknownPackage,
        id: "Q-UNKNOWN",
        asks: "how does a call on a package that does not exist fail?",
        source: "IF-5, IF-7, A16, A20",
        readings: either!(
            "return_value" = b::UnknownPackage::ReturnValue,
            "error" = b::UnknownPackage::Error
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::FailedVersion,
        id: "Q-FAILED-VERSION",
        asks: "does SourceVersion move when the snapshot fails?",
        source: "A3, VER-9",
        readings: &[
            reading("unchanged", b::FailedVersion::Unchanged.only()),
            reading(
                "may_advance",
                b::FailedVersion::Unchanged.only() | b::FailedVersion::Advances.only(),
            ),
        ],
        classes: &[],
    },
    QuestionEntry {
        question: Question::StatusReads,
        id: "Q-STATUS",
        asks: "may what is reported lag behind what is there?",
        source: "PDPS, PROOT: the status classes are summaries",
        readings: &[
            reading("fresh", b::StatusReads::Fresh.only()),
            reading("lagging", b::StatusReads::Fresh.only() | b::StatusReads::Lagging.only()),
        ],
        classes: &[],
    },
    QuestionEntry {
        question: Question::Unpromised,
        id: "Q-UNPROMISED",
        asks: "does a refresh raise the version where the method page does not promise it?",
        source: "A7, A8, VER-14, CLS-2",
        readings: either!("increments" = b::Unpromised::Raises, "does_not" = b::Unpromised::Keeps),
        classes: &[PackageClass::Content, PackageClass::TaskSequence],
    },
    QuestionEntry {
        question: Question::Increments,
        id: "Q-INCREMENTS",
        asks: "by how much do k accepted calls raise the version?",
        source: "A4, A5, CON-3",
        readings: &[
            reading("exactly_k", b::Increments::Each.only()),
            reading("between_1_and_k", b::Increments::Each.only() | b::Increments::Merged.only()),
        ],
        classes: &[],
    },
    QuestionEntry {
        question: Question::VersionVisible,
        id: "Q-VISIBLE",
        asks: "when is the new version visible?",
        source: "A2",
        readings: &[
            reading("at_return", b::VersionVisible::AtReturn.only()),
            reading(
                "eventually",
                b::VersionVisible::AtReturn.only() | b::VersionVisible::Later.only(),
            ),
        ],
        classes: &[],
    },
    QuestionEntry {
        question: Question::NoSource,
        id: "Q-NO-SOURCE",
        asks: "what does a refresh of a package without source do?",
        source: "A9, DST-12",
        readings: either!(
            "refused" = b::NoSource::Refused,
            "nothing" = b::NoSource::Nothing,
            "increments" = b::NoSource::Increments
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::ChildWithoutPoint,
        id: "Q-CHILD",
        asks: "does a child site without a point of the package get the content?",
        source: "the method pages against HIE-2",
        readings: either!(
            "content_and_metadata" = b::ChildWithoutPoint::Content,
            "metadata_only" = b::ChildWithoutPoint::MetadataOnly
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::PutPath,
        id: "Q-PUT-PATH",
        asks: "what does a Put of the source path or share name do besides?",
        source: "CLS-PKG, BLOG-MYTH, VER-4",
        readings: either!(
            "nothing" = b::PutPath::OnlyTheProperty,
            "version_plus_one" = b::PutPath::PlusOne,
            "recreated" = b::PutPath::Recreated
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::TaskSequence,
        id: "Q-TASK-SEQUENCE",
        asks: "what does a refresh do to a task sequence?",
        source: "A7, CLS-1",
        readings: either!(
            "inoperable" = b::TaskSequence::Inoperable,
            "refused" = b::TaskSequence::Refused
        ),
        classes: &[PackageClass::TaskSequence],
    },
    QuestionEntry {
        question: Question::ForeignSite,
        id: "Q-FOREIGN-SITE",
        asks: "what becomes of a call at a site that does not own the package?",
        source: "A13",
        readings: either!(
            "forwarded" = b::ForeignSite::Accepted,
            "refused" = b::ForeignSite::Refused
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::UndeclaredParameter,
        id: "Q-PARAMETER",
        asks: "what becomes of a ContextID on a class that declares none?",
        source: "IF-9",
        readings: either!(
            "refused" = b::UndeclaredParameter::Refused,
            "ignored" = b::UndeclaredParameter::Accepted
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
        source: "A11",
        readings: either!(
            "same_as_absent" = b::EmptyContext::Accepted,
            "refused" = b::EmptyContext::Refused
        ),
        classes: &[PackageClass::BootImage],
    },
    QuestionEntry {
        question: Question::ReusedContext,
        id: "Q-REUSED-CONTEXT",
        asks: "may a ContextID be used again?",
        source: "A12",
        readings: either!(
            "accepted" = b::ReusedContext::Accepted,
            "refused" = b::ReusedContext::Refused
        ),
        classes: &[PackageClass::BootImage],
    },
    QuestionEntry {
        question: Question::PendingReport,
        id: "Q-PENDING",
        asks: "which version does a point report while it is being updated?",
        source: "A22",
        readings: either!(
            "old" = b::PendingReport::OldVersion,
            "new" = b::PendingReport::NewVersion
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::OtherClass,
        id: "Q-CLASS",
        asks: "is a package reachable through a class that is not its own?",
        source: "IF-11",
        readings: either!("refused" = b::OtherClass::Refused, "accepted" = b::OtherClass::Accepted),
        classes: &[],
    },
    QuestionEntry {
        question: Question::PointHealth,
        id: "Q-HEALTH",
        asks: "can a distribution point fail that nothing is known to ail?",
        source: "PDPS: State 3 is a final one; DST-3: with every point healthy",
        readings: open!(
            "every_point" = b::PointHealth::Healthy,
            "may_fail" = b::PointHealth::Fails
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::ChangingSource,
        id: "Q-SNAPSHOT",
        asks: "of what instant is a snapshot whose source changes while it is taken?",
        source: "A36, VER-2, VER-13",
        readings: open!(
            "one_instant" = b::ChangingSource::Instant,
            "each_file_its_own" = b::ChangingSource::Mixture
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::ChangedProperties,
        id: "Q-PROPERTIES",
        asks: "may a refresh be refused once the properties have changed?",
        source: "A6, RPS-*: used when the package properties have not changed",
        readings: open!(
            "as_any_other" = b::ChangedProperties::Accepted,
            "may_be_refused" = b::ChangedProperties::Refused
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::OtherSourceFlags,
        id: "Q-FLAG",
        asks: "may a refresh be refused whose source is not read directly?",
        source: "A10, BASE: PkgSourceFlag",
        readings: open!(
            "as_any_other" = b::OtherSourceFlags::Accepted,
            "may_be_refused" = b::OtherSourceFlags::Refused
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::Injection,
        id: "Q-INJECTION",
        asks: "can the injection of a boot image fail that nothing stands in the way of?",
        source: "RPS-BOOT, QueryOSDBinaryInjectionStatus: Status 2",
        readings: open!("succeeds" = b::Injection::Succeeds, "may_fail" = b::Injection::Fails),
        classes: &[PackageClass::BootImage],
    },
    QuestionEntry {
        question: Question::Redistribution,
        id: "Q-REDISTRIBUTE",
        asks: "does RefreshNow send the content of the version, or what the source holds now?",
        source: "A28",
        readings: open!(
            "as_snapshotted" = b::Redistribution::AsSnapshotted,
            "from_source" = b::Redistribution::FromSource
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::AddedContent,
        id: "Q-ADDED",
        asks: "does content that is added with bRefreshDPs raise the version?",
        source: "HT-DRV; no page of AddDriverContent, AddUpdateContent or AddContent says so",
        readings: open!("raises" = b::AddedContent::Raises, "may_keep" = b::AddedContent::Keeps),
        classes: &[PackageClass::Content, PackageClass::Driver, PackageClass::SoftwareUpdates],
    },
    QuestionEntry {
        question: Question::PropertyWrite,
        id: "Q-PUT-VERSION",
        asks: "does the write of a property raise the version?",
        source: "BASE: when the package is updated; KB-281754",
        readings: open!("keeps" = b::PropertyWrite::Keeps, "may_raise" = b::PropertyWrite::Raises),
        classes: &[],
    },
    QuestionEntry {
        question: Question::Schedule,
        id: "Q-SCHEDULE",
        asks: "does a schedule fire while nobody moves the clock?",
        source: "BASE: RefreshSchedule; SCH-2",
        readings: open!("does_not" = b::Schedule::Silent, "may_fire" = b::Schedule::Fires),
        classes: &[],
    },
];

impl Question {
    /// The register's entry.
    #[must_use]
    pub fn entry(self) -> &'static QuestionEntry {
        QUESTIONS.iter().find(|entry| entry.question == self).unwrap_or(&QUESTIONS[0])
    }

    /// Finds a question by its id.
    #[must_use]
    pub fn by_id(id: &str) -> Option<Self> {
        QUESTIONS.iter().find(|entry| entry.id == id).map(|entry| entry.question)
    }
}

impl QuestionEntry {
    /// True where the question can be put to `class`.
    #[must_use]
    pub fn concerns(&self, class: PackageClass) -> bool {
        self.classes.is_empty() || self.classes.contains(&class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_is_in_the_order_of_the_questions() {
        let order: Vec<usize> = QUESTIONS.iter().map(|entry| entry.question as usize).collect();
        assert_eq!(order, (0..QUESTIONS.len()).collect::<Vec<_>>());
    }

    #[test]
    fn the_last_reading_of_every_question_permits_what_any_other_permits() {
        for entry in &QUESTIONS {
            let weakest = entry.readings.last().unwrap().permits;
            assert!(entry.readings.iter().all(|r| r.permits & !weakest == 0), "{}", entry.id);
        }
    }

    #[test]
    fn no_reading_stands_before_a_stronger_one() {
        for entry in &QUESTIONS {
            for (i, strong) in entry.readings.iter().enumerate() {
                for weak in &entry.readings[i + 1..] {
                    let contained = weak.permits & !strong.permits == 0;
                    assert!(!contained, "{}: {} inside {}", entry.id, weak.name, strong.name);
                }
            }
        }
    }
}
