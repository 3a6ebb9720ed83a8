//! The breaches of a clause in a class that can be told: which histories show what when they stand alone.

use super::Stories;
use crate::court::Recorded;
use crate::plan::Plan;
use crate::run::stop;
use crate::verify::judge;
use pkgsource_model::clauses::ClauseId;
use pkgsource_model::history::History;
use pkgsource_model::judge::Breach;
use pkgsource_model::words::PackageClass;
use std::collections::BTreeMap;
use std::time::Instant;

/// Of how many breaches it is tried whether their history alone tells of them: the shortest, and some of all the others
/// where none of those does: what is rare is seldom among them.
const SHORTEST: usize = 12;
const OTHERS: usize = 24;

/// A breach that may be told: where it was found, and what its history shows by itself.
pub(super) struct Found<'a> {
    /// What the run as a whole accuses.
    pub(super) clause: ClauseId,
    /// What the history shows when it stands alone.
    pub(super) alone: ClauseId,
    pub(super) class: PackageClass,
    pub(super) breach: &'a Breach,
    pub(super) plan: &'a Plan,
    pub(super) history: &'a History,
}

/// What was found of a clause in a class.
pub(super) struct FoundInClass<'a> {
    /// What shows the accused clause when it stands alone, the shortest first.
    pub(super) own: Vec<Found<'a>>,
    /// One that shows another.
    pub(super) other: Option<Found<'a>>,
    /// What all that show another break when they stand alone, and how many do.
    pub(super) alone: Vec<(ClauseId, usize)>,
}

/// The breaches of a class that can be told, the shortest first.
pub(super) struct AllFound<'a>(Vec<Found<'a>>);

impl<'a> AllFound<'a> {
    /// Those that show the accused clause by themselves, and what most show instead; the shortest where none shows it.
    pub(super) fn of_the_clause(mut self) -> FoundInClass<'a> {
        let found = &mut self.0;
        if found.iter().all(|found| found.alone != found.clause) {
            let first = found.drain(..).next();
            return FoundInClass { own: Vec::new(), other: first, alone: Vec::new() };
        }
        let mut alone: BTreeMap<ClauseId, usize> = BTreeMap::new();
        for other in found.iter().filter(|found| found.alone != found.clause) {
            *alone.entry(other.alone).or_default() += 1;
        }
        let mostly = mostly(found);
        let other = found.iter().position(|found| Some(found.alone) == mostly);
        let other = other.map(|place| found.remove(place));
        found.retain(|found| found.alone == found.clause);
        FoundInClass { own: self.0, other, alone: alone.into_iter().collect() }
    }
}

impl<'a> Stories<'a, '_> {
    /// The breaches of a class that can be told, the shortest first: of those, what each history shows by itself. One is
    /// looked at in any case, further ones while there is time.
    pub(super) fn found(
        &self,
        clause: ClauseId,
        class: PackageClass,
        breaches: &'a [Breach],
        until: Instant,
    ) -> AllFound<'a> {
        let exhibits = self.exhibits;
        let mut breaches: Vec<&Breach> = breaches.iter().collect();
        breaches.sort_by_key(|breach| exhibits.steps(breach.history));
        let kept = breaches.into_iter().filter_map(|breach| {
            let Recorded { plan, history } = exhibits.get(breach.history)?;
            Some((breach, plan.as_ref()?, history))
        });
        let mut kept: Vec<_> = kept.collect();
        let others = kept.split_off(SHORTEST.min(kept.len()));
        let mut found: Vec<Found<'_>> = Vec::new();
        let look = |found: &mut Vec<Found<'a>>, some: &[(&'a Breach, &'a Plan, &'a History)]| {
            for &(breach, plan, history) in some {
                if found.is_empty() || stop(Some(until)).is_none() {
                    let alone = self.alone(history, clause, class);
                    found.push(Found { clause, alone, class, breach, plan, history });
                }
            }
        };
        look(&mut found, &kept);
        if found.iter().all(|found| found.alone != clause) {
            let stride = (others.len() / OTHERS).max(1);
            let some: Vec<_> = others.into_iter().step_by(stride).take(OTHERS).collect();
            look(&mut found, &some);
        }
        AllFound(found)
    }

    /// The clause by which a recorded history is told when it stands alone: the accused one, or what it shows instead
    /// where the accusation follows from other histories.
    fn alone(&self, history: &History, clause: ClauseId, class: PackageClass) -> ClauseId {
        let judgement = judge(std::slice::from_ref(history), &self.settings.requirements);
        let broken: Vec<ClauseId> = judgement
            .broken()
            .filter(|(of, _)| *of == class)
            .map(|(_, verdict)| verdict.clause)
            .collect();
        let own = broken.iter().find(|&&broken| broken == clause);
        own.or(broken.first()).copied().unwrap_or(clause)
    }
}

/// What most histories tell of by themselves, where that is not what the run as a whole accuses: another cause, and the
/// one accused explains it only because it explains so much.
fn mostly(found: &[Found<'_>]) -> Option<ClauseId> {
    let of = |clause| found.iter().filter(|found| found.alone == clause).count();
    let others = found.iter().filter(|found| found.alone != found.clause);
    let mut others: Vec<ClauseId> = others.map(|found| found.alone).collect();
    others.dedup();
    others.into_iter().find(|&other| of(other) * 2 > found.len())
}
