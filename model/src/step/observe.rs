//! What a state permits to be read. An observation never changes what the product does; it raises the least values
//! that the state keeps, and decides what was left open.

use super::state::{Existence, State};
use super::{Refusal, Rules};
use crate::history::timeline::{Act, ContentId, Held};
use crate::readings::{Question, behaviour as b};
use crate::reply::{ContextStatus, PackageStatus, PointStatus, SiteStatus};
use crate::words::PointState;

type Seen = Result<(), Refusal>;

fn permit(condition: bool) -> Seen {
    if condition { Ok(()) } else { Err(Refusal::Observation) }
}

impl State {
    pub(super) fn observe(&mut self, act: &Act, rules: &Rules) -> Seen {
        match act {
            Act::ReadPackage(status) => self.see_package(status.as_ref(), rules),
            Act::ReadSite { site, status } => self.see_site(*site, *status, rules),
            Act::ReadPoint { point, status } => self.see_point(*point, *status, rules),
            Act::ReadContent { point, held } => self.see_content(*point, *held, rules),
            Act::ReadContext(status) => see_context(*status),
            Act::ReadOperable(operable) => {
                permit(self.operable.is_none_or(|must| must == *operable))
            }
            Act::Settled => self.settle(rules),
            _ => Err(Refusal::Observation),
        }
    }

    fn lags(&self, rules: &Rules) -> bool {
        !self.quiet && rules.readings.permits(Question::StatusReads, b::LAGGING)
    }

    fn see_package(&mut self, status: Option<&PackageStatus>, rules: &Rules) -> Seen {
        let Some(status) = status else {
            if self.existence == Existence::Deleting {
                self.vanish();
            }
            return permit(self.existence != Existence::Here);
        };
        permit(matches!(self.existence, Existence::Here | Existence::Deleting))?;
        let version = status.version.0;
        let floor = if self.lags(rules) { self.reported } else { self.shown };
        permit((floor..=self.most_shown(rules)).contains(&version))?;
        permit(!self.quiet || version == self.shown)?;
        self.shown = self.shown.max(version);
        self.reported = version;
        let fixed = rules.class().entry().source_flag;
        permit(status.source_flag.is_none_or(|flag| fixed.is_none_or(|fixed| fixed == flag)))?;
        permit(
            !rules.shows_failure
                || self.may_show_failure
                || self.status_lags
                || status.failure.is_some() == self.failed,
        )
    }

    fn see_site(&mut self, site: usize, status: Option<SiteStatus>, rules: &Rules) -> Seen {
        let (ceiling, processed, quiet) = (self.most_shown(rules), self.processed(), self.quiet);
        let here = self.existence == Existence::Here;
        let Some(status) = status else {
            let unseen = self.sites.get(site).is_none_or(|row| row.version == 0);
            let owed = here && quiet && rules.class().entry().child_sites;
            return permit(!here || (unseen && !owed));
        };
        permit(here || self.existence == Existence::Deleting)?;
        let promised = rules.class().entry().child_sites;
        let may_drop = rules.readings.permits(Question::ChildWithoutPoint, b::METADATA_ONLY);
        let metadata_only = !rules.readings.permits(Question::ChildWithoutPoint, b::CONTENT);
        let has_source = self.has_source();
        let has_point =
            self.points.iter().zip(&rules.site_of).any(|(row, &at)| at == site && row.assigned);
        let row = self.sites.get_mut(site).ok_or(Refusal::Observation)?;
        let version = status.version.0;
        permit(row.version <= version && version <= ceiling)?;
        permit(!(here && quiet && promised) || version == processed)?;
        row.version = version;
        let stored = status.stored.map(|stored| stored.map_or(0, |version| version.0));
        if let Some(stored) = stored.filter(|_| here && has_source) {
            // A site whose last point went may drop its files.
            let dropped = stored == 0 && site > 0 && !has_point && may_drop;
            permit((row.stored <= stored || dropped) && stored <= processed)?;
            permit(site == 0 || row.had_point || !metadata_only || stored == 0)?;
            row.stored = stored;
        }
        self.shown = self.shown.max(version);
        Ok(())
    }

    fn see_point(&mut self, point: usize, status: PointStatus, rules: &Rules) -> Seen {
        let row = self.points.get(point).copied().ok_or(Refusal::Observation)?;
        if !row.assigned {
            let leaving = row.may_vanish && !self.quiet;
            return permit(status.state == PointState::None || leaving);
        }
        if status.state == PointState::None {
            return permit(!(self.quiet && row.owed) && row.reported == 0);
        }
        let lags = self.lags(rules);
        let held = row.held.map_or(0, |generation| self.version_of(generation));
        let seen = status.version.map(|version| version.0);
        if status.state.is_installed() {
            permit(held > 0 || self.bare)?;
            let floor = if lags { row.reported } else { held.max(row.reported) };
            // A version of nothing needs no delivery.
            let most = if self.bare { self.most_shown(rules) } else { held };
            permit(seen.is_none_or(|version| (floor..=most).contains(&version)))?;
            self.shown = self.shown.max(seen.unwrap_or(0));
        } else {
            let target = self.target().map_or(0, |generation| self.version_of(generation));
            permit(!(self.quiet && row.owed && target > 0 && self.processed() == target))?;
            let (old, new) = (b::OLD_VERSION, b::NEW_VERSION);
            let permits = |behaviour| rules.readings.permits(Question::PendingReport, behaviour);
            let most_old = if self.bare { self.most_shown(rules) } else { held };
            let is_old = |version: u32| (row.reported..=most_old).contains(&version);
            let is_new = |version: u32| version > held && version <= self.most_shown(rules);
            permit(
                seen.is_none_or(|v| (permits(old) && is_old(v)) || (permits(new) && is_new(v))),
            )?;
            self.shown = self.shown.max(seen.unwrap_or(0));
        }
        // A point that says it is busy shows what it has only where the readings say so.
        let tells = status.state.is_installed()
            || !rules.readings.permits(Question::PendingReport, b::NEW_VERSION);
        if let (Some(row), Some(version)) = (self.points.get_mut(point), seen.filter(|_| tells)) {
            row.reported = row.reported.max(if self.bare { version } else { version.min(held) });
        }
        Ok(())
    }

    fn see_content(&mut self, point: usize, held: Option<Held>, rules: &Rules) -> Seen {
        let row = self.points.get(point).copied().ok_or(Refusal::Observation)?;
        let holds = row.held.and_then(|generation| self.generations.get(generation)?.held);
        match held {
            None if row.may_vanish => {
                if let Some(row) = self.points.get_mut(point) {
                    row.held = None;
                }
                Ok(())
            }
            None => permit(holds.is_none()),
            Some(_) if !rules.atomic_reads && !self.quiet && (row.assigned || row.may_vanish) => {
                Ok(())
            }
            Some(seen) if self.bare && seen.base == ContentId::EMPTY => {
                permit(!self.has_source() || holds.is_none_or(|holds| agrees(holds, seen)))
            }
            Some(seen) => permit(holds.is_some_and(|holds| agrees(holds, seen))),
        }
    }
}

/// True where what was read is what is held; a source whose fate is unknown could hold anything.
fn agrees(holds: Held, seen: Held) -> bool {
    holds.base == ContentId::UNKNOWN || holds == seen
}

fn see_context(status: ContextStatus) -> Seen {
    permit(status.status <= 3 && status.progress <= status.max_progress)
}
