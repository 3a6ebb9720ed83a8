//! Bounds of the version: how low and how high it can be, and since when that is so.

use crate::index::MomentIndex;
/// What is known of the version.
#[derive(Debug, Default)]
pub(crate) struct Versions {
    /// The least that it can be.
    pub(crate) low: u32,
    /// The most that it can be.
    pub(crate) high: u32,
    /// The newest version that was certainly made.
    pub(crate) processed: u32,
    /// The last that the owner was read to have.
    pub(crate) read: u32,
    /// The highest that a point or site was read to have.
    pub(crate) elsewhere: u32,
    /// What it was when nothing was left to do: no status lags behind that.
    pub(crate) lag_floor: u32,
    /// No point has an older one, and none can get it any more.
    pub(crate) oldest: u32,
    /// What calls oblige at the next instant when nothing is left to do.
    obliged: Obliged,
    /// What happened since the version was last certain.
    pub(crate) since: Since,
}

/// What calls oblige, each or merged, from the version when nothing was left to do.
#[derive(Debug, Default)]
struct Obliged {
    from: u32,
    sum: u32,
    floor: u32,
}

/// The last certain version, and what came after it.
#[derive(Debug, Default)]
pub(crate) struct Since {
    /// The version: at the last read with nothing left to do, or at the creation.
    pub(crate) version: u32,
    /// The place of that read.
    pub(crate) place: MomentIndex,
    /// A call was made that may raise it.
    pub(crate) accepted: bool,
    /// A call was refused.
    pub(crate) refused: bool,
    /// A point was asked to be served again.
    pub(crate) redistributed: bool,
    /// A point was added, removed or cancelled at.
    pub(crate) point_changed: bool,
    /// A client wrote the version.
    pub(crate) version_written: bool,
}

impl Versions {
    pub(super) fn created(place: MomentIndex) -> Self {
        Self {
            low: 1,
            high: 1,
            processed: 1,
            obliged: Obliged { from: 1, sum: 0, floor: 0 },
            since: Since { version: 1, place, ..Since::default() },
            ..Self::default()
        }
    }

    pub(super) fn note_call(&mut self, most: u32) {
        self.high = self.high.saturating_add(most);
        self.since.accepted |= most > 0;
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
        let obliged = &mut self.obliged;
        if merged {
            obliged.floor = obliged.floor.max(processed_before.saturating_add(least));
        } else {
            obliged.sum = obliged.sum.saturating_add(least);
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

    /// A call that shows its version when it returns was accepted.
    pub(super) fn raise_at_return(&mut self, merged: bool) {
        let floor = if merged { self.processed } else { self.low }.saturating_add(1);
        self.low = self.low.max(floor);
    }

    /// Nothing is left to do: what was obliged is there.
    pub(super) fn settle(&mut self) {
        let owed = self.obliged.from.saturating_add(self.obliged.sum).max(self.obliged.floor);
        self.low = self.low.max(owed);
        self.lag_floor = self.low;
        self.processed = self.processed.max(self.low);
        self.obliged = Obliged { from: self.low, sum: 0, floor: 0 };
    }

    /// The owner was read to have this version; `fresh`: the status does not lag.
    pub(super) fn learn(&mut self, version: u32, fresh: bool) {
        self.read = version;
        if fresh {
            self.low = self.low.max(version);
        }
    }

    /// The version was read with nothing left to do: it is certain.
    pub(super) fn learn_certain(&mut self, version: u32, place: MomentIndex) {
        (self.low, self.high, self.obliged.from) = (version, version, version);
        self.processed = self.processed.max(version);
        self.since = Since { version, place, ..Since::default() };
    }
}
