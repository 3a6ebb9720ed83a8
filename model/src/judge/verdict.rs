//! The answer: for every class and clause, held how often, broken with what evidence, or not exercised and why.

use super::accuse::Accusation;
use super::rejected::Rejected;
use super::{Found, Profile, Requirements};
use crate::clauses::{CLAUSES, Clause, ClauseId, Force, Value};
use crate::operation::OperationKind;
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
    pub history: usize,
    /// The package.
    pub package: PackageId,
    /// The events that show it, as places in the history; the last is the one that is wrong.
    pub events: Vec<usize>,
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

/// Why a run in which nothing was broken proves less than it seems to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// No obligation was met at all.
    NothingHeld,
    /// Nobody ever said that nothing was left to do.
    NeverSettled,
    /// This many reads got no answer but an error of the adapter's own.
    Unread(usize),
    /// An operation was asked for so many times and never succeeded.
    NeverDone(OperationKind, usize),
    /// An operation was refused so many times though nothing stood in its way that a document knows.
    RefusedWithoutCause(OperationKind, usize),
    /// So many histories record faults that no clause is about, and are judged up to the first.
    Faults(usize),
    /// The timelines of this many packages were not judged, because calls overlap in them.
    Overlap(usize),
    /// This many packages show an answer to a question that the documents leave open and the specification does not
    /// model, and what came after is not judged.
    LeftOpen(Question, usize),
    /// For this many packages the search for an explanation was given up.
    NotSearched(usize),
    /// The clause, which is not required, is broken in this many packages, and what came after is not judged.
    Masked(ClauseId, usize),
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NothingHeld => f.write_str("nothing that was asked for was put to the test"),
            Self::NeverSettled => f.write_str(
                "nobody said when all work was done, so that nothing that is promised for the end was put to the test: give `completes` or `bounds`",
            ),
            Self::Unread(reads) => {
                write!(f, "{reads} reads were answered with `adapter_error`; what they would have shown is not known")
            }
            Self::NeverDone(kind, times) => {
                write!(f, "`{}` was asked for {times} times and never succeeded", kind.name())
            }
            Self::RefusedWithoutCause(kind, times) => write!(
                f,
                "`{}` was refused {times} times though nothing stood in its way; what it would have shown is not known",
                kind.name()
            ),
            Self::Faults(histories) => write!(
                f,
                "{histories} of the histories record a fault of a point or a link, and are judged no further than up to it"
            ),
            Self::Overlap(packages) => {
                write!(f, "not judged, because calls overlap: {packages} of the packages")
            }
            Self::LeftOpen(question, packages) => {
                let entry = question.entry();
                write!(
                    f,
                    "the documents leave open: {} In {packages} of the packages what came after is not judged; --pin {}={} decides it",
                    entry.asks, entry.id, entry.readings[0].name
                )
            }
            Self::NotSearched(packages) => write!(
                f,
                "only the clauses were asked, and no run was searched for, because there are too many: {packages} of the packages"
            ),
            Self::Masked(clause, packages) => write!(
                f,
                "{} is broken in {packages} of the packages and was not asked for; what came after it is not judged, so ask for it, too",
                clause.text()
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
    /// How many histories were judged up to a fault that no clause is about.
    pub(super) faulty: usize,
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

    pub(super) fn finish(
        &mut self,
        requirements: &Requirements,
        overlapping: usize,
        not_searched: usize,
    ) {
        let broken: Vec<(ClauseId, usize)> =
            self.broken().map(|verdict| (verdict.clause, verdict.broken.len())).collect();
        let wanted = &requirements.clauses;
        self.clauses.retain(|verdict| wanted.is_empty() || wanted.contains(&verdict.clause));
        let unasked =
            broken.iter().filter(|(clause, _)| !wanted.is_empty() && !wanted.contains(clause));
        self.doubts.extend(unasked.map(|&(clause, packages)| Doubt::Masked(clause, packages)));
        self.doubts.extend((overlapping > 0).then_some(Doubt::Overlap(overlapping)));
        self.doubts.extend((not_searched > 0).then_some(Doubt::NotSearched(not_searched)));
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
        let mut events: Vec<usize> = places.filter_map(|place| moments.get(place)?.event).collect();
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
        let outcome = match strongest {
            Some(force) if force >= requirements.at_least => Outcome::Violates,
            _ if !profile.missing().is_empty() || !doubts.is_empty() => Outcome::Undecided,
            _ => Outcome::Conforms,
        };
        Self { outcome, strongest, classes, histories, events, profile, faulty, doubts }
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

/// The doubts of all classes, each kind once.
fn added_up(doubts: Vec<Doubt>) -> Vec<Doubt> {
    let mut sums: Vec<Doubt> = Vec::new();
    for doubt in doubts {
        let same = sums.iter_mut().find_map(|known| match (known, doubt) {
            (Doubt::Overlap(sum), Doubt::Overlap(more))
            | (Doubt::NotSearched(sum), Doubt::NotSearched(more)) => Some((sum, more)),
            (Doubt::LeftOpen(question, sum), Doubt::LeftOpen(other, more))
                if *question == other =>
            {
                Some((sum, more))
            }
            (Doubt::Masked(clause, sum), Doubt::Masked(other, more)) if *clause == other => {
                Some((sum, more))
            }
            _ => None,
        });
        match same {
            Some((sum, more)) => *sum += more,
            None => sums.push(doubt),
        }
    }
    sums.sort_unstable();
    sums
}
