//! Who is to blame: a timeline that no run explains accuses the clause whose relaxation explains it; where several do,
//! the one that gives up the least; where none does alone, the smallest set. All rejected timelines of a run are asked
//! together, so that one cause has one name.

use super::Requirements;
use super::cover::{Matrix, cover};
use super::rejected::Rejected;
use crate::clauses::{CLAUSES, ClauseId};
use crate::index::{List, RejectedIndex};
use crate::step::{Relaxation, Relaxed};
use crate::words::PackageClass;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How many searches are made for the causes of one run. What is left open then has the cause that explains the most.
const SEARCHES: usize = 8_000;

/// Of how many rejected timelines every clause is asked, where no clause explains them all.
const ASKED_OF_ALL: usize = 80;

/// Who is to blame for one rejected timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Accusation {
    /// The clauses, the likeliest first; never empty.
    pub(super) clauses: Vec<ClauseId>,
    /// Clauses that are required and broken besides, where those accused are not required.
    pub(super) besides: Vec<ClauseId>,
}

/// A clause with one of its relaxations.
pub(super) type Suspect = (Relaxation, ClauseId);

/// Asks of rejected timelines which promises were broken in them.
pub(super) struct Accuser<'a> {
    pub(super) rejected: List<RejectedIndex, &'a Rejected<'a>>,
    requirements: &'a Requirements,
    /// Every relaxation, from the one that gives up the least.
    pub(super) suspects: Vec<Suspect>,
    /// What was searched already: which timeline, and what was given up.
    known: RefCell<BTreeMap<(RejectedIndex, Relaxed), Option<bool>>>,
}

