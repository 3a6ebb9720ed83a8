//! What the product does by itself, at any time: take a snapshot, fail to take it, deliver to a point.
//! Reaching a child site needs no action of its own: the state keeps the least that was seen there.

use super::actions::ProductAction;
use super::relaxation::Relaxation;
use super::rows::{Cancelled, Generation};
use super::state::State;
use super::{Refusal, Rules};
use crate::history::timeline::{ContentId, Held};
use crate::index::{GenerationIndex, Index, PointIndex, SourceIndex};
use crate::readings::behaviour as b;
use crate::rules;

impl State {
    pub(super) fn work(&mut self, action: ProductAction, rules: &Rules<'_>) -> Result<(), Refusal> {
        match action {
            ProductAction::TakeFirst => self.take_first(),
            ProductAction::Snapshot { calls, raises } => self.take_snapshot(calls, raises, rules),
            ProductAction::SnapshotOfEarlierSource { source, calls, raises } => {
                self.take_earlier_source(source, calls, raises, rules)
            }
            ProductAction::FailSnapshot { calls, advances } => {
                self.fail_snapshot(calls, advances, rules)
            }
            ProductAction::Skip { calls } => self.skip(calls, rules),
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
        self.generations.push(Generation::taken(1, held));
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
        source: SourceIndex,
        calls: u32,
        raises: bool,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        if calls > self.work.moved || !source.is_in(self.work.earlier) {
            return Err(Refusal::NotEnabled);
        }
        let base = self.sources.get(source).copied().flatten().ok_or(Refusal::NotEnabled)?;
        let held = Held { base, added: self.work.referenced };
        self.take(calls, raises, Some(held), rules)
    }

    fn skip(&mut self, calls: u32, rules: &Rules<'_>) -> Result<(), Refusal> {
        let lost = self.has_lost_its_source(calls) && rules.readings.permits(b::NoSource::Nothing);
        let may_skip = lost || (self.may_do_nothing(rules) && !self.is_unreadable());
        if self.work.opening || !may_skip || !self.may_answer_for(calls, rules) {
            return Err(Refusal::NotEnabled);
        }
        self.mark_task_sequence(rules);
        self.answered(calls);
        // Whether what is not done succeeds, so that an older failure is over, is said nowhere.
        self.failure.may_show |= std::mem::take(&mut self.failure.failed);
        self.within_ceiling(rules)
    }

    pub(super) fn may_do_nothing(&self, rules: &Rules<'_>) -> bool {
        let touched = self.properties.touched;
        rules::may_do_nothing(rules.class().entry(), &rules.readings, touched)
    }

    /// True where the package had a source when these calls were accepted, and has none now.
    fn has_lost_its_source(&self, calls: u32) -> bool {
        calls <= self.work.in_vain
    }

    pub(super) fn take(
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
        let had_failed = self.failure.failed || self.failure.may_show;
        self.answer_for(calls, raises, held, rules)?;
        self.set_failed(false, rules);
        // An addition without a version of its own is no refresh that succeeded.
        let keeps = !raises && rules.relaxed.gives_up(Relaxation::AdditionKeepsVersion);
        self.failure.may_show = keeps && had_failed;
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
        let is_refused = !self.is_unreadable() && calls == 1 && self.work.refusable > 0;
        let has_none =
            self.has_lost_its_source(calls) && rules.readings.permits(b::NoSource::Refused);
        let may_fail = self.is_unreadable()
            || self.may_read_a_lost_source(calls)
            || is_refused
            || has_none
            || rules.relaxed.gives_up(Relaxation::RefusedWithoutCause);
        let may_advance =
            !is_refused && !has_none && rules.readings.permits(b::FailedVersion::Advances);
        let possible = !self.work.opening && may_fail && self.may_answer_for(calls, rules);
        if !possible || (advances && !may_advance) {
            return Err(Refusal::NotEnabled);
        }
        if advances {
            self.answer_for(calls, true, None, rules)?;
        } else {
            self.answered(calls);
            self.within_ceiling(rules)?;
        }
        if is_refused {
            self.work.refusable = self.work.refusable.saturating_sub(1);
        } else {
            if self.is_unreadable() {
                self.wreck(rules);
            }
            self.work.by_method = false;
        }
        self.set_failed(true, rules);
        Ok(())
    }

    /// True where these calls may still read a source that was the package's, and that cannot be read.
    fn may_read_a_lost_source(&self, calls: u32) -> bool {
        let lost = |(source, state): (SourceIndex, &Option<ContentId>)| {
            source.is_in(self.work.earlier) && state.is_none()
        };
        calls <= self.work.moved && self.sources.indexed().any(lost)
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
                (row.owed, row.loose.stuck) = (owed, false);
                (row.cancelled, row.again) = (Cancelled::No, false);
                row.loose.late = row.loose.late.after_snapshot();
            }
        }
        if self.work.by_method && (held.is_some() || !self.has_source()) {
            self.mark_task_sequence(rules);
        }
        self.answered(calls);
        self.generations.push(Generation::taken(version, held));
        self.visible.fixed = false;
        self.loose.rises_since = 0;
        if !rules.relaxed.gives_up(Relaxation::RedistributionReadsSource) {
            self.loose.later.clear();
        }
        self.within_ceiling(rules)
    }

    /// No run is left in which the version that was shown came of something.
    fn within_ceiling(&self, rules: &Rules<'_>) -> Result<(), Refusal> {
        if self.visible.shown > self.ceiling(rules) { Err(Refusal::NotEnabled) } else { Ok(()) }
    }

    /// These calls wait no longer. A promise that no call waits for is none.
    pub(super) fn answered(&mut self, calls: u32) {
        self.work.pending -= calls;
        self.work.moved = self.work.moved.saturating_sub(calls);
        if self.work.moved == 0 {
            self.work.earlier = 0;
        }
        self.work.in_vain = self.work.in_vain.saturating_sub(calls);
        self.work.refusable = self.work.refusable.min(self.work.pending);
        if self.work.pending == 0 {
            self.work.by_method = false;
            self.points.iter_mut().for_each(|row| row.promised = false);
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
        point: PointIndex,
        generation: GenerationIndex,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let row = self.points.get(point).copied().unwrap_or_default();
        let deliverable = self.generations.get(generation).is_some_and(|g| g.held.is_some());
        let newer = row.held.is_none_or(|held| generation > held)
            && generation >= self.work.oldest.max(row.since);
        let reachable = row.assigned || row.may_vanish;
        let has_failed = row.cancelled == Cancelled::Failed && Some(generation) >= self.target();
        let is_over = has_failed || (self.work.quiet && row.owed);
        if !deliverable || !newer || !reachable || row.loose.stuck || is_over {
            return Err(Refusal::NotEnabled);
        }
        let version = self.version_of(generation);
        self.visible.shown = self.visible.shown.max(version);
        let ahead = rules.sites_lag();
        let at = rules.site_of.get(point).copied().filter(|at| !at.is_owner());
        let site = at.and_then(|at| self.sites.get_mut(at));
        // What arrives at a point that is on its way out says nothing of what its site keeps.
        if let Some(site) = site.filter(|_| !ahead && row.assigned) {
            site.version = site.version.max(version);
            site.stored = site.stored.max(version);
        }
        if let Some(row) = self.points.get_mut(point) {
            (row.held, row.since) = (Some(generation), GenerationIndex::FIRST);
            // What was made before may have come before.
            row.loose.wrecked = row.loose.wrecked.filter(|&made| generation < made);
            row.loose.late = row.loose.late.after_delivery();
        }
        Ok(())
    }
}
