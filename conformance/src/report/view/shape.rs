//! The parts of a view: rows, cells and groups, as data and nothing else.

use super::{Timeline, data};
use crate::report::story::Line;
use serde::{Deserialize, Serialize};

data! {
    /// A program's name and version.
    struct Named {
        /// Its name.
        pub name: String,
        /// Its version.
        pub version: String,
    }

    /// How many of the promises that bind a judged class were tested.
    struct Promises {
        /// They bind a class that was judged.
        pub of: usize,
        /// They held or were broken in a class.
        pub tested: usize,
        /// They were broken in a class.
        pub broken: usize,
    }

    /// A run that ended before its last plan.
    struct CutShort {
        /// So many plans were started.
        pub run: usize,
        /// Of so many, where they were counted.
        pub of: Option<usize>,
        /// What the others are about.
        pub left: Vec<Counted>,
    }

    /// Something, and how often.
    struct Counted {
        /// What.
        pub what: String,
        /// How often.
        pub times: usize,
    }

    /// So many of so many.
    struct Met {
        /// So many.
        pub met: usize,
        /// Of so many.
        pub of: usize,
    }

    /// A clause in words.
    struct Sentence {
        /// Its id.
        pub clause: String,
        /// Its sentence.
        pub says: String,
        /// Where the documents say so.
        pub source: String,
        /// How strongly.
        pub force: String,
    }

    /// A class.
    struct ClassRow {
        /// Its name.
        pub class: String,
        /// How many packages were judged.
        pub packages: usize,
        /// What it was not seen with, and a verdict on it needs.
        pub below_minimum_profile: Vec<String>,
        /// The clauses that bind it.
        pub clauses: Vec<Cell>,
        /// How many packages show what other classes have as a breach.
        pub shows_what_breaks_in_other_classes: Vec<Counted>,
    }

    /// A clause in a class.
    struct Cell {
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
        /// The first twenty of them.
        pub broken: Vec<BreachRow>,
    }

    /// What was found of a clause in a class.
    #[derive(Copy, PartialOrd, Ord)]
    enum State {
        /// It was tested and kept.
        Held,
        /// It was broken.
        Broken,
        /// It was not tested.
        NotExercised,
    }

    /// Why a clause was not tested.
    #[derive(PartialOrd, Ord)]
    enum Because {
        /// The adapter does not claim these operations or reads.
        NotClaimed(Vec<String>),
        /// What comes after the breach of this clause is not judged.
        MaskedBy(String),
        /// The situation that it is about never arose.
        NeverArose,
    }

    /// A breach.
    struct BreachRow {
        /// The number of the history.
        pub history: usize,
        /// The package.
        pub package: String,
        /// The events that show it.
        pub events: Vec<usize>,
        /// What should have been seen.
        pub expected: String,
        /// What was.
        pub seen: String,
    }

    /// Clauses that were not tested for one reason.
    struct NotTested {
        /// The reason.
        pub because: Because,
        /// The clauses.
        pub clauses: Vec<String>,
        /// In these classes.
        pub classes: Vec<String>,
    }

    /// What an implementation does at a question.
    struct Shown {
        /// The question's id.
        pub question: String,
        /// The question.
        pub asks: String,
        /// The strongest reading of all.
        pub strongest: String,
        /// What was found, and in which classes.
        pub readings: Vec<ShownReading>,
    }

    /// A reading that classes show.
    struct ShownReading {
        /// Its name.
        pub reading: String,
        /// `found` or `pinned`.
        pub how: String,
        /// The classes.
        pub classes: Vec<ShownIn>,
    }

    /// A class that shows a reading.
    struct ShownIn {
        /// The class.
        pub class: String,
        /// So many of its packages agree with the strongest reading of all.
        pub agree_with_strongest: Option<usize>,
        /// Of so many that put the question.
        pub of: Option<usize>,
    }

    /// What the adapter does not claim, and what it makes up.
    struct NotClaimed {
        /// Operations and reads.
        pub operations: Vec<String>,
        /// Classes.
        pub classes: Vec<String>,
        /// What the adapter keeps itself because the implementation has none.
        pub synthesised: Vec<String>,
        /// Faults that the adapter claims and no plan asks for.
        pub faults_never_asked_for: Vec<String>,
    }

    /// A counterexample.
    struct Story {
        /// What is broken, in a line.
        pub title: String,
        /// The clause that is broken where the plan is run by itself.
        pub clause: String,
        /// The clause that the run as a whole accuses of it, where that is another.
        pub counted_as: Option<String>,
        /// The clauses that other plans of the same cause break when they are judged alone, with how many plans.
        pub alone: Vec<Counted>,
        /// The class.
        pub class: String,
        /// True where nothing is wrong a second after a call that is declared to return when its work is done.
        pub is_gone_later: bool,
        /// The classes in which the same plan breaks it, too.
        pub also: Vec<String>,
        /// How often it was shown again.
        pub shown_again: Option<Again>,
        /// What should have been seen.
        pub expected: String,
        /// What was.
        pub seen: String,
        /// The events that show it, as places in the history.
        pub events: Vec<usize>,
        /// What happened.
        pub steps: Vec<Line>,
        /// What could be seen of the package, over time.
        pub timeline: Timeline,
        /// The plan's file, a value a line.
        #[cfg_attr(test, schemars(with = "Vec<std::collections::BTreeMap<String, serde_json::Value>>"))]
        pub plan: Vec<serde_json::Value>,
        /// The command that repeats it.
        pub repeat: String,
        /// All of it as text.
        pub story: String,
    }

    /// How often a plan showed a breach when it was run again.
    struct Again {
        /// So many times.
        pub times: u32,
        /// Of so many.
        pub of: u32,
    }

    /// A fault of the adapter.
    struct Fault {
        /// The first plan that it ended, or what there was outside of any.
        pub plan: String,
        /// Who is to blame.
        pub blame: String,
        /// What it was.
        pub fault: String,
        /// How often it was seen.
        pub times: u32,
        /// The last lines of standard error.
        pub stderr: Vec<String>,
    }

    /// A wait without an answer.
    struct Slow {
        /// The plan.
        pub plan: String,
        /// What was waited for.
        pub why: String,
    }
}
