//! What the product does by itself, at any time: take a snapshot, fail to take it, deliver to a point.
//! Reaching a child site needs no action of its own: the state keeps the least that was seen there.

use super::relaxation::Relaxation;
use super::rows::Generation;
use super::state::State;
use super::{Refusal, Rules};
use crate::history::timeline::{ContentId, Held};
use crate::readings::behaviour as b;
use crate::rules;
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
    /// The same of a source that the package had when the call was accepted, and has no longer: whether the source is
    /// looked up at the acceptance or at the snapshot is said nowhere, so that the content is not known.
    SnapshotOfEarlierSource {
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
    /// Something that only a relaxed specification knows.
    Relaxed(RelaxedAction),
}

/// What the product does by itself only where a promise is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelaxedAction {
    /// Forget that calls were accepted.
    Forget {
        /// How many.
        calls: u32,
    },
    /// Give up bringing a point what it is owed.
    Leave {
        /// The point.
        point: usize,
        /// What it has instead, where nothing was left to do already: as before, or a version that came in between.
        with: Option<usize>,
    },
    /// Begin a refresh that nothing asked for.
    Refresh,
    /// Take an unreadable source for an empty one: for the creation, or for pending calls.
    TakeUnread {
        /// How many pending calls it answers for; 0 for the creation.
        calls: u32,
    },
    /// Lose the package.
    Vanish,
}

impl State {
    /// What the product could do next, deliveries to these points included; [`step`](super::step) decides what is
    /// really enabled.
    #[must_use]
    pub fn product_actions(&self, points: Range<usize>) -> Vec<ProductAction> {
        let mut actions = vec![ProductAction::TakeFirst];
        for calls in 1..=self.work.pending {
            for yes in [true, false] {
                actions.push(ProductAction::Snapshot { calls, raises: yes });
                actions.push(ProductAction::FailSnapshot { calls, advances: yes });
            }
        }
        for point in points {
            let deliver = |generation| ProductAction::Deliver { point, generation };
            let first = self.points.get(point).and_then(|row| row.held).map_or(0, |held| held + 1);
            actions.extend((first..self.generations.len()).map(deliver));
        }
        actions
    }

    /// What may besides have happened where only its effects are seen.
    #[must_use]
    pub(crate) fn unseen_actions(
        &self,
        points: Range<usize>,
        rules: &Rules<'_>,
    ) -> Vec<ProductAction> {
        let mut actions = Vec::new();
        if self.work.moved {
            for calls in 1..=self.work.pending {
                for raises in [true, false] {
                    actions.push(ProductAction::SnapshotOfEarlierSource { calls, raises });
                }
            }
        }
        if !rules.relaxed.is_strict() {
            let calls = 0..=self.work.pending;
            let relaxed = calls
                .clone()
                .map(|calls| RelaxedAction::Forget { calls })
                .chain(calls.map(|calls| RelaxedAction::TakeUnread { calls }))
                .chain(points.flat_map(|point| self.ways_to_leave(point)))
                .chain([RelaxedAction::Refresh, RelaxedAction::Vanish]);
            actions.extend(relaxed.map(ProductAction::Relaxed));
        }
        actions
    }

    fn ways_to_leave(&self, point: usize) -> Vec<RelaxedAction> {
        let row = self.points.get(point).copied().unwrap_or_default();
        let newer = row.loose.before.flatten().map_or(0, |before| before + 1);
        let between = newer..row.held.filter(|_| row.loose.before.is_some()).unwrap_or(newer);
        let with = between.map(Some).chain([None]);
        with.map(|with| RelaxedAction::Leave { point, with }).collect()
    }

    pub(super) fn work(&mut self, action: ProductAction, rules: &Rules<'_>) -> Result<(), Refusal> {
        match action {
            ProductAction::TakeFirst => self.take_first(),
            ProductAction::Snapshot { calls, raises } => self.take_snapshot(calls, raises, rules),
            ProductAction::SnapshotOfEarlierSource { calls, raises } => {
                self.take_earlier_source(calls, raises, rules)
            }
            ProductAction::FailSnapshot { calls, advances } => {
                self.fail_snapshot(calls, advances, rules)
            }
            ProductAction::Deliver { point, generation } => self.deliver(point, generation, rules),
            ProductAction::Relaxed(action) => self.work_relaxed(action, rules),
        }
    }

    fn take_first(&mut self) -> Result<(), Refusal> {
        if !self.work.opening {
            return Err(Refusal::NotEnabled);
        }
        self.work.opening = false;
        let held = self.snapshot_now();
        // A flag that speaks of a source and no path that leads to one: that may count as a failure, too.
        self.failure.may_show |= self.properties.flag.has_source() && held.is_none();
        self.generations.push(Generation { version: 1, held });
        Ok(())
    }

    fn take_snapshot(
        &mut self,
        calls: u32,
        raises: bool,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let held = self.snapshot_now();
        if held.is_none() && self.has_source() {
            return Err(Refusal::NotEnabled);
        }
        self.take(calls, raises, held, rules)
    }

