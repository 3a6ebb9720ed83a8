//! What a state permits to be read of a distribution point: its status, and the content that it serves.

use super::observe::{Seen, permit};
use super::relaxation::Relaxation;
use super::rows::{Cancelled, Late, PointRow};
use super::state::State;
use super::{Refusal, Rules};
use crate::history::timeline::{ContentId, Held};
use crate::index::{GenerationIndex, Index, PointIndex};
use crate::readings::behaviour as b;
use crate::reply::PointStatus;
use crate::rules;
use crate::words::PointState;

impl State {
    pub(super) fn see_point(
        &mut self,
        point: PointIndex,
        status: PointStatus,
        rules: &Rules<'_>,
    ) -> Seen {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        // A status that may lie decides nothing of what the point holds.
        let row = if gives_up(Relaxation::StatusLies) {
            self.points.get(point).copied().ok_or(Refusal::Observation)?
        } else {
            self.look_at(point)?
        };
        let is_cancelled = row.is_cancelled();
        if !row.assigned {
            let leaving = row.may_vanish && !self.work.quiet;
            let may_have = leaving || gives_up(Relaxation::OtherPointsToo);
            return permit(status.state == PointState::None || may_have);
        }
        if row.loose.wrecked.is_some() {
            return Ok(());
        }
        if is_cancelled && self.work.quiet && !rules.cancelled_points_show_anything() {
            self.see_cancelled(point, status.state)?;
        }
        if status.state == PointState::None {
            if Self::forgets_points(row, rules) {
                return self.forget_point(point);
            }
            let owed = self.work.quiet && row.owed && !gives_up(Relaxation::StatusNeverCurrent);
            let cancelled = is_cancelled && gives_up(Relaxation::CancelledAsBefore);
            // What was removed and came back may still be told as removed.
            let removed = row.may_vanish && !self.work.quiet;
            let gone = row.reported == 0 || removed || gives_up(Relaxation::ReportGoesBack);
            return permit(!owed && (gone || cancelled));
        }
        let seen = status.version.map(|version| version.0);
        if seen.is_some_and(|version| self.need_not_follow(version)) {
            return permit(!status.state.says_installed() || row.held.is_some());
        }
        if let Some(version) = seen {
            self.stretch(version, rules);
        }
        let most = self.most_shown(rules);
        if gives_up(Relaxation::ReportAhead) && seen.is_some_and(|version| version > most) {
            return Ok(());
        }
        match status.state {
            PointState::Installed => self.see_installed(row, seen, rules)?,
            PointState::ContentMonitoring => {
                let installed = self.see_installed(row, seen, rules);
                installed.or_else(|_| self.see_pending(row, seen, rules))?;
            }
            _ => self.see_pending(row, seen, rules)?,
        }
        self.visible.shown = self.visible.shown.max(seen.unwrap_or(0).min(most));
        // A point that says it is busy shows what it has only where the readings say so.
        let tells =
            status.state.says_installed() || rules.readings.demands(b::PendingReport::OldVersion);
        let held = self.version_held(row);
        if let (Some(row), Some(version)) = (self.points.get_mut(point), seen.filter(|_| tells)) {
            row.reported =
                row.reported.max(if self.properties.bare { version } else { version.min(held) });
        }
        Ok(())
    }

    /// True where a promise is given up that kept a point the package's until it is removed.
    fn forgets_points(row: PointRow, rules: &Rules<'_>) -> bool {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let late = row.loose.late == Late::Assigned;
        gives_up(Relaxation::PointLeftBehind) || (late && gives_up(Relaxation::LatePointLeftBehind))
    }

    fn forget_point(&mut self, point: PointIndex) -> Seen {
        let row = self.points.get_mut(point).ok_or(Refusal::Observation)?;
        *row = PointRow::default();
        Ok(())
    }

    /// What was cancelled in time has failed, and does not come any more; what had arrived is installed.
    fn see_cancelled(&mut self, point: PointIndex, state: PointState) -> Seen {
        let Some(target) = self.target() else { return Ok(()) };
        let row = self.points.get_mut(point).ok_or(Refusal::Observation)?;
        let has_it = row.held.is_some_and(|held| held >= target);
        if state != PointState::InstallFailed {
            return permit(has_it && state.is_installed());
        }
        if !row.again {
            row.cancelled = Cancelled::Failed;
        }
        permit(row.again || !has_it)
    }

    /// A point, of which it is decided from here on what it holds.
    fn look_at(&mut self, point: PointIndex) -> Result<PointRow, Refusal> {
        let row = self.points.get_mut(point).ok_or(Refusal::Observation)?;
        row.loose.before = None;
        Ok(*row)
    }

    fn version_held(&self, row: PointRow) -> u32 {
        let Some(held) = row.held else { return 0 };
        let later = self.generations.starting_at(held.next()).iter();
        let risen = later.take_while(|generation| generation.risen);
        risen.last().map_or_else(|| self.version_of(held), |generation| generation.version)
    }

