//! What the sites are known to have: the version of their metadata, and that of their files.

use super::{Knowledge, Presence};
use crate::index::{PointIndex, SiteIndex};
use crate::readings::Question;
use crate::readings::behaviour as b;
use crate::reply::SiteStatus;

/// One site.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Site {
    /// The version that it was last read to know.
    pub(crate) version: u32,
    /// The version of the files that it was last read to have.
    pub(crate) stored: u32,
    /// The highest version that a point of the site reported as installed.
    pub(crate) installed: u32,
    /// A point of the site had the package at some time.
    pub(crate) had_point: bool,
    /// The version that it must have known when nothing was left to do.
    pub(crate) settled_version: u32,
    /// The version of the files that it must have had when nothing was left to do.
    pub(crate) settled_files: u32,
}

impl Knowledge<'_> {
    pub(super) fn site_of(&self, point: PointIndex) -> SiteIndex {
        self.timeline.points.get(point).map_or(SiteIndex::OWNER, |&(_, site)| site)
    }

    pub(super) fn note_point_of_site(&mut self, point: PointIndex) {
        let site = self.site_of(point);
        if let Some(site) = self.places.sites.get_mut(site) {
            site.had_point = true;
        }
    }

    /// A point has this version, so that its site has it; unless the point has it from before it was removed, and the site
    /// may have dropped its files since.
    pub(super) fn note_installed(&mut self, point: PointIndex, version: u32) {
        let site = self.site_of(point);
        let from_before = self.places.points.get(point).is_some_and(|row| row.came_back);
        let may_drop = site.is_owner() || !self.files_go_everywhere();
        if let Some(site) = self.places.sites.get_mut(site).filter(|_| !(from_before && may_drop)) {
            site.installed = site.installed.max(version);
        }
    }

    fn points_of(&self, site: SiteIndex) -> impl Iterator<Item = &super::Point> {
        let points = self.places.points.indexed();
        points.filter(move |(at, _)| self.site_of(*at) == site).map(|(_, point)| point)
    }

    /// True where a point of the site certainly is one of the package's.
    pub(crate) fn has_point(&self, site: SiteIndex) -> bool {
        self.points_of(site).any(|point| point.assigned && !point.indeterminate)
    }

    /// True where one of the package's points at a site is owed what there is: the site passes it on.
    fn serves_a_point(&self, site: SiteIndex) -> bool {
        self.points_of(site).any(|point| !point.indeterminate && self.is_owed(point))
    }

    /// True for a child site none of whose points can be one of the package's.
    pub(crate) fn is_child_without_point(&self, site: SiteIndex) -> bool {
        !site.is_owner() && !self.points_of(site).any(|point| point.assigned || point.indeterminate)
    }

    /// True where the readings have files at every child site.
    pub(crate) fn files_go_everywhere(&self) -> bool {
        !self.permits(b::ChildWithoutPoint::MetadataOnly)
    }

    /// True where the newest version's files are due at a site now.
    pub(crate) fn files_are_due(&self, site: SiteIndex) -> bool {
        let due = self.is_quiescent() && self.class().child_sites && self.newest_is_sure();
        due && self.files_are_promised(site)
    }

    /// True where a site passes files on to a point, or the readings have them at every child site.
    fn files_are_promised(&self, site: SiteIndex) -> bool {
        self.serves_a_point(site) || (!site.is_owner() && self.files_go_everywhere())
    }

    /// True where a site whose last point went may have dropped its files. What the owner holds for others is said nowhere.
    pub(crate) fn may_have_dropped(&self, site: SiteIndex) -> bool {
        !self.has_point(site) && (site.is_owner() || !self.files_go_everywhere())
    }

    /// A point went: where it was the last of its site, that may drop its files, also where one comes back before
    /// anybody looks.
    pub(super) fn release_site_of(&mut self, point: PointIndex) {
        let place = self.site_of(point);
        if !self.may_have_dropped(place) {
            return;
        }
        if let Some(site) = self.places.sites.get_mut(place) {
            (site.stored, site.installed, site.settled_files) = (0, 0, 0);
        }
    }

    /// With nothing left to do every site knows the version, and has the files where they are promised.
    pub(super) fn settle_sites(&mut self) {
        if !self.class().child_sites {
            return;
        }
        let version = self.versions.low;
        let files = self.newest_is_sure();
        for place in self.places.sites.indices() {
            let has_files = files && self.files_are_promised(place);
            let Some(site) = self.places.sites.get_mut(place) else { continue };
            site.settled_version = site.settled_version.max(version);
            if has_files {
                site.settled_files = site.settled_files.max(version);
            }
        }
    }

    pub(super) fn learn_site(&mut self, site: SiteIndex, status: Option<SiteStatus>) {
        let judged = self.package.can_be_judged() && self.package.presence == Presence::Here;
        let is_known = self.site(site).is_some();
        let Some(status) = status.filter(|_| judged && is_known) else {
            return;
        };
        let version = status.version.0;
        self.questions.show();
        self.versions.evidence(version, false);
        let dropped = self.may_have_dropped(site);
        if let Some(row) = self.places.sites.get_mut(site) {
            row.version = version;
        }
        let Some(stored) = status.stored.filter(|_| self.package.has_source()) else { return };
        let stored = stored.map_or(0, |version| version.0);
        if self.is_child_without_point(site) {
            self.ask(Question::ChildWithoutPoint);
        }
        self.versions.made(stored);
        if let Some(row) = self.places.sites.get_mut(site) {
            row.stored = stored;
            if dropped && stored == 0 {
                (row.installed, row.settled_files) = (0, 0);
            }
        }
    }
}
