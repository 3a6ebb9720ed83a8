//! The snapshots that were, or may have been, taken: of which stretch of time, in which order, and which are certain.
//! What follows from that is in [`answers`], which points they are owed to in
//! [`super::owed`], what was read of them in [`super::reads`].

mod answers;
mod earlier;
mod epochs;

use super::{Call, CallEnd};
use crate::history::timeline::{ContentId, Held};
use crate::index::{AdditionIndex, EpochIndex, Index, List, SnapshotIndex};
use epochs::Epochs;
use std::cmp::Ordering;

/// A stretch of time in which a snapshot would have held the same; none while the source cannot be read.
type Epoch = Option<Held>;

/// A snapshot that was, or may have been, taken: for the creation or for a call.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    /// The epochs of which it may have been taken.
    pub(super) epochs: Epochs,
    /// It is the first version's.
    first: bool,
    /// True while it may still be taken.
    open: bool,
    /// The call was not answered: it may be taken after those that were asked for later.
    indeterminate: bool,
    /// True where it was certainly taken, once it is closed.
    sure: bool,
    /// The bits of the sources that the package had since it was asked for, and has no longer.
    earlier: u64,
    /// The most by which the version had risen when it was taken, counted from 1.
    version_most: u32,
}

/// Everything known of snapshots.
#[derive(Debug)]
pub(crate) struct Snapshots {
    pub(super) epochs: List<EpochIndex, Epoch>,
    pub(super) list: List<SnapshotIndex, Snapshot>,
    /// What the package's source holds, and what was added to it.
    source: Option<ContentId>,
    added: u64,
    /// A call failed, and none was accepted since.
    pub(crate) after_failure: bool,
    /// A call was made.
    pub(crate) has_call: bool,
    /// The place behind those asked for when the version was last certain, and whether it may have been empty.
    pub(super) certain: (SnapshotIndex, bool),
    /// The most by which the version can have risen so far, counted from 1.
    version_most: u32,
    /// A call may have made a version without content since the newest certain snapshot.
    may_be_empty: bool,
    /// What versions held that no point can have any more.
    pub(super) superseded: Vec<Held>,
}

impl Default for Snapshots {
    fn default() -> Self {
        Self {
            epochs: List::default(),
            list: List::default(),
            source: None,
            added: 0,
            after_failure: false,
            has_call: false,
            certain: (SnapshotIndex::FIRST.next(), false),
            version_most: 1,
            may_be_empty: false,
            superseded: Vec::new(),
        }
    }
}

impl Snapshot {
    fn is_certain(&self) -> bool {
        self.sure && !self.open
    }

    /// True where it is closed, and was taken before an epoch, if ever.
    pub(super) fn is_before(&self, epoch: EpochIndex) -> bool {
        !self.open && !self.indeterminate && self.epochs.last().is_none_or(|taken| taken < epoch)
    }
}

impl Snapshots {
    /// What a snapshot taken now would hold.
    pub(super) fn held_now(&self) -> Option<Held> {
        self.epochs.last().copied().flatten()
    }

    fn held_in(&self, epoch: EpochIndex) -> Option<Held> {
        self.epochs.get(epoch).copied().flatten()
    }

    /// The package is created: the first version's content is to be taken.
    pub(super) fn open(&mut self, source: Option<ContentId>, has_source: bool) {
        self.list.push(Snapshot {
            epochs: Epochs::default(),
            first: true,
            open: true,
            indeterminate: false,
            sure: has_source,
            earlier: 0,
            version_most: 1,
        });
        self.note_source(source, false);
    }

    /// An open call can raise the version by more than was thought.
    pub(super) fn widen(&mut self, by: u32) {
        self.version_most = self.version_most.saturating_add(by);
        self.widen_open(by);
    }

    fn widen_open(&mut self, by: u32) {
        for snapshot in self.list.iter_mut().filter(|snapshot| !snapshot.first && snapshot.open) {
            snapshot.version_most = snapshot.version_most.saturating_add(by);
        }
    }

    /// Nothing is left to do: what was answered is done.
    pub(super) fn close(&mut self) {
        for snapshot in self.list.iter_mut().filter(|snapshot| !snapshot.indeterminate) {
            snapshot.open = false;
        }
    }

    /// Every call that was not answered has taken effect, in what order is not known.
    pub(super) fn close_indeterminate(&mut self) {
        for snapshot in self.list.iter_mut().filter(|snapshot| snapshot.indeterminate) {
            (snapshot.open, self.may_be_empty) = (false, true);
        }
    }

    /// The version is certain, and as it was when it was certain before: no snapshot was taken since.
    pub(super) fn none_was_taken(&mut self) {
        if !self.list.iter().any(|snapshot| snapshot.indeterminate) {
            (_, self.may_be_empty) = self.certain;
            self.list.truncate(self.certain.0);
        }
    }

    /// The version is certain, and as high as it can be without a failed call that raised it: all were taken.
    pub(super) fn all_were_taken(&mut self) {
        let since = self.list.iter_mut().skip(self.certain.0.number());
        for snapshot in since.filter(|snapshot| !snapshot.indeterminate) {
            snapshot.sure = !snapshot.epochs.is_empty();
            self.may_be_empty = false;
        }
    }

