//! Bounds of the visible version, and what a version read says against them.

use super::calls::{CallEnd, CallKind};
use super::{Ledger, Presence};
use crate::clauses::ClauseId;
use crate::readings::{Question, behaviour as b};
use crate::reply::PackageStatus;

/// What is known of the version.
#[derive(Debug, Default)]
pub(super) struct Versions {
    /// The least and the most that it can be.
    low: u32,
    high: u32,
    /// The least that it was when nothing was left to do.
    anchor: u32,
    /// The newest version that was certainly made.
    pub(super) processed: u32,
    /// The highest that the owner was read to have, and the last.
    read_max: u32,
    /// The highest that a point or site was read to have.
    pub(super) elsewhere: u32,
    /// What calls oblige at the next instant when nothing is left to do.
    sum: u32,
    floor: u32,
    /// What happened since the version was last read with nothing left to do.
    accepted: bool,
    refused: bool,
    redistributed: bool,
    point_changed: bool,
    version_written: bool,
    /// The place of that last read, or of the creation.
    since: usize,
    /// The version at that read, or at the creation.
    certain: u32,
    /// What the version was when nothing was left to do: no status lags behind that.
    lag_floor: u32,
}

impl Versions {
    pub(super) fn created() -> Self {
        Self { low: 1, high: 1, anchor: 1, processed: 1, certain: 1, ..Self::default() }
    }

    pub(super) fn high(&self) -> u32 {
        self.high
    }

    pub(super) fn low(&self) -> u32 {
        self.low
    }

    pub(super) fn note_call(&mut self, most: u32) {
        self.high = self.high.saturating_add(most);
        self.accepted |= most > 0;
    }

    pub(super) fn note_refusal(&mut self) {
        self.refused = true;
    }

    pub(super) fn note_put(&mut self, version: bool) {
        self.version_written |= version;
    }

    pub(super) fn note_point(&mut self) {
        self.point_changed = true;
    }

    pub(super) fn note_redistribution(&mut self) {
        self.redistributed = true;
    }

    /// The version at the last read with nothing left to do, or at the creation.
    pub(super) fn certain(&self) -> u32 {
        self.certain
    }

    /// The version is no higher than this.
    pub(super) fn cap(&mut self, version: u32) {
        self.high = self.high.min(version.max(self.low));
    }

    /// A call turned out to raise the version by less than it could have.
    pub(super) fn narrow(&mut self, by: u32) {
        self.high = self.high.saturating_sub(by).max(self.low);
    }

    pub(super) fn widen(&mut self, by: u32) {
        self.high = self.high.saturating_add(by);
    }

    pub(super) fn oblige(&mut self, least: u32, processed_before: u32, merged: bool) {
        if merged {
            self.floor = self.floor.max(processed_before.saturating_add(least));
        } else {
            self.sum = self.sum.saturating_add(least);
        }
    }

    /// A site holds the files of a version, which need not be visible yet.
    pub(super) fn made(&mut self, version: u32) {
        self.processed = self.processed.max(version);
    }

    /// A point or site shows a version whose content was made; it is visible at the owner, too.
    pub(super) fn evidence(&mut self, version: u32, made: bool) {
        self.elsewhere = self.elsewhere.max(version);
        self.low = self.low.max(version);
        if made {
            self.processed = self.processed.max(version);
        }
    }
}

