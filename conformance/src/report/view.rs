//! What is reported, computed once: typed data that every face prints, with a published schema
//! (`specs/schema/report.json`). The faces compute nothing; the judge's words are in the model.

mod answers;
mod needs;
#[cfg(test)]
mod tests;
mod timeline;

pub use answers::{AnswerRow, Answers};
pub use needs::needs;
pub use timeline::{Moment, Timeline};

use super::story::{Line, lines, values};
use super::{Counterexample, Report, Word};
use crate::expectations::Expected;
use crate::regression::Against;
use pkgsource_model::clauses::{ClauseId, Force};
use pkgsource_model::history::{Capabilities, Identity};
use pkgsource_model::judge::{
    ClassVerdict, ClauseVerdict, Evidence, Found, Judgement, NotExercised,
};
use pkgsource_model::operation::{FaultKind, OperationKind};
use pkgsource_model::readings::Question;
use pkgsource_model::words::PackageClass;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The number of the format: another one may mean other members.
pub const REPORT: u32 = 2;

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
        /// The clause.
        pub clause: String,
        /// The class.
        pub class: String,
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
        /// The first plan that it ended.
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

impl View {
    /// What there is to say of a run.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let judgement = &report.judgement;
        let capabilities = report.capabilities.as_ref();
        let classes: Vec<ClassRow> = judgement
            .classes
            .iter()
            .map(|class| class_row(class, judgement, capabilities))
            .collect();
        Self {
            report: REPORT,
            suite: suite(),
            subject: report.subject.clone(),
            verdict: report.word().name().to_owned(),
            strongest_force_broken: judgement.strongest.map(|force| force.name().to_owned()),
            implementation: capabilities.map(|of| named(&of.implementation)),
            adapter: capabilities.map(|of| named(&of.adapter)),
            promises: promises(&classes),
            plans: judgement.histories,
            events: judgement.events,
            enumerated: report.enumerated,
            seed: report.seed,
            cut: report.cut.as_ref().map(|cut| CutShort {
                run: cut.run,
                of: cut.of,
                left: counted(cut.left.iter().map(|(what, &times)| (what.clone(), times))),
            }),
            coverage: report.coverage.map(|(met, of)| Met { met, of }),
            changed: report.changed.clone(),
            below_minimum_profile: lacking(&judgement.profile.missing()),
            incomplete: report.incomplete.clone(),
            doubts: judgement.doubts.iter().map(ToString::to_string).collect(),
            clauses: sentences(judgement.classes.iter()),
            not_tested: not_tested(&classes),
            classes,
            readings: readings(&judgement.classes),
            answers: report.answers.rows(),
            against: None,
            expected: None,
            not_claimed: capabilities.map_or_else(nothing, not_claimed),
            counterexamples: report.counterexamples.iter().map(story).collect(),
            skipped: skipped(report),
            faults: faults(report),
            slow: report
                .slow
                .iter()
                .map(|(plan, why)| Slow { plan: plan.clone(), why: why.clone() })
                .collect(),
        }
    }

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

fn named(identity: &Identity) -> Named {
    Named { name: identity.name.clone(), version: identity.version.clone() }
}

fn names(kinds: &[OperationKind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.name().to_owned()).collect()
}

fn counted(items: impl Iterator<Item = (String, usize)>) -> Vec<Counted> {
    items.map(|(what, times)| Counted { what, times }).collect()
}

fn sentences<'a>(classes: impl Iterator<Item = &'a ClassVerdict>) -> Vec<Sentence> {
    let verdicts = classes.flat_map(|class| &class.clauses);
    let ids: BTreeSet<ClauseId> = verdicts.map(|verdict| verdict.clause).collect();
    let sentence = |id: ClauseId| {
        let clause = id.clause();
        Sentence {
            clause: clause.id.to_owned(),
            says: clause.says.to_owned(),
            source: clause.source(),
            force: clause.force.name().to_owned(),
        }
    };
    ids.into_iter().map(sentence).collect()
}

fn lacking(missing: &[Evidence]) -> Vec<String> {
    missing.iter().map(|evidence| evidence.lacking().to_owned()).collect()
}

