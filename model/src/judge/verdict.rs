//! The answer: for every class and clause, held how often, broken with what evidence, or not exercised and why.

use super::accuse::Accusation;
use super::doubt::{Doubt, added_up};
use super::rejected::Rejected;
use super::{Found, Profile, Requirements};
use crate::clauses::{CLAUSES, Clause, ClauseId, Force, Value};
use crate::index::{EventIndex, HistoryIndex};
use crate::readings::{Question, Readings};
use crate::words::{PackageClass, PackageId};
use std::collections::BTreeMap;

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

/// Why a clause was not put to the test in a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExercised {
    /// The situation that it is about never arose.
    NeverArose,
    /// It would have been judged in what came after another clause was broken, and that is not judged.
    MaskedBy(ClauseId),
}

/// One breach of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The number of the history.
    pub history: HistoryIndex,
    /// The package.
    pub package: PackageId,
    /// The events that show it, as places in the history; the last is the one that is wrong.
    pub events: Vec<EventIndex>,
    /// What should have been seen.
    pub expected: Value,
    /// What was.
    pub seen: Value,
    /// Other clauses that had to be given up to explain this package's history.
    pub with: Vec<ClauseId>,
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
    /// Why it was not put to the test, where nothing was met and nothing broken.
    pub not_exercised: Option<NotExercised>,
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
    /// How many packages show what another class has as the breach of a clause that does not bind this one.
    pub elsewhere: BTreeMap<ClauseId, usize>,
    /// What stands against believing them.
    pub(super) doubts: Vec<Doubt>,
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
    /// How many histories were judged up to a fault that no clause is about.
    pub(super) faulty: usize,
    /// Readings that the run as a whole shows and no package alone: it was judged as if they were pinned.
    pub concluded: Vec<(Question, usize)>,
    /// Why the run proves less than it seems to; empty for one that is to be believed.
    pub doubts: Vec<Doubt>,
}

impl ClassVerdict {
    pub(super) fn new(
        class: PackageClass,
        packages: usize,
        readings: Readings,
        found: Vec<(Question, Found)>,
        held: &BTreeMap<ClauseId, u64>,
    ) -> Self {
        let bound = CLAUSES.iter().filter(|clause| clause.binds.binds(class));
        let verdict = |clause: &Clause| ClauseVerdict {
            clause: clause.clause,
            held: held.get(&clause.clause).copied().unwrap_or(0),
            broken: Vec::new(),
            not_exercised: None,
        };
        let clauses = bound.map(verdict).collect();
        Self {
            class,
            packages,
            readings,
            found,
            clauses,
            elsewhere: BTreeMap::new(),
            doubts: Vec::new(),
        }
    }

    /// Takes down who is to blame for a package that nothing explains.
    pub(super) fn accuse(&mut self, rejected: &Rejected<'_>, accusation: &Accusation) {
        let all = || accusation.clauses.iter().chain(&accusation.besides).copied();
        for clause in all() {
            let breach = rejected.breach(clause, all().filter(|&other| other != clause).collect());
            match self.clauses.iter_mut().find(|verdict| verdict.clause == clause) {
                Some(verdict) => verdict.broken.push(breach),
                None => *self.elsewhere.entry(clause).or_default() += 1,
            }
        }
    }

    /// Notes a doubt about this many packages; none where there are none.
    pub(super) fn doubt(&mut self, doubt: fn(usize) -> Doubt, packages: usize) {
        self.doubts.extend((packages > 0).then(|| doubt(packages)));
    }

    pub(super) fn finish(&mut self, requirements: &Requirements) {
        let broken: Vec<(ClauseId, usize)> =
            self.broken().map(|verdict| (verdict.clause, verdict.broken.len())).collect();
        let wanted = &requirements.clauses;
        self.clauses.retain(|verdict| wanted.is_empty() || wanted.contains(&verdict.clause));
        let unasked =
            broken.iter().filter(|(clause, _)| !wanted.is_empty() && !wanted.contains(clause));
        self.doubts.extend(unasked.map(|&(clause, packages)| Doubt::Masked(clause, packages)));
        let untested =
            |verdict: &&mut ClauseVerdict| verdict.held == 0 && verdict.broken.is_empty();
        for verdict in self.clauses.iter_mut().filter(untested) {
            let mask = broken.first().map(|&(clause, _)| clause);
            let mask = mask.or(self.elsewhere.keys().next().copied());
            let mask = mask.map(NotExercised::MaskedBy);
            verdict.not_exercised = Some(mask.unwrap_or(NotExercised::NeverArose));
        }
    }

    /// The clauses that are broken.
    pub fn broken(&self) -> impl Iterator<Item = &ClauseVerdict> {
        self.clauses.iter().filter(|verdict| !verdict.broken.is_empty())
    }
}

impl Rejected<'_> {
    fn breach(&self, clause: ClauseId, with: Vec<ClauseId>) -> Breach {
        let evidence = self.evidence(clause);
        let moments = &self.case.timeline.moments;
        let places = evidence.because.iter().copied().chain([self.rejection.place]);
        let mut events: Vec<EventIndex> =
            places.filter_map(|place| moments.get(place)?.event).collect();
        events.dedup();
        Breach {
            history: self.case.history,
            package: self.case.timeline.package.clone(),
            events,
            expected: evidence.expected,
            seen: evidence.seen,
            with,
        }
    }
}

impl Judgement {
    pub(super) fn new(
        classes: Vec<ClassVerdict>,
        histories: usize,
        events: usize,
        profile: Profile,
        faulty: usize,
        requirements: &Requirements,
    ) -> Self {
        let forces = classes
            .iter()
            .flat_map(ClassVerdict::broken)
            .map(|verdict| requirements.force(verdict.clause));
        let strongest = forces.max();
        let mut doubts: Vec<Doubt> =
            classes.iter().flat_map(|class| class.doubts.iter().copied()).collect();
        let held = classes.iter().flat_map(|class| &class.clauses).any(|verdict| verdict.held > 0);
        doubts.extend((!held).then_some(Doubt::NothingHeld));
        doubts.extend((faulty > 0).then_some(Doubt::Faults(faulty)));
        doubts.extend(profile.is_never_settled().then_some(Doubt::NeverSettled));
        doubts.extend((profile.unread() > 0).then_some(Doubt::Unread(profile.unread())));
        doubts.extend(profile.never_done().map(|(kind, times)| Doubt::NeverDone(kind, times)));
        let refused = profile.refused_without_cause();
        doubts.extend(refused.map(|(kind, times)| Doubt::RefusedWithoutCause(kind, times)));
        let doubts = added_up(doubts);
        let packages = classes.iter().map(|class| class.packages).sum();
        let is_doubted = doubts.iter().any(|doubt| doubt.decides(packages));
        let outcome = match strongest {
            Some(force) if force >= requirements.at_least => Outcome::Violates,
            _ if !profile.missing().is_empty() || is_doubted => Outcome::Undecided,
            _ => Outcome::Conforms,
        };
        let concluded = Vec::new();
        Self { outcome, strongest, classes, histories, events, profile, faulty, concluded, doubts }
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
