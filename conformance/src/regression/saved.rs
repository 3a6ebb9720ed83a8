//! What a run leaves: verdicts, readings with their evidence, answers and coverage. When it was made stands apart, so
//! that the rest of two equal runs is equal.

use crate::adapter::strict::no_object;
use crate::report::view::{AnswerRow, Because, Cell, Met, Named, Sentence, Shown, State, data};
use crate::report::{View, nothing_hidden};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of the format.
pub const SAVED: u32 = 2;

data! {
    /// A run, for a later one to be compared with.
    struct Saved {
        /// The format's number.
        pub saved: u32,
        /// The suite.
        pub suite: String,
        /// How the user named what was verified.
        pub subject: String,
        /// What stands behind the adapter.
        pub implementation: Option<Named>,
        /// The adapter.
        pub adapter: Option<Named>,
        /// What was asked for, as arguments.
        pub options: Vec<String>,
        /// The frozen set of requirements that it was judged by; none for those of the suite.
        pub requirements: Option<String>,
        /// The seed of generated plans.
        pub seed: Option<u64>,
        /// The word.
        pub verdict: String,
        /// How many plans were judged.
        pub plans: usize,
        /// True where not all of what was asked for was done.
        pub is_partial: bool,
        /// Values and pairs of values of the dimensions of plans.
        pub coverage: Option<Met>,
        /// The clauses, in words.
        pub clauses: Vec<Sentence>,
        /// What was found, by class.
        pub classes: Vec<SavedClass>,
        /// What the implementation does where the documents leave room.
        pub readings: Vec<Shown>,
        /// What it answered, and how often.
        pub answers: Vec<AnswerRow>,
        /// When it was made; the only part in which two equal runs differ.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub made: Option<Made>,
    }

    /// When a file was made.
    struct Made {
        /// The instant, in UTC.
        pub date: String,
    }

    /// What was found of a class.
    struct SavedClass {
        /// Its name.
        pub class: String,
        /// How many packages were judged.
        pub packages: usize,
        /// The clauses that bind it.
        pub clauses: Vec<SavedCell>,
    }

    /// What was found of a clause in a class.
    struct SavedCell {
        /// The clause.
        pub clause: String,
        /// What was found.
        pub state: State,
        /// Why it was not tested.
        pub because: Option<Because>,
        /// How many obligations were met.
        pub held: u64,
        /// How many were not.
        pub broken_times: usize,
    }
}

/// What a file says that it is, whatever else it holds.
#[derive(Deserialize)]
struct Kind {
    saved: Option<serde_json::Value>,
    report: Option<IgnoredAny>,
}

/// Why a file is no saved run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadSaved {
    /// It is not JSON of that shape: why.
    Malformed(String),
    /// It has another format.
    Format(u64),
    /// It is a report, as `--format json` prints it.
    Report,
}

impl fmt::Display for BadSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => {
                write!(f, "it is no run that `verify --save` wrote: {why}")
            }
            Self::Format(found) => write!(
                f,
                "it has the format {found}, and this suite reads {SAVED}; save the older run again"
            ),
            Self::Report => f.write_str(
                "it is a report, as --format json prints it; what can be compared is written by `verify --save FILE`",
            ),
        }
    }
}

impl std::error::Error for BadSaved {}

impl Saved {
    /// What a run leaves. `options` are what was asked for.
    #[must_use]
    pub fn of(view: &View, options: Vec<String>, made: Option<Made>) -> Self {
        let cell = |cell: &Cell| SavedCell {
            clause: cell.clause.clone(),
            state: cell.state,
            because: cell.because.clone(),
            held: cell.held,
            broken_times: cell.broken_times,
        };
        let class = |class: &crate::report::view::ClassRow| SavedClass {
            class: class.class.clone(),
            packages: class.packages,
            clauses: class.clauses.iter().map(cell).collect(),
        };
        Self {
            saved: SAVED,
            suite: view.suite.clone(),
            subject: view.subject.clone(),
            implementation: view.implementation.clone(),
            adapter: view.adapter.clone(),
            options,
            requirements: view.requirements.clone(),
            seed: view.seed,
            verdict: view.verdict.clone(),
            plans: view.plans,
            is_partial: view.is_partial(),
            coverage: view.coverage.clone(),
            clauses: view.clauses.clone(),
            classes: view.classes.iter().map(class).collect(),
            readings: view.readings.clone(),
            answers: view.answers.clone(),
            made,
        }
    }

    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        let text =
            text.unwrap_or_else(|error| unreachable!("it has no map with odd keys: {error}"));
        nothing_hidden(&text) + "\n"
    }

    /// Reads a file.
    ///
    /// # Errors
    /// It is none, or one of another format.
    pub fn read(text: &str) -> Result<Self, BadSaved> {
        let malformed = |error: serde_json::Error| BadSaved::Malformed(error.to_string());
        if let Some(why) = no_object(text) {
            return Err(BadSaved::Malformed(why.into()));
        }
        let kind: Kind = serde_json::from_str(text).map_err(malformed)?;
        match kind.saved.and_then(|number| number.as_u64()) {
            Some(number) if number == u64::from(SAVED) => {
                serde_json::from_str(text).map_err(malformed)
            }
            Some(other) => Err(BadSaved::Format(other)),
            None if kind.report.is_some() => Err(BadSaved::Report),
            None => Err(BadSaved::Malformed("it has no number `saved`".into())),
        }
    }
}