fn class_row(
    class: &ClassVerdict,
    judgement: &Judgement,
    capabilities: Option<&Capabilities>,
) -> ClassRow {
    let elsewhere = class.elsewhere.iter();
    ClassRow {
        class: class.class.name().to_owned(),
        packages: class.packages,
        below_minimum_profile: lacking(&judgement.profile.lacking(class.class)),
        clauses: class.clauses.iter().map(|verdict| cell(verdict, capabilities)).collect(),
        shows_what_breaks_in_other_classes: counted(
            elsewhere.map(|(clause, &packages)| (clause.text().to_owned(), packages)),
        ),
    }
}

/// The most breaches that are told of one clause in one class.
const MOST_BREACHES: usize = 20;

fn cell(verdict: &ClauseVerdict, capabilities: Option<&Capabilities>) -> Cell {
    let breach = |breach: &pkgsource_model::judge::Breach| BreachRow {
        history: breach.history,
        package: breach.package.as_str().to_owned(),
        events: breach.events.clone(),
        expected: breach.expected.to_string(),
        seen: breach.seen.to_string(),
    };
    Cell {
        clause: verdict.clause.text().to_owned(),
        state: match (verdict.broken.is_empty(), verdict.not_exercised) {
            (false, _) => State::Broken,
            (true, None) => State::Held,
            (true, Some(_)) => State::NotExercised,
        },
        because: verdict.not_exercised.map(|why| because(verdict.clause, why, capabilities)),
        held: verdict.held,
        broken_times: verdict.broken.len(),
        broken: verdict.broken.iter().take(MOST_BREACHES).map(breach).collect(),
    }
}

/// What the adapter does not claim comes first: nobody could have tested the clause then.
fn because(clause: ClauseId, why: NotExercised, capabilities: Option<&Capabilities>) -> Because {
    let claims = |kind: &&OperationKind| capabilities.is_none_or(|of| is_claimed(of, **kind));
    let missing: Vec<OperationKind> =
        needs(clause).iter().filter(|kind| !claims(kind)).copied().collect();
    match why {
        _ if !missing.is_empty() => Because::NotClaimed(names(&missing)),
        NotExercised::MaskedBy(mask) => Because::MaskedBy(mask.text().to_owned()),
        NotExercised::NeverArose => Because::NeverArose,
    }
}

fn promises(classes: &[ClassRow]) -> Promises {
    let mut states: BTreeMap<&str, BTreeSet<State>> = BTreeMap::new();
    for cell in classes.iter().flat_map(|class| &class.clauses) {
        states.entry(&cell.clause).or_default().insert(cell.state);
    }
    let having = |wanted: &[State]| {
        let has = |found: &&BTreeSet<State>| wanted.iter().any(|state| found.contains(state));
        states.values().filter(has).count()
    };
    Promises {
        of: states.len(),
        tested: having(&[State::Held, State::Broken]),
        broken: having(&[State::Broken]),
    }
}

/// What was not tested, grouped by the reason and by the classes in which it was not.
fn not_tested(classes: &[ClassRow]) -> Vec<NotTested> {
    let mut by_clause: BTreeMap<(Because, &str), Vec<String>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for class in classes {
        for cell in &class.clauses {
            if !order.contains(&cell.clause.as_str()) {
                order.push(&cell.clause);
            }
            if let Some(because) = &cell.because {
                let key = (because.clone(), cell.clause.as_str());
                by_clause.entry(key).or_default().push(class.class.clone());
            }
        }
    }
    let mut groups: BTreeMap<(Because, Vec<String>), Vec<String>> = BTreeMap::new();
    for ((because, clause), classes) in by_clause {
        groups.entry((because, classes)).or_default().push(clause.to_owned());
    }
    let place = |clause: &String| order.iter().position(|known| known == clause);
    let group = |((because, classes), mut clauses): ((Because, Vec<String>), Vec<String>)| {
        clauses.sort_by_key(place);
        NotTested { because, clauses, classes }
    };
    groups.into_iter().map(group).collect()
}

