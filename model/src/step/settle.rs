//! What is true once nothing is left to do: whatever is owed has arrived, and what is over is forgotten.

use super::Refusal;
use super::Rules;
use super::relaxation::Relaxation;
use super::rows::Generation;
use super::state::{Existence, State};
use crate::index::{GenerationIndex, Index};
use crate::readings::behaviour as b;
use std::collections::BTreeSet;

/// A snapshot that a newer one has replaced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Superseded {
    generation: Generation,
    /// The first of those that stay which is newer.
    before: GenerationIndex,
    /// For each point, whether the package had that already when it was taken.
    comes_to: Vec<bool>,
}

impl State {
    /// Does all that is left to be done, where every choice has been made: whatever is owed arrives.
    pub(super) fn settle(&mut self, rules: &Rules<'_>) -> Result<(), Refusal> {
        if self.existence.is_ending() {
            self.vanish();
        }
        if self.existence == Existence::Here {
            if self.work.opening || self.work.pending > 0 {
                return Err(Refusal::NotSettled);
            }
            self.visible.shown = self.processed();
            self.visible.reported = self.visible.shown;
            let target = self.target();
            let version = target.map_or(0, |generation| self.version_of(generation));
            for (row, &at) in self.points.iter_mut().zip(&rules.site_of) {
                if row.assigned && row.owed {
                    let stays = row.held == target.or(row.held);
                    let is_older = |made| target.is_some_and(|target| target < made);
                    row.loose.wrecked = row.loose.wrecked.filter(|&made| stays || is_older(made));
                    if !rules.relaxed.is_strict() && row.held < target {
                        row.loose.before = row.loose.before.or(Some(row.held));
                    }
                    row.loose.late = row.loose.late.after_delivery();
                    row.held = target.or(row.held);
                    row.since = GenerationIndex::FIRST;
                    // What was left behind where it came back may have lost what it had before.
                    row.may_vanish = false;
                    if let Some(site) = self.sites.get_mut(at).filter(|_| !rules.children_lack()) {
                        site.version = site.version.max(version);
                        site.stored = site.stored.max(version);
                    }
                } else if !row.assigned {
                    (row.held, row.may_vanish, row.reported) = (None, false, 0);
                }
            }
            self.settle_sites(target, rules);
            // A point that is left behind where it came late may have any version that there was.
            let none_is_over = rules.relaxed.gives_up(Relaxation::LatePointLeftBehind);
            self.work.oldest =
                if none_is_over { GenerationIndex::FIRST } else { self.oldest_left() };
        }
        (self.failure.lags, self.work.quiet, self.work.elsewhere) = (false, true, false);
        self.loose.busy_for_nothing = false;
        Ok(())
    }

    /// Which snapshots can still come to a point once nothing is left to do.
    fn oldest_left(&self) -> GenerationIndex {
        let assigned = self.points.iter().filter(|row| row.assigned);
        let held = assigned.map(|row| row.held).chain([self.target()]).min().flatten();
        held.unwrap_or(self.work.oldest)
    }

    /// Forgets what can come to no point any more, and which of two snapshots that are the same came to a point, lest a long
    /// timeline cost a search more for each event than a short one.
    pub(crate) fn forget_superseded(&mut self) {
        let oldest = std::mem::take(&mut self.work.oldest).number();
        // What was cancelled has not arrived, though it be what is there.
        let tells = self.points.iter().any(|row| row.cancelled);
        let mut stays = vec![true; self.generations.len()];
        stays.iter_mut().take(oldest).for_each(|stays| *stays = false);
        for (nth, pair) in self.generations.windows(2).enumerate().skip(oldest) {
            stays[nth + 1] = tells || pair[0] != pair[1];
        }
        for row in self.points.iter_mut() {
            // Where the same came again, the first of the same is sent.
            while row.since.number() > oldest && stays.get(row.since.number()) == Some(&false) {
                row.since = GenerationIndex::of(row.since.number() - 1);
            }
        }
        self.keep_generations(&stays);
    }

    /// Forgets the snapshots that are not to stay; what held one of them holds the last before it that does.
    fn keep_generations(&mut self, stays: &[bool]) {
        if stays.iter().all(|stays| *stays) {
            return;
        }
        let left = |stays: &[bool]| stays.iter().filter(|stays| **stays).count();
        let upto = |at: GenerationIndex| left(&stays[..=at.number()]).saturating_sub(1);
        let before = |at: GenerationIndex| left(&stays[..at.number().min(stays.len())]);
        for row in self.points.iter_mut() {
            row.held = row.held.map(|held| GenerationIndex::of(upto(held)));
            row.since = GenerationIndex::of(before(row.since));
        }
        let mut is_left = stays.iter();
        self.generations.retain(|_| is_left.next().is_some_and(|stays| *stays));
    }

    /// The state without the snapshots that a newer content has replaced and no point holds, and these apart. What they
    /// can still do is come to a point that is owed nothing, so that a state with more of them can do what one with fewer
    /// can, if the two are otherwise the same.
    pub(crate) fn without_superseded(&self) -> (Self, BTreeSet<Superseded>) {
        let mut stays = vec![false; self.generations.len()];
        let kept = self.points.iter().filter_map(|row| row.held);
        for at in kept.chain(self.target()).chain(self.generations.last_index()) {
            stays[at.number()] = true;
        }
        let left = |before: GenerationIndex| {
            let earlier = stays.iter().take(before.number());
            GenerationIndex::of(earlier.filter(|stays| **stays).count())
        };
        let gone = self.generations.indexed().filter(|(at, _)| !stays[at.number()]);
        let apart = gone.map(|(at, &generation)| Superseded {
            generation,
            before: left(at),
            comes_to: self.points.iter().map(|row| at >= row.since).collect(),
        });
        let mut rest = self.clone();
        rest.keep_generations(&stays);
        (rest, apart.collect())
    }

    fn settle_sites(&mut self, target: Option<GenerationIndex>, rules: &Rules<'_>) {
        if !rules.class().entry().child_sites {
            return;
        }
        let version = target.map_or(0, |generation| self.version_of(generation));
        let everywhere = !rules.readings.permits(b::ChildWithoutPoint::MetadataOnly);
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let unaware = gives_up(Relaxation::ChildUnaware);
        let lacking = unaware || gives_up(Relaxation::ChildWithoutContent);
        for (place, site) in self.sites.indexed_mut() {
            if place.is_owner() || !unaware {
                site.version = self.visible.shown;
            }
            // What is on its way to no point need not come to its site either.
            let serves_a_point = self
                .points
                .iter()
                .zip(&rules.site_of)
                .any(|(row, &at)| at == place && row.assigned && row.owed);
            let everywhere = everywhere && !place.is_owner();
            if (place.is_owner() || !lacking) && (serves_a_point || everywhere) {
                site.stored = site.stored.max(version);
            }
        }
    }

    /// The package is gone, and nothing of it stays; its sources are not its own.
    pub(super) fn vanish(&mut self) {
        let empty = Self::new(0, self.points.len(), self.sites.len());
        let sources = std::mem::take(&mut self.sources);
        *self = Self { sources, existence: Existence::Gone, ..empty };
    }
}
