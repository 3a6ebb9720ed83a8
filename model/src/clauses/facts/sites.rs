//! What the sites report: metadata everywhere, files where they are promised.

use super::{Ledger, Presence};
use crate::clauses::ClauseId;
use crate::readings::{Question, behaviour as b};
use crate::reply::SiteStatus;

/// One site, as far as it was seen.
#[derive(Clone, Copy, Debug, Default)]
struct Site {
    version: u32,
    stored: u32,
    /// The highest version that a point of the site reported as installed.
    installed: u32,
    had_point: bool,
    /// What it must have had when nothing was left to do: its version, and that of its files.
    settled: (u32, u32),
}

/// The sites of the tree.
#[derive(Debug)]
pub(super) struct Sites {
    list: Vec<Site>,
}

impl Sites {
    pub(super) fn new(sites: usize) -> Self {
        Self { list: vec![Site::default(); sites] }
    }

    pub(super) fn note_point(&mut self, site: usize) {
        if let Some(site) = self.list.get_mut(site) {
            site.had_point = true;
        }
    }

    pub(super) fn note_installed(&mut self, site: usize, version: u32) {
        if let Some(site) = self.list.get_mut(site) {
            site.installed = site.installed.max(version);
        }
    }
}

impl Ledger<'_> {
    /// With nothing left to do every site knows the version, and has the files where they are promised.
    pub(super) fn settle_sites(&mut self) {
        if !self.class.child_sites {
            return;
        }
        let version = self.versions.low();
        let everywhere = !self.permits(Question::ChildWithoutPoint, b::METADATA_ONLY);
        let files = self.contents.newest_is_sure();
        for place in 0..self.sites.list.len() {
            let has_point = self.contents.has_assigned(self.points_of(place).into_iter());
            let Some(site) = self.sites.list.get_mut(place) else { continue };
            site.settled.0 = site.settled.0.max(version);
            if files && (place == 0 || has_point || everywhere) {
                site.settled.1 = site.settled.1.max(version);
            }
        }
    }

    fn points_of(&self, site: usize) -> Vec<usize> {
        let here = self.timeline.points.iter().enumerate().filter(|(_, point)| point.1 == site);
        here.map(|(nth, _)| nth).collect()
    }

    pub(super) fn read_site(&mut self, place: usize, site: usize, status: Option<SiteStatus>) {
        let Some(row) = self.sites.list.get(site).copied() else { return };
        if self.unsure || matches!(self.presence, Presence::Unsure | Presence::Leaving) {
            return;
        }
        if !self.is_here() {
            return match status {
                Some(_) => self.facts.breach(ClauseId::If10, vec![place]),
                None => self.facts.hold(ClauseId::If10),
            };
        }
        let promised = self.class.child_sites;
        match status {
            None if row.version > 0 => self.facts.breach(ClauseId::Ver12, vec![place]),
            None if row.installed > 0 => self.facts.breach(ClauseId::Hie4, vec![place]),
            None if (self.quiet && promised) || row.settled.0 > 0 => {
                self.facts.breach(ClauseId::Hie3, vec![place]);
            }
            None => {}
            Some(status) => {
                self.read_site_version(place, site, row, status.version.0);
                if let (Some(stored), true) = (status.stored, self.has_source) {
                    self.read_stored(place, site, row, stored.map_or(0, |version| version.0));
                }
            }
        }
    }

    fn read_site_version(&mut self, place: usize, site: usize, row: Site, version: u32) {
        let current = self.quiet && self.class.child_sites;
        let clause = if version > self.versions.high() {
            Some(ClauseId::Ver11)
        } else if version < row.version {
            Some(ClauseId::Ver12)
        } else if version < row.installed {
            Some(ClauseId::Hie4)
        } else if version < row.settled.0 || (current && version < self.versions.low()) {
            Some(ClauseId::Hie3)
        } else {
            None
        };
        if let Some(clause) = clause {
            return self.facts.breach(clause, vec![place]);
        }
        self.facts.hold(ClauseId::Ver12);
        if current && site > 0 {
            self.facts.hold(ClauseId::Hie3);
        }
        if row.installed > 0 {
            self.facts.hold(ClauseId::Hie4);
        }
        self.versions.evidence(version, false);
        if let Some(row) = self.sites.list.get_mut(site) {
            row.version = version;
        }
    }

    fn read_stored(&mut self, place: usize, site: usize, row: Site, stored: u32) {
        let here = self.points_of(site);
        let has_point = self.contents.has_assigned(here.iter().copied());
        let child_without_point = site > 0 && !self.contents.may_be_assigned(here.into_iter());
        if child_without_point {
            self.facts.ask(Question::ChildWithoutPoint);
        }
        let everywhere = !self.permits(Question::ChildWithoutPoint, b::METADATA_ONLY);
        let nowhere = !self.permits(Question::ChildWithoutPoint, b::CONTENT);
        let due = self.quiet && self.class.child_sites && self.contents.newest_is_sure();
        let owed = due && (site == 0 || has_point || everywhere);
        // A site whose last point went may drop its files.
        let dropped = stored == 0 && site > 0 && !has_point && !everywhere;
        let clause = if stored > self.versions.high() {
            Some(ClauseId::Ver11)
        } else if dropped {
            None
        } else if stored < row.stored {
            Some(ClauseId::Ver12)
        } else if stored < row.installed {
            Some(ClauseId::Hie4)
        } else if nowhere && site > 0 && !row.had_point && stored > 0 {
            Some(ClauseId::Hie2)
        } else if stored < row.settled.1 || (owed && stored < self.versions.low()) {
            Some(ClauseId::Hie1)
        } else {
            None
        };
        if let Some(clause) = clause {
            return self.facts.breach(clause, vec![place]);
        }
        if owed && site > 0 {
            self.facts.hold(ClauseId::Hie1);
        }
        if nowhere && child_without_point && !row.had_point {
            self.facts.hold(ClauseId::Hie2);
        }
        if stored > 0 {
            self.versions.made(stored);
        }
        if let Some(row) = self.sites.list.get_mut(site) {
            row.stored = stored;
            if dropped {
                (row.installed, row.settled.1) = (0, 0);
            }
        }
    }
}
