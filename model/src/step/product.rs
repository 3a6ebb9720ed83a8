//! What the product does by itself, at any time: take a snapshot, fail to take it, deliver to a point.
//! Reaching a child site needs no action of its own: the state keeps the least that was seen there.

use super::state::{Generation, State};
use super::{Refusal, Rules};
use crate::classes::Points;
use crate::history::timeline::Held;
use crate::readings::{Question, behaviour as b};
use std::ops::Range;

/// One action of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductAction {
    /// Take the first version's content.
    TakeFirst,
    /// Take a snapshot that answers for `calls` pending calls.
    Snapshot {
        /// How many pending calls it answers for.
        calls: u32,
        /// True where the version rises with it.
        raises: bool,
    },
    /// Fail to take the snapshot that `calls` pending calls wait for.
    FailSnapshot {
        /// How many pending calls it answers for.
        calls: u32,
        /// True where the version rises all the same (A3).
        advances: bool,
    },
    /// Bring a generation to a point.
    Deliver {
        /// The point.
        point: usize,
        /// The generation.
        generation: usize,
    },
}

impl State {
    /// What the product could do next, deliveries to these points included; [`step`](super::step) decides what is
    /// really enabled.
    #[must_use]
    pub fn product_actions(&self, points: Range<usize>) -> Vec<ProductAction> {
        let mut actions = vec![ProductAction::TakeFirst];
        for calls in 1..=self.pending {
            for yes in [true, false] {
                actions.push(ProductAction::Snapshot { calls, raises: yes });
                actions.push(ProductAction::FailSnapshot { calls, advances: yes });
            }
        }
        for point in points {
            let deliver = |generation| ProductAction::Deliver { point, generation };
            actions.extend((0..self.generations.len()).map(deliver));
        }
        actions
    }

    pub(super) fn work(&mut self, action: ProductAction, rules: &Rules) -> Result<(), Refusal> {
        match action {
            ProductAction::TakeFirst => self.take_first(),
            ProductAction::Snapshot { calls, raises } => self.take_snapshot(calls, raises, rules),
            ProductAction::FailSnapshot { calls, advances } => {
                self.fail_snapshot(calls, advances, rules)
            }
            ProductAction::Deliver { point, generation } => self.deliver(point, generation, rules),
        }
    }

    fn take_first(&mut self) -> Result<(), Refusal> {
        if !self.opening {
            return Err(Refusal::NotEnabled);
        }
        self.opening = false;
        let held = self.snapshot_now();
        // A flag that speaks of a source and no path that leads to one: that may count as a failure, too.
        self.may_show_failure |= self.flag.has_source() && held.is_none();
        self.generations.push(Generation { version: 1, held });
        Ok(())
    }

    fn take_snapshot(&mut self, calls: u32, raises: bool, rules: &Rules) -> Result<(), Refusal> {
        let held = self.snapshot_now();
        let readable = held.is_some() || !self.has_source();
        if self.opening
            || !readable
            || !self.may_answer_for(calls, rules)
            || !rules.may_raise(raises)
        {
            return Err(Refusal::NotEnabled);
        }
        self.answer_for(calls, raises, held, rules)?;
        self.set_failed(false, rules);
        Ok(())
    }

    fn fail_snapshot(&mut self, calls: u32, advances: bool, rules: &Rules) -> Result<(), Refusal> {
        let unreadable = self.has_source() && self.source_now().is_none();
        let may_advance = rules.readings.permits(Question::FailedVersion, b::ADVANCES);
        if self.opening
            || !unreadable
            || !self.may_answer_for(calls, rules)
            || (advances && !may_advance)
        {
            return Err(Refusal::NotEnabled);
        }
        if advances {
            self.answer_for(calls, true, None, rules)?;
        } else {
            self.pending -= calls;
            if self.shown > self.ceiling(rules) {
                return Err(Refusal::NotEnabled);
            }
        }
        self.set_failed(true, rules);
        Ok(())
    }

    fn may_answer_for(&self, calls: u32, rules: &Rules) -> bool {
        let merged = rules.readings.permits(Question::Increments, b::MERGED);
        (1..=self.pending).contains(&calls) && (calls == 1 || merged)
    }

