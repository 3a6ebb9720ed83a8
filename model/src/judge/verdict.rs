//! The answer: for every class and clause, held how often, broken with what evidence, or silent and why.

use super::{Case, Found, Profile, Requirements, Rulings};
use crate::clauses::{CLAUSES, ClauseId, Force};
use crate::readings::{Question, Readings};
use crate::words::{PackageClass, PackageId};

/// The word for a whole run, as far as its histories tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is broken, and the minimum profile was exercised.
    Conforms,
    /// A clause of the required force is broken.
    Violates,
    /// Nothing is broken, and too little was exercised to say more.
    Undecided,
}

/// Why a clause says nothing of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// No obligation of the kind arose.
    NotExercised,
    /// A clause that it presupposes is broken in every package that would have exercised it.
    Presupposed,
}

/// One breach of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The number of the history.
    pub history: usize,
    /// The package.
    pub package: PackageId,
    /// The events that show it, as places in the history; the last is the breach.
    pub events: Vec<usize>,
}

/// One clause in one class.
#[derive(Clone, Debug)]
pub struct ClauseVerdict {
    /// The clause.
    pub clause: ClauseId,
    /// Obligations met.
    pub held: u64,
    /// Obligations that were not.
    pub broken: Vec<Breach>,
    /// Why it is silent, where nothing was met and nothing broken.
    pub silent: Option<Silence>,
}

/// One class.
#[derive(Clone, Debug)]
pub struct ClassVerdict {
    /// The class.
    pub class: PackageClass,
    /// How many packages were judged.
    pub packages: usize,
    /// The readings that the class was judged by.
    pub readings: Readings,
    /// How each was found, in register order.
    pub found: Vec<(Question, Found)>,
    /// The clauses that bind it, in register order.
    pub clauses: Vec<ClauseVerdict>,
    /// What stands against believing them.
    pub(super) doubts: Vec<Doubt>,
}

/// Why a run in which nothing was broken proves less than it seems to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// No obligation was met at all.
    NothingHeld,
    /// The timelines of this many packages were not judged, because calls overlap in them.
    Overlap(usize),
    /// The first clause was asked for and is silent where the second, which was not, is broken.
    Presupposed(ClauseId, ClauseId),
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NothingHeld => f.write_str("nothing that was asked for was put to the test"),
            Self::Overlap(packages) => {
                write!(f, "not judged, because calls overlap: {packages} of the packages")
            }
            Self::Presupposed(clause, broken) => write!(
                f,
                "{} says nothing where {} is broken, which was not asked for; ask for both",
                clause.text(),
                broken.text()
            ),
        }
    }
}

/// The verdict on a run.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The word.
    pub outcome: Outcome,
    /// The strongest force broken.
    pub strongest: Option<Force>,
    /// The classes, in their order.
    pub classes: Vec<ClassVerdict>,
    /// How many histories were judged.
    pub histories: usize,
    /// How many events they had.
    pub events: usize,
    /// What was exercised.
    pub profile: Profile,
    /// Why the run proves less than it seems to; empty for one that is to be believed.
    pub doubts: Vec<Doubt>,
}

impl ClassVerdict {
    pub(super) fn new(
        class: PackageClass,
        packages: usize,
        readings: Readings,
        found: Vec<(Question, Found)>,
    ) -> Self {
        let bound = CLAUSES.iter().filter(|clause| clause.binds.binds(class));
        let empty = |clause| ClauseVerdict { clause, held: 0, broken: Vec::new(), silent: None };
        Self {
            class,
            packages,
            readings,
            found,
            clauses: bound.map(|clause| empty(clause.clause)).collect(),
            doubts: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, case: &Case, rulings: Rulings) {
        for (clause, finding) in rulings {
            let Some(verdict) = self.clauses.iter_mut().find(|verdict| verdict.clause == clause)
            else {
                continue;
            };
            verdict.held += u64::from(finding.held);
            for moments in finding.broken {
                let events = moments
                    .iter()
                    .filter_map(|&place| case.timeline.moments.get(place)?.event)
                    .collect();
                verdict.broken.push(Breach {
                    history: case.history,
                    package: case.timeline.package.clone(),
                    events,
                });
            }
        }
    }

    pub(super) fn finish(&mut self, wanted: &[ClauseId]) {
        let broken: Vec<ClauseId> = self.broken().map(|verdict| verdict.clause).collect();
        self.clauses.retain(|verdict| wanted.is_empty() || wanted.contains(&verdict.clause));
        for clause in self.clauses.iter().map(|verdict| verdict.clause) {
            let unasked = |other: &&ClauseId| broken.contains(other) && !wanted.contains(other);
            let presupposed = clause.clause().presupposes.iter().find(unasked);
            let doubt = presupposed.filter(|_| !wanted.is_empty());
            self.doubts.extend(doubt.map(|&broken| Doubt::Presupposed(clause, broken)));
        }
        for verdict in
            self.clauses.iter_mut().filter(|verdict| verdict.held == 0 && verdict.broken.is_empty())
        {
            let presupposes = verdict.clause.clause().presupposes;
            let presupposed = presupposes.iter().any(|other| broken.contains(other));
            verdict.silent =
                Some(if presupposed { Silence::Presupposed } else { Silence::NotExercised });
        }
    }

    /// The clauses that are broken.
    pub fn broken(&self) -> impl Iterator<Item = &ClauseVerdict> {
        self.clauses.iter().filter(|verdict| !verdict.broken.is_empty())
    }
}

impl Judgement {
    pub(super) fn new(
        classes: Vec<ClassVerdict>,
        histories: usize,
        events: usize,
        profile: Profile,
        requirements: &Requirements,
        overlapping: usize,
    ) -> Self {
        let forces = classes
            .iter()
            .flat_map(ClassVerdict::broken)
            .map(|verdict| verdict.clause.clause().force);
        let strongest = forces.max();
        let mut doubts: Vec<Doubt> =
            classes.iter().flat_map(|class| class.doubts.iter().copied()).collect();
        let held = classes.iter().flat_map(|class| &class.clauses).any(|verdict| verdict.held > 0);
        doubts.extend((!held).then_some(Doubt::NothingHeld));
        doubts.extend((overlapping > 0).then_some(Doubt::Overlap(overlapping)));
        doubts.sort_unstable();
        doubts.dedup();
        let outcome = match strongest {
            Some(force) if force >= requirements.at_least => Outcome::Violates,
            _ if !profile.missing().is_empty() || !doubts.is_empty() => Outcome::Undecided,
            _ => Outcome::Conforms,
        };
        Self { outcome, strongest, classes, histories, events, profile, doubts }
    }

    /// Every broken clause with its class, in the order of the report.
    pub fn broken(&self) -> impl Iterator<Item = (PackageClass, &ClauseVerdict)> {
        self.classes.iter().flat_map(|class| class.broken().map(|verdict| (class.class, verdict)))
    }

    /// The ids of the broken clauses, each once, in register order.
    #[must_use]
    pub fn broken_clauses(&self) -> Vec<ClauseId> {
        let mut ids: Vec<ClauseId> = self.broken().map(|(_, verdict)| verdict.clause).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}
