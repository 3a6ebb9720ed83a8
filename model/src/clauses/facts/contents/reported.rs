//! What a point's status says: that the package is installed, or on its way, and at which version.

use crate::clauses::ClauseId;
use crate::clauses::facts::{Ledger, Presence};
use crate::readings::{Question, behaviour as b};
use crate::reply::PointStatus;
use crate::words::PointState;

impl Ledger<'_> {
    pub(in crate::clauses::facts) fn read_point(
        &mut self,
        place: usize,
        point: usize,
        status: PointStatus,
    ) {
        let Some(row) = self.contents.points.get(point).cloned() else { return };
        if self.unsure || row.doubtful || self.presence == Presence::Unsure {
            return;
        }
        if !row.assigned {
            let leaving = row.leaving && !self.quiet;
            return match status.state {
                PointState::None => self.facts.hold(ClauseId::Dst2),
                _ if leaving => {}
                _ => self.facts.breach(ClauseId::Dst2, vec![place]),
            };
        }
        let version = status.version.map(|version| version.0);
        let newest = self.versions.low();
        let must = self.quiet && row.owed && self.contents.newest_is_sure();
        if status.state == PointState::None {
            if row.reported > 0 {
                self.facts.breach(ClauseId::Ver12, vec![place]);
            } else if self.quiet && row.owed {
                self.facts.breach(ClauseId::Dst3, vec![place]);
            }
            return;
        }
        if version.is_some_and(|version| version > self.versions.high()) {
            return self.facts.breach(ClauseId::Ver11, vec![place]);
        }
        if version.is_some_and(|version| version < row.reported) {
            return self.facts.breach(ClauseId::Ver12, vec![place]);
        }
        if !status.state.is_installed() {
            return self.read_pending(place, point, must, version, row.reported);
        }
        let most = self.contents.most_with_content();
        if !self.bare
            && (!self.contents.could_have_content()
                || version.is_some_and(|version| version > most))
        {
            return self.facts.breach(ClauseId::Dst4, vec![place]);
        }
        let lags = !self.quiet && self.permits(Question::StatusReads, b::LAGGING);
        if !lags && version.is_some_and(|version| version < row.least) {
            return self.facts.breach(ClauseId::Dst3, vec![place]);
        }
        if must && version.is_some_and(|version| version < newest) {
            return self.facts.breach(ClauseId::Dst3, vec![place]);
        }
        if must {
            self.facts.hold(ClauseId::Dst3);
            // With nothing left to do, what a point has is the version.
            self.versions.cap(version.unwrap_or(u32::MAX));
        }
        if let Some(row) = self.contents.points.get_mut(point) {
            row.said_installed |= !self.bare;
        }
        if let Some(version) = version {
            self.facts.hold(ClauseId::Ver11);
            self.facts.hold(ClauseId::Ver12);
            self.versions.evidence(version, true);
            self.note_at_site(point, version);
            self.has_version(point, version);
        }
        self.reconsider_incomplete(place);
    }

    /// A point certainly has this version.
    fn has_version(&mut self, point: usize, version: u32) {
        let of_first = self.class.increments || !self.contents.has_call;
        if version == 1 && of_first && !self.bare {
            self.contents.first_was_taken();
            self.status.trust_first();
        }
        self.only_call_succeeded(version);
        if let Some(row) = self.contents.points.get_mut(point) {
            row.reported = row.reported.max(version);
            row.said_installed |= !self.bare;
        }
    }

    fn read_pending(
        &mut self,
        place: usize,
        point: usize,
        must: bool,
        version: Option<u32>,
        reported: u32,
    ) {
        self.facts.ask(Question::PendingReport);
        if must {
            return self.facts.breach(ClauseId::Dst3, vec![place]);
        }
        if let Some(row) = self.contents.points.get_mut(point).filter(|_| self.quiet) {
            row.said_incomplete = Some((place, ClauseId::Dst3));
        }
        if let Some(version) = version {
            let old = !self.bare
                && version <= reported
                && !self.permits(Question::PendingReport, b::OLD_VERSION);
            if old {
                self.facts.breach(ClauseId::Dst3, vec![place]);
            }
            let held = !self.permits(Question::PendingReport, b::NEW_VERSION) && !self.bare;
            // Who has the newest version and nothing to wait for has it installed.
            let done = self.quiet && version >= self.versions.low() && self.contents.is_owed(point);
            if held && (done || !self.contents.could_have_content()) {
                self.facts.breach(ClauseId::Dst3, vec![place]);
            }
            self.versions.evidence(version, held);
            if held {
                self.has_version(point, version);
            }
        }
    }

    /// What was said to be missing with nothing left to do, before it was known that the newest had been made.
    pub(in crate::clauses::facts) fn reconsider_incomplete(&mut self, place: usize) {
        if !self.quiet || !self.contents.newest_is_sure() {
            return;
        }
        for row in self.contents.points.iter_mut().filter(|row| row.assigned && row.owed) {
            if let Some((said, clause)) = row.said_incomplete.take().filter(|_| !row.doubtful) {
                self.facts.breach(clause, vec![said, place]);
            }
        }
    }

    pub(super) fn note_at_site(&mut self, point: usize, version: u32) {
        let site = self.timeline.points.get(point).map_or(0, |&(_, site)| site);
        self.sites.note_installed(site, version);
    }
}