impl Ledger<'_> {
    pub(super) fn raise_at_return(&mut self) {
        let at_return = !self.permits(Question::VersionVisible, b::LATER);
        if at_return && self.class.increments && self.source_now().is_some() {
            let merged = self.permits(Question::Increments, b::MERGED);
            let versions = &mut self.versions;
            let floor = if merged { versions.processed } else { versions.low }.saturating_add(1);
            versions.low = versions.low.max(floor);
        }
    }

    pub(super) fn settle_versions(&mut self) {
        let versions = &mut self.versions;
        let owed = versions.anchor.saturating_add(versions.sum).max(versions.floor);
        versions.low = versions.low.max(owed);
        versions.anchor = versions.low;
        versions.lag_floor = versions.low;
        versions.processed = versions.processed.max(versions.low);
        (versions.sum, versions.floor) = (0, 0);
    }

    pub(super) fn read_package(&mut self, place: usize, status: Option<&PackageStatus>) {
        let Some(status) = status else {
            return self.read_no_package(place);
        };
        match self.presence {
            Presence::Never | Presence::Gone => {
                return self.facts.breach(ClauseId::If10, vec![place]);
            }
            Presence::Unsure => return,
            Presence::Leaving => {}
            Presence::Here => self.facts.hold(ClauseId::If10),
        }
        self.check_flag(place, status.source_flag);
        if !self.unsure {
            // What was certain before this read takes its place.
            let unmoved = status.version.0 == self.versions.certain;
            self.check_failure(place, status.failure.is_some(), unmoved);
            self.check_version(place, status.version.0);
        }
    }

    fn read_no_package(&mut self, place: usize) {
        match self.presence {
            Presence::Here if !self.unsure => self.facts.breach(ClauseId::If10, vec![place]),
            Presence::Leaving => self.presence = Presence::Gone,
            Presence::Never | Presence::Gone => self.facts.hold(ClauseId::If10),
            Presence::Here | Presence::Unsure => {}
        }
    }

    fn check_version(&mut self, place: usize, version: u32) {
        let open = self.calls.iter().any(|call| call.open && call.end == CallEnd::Accepted);
        if !self.quiet {
            self.facts.ask(Question::StatusReads);
        }
        if open && !self.quiet {
            self.facts.ask(Question::VersionVisible);
        }
        let lags = !self.quiet && self.permits(Question::StatusReads, b::LAGGING);
        if version > self.versions.high {
            let clause = self.clause_of_excess();
            self.facts.breach(clause, vec![self.versions.since, place]);
        } else if version < self.versions.read_max {
            self.facts.breach(ClauseId::Ver3, vec![place]);
        } else if version < self.versions.elsewhere && !lags {
            self.facts.breach(ClauseId::Ver11, vec![place]);
        } else if version < if lags { self.versions.lag_floor } else { self.versions.low } {
            let clause = self.clause_of_missing();
            self.facts.breach(clause, vec![self.versions.since, place]);
        } else {
            self.hold_version(version);
            if self.quiet {
                self.learn_what_was_taken(version);
                self.reconsider_incomplete(place);
            }
        }
        let quiet = self.quiet;
        let versions = &mut self.versions;
        versions.read_max = version;
        if !lags {
            versions.low = versions.low.max(version);
        }
        if quiet {
            versions.certain = version;
            versions.high = version.max(versions.low);
            (versions.low, versions.anchor) = (versions.high, versions.high);
            versions.processed = versions.processed.max(versions.high);
            (versions.accepted, versions.refused, versions.redistributed) = (false, false, false);
            (versions.point_changed, versions.version_written, versions.since) =
                (false, false, place);
            self.calls.retain(|call| call.open);
        }
    }

    /// A certain version tells, in a class whose version rises with every snapshot, which snapshots were taken.
    fn learn_what_was_taken(&mut self, version: u32) {
        let (_, keeps) = self.raises();
        if !keeps && version == self.versions.certain {
            self.contents.none_was_taken();
        } else if version == self.versions.high && self.none_is_hollow() {
            self.contents.all_were_taken();
        }
        self.contents.note_certain();
    }

    /// True where every call since the version was last certain raised it by a snapshot that has content, if it did.
    pub(super) fn none_is_hollow(&self) -> bool {
        let (_, keeps) = self.raises();
        let advances = self.permits(Question::FailedVersion, b::ADVANCES);
        !keeps && (self.calls.iter().all(|call| !call.may_be_hollow) || (!advances && !self.bare))
    }

    /// The obligations that a version read met.
    fn hold_version(&mut self, version: u32) {
        if version >= self.versions.read_max {
            self.facts.hold(ClauseId::Ver3);
        }
        if self.versions.elsewhere > 0 {
            self.facts.hold(ClauseId::Ver11);
        }
        if !self.quiet {
            return;
        }
        let due: Vec<(CallKind, bool)> = self.due_calls();
        for &(kind, changed) in &due {
            let clause = match (kind, changed) {
                (CallKind::Flag, _) => ClauseId::Cls8,
                (_, true) => ClauseId::Ver1,
                (_, false) => ClauseId::Ver6,
            };
            self.facts.hold(clause);
        }
        if !due.is_empty() {
            self.facts.hold(ClauseId::Ver2);
        } else if self.versions.refused {
            self.facts.hold(ClauseId::If12);
        }
        let versions = &self.versions;
        let held = [
            (versions.version_written, ClauseId::Ver5),
            (versions.redistributed, ClauseId::Ver7),
            (versions.point_changed, ClauseId::Ver8),
            (true, ClauseId::Ver4),
        ];
        for (_, clause) in held.into_iter().filter(|(there, _)| *there && due.is_empty()) {
            self.facts.hold(clause);
        }
    }

    /// Calls since the last certain version that must have raised it.
    fn due_calls(&self) -> Vec<(CallKind, bool)> {
        let must = |call: &&super::Call| self.range(call).0 > 0;
        self.calls.iter().filter(must).map(|call| (call.kind, call.changed)).collect()
    }

    fn clause_of_missing(&self) -> ClauseId {
        let due = self.due_calls();
        if !due.is_empty() && due.iter().all(|(kind, _)| *kind == CallKind::Flag) {
            ClauseId::Cls8
        } else if !due.is_empty() && due.iter().all(|(_, changed)| !changed) {
            ClauseId::Ver6
        } else {
            ClauseId::Ver1
        }
    }

    fn clause_of_excess(&self) -> ClauseId {
        let versions = &self.versions;
        if versions.accepted {
            ClauseId::Ver2
        } else if versions.refused {
            ClauseId::If12
        } else if versions.version_written {
            ClauseId::Ver5
        } else if versions.redistributed {
            ClauseId::Ver7
        } else if versions.point_changed {
            ClauseId::Ver8
        } else {
            ClauseId::Ver4
        }
    }
}
