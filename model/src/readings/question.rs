//! The register of questions, in the order in which their readings are found.
//! An entry says what is asked, where the documents leave it open, and what stays permitted.

use crate::words::PackageClass;

/// One thing that an implementation may do at a question; several make a reading.
pub type Behaviour = u8;

/// A question that the documents leave open. The order is the register's.
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
    /// When the new version is visible.
    VersionVisible,
    /// Increments for several accepted calls.
    Increments,
    /// A refresh of a package without source.
    NoSource,
    /// What a child site without a point of the package gets.
    ChildWithoutPoint,
    /// A `Put` of the source path or the share name.
    PutPath,
    /// A call at a site that does not own the package.
    ForeignSite,
    /// A parameter that the class does not declare.
    UndeclaredParameter,
    /// An empty `ContextID`.
    EmptyContext,
    /// A `ContextID` that was used before.
    ReusedContext,
    /// What a refresh does to a task sequence.
    TaskSequence,
    /// Whether a refresh raises the version where no page promises it.
    Unpromised,
    /// The version that a point reports while it is being updated.
    PendingReport,
    /// A package addressed through another class.
    OtherClass,
}

/// One reading of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its name in reports and in `--pin`.
    pub name: &'static str,
    /// The behaviours that it permits, as a set.
    pub permits: Behaviour,
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

const fn reading(name: &'static str, permits: Behaviour) -> Reading {
    Reading { name, permits }
}

/// Two alternatives that exclude each other, then their union.
macro_rules! either {
    ($($name:literal = $bit:expr),+) => {
        &[$(reading($name, $bit)),+, reading("either", 0 $(| $bit)+)]
    };
}

/// The names of the single behaviours, for `step` and the clauses.
#[expect(missing_docs, reason = "each is the reading of the same name")]
pub mod behaviour {
    use super::Behaviour;
    pub const RETURN_VALUE: Behaviour = 1;
    pub const ERROR: Behaviour = 2;
    pub const LATER_STATUS: Behaviour = 4;
    pub const UNCHANGED: Behaviour = 1;
    pub const ADVANCES: Behaviour = 2;
    pub const AT_RETURN: Behaviour = 1;
    pub const LATER: Behaviour = 2;
    pub const EACH: Behaviour = 1;
    pub const MERGED: Behaviour = 2;
    pub const REFUSED: Behaviour = 1;
    pub const NOTHING: Behaviour = 2;
    pub const INCREMENTS: Behaviour = 4;
    pub const FRESH: Behaviour = 1;
    pub const LAGGING: Behaviour = 2;
    pub const CONTENT: Behaviour = 1;
    pub const METADATA_ONLY: Behaviour = 2;
    pub const ONLY_THE_PROPERTY: Behaviour = 1;
    pub const PLUS_ONE: Behaviour = 2;
    pub const RECREATED: Behaviour = 4;
    pub const ACCEPTED: Behaviour = 2;
    pub const INOPERABLE: Behaviour = 2;
    pub const OPERABLE: Behaviour = 4;
    pub const RAISES: Behaviour = 1;
    pub const KEEPS: Behaviour = 2;
    pub const OLD_VERSION: Behaviour = 1;
    pub const NEW_VERSION: Behaviour = 2;
}

use behaviour as b;

