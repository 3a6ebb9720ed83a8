//! What is reported, computed once: typed data that every face prints, with a published schema
//! (`specs/schema/report.json`). The faces compute nothing; the judge's words are in the model.

mod answers;
mod make;
mod needs;
mod shape;
#[cfg(test)]
mod tests;
mod timeline;

pub use answers::{AnswerRow, Answers};
pub use needs::needs;
pub use shape::*;
pub use timeline::{Moment, Timeline};

use super::Word;
use crate::expectations::Expected;
use crate::regression::Against;
use serde::{Deserialize, Serialize};

/// The number of the format: another one may mean other members.
pub const REPORT: u32 = 3;

/// The suite that made a report or a record, with its commit where the build knew it.
#[must_use]
pub fn suite() -> String {
    let commit = option_env!("PKGSOURCE_COMMIT").map_or(String::new(), |at| format!(" ({at})"));
    format!("pkgsource {}{commit}", env!("CARGO_PKG_VERSION"))
}

macro_rules! data {
    ($($(#[$meta:meta])* $kind:ident $name:ident { $($body:tt)* })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub $kind $name { $($body)* }
    )+};
}
pub(crate) use data;

data! {
    /// A report.
    struct View {
        /// The format's number.
        pub report: u32,
        /// The suite.
        pub suite: String,
        /// How the user named what was verified.
        pub subject: String,
        /// `conforms`, `violates` or `undecided`.
        pub verdict: String,
        /// The strongest force of a broken clause.
        pub strongest_force_broken: Option<String>,
        /// What stands behind the adapter.
        pub implementation: Option<Named>,
        /// The adapter.
        pub adapter: Option<Named>,
        /// The frozen set of requirements that it was judged by; none for those of the suite.
        pub requirements: Option<String>,
        /// How many of the promises were tested.
        pub promises: Promises,
        /// How many plans were judged.
        pub plans: usize,
        /// How many events they had.
        pub events: usize,
        /// How many steps enumerated plans have.
        pub enumerated: Option<usize>,
        /// The seed of generated plans.
        pub seed: Option<u64>,
        /// Where the run ended early.
        pub cut: Option<CutShort>,
        /// Values and pairs of values of the dimensions of plans.
        pub coverage: Option<Met>,
        /// What the user changed, in words.
        pub changed: Vec<String>,
        /// What even the class that comes nearest to the minimum profile was not seen with.
        pub below_minimum_profile: Vec<String>,
        /// Why this is not the whole of what was asked for.
        pub incomplete: Vec<String>,
        /// Why the run proves less than it seems to.
        pub doubts: Vec<String>,
        /// Every clause that the report speaks of.
        pub clauses: Vec<Sentence>,
        /// What was found, by class.
        pub classes: Vec<ClassRow>,
        /// What was not tested, by the reason.
        pub not_tested: Vec<NotTested>,
        /// What the implementation does where the documents leave room.
        pub readings: Vec<Shown>,
        /// What the implementation answered, and how often.
        pub answers: Vec<AnswerRow>,
        /// What differs from an earlier run.
        pub against: Option<Against>,
        /// What became of a file of known deviations.
        pub expected: Option<Expected>,
        /// What the adapter does not claim.
        pub not_claimed: NotClaimed,
        /// The counterexamples, shrunk.
        pub counterexamples: Vec<Story>,
        /// Plans that were not run, by the reason.
        pub skipped: Vec<Counted>,
        /// Faults of the adapter.
        pub faults: Vec<Fault>,
        /// Waits without an answer.
        pub slow: Vec<Slow>,
    }
}

impl ClassRow {
    /// True where packages of the class show what other classes have as a breach: then nobody says that it kept
    /// everything.
    #[must_use]
    pub fn is_wrong_elsewhere(&self) -> bool {
        !self.shows_what_breaks_in_other_classes.is_empty()
    }
}

impl View {
    /// The word, as a type.
    #[must_use]
    pub fn word(&self) -> Word {
        match self.verdict.as_str() {
            "conforms" => Word::Conforms,
            "violates" => Word::Violates,
            _ => Word::Undecided,
        }
    }

    /// True where not all of what was asked for was done or learned.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.cut.is_some()
            || !self.incomplete.is_empty()
            || !self.faults.is_empty()
            || !self.slow.is_empty()
    }

    /// A clause in words.
    #[must_use]
    pub fn sentence(&self, clause: &str) -> Option<&Sentence> {
        self.clauses.iter().find(|sentence| sentence.clause == clause)
    }

    /// The clauses that are broken in a class, each once, in the order of the register.
    #[must_use]
    pub fn broken(&self) -> Vec<&str> {
        let is_broken = |sentence: &&Sentence| {
            let cells = self.classes.iter().flat_map(|class| &class.clauses);
            cells
                .filter(|cell| cell.clause == sentence.clause)
                .any(|cell| cell.state == State::Broken)
        };
        self.clauses.iter().filter(is_broken).map(|sentence| sentence.clause.as_str()).collect()
    }
}
