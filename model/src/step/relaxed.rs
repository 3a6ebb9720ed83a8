//! What the product does by itself where a promise is given up, and what a client's operation makes of it.
//! Which promises there are to give up is in [`super::relaxation`].

use super::actions::RelaxedAction;
use super::relaxation::Relaxation;
use super::rows::{Generation, Late};
use super::state::{Existence, State};
use super::unasked::MOST_UNASKED;
use super::{Refusal, Rules};
use crate::history::timeline::{ContentId, Held};
use crate::index::{GenerationIndex, Index, PointIndex};
use crate::words::PackageClass;

impl State {
    pub(super) fn work_relaxed(
        &mut self,
        action: RelaxedAction,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        match action {
            RelaxedAction::Forget { calls } => {
                let possible = calls > 0 && calls <= self.work.pending && !self.work.opening;
                if !possible || !gives_up(Relaxation::RefreshKeepsVersion) {
                    return Err(Refusal::NotEnabled);
                }
                self.answered(calls);
                Ok(())
            }
            RelaxedAction::Leave { point, with } => self.leave(point, with, rules),
            RelaxedAction::Refresh
                if gives_up(Relaxation::VersionUnasked)
                    && self.loose.unasked < MOST_UNASKED
                    && self.existence == Existence::Here
                    && self.work.pending == 0 =>
            {
                self.loose.unasked += 1;
                self.loose.busy_for_nothing |= self.work.quiet;
                self.accept(rules);
                Ok(())
            }
            RelaxedAction::TakeUnread { calls } => self.take_unread(calls, rules),
            RelaxedAction::TakeAdditions { calls }
                if gives_up(Relaxation::AdditionKeepsVersion) && !self.generations.is_empty() =>
            {
                let there = self.newest_held();
                let held = there.map(|held| Held { added: self.work.referenced, ..held });
                self.take(calls, false, held, rules)
            }
            RelaxedAction::Vanish
                if gives_up(Relaxation::PresenceEitherWay) && self.existence == Existence::Here =>
            {
                self.vanish();
                Ok(())
            }
            RelaxedAction::Refresh
            | RelaxedAction::Vanish
            | RelaxedAction::TakeAdditions { .. } => Err(Refusal::NotEnabled),
        }
    }

    fn leave(
        &mut self,
        point: PointIndex,
        with: Option<GenerationIndex>,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let child = rules.site_of.get(point).is_some_and(|site| !site.is_owner());
        let quiet = self.work.quiet;
        let Some(row) = self.points.get_mut(point) else { return Err(Refusal::NotEnabled) };
        let may = gives_up(Relaxation::PointLeftBehind)
            || (row.loose.late == Late::Assigned && gives_up(Relaxation::LatePointLeftBehind));
        let of_child = child
            && (gives_up(Relaxation::ChildWithoutContent) || gives_up(Relaxation::ChildUnaware));
        let lies = gives_up(Relaxation::StatusLies);
        let possible = row.owed && !row.loose.stuck && (!quiet || row.loose.before.is_some());
        if !possible || !(may || of_child || lies) {
            return Err(Refusal::NotEnabled);
        }
        if let Some(before) = row.loose.before.take().filter(|_| quiet) {
            row.held = with.or(before);
        }
        (row.owed, row.loose.stuck) = (false, true);
        Ok(())
    }

    fn take_unread(&mut self, calls: u32, rules: &Rules<'_>) -> Result<(), Refusal> {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let empty = Held { base: ContentId::EMPTY, added: 0 };
        if !self.is_unreadable() {
            return Err(Refusal::NotEnabled);
        }
        if calls == 0 && self.work.opening && gives_up(Relaxation::AnyContent) {
            self.work.opening = false;
            self.generations.push(Generation::taken(1, Some(empty)));
            return Ok(());
        }
        let waits = (1..=self.work.pending).contains(&calls) && !self.work.opening;
        if waits && gives_up(Relaxation::FailureTouchesPoints) {
            self.answered(calls);
            let version = self.processed().saturating_add(1);
            self.generations.push(Generation::taken(version, Some(empty)));
            (self.visible.fixed, self.failure.may_show) = (false, true);
            return Ok(());
        }
        Err(Refusal::NotEnabled)
    }

    /// A redistribution that reads the source sends what that holds from now on.
    pub(super) fn note_redistribution(&mut self) {
        if !self.points.iter().any(|row| row.loose.late.was_sent_again()) {
            self.loose.later.clear();
        }
        self.loose.later.extend(self.source_now());
    }

    /// A refresh that cannot read its source may spoil what every point has.
    pub(super) fn wreck(&mut self, rules: &Rules<'_>) {
        if rules.relaxed.gives_up(Relaxation::FailureTouchesPoints) {
            let made = self.generations.end();
            self.points
                .iter_mut()
                .filter(|row| row.assigned)
                .for_each(|row| row.loose.wrecked = Some(made));
        }
    }