    fn see_installed(&self, row: PointRow, seen: Option<u32>, rules: &Rules<'_>) -> Seen {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let held = self.version_held(row);
        let own = row.held.map_or(0, |generation| self.version_of(generation));
        let lies = gives_up(Relaxation::StatusLies) || gives_up(Relaxation::StatusAhead);
        permit(held > 0 || self.properties.bare || lies)?;
        let floor = if self.lags(rules) { row.reported } else { own.max(row.reported) };
        let behind = gives_up(Relaxation::StatusNeverCurrent);
        // What was never told cannot go back, unless nobody looked in between.
        let is_lower = seen.is_some_and(|version| version < row.reported);
        let back = (gives_up(Relaxation::ReportGoesBack) && is_lower)
            || gives_up(Relaxation::UnseenReportGoesBack);
        let floor = match (behind || gives_up(Relaxation::StatusLies), back) {
            (_, true) => 0,
            (true, false) => row.reported,
            (false, false) => floor,
        };
        // A version of nothing needs no delivery.
        let most = if self.properties.bare || lies {
            self.most_shown(rules)
        } else if gives_up(Relaxation::IncrementTooLarge) && row.held > Some(GenerationIndex::FIRST)
        {
            self.processed()
        } else {
            held
        };
        permit(seen.is_none_or(|version| (floor..=most).contains(&version)))
    }

    fn see_pending(&self, row: PointRow, seen: Option<u32>, rules: &Rules<'_>) -> Seen {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let held = self.version_held(row);
        let target = self.target().map_or(0, |generation| self.version_of(generation));
        let promised = rules::promises_copies(rules.class().entry());
        let quiet = promised && self.work.quiet && !self.work.elsewhere;
        let done = quiet && row.owed && target > 0 && self.processed() == target;
        let never = gives_up(Relaxation::StatusNeverCurrent);
        permit(!done || never)?;
        let permits = |behaviour| rules.readings.permits(behaviour);
        let most_old = if self.properties.bare { self.most_shown(rules) } else { held };
        let least_old = if gives_up(Relaxation::ReportGoesBack) { 0 } else { row.reported };
        let is_old = |version: u32| (least_old..=most_old).contains(&version);
        let is_new = |version: u32| version > held && version <= self.most_shown(rules);
        permit(seen.is_none_or(|version| {
            never
                || (permits(b::PendingReport::OldVersion) && is_old(version))
                || (permits(b::PendingReport::NewVersion) && is_new(version))
        }))
    }

    pub(super) fn see_content(
        &mut self,
        point: PointIndex,
        held: Option<Held>,
        rules: &Rules<'_>,
    ) -> Seen {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let row = self.look_at(point)?;
        let anything = (gives_up(Relaxation::OtherPointsToo) && !row.assigned)
            || (gives_up(Relaxation::AnyContent) && (row.assigned || row.may_vanish))
            || row.loose.wrecked.is_some();
        if anything {
            return Ok(());
        }
        let holds = row.held.and_then(|generation| self.generations.get(generation)?.held);
        match held {
            None if row.may_vanish => {
                if let Some(row) = self.points.get_mut(point) {
                    row.lets_only_newer_come();
                    row.held = None;
                }
                Ok(())
            }
            // What is read while a switch is under way may be the half of it.
            _ if !rules.atomic_reads && self.is_busy() && (row.assigned || row.may_vanish) => {
                Ok(())
            }
            None => permit(holds.is_none()),
            Some(seen) if self.properties.bare && seen.base == ContentId::EMPTY => {
                let emptied = self.properties.emptied && !self.has_source();
                permit(emptied || holds.is_none_or(|holds| holds.agrees(seen)))
            }
            Some(seen) => {
                let agrees = holds.is_some_and(|holds| holds.agrees(seen));
                if agrees && self.work.quiet && self.source_now() != Some(seen.base) {
                    self.has_come(point);
                }
                let nearly = holds.is_some_and(|holds| self.nearly(holds, seen, rules));
                permit(agrees || nearly || self.is_later(row, seen, rules))
            }
        }
    }

    /// A point that came late has what it was to get, and not what its source holds: it is a point like others.
    fn has_come(&mut self, point: PointIndex) {
        if let Some(row) = self.points.get_mut(point).filter(|row| row.loose.late == Late::Assigned)
        {
            row.loose.late = Late::No;
        }
    }

    /// True while something is under way that was asked for.
    fn is_busy(&self) -> bool {
        !self.work.quiet && !self.loose.busy_for_nothing
    }

    /// What was added to the version that a point has.
    fn added_at(&self, row: PointRow) -> Option<u64> {
        let held = self.generations.get(row.held?)?.held?;
        Some(held.added)
    }

    /// True where a promise is given up that kept a point from showing what the source holds after the snapshot.
    fn is_later(&self, row: PointRow, seen: Held, rules: &Rules<'_>) -> bool {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let came = match row.loose.late {
            Late::No => false,
            Late::Assigned => gives_up(Relaxation::LatePointLeftBehind),
            // What was given to the package beside its source enters with a version only.
            Late::Redistributed | Late::Superseded => {
                gives_up(Relaxation::RedistributionReadsSource)
                    && (seen.added == 0 || self.added_at(row) == Some(seen.added))
            }
        };
        // What comes late may come where the version itself has nothing.
        let empty = row.loose.late == Late::Assigned && self.newest_held().is_none();
        let has_any = row.held.is_some() || empty;
        (came || gives_up(Relaxation::LaterContent))
            && has_any
            && (self.source_now() == Some(seen.base) || self.loose.later.contains(&seen.base))
    }
}
