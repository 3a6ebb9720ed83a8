//! From histories to a verdict: a pure function of (histories, pinned readings, requirement set).
//! It never talks to an implementation, and it owns no clock.

mod infer;
mod join;
mod profile;
mod verdict;

pub use infer::Found;
pub use profile::Profile;
pub use verdict::{Breach, ClassVerdict, ClauseVerdict, Doubt, Judgement, Outcome, Silence};

use crate::clauses::{CLAUSES, ClauseId, Facts, Finding, Force};
use crate::history::History;
use crate::history::timeline::{Timeline, Timelines};
use crate::oracle::{Explained, Search, explain};
use crate::readings::{Question, Readings};
use crate::words::{Content, PackageClass};
use std::collections::BTreeMap;

/// What is required of an implementation, and what is not left to be found.
#[derive(Clone, Debug)]
pub struct Requirements {
    /// Readings that the user pinned; the others are found.
    pub pinned: Vec<(Question, usize)>,
    /// Only these clauses; empty means all.
    pub clauses: Vec<ClauseId>,
    /// Only these classes; empty means all.
    pub classes: Vec<PackageClass>,
    /// A broken clause of a weaker force is a remark, not a violation.
    pub at_least: Force,
    /// Whether the oracle searches what the clauses let pass.
    pub explain: bool,
}

impl Default for Requirements {
    fn default() -> Self {
        Self {
            pinned: Vec::new(),
            clauses: Vec::new(),
            classes: Vec::new(),
            at_least: Force::Implied,
            explain: true,
        }
    }
}

/// Timelines waiting to be judged, by class. Histories can be added one at a time and dropped at once.
#[derive(Debug, Default)]
pub struct Docket {
    cases: BTreeMap<PackageClass, Vec<Case>>,
    tables: Vec<Vec<Content>>,
    histories: usize,
    events: usize,
    profile: Profile,
}

/// One package's timeline, and where it came from.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) history: usize,
    pub(crate) timeline: Timeline,
}

impl Docket {
    /// A docket without cases.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Enters a history. Its number is the count of those entered before.
    pub fn enter(&mut self, history: &History) {
        let timelines = Timelines::of(history);
        self.profile.see(history);
        self.events += history.events.len();
        for timeline in timelines.list {
            // A package that is addressed through no class at all is judged as the regular package.
            let class = timeline.class.unwrap_or(PackageClass::Package);
            self.cases.entry(class).or_default().push(Case { history: self.histories, timeline });
        }
        self.tables.push(timelines.contents);
        self.histories += 1;
    }

    /// Judges everything that was entered.
    #[must_use]
    pub fn judge(&self, requirements: &Requirements) -> Judgement {
        let wanted = |class: &PackageClass| {
            requirements.classes.is_empty() || requirements.classes.contains(class)
        };
        let classes = self.cases.iter().filter(|(class, _)| wanted(class));
        let classes: Vec<ClassVerdict> =
            classes.map(|(&class, cases)| self.judge_class(class, cases, requirements)).collect();
        Judgement::new(
            classes,
            self.histories,
            self.events,
            self.profile.clone(),
            requirements,
            self.overlapping(requirements),
        )
    }

    /// How many packages cannot be judged, because calls overlap in their timelines.
    fn overlapping(&self, requirements: &Requirements) -> usize {
        let wanted = self.cases.iter().filter(|(class, _)| {
            requirements.classes.is_empty() || requirements.classes.contains(class)
        });
        wanted.flat_map(|(_, cases)| cases).filter(|case| case.timeline.overlaps).count()
    }

    fn judge_class(
        &self,
        class: PackageClass,
        cases: &[Case],
        requirements: &Requirements,
    ) -> ClassVerdict {
        let court = Court { class, cases, tables: &self.tables, requirements };
        let (readings, found) = infer::infer(&court);
        let mut verdict = ClassVerdict::new(class, cases.len(), readings, found);
        for case in cases {
            let rulings = court.rule(case, &readings);
            verdict.add(case, rulings);
        }
        verdict.finish(&requirements.clauses);
        verdict
    }
}

/// What one class's cases are judged by.
pub(crate) struct Court<'a> {
    pub(crate) class: PackageClass,
    pub(crate) cases: &'a [Case],
    tables: &'a [Vec<Content>],
    requirements: &'a Requirements,
}

/// What was found of every clause in one case.
pub(crate) type Rulings = BTreeMap<ClauseId, Finding>;

impl Court<'_> {
    pub(crate) fn pinned(&self) -> &[(Question, usize)] {
        &self.requirements.pinned
    }

    /// The facts of a case, and what they say of every clause that binds the class, presuppositions applied.
    pub(crate) fn facts(&self, case: &Case, readings: &Readings) -> (Rulings, Vec<Question>) {
        let empty = Vec::new();
        let table = self.tables.get(case.history).unwrap_or(&empty);
        let facts = Facts::of(&case.timeline, table, readings);
        (rulings(self.class, &facts), facts.asked)
    }

    /// The rulings of a case, the oracle's word included where no clause speaks.
    fn rule(&self, case: &Case, readings: &Readings) -> Rulings {
        let (mut rulings, _) = self.facts(case, readings);
        let broken = rulings.values().any(|finding| !finding.broken.is_empty());
        if self.requirements.explain && !broken {
            let finding = rulings.entry(ClauseId::Explained).or_default();
            match explain(&case.timeline, readings, Search::Lazy) {
                Explained::Yes => finding.held += 1,
                Explained::No { moment } => finding.broken.push(vec![moment]),
                Explained::NotSearched => {}
            }
        }
        rulings
    }

    /// True where nothing is broken under these readings, and, if asked for, some run explains the case.
    pub(crate) fn is_explained(&self, case: &Case, readings: &Readings, search: bool) -> bool {
        let (rulings, _) = self.facts(case, readings);
        let searched = |case: &Case| {
            !matches!(explain(&case.timeline, readings, Search::Lazy), Explained::No { .. })
        };
        rulings.values().all(|finding| finding.broken.is_empty()) && (!search || searched(case))
    }

    pub(crate) fn searches(&self) -> bool {
        self.requirements.explain
    }
}

/// What the facts say of every clause that binds the class. A clause is silent where one that it presupposes is broken.
#[must_use]
pub fn rulings(class: PackageClass, facts: &Facts) -> BTreeMap<ClauseId, Finding> {
    let bound = CLAUSES.iter().filter(|clause| clause.binds.binds(class));
    let mut rulings: Rulings =
        bound.map(|clause| (clause.clause, facts.finding(clause.clause))).collect();
    let broken: Vec<ClauseId> = rulings
        .iter()
        .filter(|(_, finding)| !finding.broken.is_empty())
        .map(|(&clause, _)| clause)
        .collect();
    for (clause, finding) in &mut rulings {
        if clause.clause().presupposes.iter().any(|other| broken.contains(other)) {
            finding.broken.clear();
        }
    }
    rulings
}