    fn answer_for(
        &mut self,
        calls: u32,
        raises: bool,
        held: Option<Held>,
        rules: &Rules,
    ) -> Result<(), Refusal> {
        let version = self.processed().saturating_add(u32::from(raises));
        self.pending -= calls;
        self.generations.push(Generation { version, held });
        if self.shown > self.ceiling(rules) { Err(Refusal::NotEnabled) } else { Ok(()) }
    }

    fn set_failed(&mut self, failed: bool, rules: &Rules) {
        let changes = self.failed != failed || self.may_show_failure;
        let lags = rules.readings.permits(Question::StatusReads, b::LAGGING);
        self.status_lags = lags && (self.status_lags || changes);
        (self.failed, self.may_show_failure) = (failed, false);
    }

    fn deliver(&mut self, point: usize, generation: usize, rules: &Rules) -> Result<(), Refusal> {
        let row = self.points.get(point).copied().unwrap_or_default();
        let deliverable = self.generations.get(generation).is_some_and(|g| g.held.is_some());
        let newer = row.held.is_none_or(|held| generation > held);
        let reachable = row.assigned || row.may_vanish;
        if !deliverable || !newer || !reachable || (self.quiet && row.owed) {
            return Err(Refusal::NotEnabled);
        }
        let version = self.version_of(generation);
        self.shown = self.shown.max(version);
        if let Some(site) = rules.site_of.get(point).and_then(|&site| self.sites.get_mut(site)) {
            site.version = site.version.max(version);
            site.stored = site.stored.max(version);
        }
        if let Some(row) = self.points.get_mut(point) {
            row.held = Some(generation);
        }
        Ok(())
    }

    /// Does all that is left to be done, where every choice has been made: whatever is owed arrives.
    pub(super) fn settle(&mut self, rules: &Rules) -> Result<(), Refusal> {
        if self.existence == super::Existence::Deleting {
            self.vanish();
        }
        if self.existence == super::Existence::Here {
            if self.opening || self.pending > 0 {
                return Err(Refusal::NotSettled);
            }
            self.shown = self.processed();
            self.reported = self.shown;
            let target = self.target();
            let version = target.map_or(0, |generation| self.version_of(generation));
            for (row, &at) in self.points.iter_mut().zip(&rules.site_of) {
                if row.assigned && row.owed {
                    row.held = target.or(row.held);
                    row.may_vanish = false;
                    if let Some(site) = self.sites.get_mut(at) {
                        site.version = site.version.max(version);
                        site.stored = site.stored.max(version);
                    }
                } else if !row.assigned {
                    (row.held, row.may_vanish, row.reported) = (None, false, 0);
                }
            }
            self.settle_sites(target, rules);
        }
        (self.status_lags, self.quiet) = (false, true);
        Ok(())
    }

    fn settle_sites(&mut self, target: Option<usize>, rules: &Rules) {
        if !rules.class().entry().child_sites {
            return;
        }
        let version = target.map_or(0, |generation| self.version_of(generation));
        let everywhere = !rules.readings.permits(Question::ChildWithoutPoint, b::METADATA_ONLY);
        for (place, site) in self.sites.iter_mut().enumerate() {
            site.version = self.shown;
            let has_point = self
                .points
                .iter()
                .zip(&rules.site_of)
                .any(|(row, &at)| at == place && row.assigned);
            if place == 0 || has_point || everywhere {
                site.stored = site.stored.max(version);
            }
        }
    }

    /// The package is gone, and nothing of it stays; its sources are not its own.
    pub(super) fn vanish(&mut self) {
        let empty = Self::new(0, self.points.len(), self.sites.len());
        let sources = std::mem::take(&mut self.sources);
        *self = Self { sources, existence: super::Existence::Gone, ..empty };
    }
}

impl Rules {
    pub(super) fn may_raise(&self, raises: bool) -> bool {
        if self.class().entry().increments {
            return raises;
        }
        self.readings.permits(Question::Unpromised, if raises { b::RAISES } else { b::KEEPS })
    }

    /// True where an accepted refresh owes the points its content.
    pub(super) fn owes_points(&self, touched: bool) -> bool {
        match self.class().entry().points {
            Points::Promised => true,
            Points::WhileUnchanged => !touched,
            Points::NotPromised => false,
        }
    }
}