    /// A version is seen that nothing made: where that is given up, it is the newest snapshot's, or one more of the same
    /// content.
    pub(super) fn stretch(&mut self, seen: u32, rules: &Rules<'_>) {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        if rules.relaxed.is_strict() || self.generations.is_empty() {
            return;
        }
        let newest = self.processed();
        if self.loose.free && seen != newest {
            self.loose.unfollowed = true;
            return self.renumber(seen);
        }
        let more = seen.saturating_sub(self.most_shown(rules));
        if more > 0 && gives_up(Relaxation::VersionGoesBack) && seen <= self.loose.read {
            return self.renumber(seen);
        }
        let unasked = gives_up(Relaxation::VersionUnasked) || self.loose.rises >= more;
        if more > 0 && unasked {
            self.loose.rises = self.loose.rises.saturating_sub(more);
            let earlier = if gives_up(Relaxation::VersionUnasked) {
                0
            } else {
                more.saturating_sub(self.loose.rises_since)
            };
            self.rose_before_the_newest(earlier);
            if more > earlier {
                self.generations.push(Generation::risen(seen, self.newest_held()));
            }
            self.visible.shown = self.visible.shown.max(seen);
            self.loose.unfollowed |= !gives_up(Relaxation::VersionUnasked);
            return;
        }
        let by_refresh = !self.visible.fixed && self.generations.len() > 1 && seen > newest;
        if gives_up(Relaxation::IncrementTooLarge) && by_refresh {
            self.renumber(seen);
        }
    }

    /// The version rose so often before the newest snapshot was taken: those versions have the content that there was, and
    /// the newest goes by a higher number.
    fn rose_before_the_newest(&mut self, times: u32) {
        let Some(newest) = self.generations.last_index().filter(|_| times > 0) else { return };
        let held = self.generations.before(newest).last().and_then(|older| older.held);
        let first = self.version_of(newest);
        let risen =
            (first..first.saturating_add(times)).map(|version| Generation::risen(version, held));
        let moved = risen.len();
        let taken = self.generations.last().and_then(|taken| taken.held);
        let last = Generation::taken(first.saturating_add(times), taken);
        self.generations.truncate(newest);
        risen.chain([last]).for_each(|generation| self.generations.push(generation));
        let place =
            |index: GenerationIndex| if index >= newest { index.after(moved) } else { index };
        for row in self.points.iter_mut() {
            (row.held, row.since) = (row.held.map(place), place(row.since));
        }
        self.work.oldest = place(self.work.oldest);
    }

    /// True for a report that has not followed a version that went back, or that rose by itself.
    pub(super) fn need_not_follow(&self, reported: u32) -> bool {
        self.loose.unfollowed && reported <= self.loose.read
    }

    /// The newest version is this one.
    pub(super) fn renumber(&mut self, seen: u32) {
        for generation in &mut self.generations {
            generation.version = generation.version.min(seen);
        }
        if let Some(last) = self.generations.last_mut() {
            last.version = seen;
        }
        (self.visible.shown, self.visible.reported, self.loose.free) =
            (seen, self.visible.reported.min(seen), false);
        for row in self.points.iter_mut() {
            row.reported = row.reported.min(seen);
        }
        for row in &mut self.sites {
            (row.version, row.stored) = (row.version.min(seen), row.stored.min(seen));
        }
    }
}

impl Rules<'_> {
    /// True where a point may have what its site has not.
    pub(super) fn sites_lag(&self) -> bool {
        self.relaxed.gives_up(Relaxation::PointAheadOfSite) || self.children_lack()
    }

    /// True where a child site may never get what it should.
    pub(super) fn children_lack(&self) -> bool {
        self.relaxed.gives_up(Relaxation::ChildWithoutContent)
            || self.relaxed.gives_up(Relaxation::ChildUnaware)
    }

    /// True where a cancelled point need not say that it has failed: what was not on its way, or says what it has not,
    /// says so after a cancel, too.
    pub(super) fn cancelled_points_show_anything(&self) -> bool {
        [
            Relaxation::CancelledAsBefore,
            Relaxation::StatusAhead,
            Relaxation::StatusNeverCurrent,
            Relaxation::StatusLies,
            Relaxation::PointLeftBehind,
            Relaxation::LatePointLeftBehind,
            Relaxation::ChildWithoutContent,
            Relaxation::ChildUnaware,
        ]
        .iter()
        .any(|&relaxation| self.relaxed.gives_up(relaxation))
    }

    /// True where what the source holds after a snapshot has to be remembered.
    pub(super) fn notes_later_content(&self) -> bool {
        self.relaxed.gives_up(Relaxation::LaterContent)
            || self.relaxed.gives_up(Relaxation::LatePointLeftBehind)
            || self.relaxed.gives_up(Relaxation::RedistributionReadsSource)
    }

    /// The class, where the package was created; the base case is the regular package.
    #[must_use]
    pub fn class(&self) -> PackageClass {
        self.class.unwrap_or(PackageClass::Package)
    }
}
