//! What a question is: what is asked, where the documents leave it open, and what stays permitted. The questions
//! themselves are in the table beside this.

mod table;

pub use table::QUESTIONS;

use super::behaviour::Behaviours;
use crate::clauses::ClauseId;
use crate::documents::Citation;
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
    /// What it lets an implementation do, as one sentence.
    pub says: &'static str,
    /// The promises that ask less of an implementation under it than under the strongest reading.
    pub costs: &'static [ClauseId],
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
    /// Where the documents leave it open: what says something of it, none of it enough.
    pub cites: &'static [Citation],
    /// Its readings, strong to weak; the last permits everything.
    pub readings: &'static [Reading],
    /// The classes at which it can be put; empty means all.
    pub classes: &'static [PackageClass],
}

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
