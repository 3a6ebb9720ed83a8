//! What is true once nothing is left to do: whatever is owed has arrived. What is then over, and may be
//! forgotten, is in [`super::superseded`].

use super::Refusal;
use super::Rules;
use super::relaxation::Relaxation;
use super::state::{Existence, State};
use crate::index::{GenerationIndex, Index};
use crate::readings::behaviour as b;

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
                    row.again = false;
                    row.since = GenerationIndex::FIRST;
                    // What was left behind where it came back may have lost what it had before.
                    row.may_vanish = false;
                    if let Some(site) = self.sites.get_mut(at).filter(|_| !rules.children_lack()) {
                        site.version = site.version.max(version);
                        site.stored = site.stored.max(version);
                    }
                } else if !row.assigned {
                    (row.held, row.may_vanish, row.reported) = (None, false, 0);
                    row.again = false;
                    row.since = GenerationIndex::FIRST;
                }
            }
            self.settle_sites(target, rules);
            // A point that is left behind where it came late may have any version that there was.
            let none_is_over = rules.relaxed.gives_up(Relaxation::LatePointLeftBehind);
            self.work.oldest =
                if none_is_over { GenerationIndex::FIRST } else { self.oldest_left() };
        }
        (self.failure.lags, self.work.quiet, self.work.elsewhere) = (false, true, false);
        (self.loose.busy_for_nothing, self.properties.leftovers) = (false, false);
        Ok(())
    }

    /// Which snapshots can still come to a point once nothing is left to do.
    fn oldest_left(&self) -> GenerationIndex {
        let assigned = self.points.iter().filter(|row| row.assigned);
        let held = assigned.map(|row| row.held).chain([self.target()]).min().flatten();
        held.unwrap_or(self.work.oldest)
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