fn readings(classes: &[ClassVerdict]) -> Vec<Shown> {
    let mut rows: BTreeMap<Question, BTreeMap<(usize, &str), Vec<ShownIn>>> = BTreeMap::new();
    for class in classes {
        for &(question, found) in &class.found {
            let (how, agree_with_strongest, of) = match found {
                Found::NotAsked => continue,
                Found::Pinned => ("pinned", None, None),
                Found::Reading { strongest, of } => ("found", Some(strongest), Some(of)),
            };
            let shown = ShownIn { class: class.class.name().to_owned(), agree_with_strongest, of };
            let place = class.readings.chosen(question);
            rows.entry(question).or_default().entry((place, how)).or_default().push(shown);
        }
    }
    let row = |(question, shown): (Question, BTreeMap<(usize, &str), Vec<ShownIn>>)| {
        let entry = question.entry();
        let reading = |((place, how), classes): ((usize, &str), Vec<ShownIn>)| ShownReading {
            reading: entry.readings[place].name.to_owned(),
            how: how.to_owned(),
            classes,
        };
        Shown {
            question: entry.id.to_owned(),
            asks: entry.asks.to_owned(),
            readings: shown.into_iter().map(reading).collect(),
        }
    };
    rows.into_iter().map(row).collect()
}

fn nothing() -> NotClaimed {
    NotClaimed {
        operations: Vec::new(),
        classes: Vec::new(),
        synthesised: Vec::new(),
        faults_never_asked_for: Vec::new(),
    }
}

fn not_claimed(capabilities: &Capabilities) -> NotClaimed {
    let absent: Vec<OperationKind> =
        OperationKind::ALL.into_iter().filter(|kind| !is_claimed(capabilities, *kind)).collect();
    let classes = PackageClass::ALL.into_iter();
    let classes = classes.filter(|class| !capabilities.classes.contains(class));
    let synthesised = capabilities
        .synthesised
        .iter()
        .filter_map(|what| serde_json::to_value(what).ok()?.as_str().map(str::to_owned));
    let unused = capabilities
        .faults
        .iter()
        .filter(|&&kind| kind != FaultKind::SourceAbsent)
        .filter_map(|kind| serde_json::to_value(kind).ok()?.as_str().map(str::to_owned));
    NotClaimed {
        operations: names(&absent),
        classes: classes.map(|class| class.name().to_owned()).collect(),
        synthesised: synthesised.collect(),
        faults_never_asked_for: unused.collect(),
    }
}

/// What an adapter serves, what the suite does itself, and what needs a capability of another kind.
fn is_claimed(capabilities: &Capabilities, kind: OperationKind) -> bool {
    capabilities.operations.contains(&kind)
        || capabilities.reads.contains(&kind)
        || super::text::implied(capabilities, kind)
}

fn story(example: &Counterexample) -> Story {
    let (expected, seen) = values(example);
    let plan = crate::plan::write_plan(&example.plan);
    Story {
        clause: example.clause.text().to_owned(),
        class: example.class.name().to_owned(),
        also: example.also.iter().map(|class| class.name().to_owned()).collect(),
        shown_again: example.seen.map(|seen| Again { times: seen.times, of: seen.of }),
        expected,
        seen,
        events: example.breach.events.clone(),
        steps: lines(example),
        timeline: timeline::timeline(example),
        plan: plan.lines().filter_map(|line| serde_json::from_str(line).ok()).collect(),
        repeat: example.repeat.clone(),
        story: super::tell(example),
    }
}

fn skipped(report: &Report) -> Vec<Counted> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for skipped in &report.skipped {
        *reasons.entry(&skipped.why).or_default() += 1;
    }
    counted(reasons.into_iter().map(|(why, times)| (why.to_owned(), times)))
}

fn faults(report: &Report) -> Vec<Fault> {
    let fault = |(plan, fault): &(String, crate::adapter::AdapterFault)| Fault {
        plan: plan.clone(),
        blame: fault.blame().to_owned(),
        fault: fault.to_string(),
        times: fault.times,
        stderr: fault.stderr.clone(),
    };
    report.faults.iter().map(fault).collect()
}

/// True where a sentence of this force violates when it is broken.
#[must_use]
pub fn is_at_least(force: &str, least: Force) -> bool {
    [Force::Implied, Force::Described, Force::Documented]
        .iter()
        .any(|known| known.name() == force && *known >= least)
}
