//! Correct variants: each uses one permission, and none may raise an alarm.

use super::strict;
use crate::adapter::reference::{Pace, Policy, Reference};
use crate::plan::Random;
use pkgsource_model::readings::{QUESTIONS, Question, Readings};

/// An implementation that is different in one permitted way.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// Its name, as in `variant:NAME`.
    pub name: &'static str,
    /// What it does, as one sentence.
    pub says: &'static str,
    /// The entry of the register that permits it.
    pub permitted_by: &'static str,
    pace: Pace,
    readings: &'static [(Question, usize)],
}

const fn variant(
    name: &'static str,
    permitted_by: &'static str,
    pace: Pace,
    readings: &'static [(Question, usize)],
    says: &'static str,
) -> Variant {
    Variant { name, says, permitted_by, pace, readings }
}

/// Every variant.
pub const VARIANTS: &[Variant] = &[
    variant("synchronous", "DST-11", Pace::AtOnce, &[], "does everything before a call returns"),
    variant(
        "delayed",
        "IF-13",
        Pace::Later,
        &[(Question::VersionVisible, 1)],
        "returns at once and works later",
    ),
    variant(
        "coalescing",
        "CON-3",
        Pace::Later,
        &[(Question::VersionVisible, 1), (Question::Increments, 1)],
        "one version may answer for several calls",
    ),
    variant(
        "lagging",
        "Q-STATUS",
        Pace::Later,
        &[(Question::VersionVisible, 1), (Question::StatusReads, 1)],
        "status reads lag behind",
    ),
    variant(
        "fails-with-an-error",
        "IF-5",
        Pace::AtOnce,
        &[(Question::FailureShows, 1)],
        "a failed refresh is an error without a return value",
    ),
    variant(
        "fails-later",
        "IF-13",
        Pace::Later,
        &[(Question::FailureShows, 2), (Question::VersionVisible, 1)],
        "a failed refresh returns 0 and shows its failure later",
    ),
    variant(
        "advances-on-failure",
        "VER-9",
        Pace::Later,
        &[(Question::FailureShows, 2), (Question::FailedVersion, 1), (Question::VersionVisible, 1)],
        "a failed refresh may take a version number",
    ),
    variant(
        "reordering",
        "HIE-5",
        Pace::Later,
        &[(Question::VersionVisible, 1), (Question::PendingReport, 2)],
        "metadata and files arrive in either order",
    ),
    variant(
        "sends-everything",
        "DST-6",
        Pace::AtOnce,
        &[(Question::ChildWithoutPoint, 0)],
        "every site gets the files, needed or not",
    ),
    variant(
        "recreates-on-path-change",
        "Q-PUT-PATH",
        Pace::Later,
        &[(Question::PutPath, 2), (Question::VersionVisible, 1)],
        "a new source path or share name recreates the package at the points",
    ),
    variant(
        "path-change-makes-a-version",
        "Q-PUT-PATH",
        Pace::AtOnce,
        &[(Question::PutPath, 1)],
        "a new source path or share name makes a version",
    ),
    variant(
        "sourceless-increments",
        "DST-12",
        Pace::AtOnce,
        &[(Question::NoSource, 2)],
        "a refresh without source raises the version",
    ),
    variant(
        "sourceless-does-nothing",
        "DST-12",
        Pace::AtOnce,
        &[(Question::NoSource, 1)],
        "a refresh without source returns 0 and does nothing",
    ),
    variant(
        "keeps-unpromised-versions",
        "CLS-2",
        Pace::AtOnce,
        &[(Question::Unpromised, 1)],
        "a task sequence's or content package's version stays",
    ),
    variant(
        "task-sequence-refuses",
        "Q-TASK-SEQUENCE",
        Pace::AtOnce,
        &[(Question::TaskSequence, 1)],
        "a task sequence refuses to be refreshed",
    ),
    variant(
        "task-sequence-operable",
        "Q-TASK-SEQUENCE",
        Pace::AtOnce,
        &[(Question::TaskSequence, 2)],
        "a task sequence stays operable",
    ),
    variant(
        "foreign-site-refuses",
        "Q-FOREIGN-SITE",
        Pace::AtOnce,
        &[(Question::ForeignSite, 1)],
        "a call at another site is refused",
    ),
    variant(
        "free",
        "every question",
        Pace::Later,
        &[],
        "draws a reading for every question from its seed",
    ),
];

impl Variant {
    /// Finds a variant by its name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<&'static Self> {
        VARIANTS.iter().find(|variant| variant.name == name)
    }

    /// The variant as an adapter.
    #[must_use]
    pub fn adapter(&self, seed: u64) -> Reference {
        let base = if self.name == "free" { drawn(seed) } else { strict() };
        let readings = self
            .readings
            .iter()
            .fold(base, |vector, &(question, place)| vector.with(question, place));
        Reference::new(
            &format!("variant:{}", self.name),
            Policy { readings, pace: self.pace, seed },
        )
    }

    /// The reference itself: the strongest readings, at once.
    #[must_use]
    pub fn reference(seed: u64) -> Reference {
        Reference::new("reference", Policy { readings: strict(), pace: Pace::AtOnce, seed })
    }
}

/// A reading for every question, drawn from a seed.
#[must_use]
pub fn drawn(seed: u64) -> Readings {
    let mut random = Random::new(seed);
    QUESTIONS.iter().fold(Readings::weakest(), |vector, entry| {
        vector.with(entry.question, random.below(entry.readings.len()))
    })
}
