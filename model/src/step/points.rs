//! What a client does to a package's points: adding one, removing one, sending content again, cancelling that.

use super::choice::{Choice, plain};
use super::relaxation::Relaxation;
use super::rows::{Cancelled, Late, PointRow};
use super::state::State;
use super::{Refusal, Rules};
use crate::classes::Points;
use crate::index::{GenerationIndex, Index, PointIndex};
use crate::readings::behaviour as b;
use crate::rules;

impl State {
    pub(super) fn assign(
        &mut self,
        point: PointIndex,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let site = rules.site_of.get(point).and_then(|&site| self.sites.get_mut(site));
        if let Some(site) = site {
            site.had_point = true;
        }
        let owed = rules.class().entry().points == Points::Promised;
        let from_source = rules.relaxed.gives_up(Relaxation::RedistributionReadsSource);
        let late = match rules.relaxed.is_strict() {
            true => Late::No,
            // A point that comes after a redistribution may get what that left at the sites.
            false if from_source && self.was_sent_again() => Late::Redistributed,
            false => Late::Assigned,
        };
        let first = GenerationIndex::FIRST;
        let since = self.target().unwrap_or(first);
        let left_behind = rules.relaxed.gives_up(Relaxation::LatePointLeftBehind);
        self.change_point(point, choice, |row| {
            if !row.assigned {
                (row.assigned, row.loose.late, row.owed, row.loose.stuck) =
                    (true, late, owed, false);
                // What it still has, and may yet lose, does not let anything older come.
                let keeps_newest = row.held >= Some(since) && !row.may_vanish;
                row.since = if keeps_newest { first } else { since };
                row.again |= row.held.is_some() || row.may_vanish;
                if left_behind {
                    (row.held, row.may_vanish, row.since, row.reported) = (None, false, first, 0);
                }
            }
        })
    }

    /// True where content was sent again to some point: what was read for that may stay at any site on the way.
    fn was_sent_again(&self) -> bool {
        self.points.iter().any(|row| row.loose.late.was_sent_again())
    }

    pub(super) fn remove(
        &mut self,
        point: PointIndex,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let removed = self.change_point(point, choice, |row| {
            row.may_vanish |= row.assigned || row.held.is_some();
            (row.assigned, row.owed) = (false, false);
            row.promised = false;
            row.lets_only_newer_come();
            row.cancelled = Cancelled::No;
        });
        self.release_site_of(point, rules);
        removed
    }

    pub(super) fn redistribute(
        &mut self,
        point: PointIndex,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let late = if rules.relaxed.is_strict() { Late::No } else { Late::Redistributed };
        if rules.relaxed.gives_up(Relaxation::RedistributionReadsSource) {
            self.note_redistribution();
        }
        let waits = self.work.pending > 0;
        let promised = rules::promises_copies(rules.class().entry());
        self.change_point(point, choice, |row| {
            // What is sent again is the version that there is: one that waits, and that a cancel withdrew, is none.
            row.owed |= promised && row.assigned && (row.promised || !waits);
            (row.loose.late, row.cancelled, row.again) = (late, Cancelled::No, row.assigned);
        })
    }

    pub(super) fn cancel(
        &mut self,
        point: PointIndex,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        if self.work.quiet {
            return if self.points.get(point).is_some() {
                plain(choice)
            } else {
                Err(Refusal::Choice)
            };
        }
        let owes = rules::owes_points(rules.class().entry(), self.properties.touched);
        let either_way = rules.relaxed.gives_up(Relaxation::CancelledAsBefore);
        self.change_point(point, choice, |row| {
            // What is not owed may be on its way, too: which of the two was cancelled cannot be told then.
            let may_come = row.promised && !owes && !either_way;
            if row.assigned && !may_come && (row.owed || row.promised) {
                row.cancelled = Cancelled::InTime;
            }
            (row.owed, row.promised) = (false, false);
        })
    }

    fn change_point(
        &mut self,
        point: PointIndex,
        choice: Choice,
        change: impl FnOnce(&mut PointRow),
    ) -> Result<(), Refusal> {
        if let Some(row) = self.points.get_mut(point) {
            change(row);
        }
        self.work.quiet = false;
        plain(choice)
    }

    /// A site whose last point went may drop its files, also where a point comes back before anybody looks.
    fn release_site_of(&mut self, point: PointIndex, rules: &Rules<'_>) {
        let may_drop = rules.readings.permits(b::ChildWithoutPoint::MetadataOnly);
        let Some(&site) = rules.site_of.get(point) else { return };
        let mut of_site = self.points.iter().zip(&rules.site_of).filter(|(_, at)| **at == site);
        let has_point = of_site.any(|(row, _)| row.assigned);
        if let Some(row) =
            self.sites.get_mut(site).filter(|_| (may_drop || site.is_owner()) && !has_point)
        {
            row.stored = 0;
        }
    }
}