/// Every question, in the order in which readings are found.
pub const QUESTIONS: [QuestionEntry; 17] = [
    QuestionEntry {
        question: Question::FailureShows,
        id: "Q-FAILURE",
        asks: "where does the failure of a refresh show whose source cannot be read?",
        source: "A1, A17, IF-5, IF-13",
        readings: either!(
            "return_value" = b::RETURN_VALUE,
            "error" = b::ERROR,
            "later_status" = b::LATER_STATUS
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::UnknownPackage,
        id: "Q-UNKNOWN",
        asks: "how does a call on a package that does not exist fail?",
        source: "IF-5, IF-7, A16, A20",
        readings: either!("return_value" = b::RETURN_VALUE, "error" = b::ERROR),
        classes: &[],
    },
    QuestionEntry {
        question: Question::FailedVersion,
        id: "Q-FAILED-VERSION",
        asks: "does SourceVersion move when the snapshot fails?",
        source: "A3, VER-9",
        readings: &[
            reading("unchanged", b::UNCHANGED),
            reading("may_advance", b::UNCHANGED | b::ADVANCES),
        ],
        classes: &[],
    },
    QuestionEntry {
        question: Question::StatusReads,
        id: "Q-STATUS",
        asks: "may what is reported lag behind what is there?",
        source: "PDPS, PROOT: the status classes are summaries",
        readings: &[reading("fresh", b::FRESH), reading("lagging", b::FRESH | b::LAGGING)],
        classes: &[],
    },
    QuestionEntry {
        question: Question::VersionVisible,
        id: "Q-VISIBLE",
        asks: "when is the new version visible?",
        source: "A2",
        readings: &[
            reading("at_return", b::AT_RETURN),
            reading("eventually", b::AT_RETURN | b::LATER),
        ],
        classes: &[],
    },
    QuestionEntry {
        question: Question::Increments,
        id: "Q-INCREMENTS",
        asks: "by how much do k accepted calls raise the version?",
        source: "A4, A5, CON-3",
        readings: &[reading("exactly_k", b::EACH), reading("between_1_and_k", b::EACH | b::MERGED)],
        classes: &[],
    },
    QuestionEntry {
        question: Question::NoSource,
        id: "Q-NO-SOURCE",
        asks: "what does a refresh of a package without source do?",
        source: "A9, DST-12",
        readings: either!(
            "refused" = b::REFUSED,
            "nothing" = b::NOTHING,
            "increments" = b::INCREMENTS
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::ChildWithoutPoint,
        id: "Q-CHILD",
        asks: "does a child site without a point of the package get the content?",
        source: "the method pages against HIE-2",
        readings: either!("content_and_metadata" = b::CONTENT, "metadata_only" = b::METADATA_ONLY),
        classes: &[],
    },
    QuestionEntry {
        question: Question::PutPath,
        id: "Q-PUT-PATH",
        asks: "what does a Put of the source path or share name do besides?",
        source: "CLS-PKG, BLOG-MYTH, VER-4",
        readings: either!(
            "nothing" = b::ONLY_THE_PROPERTY,
            "version_plus_one" = b::PLUS_ONE,
            "recreated" = b::RECREATED
        ),
        classes: &[],
    },
    QuestionEntry {
        question: Question::ForeignSite,
        id: "Q-FOREIGN-SITE",
        asks: "what becomes of a call at a site that does not own the package?",
        source: "A13",
        readings: either!("forwarded" = b::ACCEPTED, "refused" = b::REFUSED),
        classes: &[],
    },
    QuestionEntry {
        question: Question::UndeclaredParameter,
        id: "Q-PARAMETER",
        asks: "what becomes of a ContextID on a class that declares none?",
        source: "IF-9",
        readings: either!("refused" = b::REFUSED, "ignored" = b::ACCEPTED),
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
        readings: either!("same_as_absent" = b::ACCEPTED, "refused" = b::REFUSED),
        classes: &[PackageClass::BootImage],
    },
    QuestionEntry {
        question: Question::ReusedContext,
        id: "Q-REUSED-CONTEXT",
        asks: "may a ContextID be used again?",
        source: "A12",
        readings: either!("accepted" = b::ACCEPTED, "refused" = b::REFUSED),
        classes: &[PackageClass::BootImage],
    },
    QuestionEntry {
        question: Question::TaskSequence,
        id: "Q-TASK-SEQUENCE",
        asks: "what does a refresh do to a task sequence?",
        source: "A7, CLS-1",
        readings: either!(
            "inoperable" = b::INOPERABLE,
            "refused" = b::REFUSED,
            "operable" = b::OPERABLE
        ),
        classes: &[PackageClass::TaskSequence],
    },
    QuestionEntry {
        question: Question::Unpromised,
        id: "Q-UNPROMISED",
        asks: "does a refresh raise the version where the method page does not promise it?",
        source: "A7, A8, VER-14, CLS-2",
        readings: either!("increments" = b::RAISES, "does_not" = b::KEEPS),
        classes: &[PackageClass::Content, PackageClass::TaskSequence],
    },
    QuestionEntry {
        question: Question::PendingReport,
        id: "Q-PENDING",
        asks: "which version does a point report while it is being updated?",
        source: "A22",
        readings: either!("old" = b::OLD_VERSION, "new" = b::NEW_VERSION),
        classes: &[],
    },
    QuestionEntry {
        question: Question::OtherClass,
        id: "Q-CLASS",
        asks: "is a package reachable through a class that is not its own?",
        source: "IF-11",
        readings: either!("refused" = b::REFUSED, "accepted" = b::ACCEPTED),
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