    /// The newest snapshot that was asked for failed.
    pub(super) fn last_was_not_taken(&mut self) {
        if let Some(last) = self.list.last_mut() {
            last.epochs.clear();
            (last.open, last.sure) = (false, false);
        }
    }

    /// The newest snapshot that was asked for was taken, and so were those before it, if ever.
    pub(super) fn last_was_taken(&mut self) {
        if let Some(last) = self.list.last_mut() {
            last.sure = !last.epochs.is_empty();
        }
        self.list.iter_mut().for_each(|snapshot| snapshot.open = false);
    }

    pub(super) fn note_certain(&mut self) {
        self.certain = (self.list.end(), self.may_be_empty);
    }

    /// `certain`: what was asked for while the source was there will be taken, now or when the source is back.
    fn begin_epoch(&mut self, certain: bool) {
        let held = self.source.map(|base| Held { base, added: self.added });
        let last = self.epochs.end();
        self.epochs.push(held);
        for snapshot in self.list.iter_mut().filter(|snapshot| snapshot.open) {
            if held.is_some() {
                snapshot.epochs.push(last);
            } else if snapshot.first || !certain {
                snapshot.sure = false;
                self.may_be_empty |= !snapshot.first;
            }
        }
    }

    /// The source changed; see [`Self::begin_epoch`] for what is certain.
    pub(super) fn note_source(&mut self, now: Option<ContentId>, certain: bool) {
        self.source = now;
        if !self.list.is_empty() {
            self.begin_epoch(certain);
        }
    }

    pub(super) fn add(&mut self, addition: AdditionIndex, replaces: u64, certain: bool) {
        self.added = (self.added & !replaces) | addition.bit();
        self.begin_epoch(certain);
    }

    /// A call is made. True where a snapshot may come of it.
    pub(super) fn enter(&mut self, call: &Call, most: u32) -> bool {
        self.version_most = self.version_most.saturating_add(most);
        if call.end != CallEnd::Accepted || !call.source.always {
            // It may be made before what waits is made.
            self.widen_open(most);
        }
        self.after_failure |= call.end == CallEnd::Refused || !call.source.always;
        if call.end == CallEnd::Refused {
            self.may_be_empty |= most > 0;
            return false;
        }
        let now = self.epochs.last_index().filter(|_| self.held_now().is_some());
        let epochs: Epochs = now.into_iter().collect();
        let sure = call.end == CallEnd::Accepted && !epochs.is_empty() && call.has_source;
        self.after_failure &= !sure;
        self.may_be_empty = !sure && (self.may_be_empty || (most > 0 && call.may_be_empty));
        let indeterminate = call.end == CallEnd::Unanswered;
        let version_most = if indeterminate { u32::MAX } else { self.version_most };
        let (first, open, earlier) = (false, true, 0);
        self.list.push(Snapshot {
            epochs,
            first,
            open,
            indeterminate,
            sure,
            earlier,
            version_most,
        });
        self.has_call = true;
        true
    }

    /// A point has the first version: its content was taken, and no later.
    pub(super) fn first_was_taken(&mut self) {
        if let Some(first) = self.first_mut() {
            (first.sure, first.open) = (true, false);
        }
    }

    fn first(&self) -> Option<&Snapshot> {
        self.list.first().filter(|snapshot| snapshot.first)
    }

    fn first_mut(&mut self) -> Option<&mut Snapshot> {
        self.list.first_mut().filter(|snapshot| snapshot.first)
    }

    /// A failure shows before anything was asked: the first version has no content.
    pub(super) fn first_was_not_taken(&mut self) {
        if let Some(first) = self.first_mut().filter(|first| !first.sure) {
            first.epochs.clear();
            first.open = false;
        }
    }

    /// One snapshot is known to have had this content: others must agree with the order of time.
    pub(super) fn fix(&mut self, nth: SnapshotIndex, seen: Held) {
        let epochs = std::mem::take(&mut self.epochs);
        let could = |epoch: EpochIndex| {
            epochs.get(epoch).copied().flatten().is_some_and(|held| held.agrees(seen))
        };
        if let Some(snapshot) = self.list.get_mut(nth) {
            snapshot.epochs.retain(could);
            (snapshot.open, snapshot.sure) = (false, true);
            if !snapshot.indeterminate {
                let taken = snapshot.epochs.first().zip(snapshot.epochs.last());
                if let Some((first, last)) = taken {
                    self.keep_order(nth, first, last);
                }
            }
        }
        self.epochs = epochs;
    }

    /// What was asked for before was taken no later than `last`, what was asked for after it no sooner than `first`.
    fn keep_order(&mut self, nth: SnapshotIndex, first: EpochIndex, last: EpochIndex) {
        let in_order = |(_, snapshot): &(SnapshotIndex, &mut Snapshot)| !snapshot.indeterminate;
        for (other, snapshot) in self.list.indexed_mut().filter(in_order) {
            match other.cmp(&nth) {
                Ordering::Less => snapshot.epochs.keep_to(last),
                Ordering::Greater => snapshot.epochs.keep_from(first),
                Ordering::Equal => {}
            }
        }
    }
}