    fn take_earlier_source(
        &mut self,
        calls: u32,
        raises: bool,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        if !self.work.moved {
            return Err(Refusal::NotEnabled);
        }
        let held = Held { base: ContentId::UNKNOWN, added: self.work.referenced };
        self.take(calls, raises, Some(held), rules)
    }

    fn take(
        &mut self,
        calls: u32,
        raises: bool,
        held: Option<Held>,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let possible = !self.work.opening && self.may_answer_for(calls, rules);
        if !possible || !self.may_raise(raises, held, rules) {
            return Err(Refusal::NotEnabled);
        }
        self.answer_for(calls, raises, held, rules)?;
        self.set_failed(false, rules);
        Ok(())
    }

    fn may_raise(&self, raises: bool, held: Option<Held>, rules: &Rules<'_>) -> bool {
        let class = rules.class().entry();
        if raises {
            return rules::may_raise(class, &rules.readings);
        }
        let unchanged = || held.is_some() && self.newest_held() == held;
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        rules::may_keep(class, &rules.readings)
            || gives_up(Relaxation::RefreshKeepsVersion)
            || (gives_up(Relaxation::UnchangedKeepsVersion) && unchanged())
            || (gives_up(Relaxation::AdditionKeepsVersion) && self.adds_content(held))
    }

    /// True where the snapshot has additions that the newest one has not.
    fn adds_content(&self, held: Option<Held>) -> bool {
        let added = |held: Option<Held>| held.map_or(0, |held| held.added);
        added(held) != added(self.newest_held())
    }

    fn fail_snapshot(
        &mut self,
        calls: u32,
        advances: bool,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let may_fail =
            self.is_unreadable() || rules.relaxed.gives_up(Relaxation::RefusedWithoutCause);
        let may_advance = rules.readings.permits(b::FailedVersion::Advances);
        let possible = !self.work.opening && may_fail && self.may_answer_for(calls, rules);
        if !possible || (advances && !may_advance) {
            return Err(Refusal::NotEnabled);
        }
        if advances {
            self.answer_for(calls, true, None, rules)?;
        } else {
            self.answered(calls);
            if self.visible.shown > self.ceiling(rules) {
                return Err(Refusal::NotEnabled);
            }
        }
        self.wreck(rules);
        self.set_failed(true, rules);
        Ok(())
    }

    fn may_answer_for(&self, calls: u32, rules: &Rules<'_>) -> bool {
        let merged = rules.readings.permits(b::Increments::Merged);
        (1..=self.work.pending).contains(&calls) && (calls == 1 || merged)
    }

    /// A version is made for these calls; where it has content, the points are owed it.
    fn answer_for(
        &mut self,
        calls: u32,
        raises: bool,
        held: Option<Held>,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let version = self.processed().saturating_add(u32::from(raises));
        if held.is_some() {
            let owed = rules::owes_points(rules.class().entry(), self.properties.touched);
            for row in self.points.iter_mut().filter(|row| row.assigned && row.promised) {
                (row.owed, row.loose.stuck) = (owed || row.asked, false);
                row.cancelled = false;
                row.loose.late = row.loose.late.after_snapshot();
            }
        }
        self.answered(calls);
        self.generations.push(Generation { version, held });
        self.visible.fixed = false;
        if !rules.relaxed.gives_up(Relaxation::RedistributionReadsSource) {
            self.loose.later.clear();
        }
        if self.visible.shown > self.ceiling(rules) { Err(Refusal::NotEnabled) } else { Ok(()) }
    }

    /// These calls wait no longer. A promise that no call waits for is none.
    pub(super) fn answered(&mut self, calls: u32) {
        self.work.pending -= calls;
        if self.work.pending == 0 {
            self.work.moved = false;
            self.points.iter_mut().for_each(|row| (row.promised, row.asked) = (false, false));
        }
    }

    fn set_failed(&mut self, failed: bool, rules: &Rules<'_>) {
        let changes = self.failure.failed != failed || self.failure.may_show;
        let lags = rules.readings.permits(b::StatusReads::Lagging);
        self.failure.lags = lags && (self.failure.lags || changes);
        (self.failure.failed, self.failure.may_show) = (failed, false);
    }

    fn deliver(
        &mut self,
        point: usize,
        generation: usize,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let row = self.points.get(point).copied().unwrap_or_default();
        let deliverable = self.generations.get(generation).is_some_and(|g| g.held.is_some());
        let newer = row.held.is_none_or(|held| generation > held)
            && generation >= self.work.oldest.max(row.since);
        let reachable = row.assigned || row.may_vanish;
        if !deliverable || !newer || !reachable || row.loose.stuck || (self.work.quiet && row.owed)
        {
            return Err(Refusal::NotEnabled);
        }
        let version = self.version_of(generation);
        self.visible.shown = self.visible.shown.max(version);
        let ahead = rules.sites_lag();
        let site = rules.site_of.get(point).and_then(|&site| self.sites.get_mut(site));
        if let Some(site) = site.filter(|_| !ahead) {
            site.version = site.version.max(version);
            site.stored = site.stored.max(version);
        }
        if let Some(row) = self.points.get_mut(point) {
            (row.held, row.since, row.loose.wrecked) = (Some(generation), 0, false);
            row.loose.late = row.loose.late.after_delivery();
        }
        Ok(())
    }
}
