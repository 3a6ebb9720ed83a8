//! What a state permits to be read of the package and its sites. An observation never changes what the product does; it
//! raises the least values that the state keeps, and decides what was left open. Points are in [`super::observe_point`].

use super::relaxation::Relaxation;
use super::rows::SiteRow;
use super::state::{Existence, State};
use super::{Refusal, Rules};
use crate::history::timeline::{Act, ContextUse};
use crate::index::SiteIndex;
use crate::readings::behaviour as b;
use crate::reply::{ContextStatus, PackageStatus, SiteStatus};
use crate::rules;

pub(super) type Seen = Result<(), Refusal>;

pub(super) fn permit(condition: bool) -> Seen {
    if condition { Ok(()) } else { Err(Refusal::Observation) }
}

impl State {
    pub(super) fn observe(&mut self, act: &Act, rules: &Rules<'_>) -> Seen {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        match act {
            Act::ReadSite { .. } | Act::ReadPoint { .. } | Act::ReadContent { .. }
                if self.properties.leftovers =>
            {
                Ok(())
            }
            Act::ReadPackage(status) => self.see_package(status.as_ref(), rules),
            Act::ReadSite { site, status } => self.see_site(*site, *status, rules),
            Act::ReadPoint { point, status } => self.see_point(*point, *status, rules),
            Act::ReadContent { point, held } => self.see_content(*point, *held, rules),
            Act::ReadContext { status, of } => permit(
                self.may_be_the_status(*status, *of)
                    || gives_up(Relaxation::InjectionStatusOutOfRange),
            ),
            Act::ReadOperable(operable) => permit(
                !self.work.quiet
                    || self.properties.operable.is_none_or(|must| must == *operable)
                    || gives_up(Relaxation::OperableEitherWay),
            ),
            Act::Settled => self.settle(rules),
            Act::Create { .. }
            | Act::Source { .. }
            | Act::Put { .. }
            | Act::Refresh { .. }
            | Act::SetSchedule { .. }
            | Act::Assign { .. }
            | Act::Remove { .. }
            | Act::Redistribute { .. }
            | Act::Cancel { .. }
            | Act::Delete
            | Act::Add { .. }
            | Act::Elsewhere => Err(Refusal::Observation),
        }
    }

    /// Of an injection that the newest work is for, its end is known once that has ended.
    fn may_be_the_status(&self, status: ContextStatus, of: ContextUse) -> bool {
        let is_sure = of == ContextUse::Last && self.work.quiet && !self.failure.may_show;
        rules::injection_status_is_valid(status, of, self.work.quiet)
            && (!is_sure || rules::injection_ends_as(status, self.failure.failed))
    }

    pub(super) fn lags(&self, rules: &Rules<'_>) -> bool {
        !self.work.quiet && rules.readings.permits(b::StatusReads::Lagging)
    }

    fn see_package(&mut self, status: Option<&PackageStatus>, rules: &Rules<'_>) -> Seen {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let Some(status) = status else {
            if self.existence == Existence::Deleting {
                self.existence = Existence::Clearing;
            }
            return permit(self.existence != Existence::Here);
        };
        permit(matches!(self.existence, Existence::Here | Existence::Deleting))?;
        let known = |action| rules::action_is_valid(action, self.work.quiet);
        permit(status.action.is_none_or(known) || gives_up(Relaxation::AnyAction))?;
        let version = status.version.0;
        self.stretch(version, rules);
        let seen_to = version < self.loose.read || gives_up(Relaxation::UnseenVersionGoesBack);
        let goes_back =
            gives_up(Relaxation::VersionGoesBack) && version < self.visible.shown && seen_to;
        if goes_back {
            self.renumber(version);
            self.loose.unfollowed = true;
        } else {
            let floor = if self.lags(rules) { self.visible.reported } else { self.visible.shown };
            permit((floor..=self.most_shown(rules)).contains(&version))?;
            permit(!self.work.quiet || version == self.visible.shown)?;
            self.visible.shown = self.visible.shown.max(version);
            self.visible.reported = version;
        }
        self.visible.fixed |= self.work.quiet && gives_up(Relaxation::IncrementTooLarge);
        if !rules.relaxed.is_strict() {
            self.loose.read = self.loose.read.max(version);
            self.loose.rises = if self.work.quiet { 0 } else { self.loose.rises };
        }
        let fixed = rules.class().entry().source_flag;
        permit(
            gives_up(Relaxation::OtherSourceFlag)
                || status.source_flag.is_none_or(|flag| fixed.is_none_or(|fixed| fixed == flag)),
        )?;
        self.see_failure(status.failure.is_some(), rules)
    }

    fn see_failure(&self, shows: bool, rules: &Rules<'_>) -> Seen {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let open = !rules.shows_failure || self.failure.may_show || self.failure.lags;
        let hidden = self.failure.failed && !shows && gives_up(Relaxation::FailureHidden);
        let without_cause =
            !self.failure.failed && shows && gives_up(Relaxation::RefusedWithoutCause);
        permit(open || shows == self.failure.failed || hidden || without_cause)
    }

    fn see_site(&mut self, site: SiteIndex, status: Option<SiteStatus>, rules: &Rules<'_>) -> Seen {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let here = self.existence == Existence::Here;
        let promised = rules.class().entry().child_sites && !gives_up(Relaxation::ChildUnaware);
        let Some(status) = status else {
            let row = self.sites.get(site).copied().unwrap_or_default();
            let unseen = gives_up(Relaxation::UnseenReportGoesBack);
            let back = gives_up(Relaxation::ReportGoesBack) && (row.read_version > 0 || unseen);
            let seen = row.version > 0 && !back;
            return permit(!here || !(seen || (self.work.quiet && promised)));
        };
        permit(here || self.existence.is_ending())?;
        if self.need_not_follow(status.version.0) {
            return Ok(());
        }
        self.stretch(status.version.0, rules);
        let (most, processed, quiet) = (self.most_shown(rules), self.processed(), self.work.quiet);
        let row = *self.sites.get(site).ok_or(Refusal::Observation)?;
        let version = status.version.0;
        let ahead = gives_up(Relaxation::ReportAhead);
        let unseen = gives_up(Relaxation::UnseenReportGoesBack);
        let least = if unseen { row.read_version.max(1) + 1 } else { row.read_version };
        let back = gives_up(Relaxation::ReportGoesBack) && version < least;
        permit(row.version <= version || back)?;
        permit(version <= most || ahead)?;
        let other = (ahead && version > most) || back;
        permit(!(here && quiet && promised) || version == processed || other)?;
        let kept = version.min(most);
        let stored = status.stored.map(|stored| stored.map_or(0, |version| version.0));
        let stored = stored.filter(|_| here && self.has_source());
        if let Some(stored) = stored {
            self.permit_stored(site, row, stored, rules)?;
        }
        if let Some(row) = self.sites.get_mut(site) {
            row.version = kept;
            row.stored = stored.map_or(row.stored, |stored| stored.min(processed));
            if !rules.relaxed.is_strict() {
                row.read_version = row.read_version.max(version);
                row.read_stored = row.read_stored.max(row.stored);
            }
        }
        self.visible.shown = self.visible.shown.max(kept);
        Ok(())
    }

    fn permit_stored(&self, site: SiteIndex, row: SiteRow, stored: u32, rules: &Rules<'_>) -> Seen {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        let has_point =
            self.points.iter().zip(&rules.site_of).any(|(row, &at)| at == site && row.assigned);
        let may_drop = rules.readings.permits(b::ChildWithoutPoint::MetadataOnly);
        let metadata_only = rules.readings.demands(b::ChildWithoutPoint::MetadataOnly);
        // A site whose last point went may drop its files; what the owner holds for others is said nowhere.
        let dropped = stored == 0 && !has_point && (may_drop || site.is_owner());
        // Files that are gone are no version that goes back.
        let back = gives_up(Relaxation::UnseenReportGoesBack)
            || (gives_up(Relaxation::ReportGoesBack) && stored < row.read_stored);
        let lacks = gives_up(Relaxation::ChildWithoutContent)
            || gives_up(Relaxation::ChildUnaware)
            || (back && stored > 0);
        permit(row.stored <= stored || dropped || lacks)?;
        permit(stored <= self.processed() || gives_up(Relaxation::ReportAhead))?;
        let without_point = !site.is_owner() && !row.had_point && metadata_only && stored > 0;
        permit(!without_point || gives_up(Relaxation::FilesAnywhere))
    }
}
