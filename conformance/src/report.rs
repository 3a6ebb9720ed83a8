//! What a person or a program reads of a run: one view, and its faces. Reports compute nothing:
//! every number in them is the judge's or the run's.

#[cfg(all(test, feature = "cli"))]
mod faces;
#[cfg(feature = "cli")]
mod html;
mod json;
#[cfg(feature = "cli")]
mod junit;
#[cfg(feature = "cli")]
mod markdown;
mod story;
mod text;
pub mod view;

#[cfg(feature = "cli")]
pub use html::html;
pub use json::{json, json_text, nothing_hidden, view_json};
#[cfg(feature = "cli")]
pub use junit::junit;
#[cfg(feature = "cli")]
pub use markdown::markdown;
#[cfg(feature = "cli")]
pub(crate) use story::GONE_LATER;
pub use story::{describe, tell, trace};
pub use text::{brief, verbose, verdict};
pub use view::{Answers, View};

use crate::adapter::{AdapterFault, FaultCause};
use crate::plan::Plan;
use crate::requirements::Frozen;
use crate::run::Skipped;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::{Capabilities, History};
use pkgsource_model::judge::{Breach, Judgement};
use pkgsource_model::words::PackageClass;
use std::collections::BTreeMap;

/// What the run as a whole calls a cause that a plan by itself shows as another clause's breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedAs {
    /// The clause that the run accuses.
    pub clause: ClauseId,
    /// Another story shows that clause.
    pub has_its_story: bool,
}

/// A counterexample, shrunk, with what happened on it.
#[derive(Debug)]
pub struct Counterexample {
    /// The clause that is broken where the plan is run by itself.
    pub clause: ClauseId,
    /// The clause that the run as a whole accuses, where that is another: one cause explains more than this plan.
    pub counted_as: Option<CountedAs>,
    /// What other plans of the same cause break when they are judged alone, where that is another clause, with how many.
    pub alone: Vec<(ClauseId, usize)>,
    /// In which class.
    pub class: PackageClass,
    /// The classes in which the same plan breaks it, too.
    pub also: Vec<PackageClass>,
    /// True where the same plan shows nothing wrong when the suite looks a second later, though a call is declared to
    /// return when its work is done.
    pub is_gone_later: bool,
    /// How often the plan showed it when it was run again; none where it was not.
    pub seen: Option<Seen>,
    /// The shrunk plan, or the whole one where no part of it could be shown again.
    pub plan: Plan,
    /// What happened.
    pub history: History,
    /// What shows the breach: the events, what was expected and what was seen.
    pub breach: Breach,
    /// The command that repeats it; empty where the plan was not saved.
    pub repeat: String,
}

/// How often a plan showed a breach when it was run again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// So many times.
    pub times: u32,
    /// Of so many.
    pub of: u32,
}

/// A run that ended before all its plans were started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// How many were started.
    pub run: usize,
    /// Of how many, where they were counted.
    pub of: Option<usize>,
    /// What the others are about, and how many they are.
    pub left: BTreeMap<String, usize>,
}

/// Everything that a report is made of.
#[derive(Debug)]
pub struct Report {
    /// How the user named what was verified.
    pub subject: String,
    /// What the adapter said of itself; none where only histories were judged.
    pub capabilities: Option<Capabilities>,
    /// The frozen set of requirements that it was judged by; none for the register of this suite.
    pub requirements: Option<Frozen>,
    /// How many steps the enumerated plans have; none where there are none, or where not all of them were started.
    pub enumerated: Option<usize>,
    /// The seed of the run, where plans were generated.
    pub seed: Option<u64>,
    /// Where the run ended early.
    pub cut: Option<Cut>,
    /// How many values and pairs of dimensions were met, and of how many.
    pub coverage: Option<(usize, usize)>,
    /// Bounds and settings that the user changed, in words.
    pub changed: Vec<String>,
    /// The judge's word.
    pub judgement: Judgement,
    /// What the implementation answered, and how often.
    pub answers: Answers,
    /// The shrunk counterexamples, one for each cause of a broken clause.
    pub counterexamples: Vec<Counterexample>,
    /// Plans that were not run.
    pub skipped: Vec<Skipped>,
    /// Faults of the adapter, with the plans that they ended.
    pub faults: Vec<(String, AdapterFault)>,
    /// Waits without an answer.
    pub slow: Vec<(String, String)>,
    /// Why this is not the whole of what was asked for, or not the whole of what was recorded; empty where it is.
    pub incomplete: Vec<String>,
}

/// The word of the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Nothing required is broken, and enough was learned to say so.
    Conforms,
    /// A required clause is broken.
    Violates,
    /// Too little was learned.
    Undecided,
}

impl Report {
    /// True where the surroundings failed, a disk was full, say, and nothing that is broken came again when it was tried.
    fn rests_on_failing_surroundings(&self) -> bool {
        let failed = |(_, fault): &(String, AdapterFault)| {
            matches!(fault.cause, FaultCause::Surroundings(_))
        };
        let never_came_again =
            |story: &Counterexample| story.seen.is_some_and(|seen| seen.times == 0);
        self.faults.iter().any(failed)
            && !self.counterexamples.is_empty()
            && self.counterexamples.iter().all(never_came_again)
    }

    /// The word: the judge's, unless the adapter kept the suite from learning enough.
    #[must_use]
    pub fn word(&self) -> Word {
        use pkgsource_model::judge::Outcome;
        match self.judgement.outcome {
            Outcome::Violates if self.rests_on_failing_surroundings() => Word::Undecided,
            Outcome::Violates => Word::Violates,
            Outcome::Undecided => Word::Undecided,
            Outcome::Conforms
                if self.faults.is_empty() && self.slow.is_empty() && self.incomplete.is_empty() =>
            {
                Word::Conforms
            }
            Outcome::Conforms => Word::Undecided,
        }
    }
}

impl Word {
    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::Violates => "violates",
            Self::Undecided => "undecided",
        }
    }
}