impl<'a> Accuser<'a> {
    pub(super) fn new(rejected: Vec<&'a Rejected<'a>>, requirements: &'a Requirements) -> Self {
        let relaxations = |clause: &'static crate::clauses::Clause| {
            clause.relaxations.iter().map(|&relaxation| (relaxation, clause.clause))
        };
        let concerned = |clause: &&'static crate::clauses::Clause| {
            rejected.iter().any(|case| clause.binds.binds(case.class))
        };
        let can_be_broken = |clause: &&'static crate::clauses::Clause| {
            clause.examples.pins.iter().all(|pin| requirements.has_pinned(pin))
        };
        let clauses = CLAUSES.iter().filter(concerned).filter(can_be_broken);
        let mut suspects: Vec<Suspect> = clauses.flat_map(relaxations).collect();
        suspects.sort_by_key(|&(relaxation, _)| (relaxation.breadth(), relaxation));
        Self { rejected: rejected.into(), requirements, suspects, known: RefCell::default() }
    }

    fn explained(&self, nth: RejectedIndex, relaxed: Relaxed) -> Option<bool> {
        let known = self.known.borrow().get(&(nth, relaxed)).copied();
        known.unwrap_or_else(|| {
            if self.known.borrow().len() >= SEARCHES {
                return None;
            }
            let found = self.rejected.get(nth).and_then(|case| case.is_explained(relaxed));
            self.known.borrow_mut().insert((nth, relaxed), found);
            found
        })
    }

    fn explains(&self, nth: RejectedIndex, relaxed: Relaxed) -> bool {
        self.explained(nth, relaxed) == Some(true)
    }

    /// Whether giving up the promise explains the timeline; none where that could not be searched.
    pub(super) fn is_cause(&self, nth: RejectedIndex, (relaxation, _): Suspect) -> Option<bool> {
        let rejected = self.rejected.get(nth)?;
        let wrong = rejected.wrong()?;
        let could = relaxation != Relaxation::PresenceEitherWay || rejected.may_be_gone();
        if could && relaxation.shows_in(&wrong.act) {
            self.explained(nth, Relaxed::only(relaxation))
        } else {
            Some(false)
        }
    }

    pub(super) fn binds(&self, nth: RejectedIndex, clause: ClauseId) -> bool {
        self.rejected.get(nth).is_some_and(|case| clause.clause().binds.binds(case.class))
    }

    /// An accusation for each rejected timeline, in their order.
    pub(super) fn accuse(&self) -> Vec<Accusation> {
        let everything: Vec<RejectedIndex> = self.rejected.indices().collect();
        let common = self.common_cause(&everything);
        let ruling = self.ruling_cause(common);
        let chosen = match ruling.as_ref().map(|ruling| ruling.suspect).or(common) {
            Some(suspect) => vec![suspect],
            None => self.smallest_cover(),
        };
        let bound = |nth: RejectedIndex| {
            let explains = |suspect: &&Suspect| self.is_cause(nth, **suspect) == Some(true);
            chosen.iter().filter(|suspect| self.binds(nth, suspect.1)).find(explains).copied()
        };
        let known: Vec<Option<Suspect>> = everything.iter().map(|&nth| bound(nth)).collect();
        let accused: Vec<Suspect> =
            chosen.iter().copied().filter(|suspect| known.contains(&Some(*suspect))).collect();
        let own = known.iter().zip(everything);
        own.map(|(&own, nth)| {
            let ruled = || ruling.as_ref().filter(|ruling| self.may_be_of(nth, ruling));
            let own = own.or_else(|| ruled().map(|ruling| ruling.suspect));
            self.accusation(nth, own, &accused)
        })
        .collect()
    }

    /// The first suspect that alone explains all, as far as that can be searched. It need not bind every class: one
    /// cause has one name. A timeline that rules one suspect out is likely to rule out the next; one that rules out all
    /// of them shows more than one cause, or one that has no name, and says nothing of the others.
    fn common_cause(&self, timelines: &[RejectedIndex]) -> Option<Suspect> {
        let mut order = timelines.to_vec();
        self.suspects.iter().copied().find(|&suspect| {
            let rules_out = |&nth: &RejectedIndex| {
                self.is_cause(nth, suspect) == Some(false) && self.has_a_single_cause(nth)
            };
            let innocent = order.iter().position(rules_out);
            if let Some(place) = innocent {
                let nth = order.remove(place);
                order.insert(0, nth);
            }
            let seen = |&nth: &RejectedIndex| {
                self.binds(nth, suspect.1) && self.is_cause(nth, suspect) == Some(true)
            };
            innocent.is_none() && order.iter().any(seen)
        })
    }

    /// True unless every suspect is ruled out.
    fn has_a_single_cause(&self, nth: RejectedIndex) -> bool {
        self.suspects.iter().any(|&suspect| self.is_cause(nth, suspect) != Some(false))
    }

    /// The suspects that together explain what can be explained by one of them, with the least given up.
    fn smallest_cover(&self) -> Vec<Suspect> {
        let sample = self.sample();
        let rows = sample.iter().map(|&nth| {
            self.suspects.iter().map(|&suspect| self.is_cause(nth, suspect) == Some(true)).collect()
        });
        let costs = self.suspects.iter().map(|(relaxation, _)| relaxation.breadth()).collect();
        let chosen = cover(&Matrix { rows: rows.collect(), costs });
        chosen.into_iter().filter_map(|place| self.suspects.get(place).copied()).collect()
    }

    /// Timelines that are likely to differ in their causes: of every class and every set of findings, some.
    fn sample(&self) -> Vec<RejectedIndex> {
        let mut kinds: BTreeMap<(PackageClass, Vec<ClauseId>), usize> = BTreeMap::new();
        let mut ranked: Vec<(usize, RejectedIndex)> = Vec::new();
        for (nth, case) in self.rejected.indexed().filter(|(nth, _)| !self.needs_nothing(*nth)) {
            let found = case.rejection.breaches.iter().map(|breach| breach.clause).collect();
            let before = kinds.entry((case.class, found)).or_default();
            ranked.push((*before, nth));
            *before += 1;
        }
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, nth)| nth).take(ASKED_OF_ALL).collect()
    }

    /// Who is to blame for one timeline: a chosen cause of its own class; one that does not bind its class, but that is
    /// accused where it does; an accused one that explains the wrong event, if not what came later; one that could not be
    /// searched, and so is not ruled out; the first that explains it; several.
    fn accusation(
        &self,
        nth: RejectedIndex,
        own: Option<Suspect>,
        accused: &[Suspect],
    ) -> Accusation {
        let explains = |suspect: &&Suspect| self.is_cause(nth, **suspect) == Some(true);
        let elsewhere = || accused.iter().find(explains).copied();
        let first = || {
            let bound = self.suspects.iter().filter(|suspect| self.binds(nth, suspect.1));
            bound.into_iter().find(explains).copied()
        };
        let at_first = || {
            let case = self.rejected.get(nth)?;
            let bound = accused.iter().filter(|suspect| self.binds(nth, suspect.1));
            bound.copied().find(|&(given_up, _)| case.is_first_explained(Relaxed::only(given_up)))
        };
        let open =
            || accused.iter().find(|&&suspect| self.is_cause(nth, suspect).is_none()).copied();
        let known = own.or_else(elsewhere).or_else(at_first).or_else(open);
        let suspects = match known.or_else(first) {
            Some(suspect) => vec![suspect],
            None => self.together(nth, accused),
        };
        let mut clauses: Vec<ClauseId> = suspects.iter().map(|&(_, clause)| clause).collect();
        if clauses.is_empty() || self.needs_nothing(nth) {
            clauses = self.by_finding(nth);
        }
        let required = clauses.iter().any(|&clause| self.requirements.requires(clause));
        let besides = if required { Vec::new() } else { self.besides(nth, &suspects) };
        Accusation { clauses, besides }
    }

    /// The smallest set that explains a timeline which none explains alone: first of what was found and chosen.
    fn together(&self, nth: RejectedIndex, chosen: &[Suspect]) -> Vec<Suspect> {
        let Some(case) = self.rejected.get(nth) else { return Vec::new() };
        let found = |clause: ClauseId| case.rejection.breaches.iter().any(|b| b.clause == clause);
        let binds = |clause: ClauseId| clause.clause().binds.binds(case.class);
        let likely: Vec<Suspect> = self
            .suspects
            .iter()
            .copied()
            .filter(|suspect| found(suspect.1) || chosen.contains(suspect))
            .filter(|&(_, clause)| binds(clause))
            .collect();
        let all = self.suspects.iter().copied().filter(|&(_, clause)| binds(clause));
        let pairs = likely.iter().flat_map(|&one| all.clone().map(move |other| [one, other]));
        let explains = |set: &[Suspect]| {
            self.explains(nth, set.iter().map(|&(relaxation, _)| relaxation).collect())
        };
        let mut pairs = pairs.filter(|[one, other]| one.1 != other.1);
        if let Some(pair) = pairs.find(|pair| explains(pair)) {
            return pair.to_vec();
        }
        if likely.len() > 2 && explains(&likely) { self.smaller(nth, likely) } else { Vec::new() }
    }

    /// The set without those that it can do without.
    fn smaller(&self, nth: RejectedIndex, mut set: Vec<Suspect>) -> Vec<Suspect> {
        for place in (0..set.len()).rev() {
            let mut without = set.clone();
            without.remove(place);
            let relaxed = without.iter().map(|&(relaxation, _)| relaxation).collect();
            if self.explains(nth, relaxed) {
                set = without;
            }
        }
        set
    }

    /// True where nothing need be given up: a check alone found something, and whatever is given up explains it.
    fn needs_nothing(&self, nth: RejectedIndex) -> bool {
        let is_found =
            self.rejected.get(nth).is_some_and(|case| !case.rejection.breaches.is_empty());
        is_found && self.explains(nth, Relaxed::default())
    }

    /// What no relaxation explains is told by the clause that found it; what none found has the built-in clause.
    fn by_finding(&self, nth: RejectedIndex) -> Vec<ClauseId> {
        let breaches = self.rejected.get(nth).map_or(&[][..], |case| &case.rejection.breaches);
        let first = breaches.iter().min_by_key(|breach| breach.clause.clause().relaxations.first());
        vec![first.map_or(ClauseId::Explained, |breach| breach.clause)]
    }

    /// What is required and broken besides promises that are not: found by a check at the same event, or needed where
    /// of the promises accused nothing is given up but themselves.
    fn besides(&self, nth: RejectedIndex, accused: &[Suspect]) -> Vec<ClauseId> {
        let Some(case) = self.rejected.get(nth) else { return Vec::new() };
        let required = |clause: ClauseId| self.requirements.requires(clause);
        let found = case.rejection.breaches.iter().map(|breach| breach.clause);
        let found: Vec<ClauseId> = found.filter(|&clause| required(clause)).collect();
        if !found.is_empty() || accused.iter().all(|(relaxation, _)| relaxation.is_pure()) {
            return found;
        }
        let base: Relaxed = accused
            .iter()
            .flat_map(|(_, clause)| clause.clause().relaxations)
            .copied()
            .filter(|relaxation| relaxation.is_pure())
            .collect();
        let mut needed = self
            .suspects
            .iter()
            .filter(|&&(_, clause)| required(clause) && clause.clause().binds.binds(case.class));
        let besides = needed.find(|&&(relaxation, _)| self.explains(nth, base.and(relaxation)));
        besides.map(|&(_, clause)| clause).into_iter().collect()
    }
}
