//! A read of the owner's version, against its bounds.

use crate::clauses::{Check, Value};
use crate::history::timeline::{Act, Moment};
use crate::knowledge::{Call, CallKind, Knowledge};

/// A read of the version that can be judged.
pub(crate) struct VersionRead<'a> {
    known: &'a Knowledge<'a>,
    pub(crate) version: u32,
    least: u32,
    most: u32,
}

/// Which calls a version that did not rise is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// Those that wrote `RefreshPkgSourceFlag`, alone.
    Flag,
    /// Those that found the source as it was, alone.
    Unchanged,
    /// Others.
    Changed,
}

impl Missing {
    /// What a single call is.
    pub(crate) fn of(call: &Call) -> Self {
        match (call.kind, call.changed) {
            (CallKind::Flag, _) => Self::Flag,
            (CallKind::Method | CallKind::Path | CallKind::Addition, false) => Self::Unchanged,
            (CallKind::Method | CallKind::Path | CallKind::Addition, true) => Self::Changed,
        }
    }
}

impl<'a> VersionRead<'a> {
    pub(crate) fn of(known: &'a Knowledge<'_>, moment: &Moment) -> Option<Self> {
        let Act::ReadPackage(Some(status)) = &moment.act else { return None };
        let versions = &known.versions;
        super::is_judged(known).then(|| Self {
            known,
            version: status.version.0,
            least: if known.lags() { versions.lag_floor } else { versions.low },
            most: known.highest(status.failure.is_some()),
        })
    }

    pub(crate) fn is_too_high(&self) -> bool {
        self.version > self.most
    }

    pub(crate) fn is_too_low(&self) -> bool {
        self.version < self.least
    }

    /// True where nothing is wrong with it.
    pub(crate) fn fits(&self) -> bool {
        let versions = &self.known.versions;
        let behind = self.version < versions.elsewhere && !self.known.lags();
        !self.is_too_high() && !self.is_too_low() && self.version >= versions.read && !behind
    }

    /// What a promise finds that something leaves the version alone: `happened` since the version was last certain, and
    /// nothing else that could have moved it.
    pub(crate) fn left_alone(known: &Knowledge<'_>, moment: &Moment, happened: bool) -> Check {
        let Some(read) = VersionRead::of(known, moment) else { return Check::NotApplicable };
        if read.is_too_high() && happened {
            return read.too_high();
        }
        let is_due = known.due_calls().next().is_some();
        if read.fits() && known.is_quiescent() && happened && !is_due {
            return Check::Held(1);
        }
        Check::NotApplicable
    }

    pub(crate) fn too_high(&self) -> Check {
        Check::broken(Value::AtMost(self.most), Value::Version(self.version))
            .because(self.known.versions.since.place)
    }

    pub(crate) fn too_low(&self) -> Check {
        Check::broken(Value::AtLeast(self.least), Value::Version(self.version))
            .because(self.known.versions.since.place)
    }

    /// Which calls it is that did not raise it.
    pub(crate) fn missing(&self) -> Missing {
        let mut due = self.known.due_calls().map(Missing::of).peekable();
        if due.peek().is_none() {
            return Missing::Changed;
        }
        let due: Vec<Missing> = due.collect();
        if due.iter().all(|&missing| missing == Missing::Flag) {
            Missing::Flag
        } else if self.known.due_calls().all(|call| !call.changed) {
            Missing::Unchanged
        } else {
            Missing::Changed
        }
    }
}
