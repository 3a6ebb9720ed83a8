//! What is asked of the snapshots that were, or may have been, taken. Nothing is learned here.

use super::{Snapshot, Snapshots};
use crate::history::timeline::Held;
use crate::index::{EpochIndex, Indices, SnapshotIndex};
use std::collections::BTreeSet;

impl Snapshots {
    /// What the newest snapshot holds, where only one content is possible.
    pub(crate) fn newest_known(&self) -> Option<Held> {
        let snapshot = self.list.iter().rev().find(|snapshot| snapshot.sure)?;
        let mut held = snapshot.epochs.iter().filter_map(|epoch| self.held_in(epoch));
        let first = held.next()?;
        held.all(|other| other == first).then_some(first)
    }

    /// What versions may have held so far, newest first, for what is looked for is mostly new; what no point can have any
    /// more comes last.
    pub(crate) fn earlier(&self) -> impl Iterator<Item = Held> + '_ {
        let current = self.epochs.iter().rev().copied().flatten();
        current.chain(self.superseded.iter().rev().copied())
    }

    /// What versions may have held that some point may still have, and what the last version held that none can.
    pub(crate) fn recent(&self) -> impl Iterator<Item = Held> + '_ {
        self.superseded.last().copied().into_iter().chain(self.epochs.iter().copied().flatten())
    }

    /// The place of the newest snapshot that was asked for.
    pub(crate) fn newest(&self) -> Option<SnapshotIndex> {
        self.list.last_index()
    }

    /// True where the snapshot was certainly taken; false where it certainly was not; none where it may have been.
    pub(crate) fn was_taken(&self, nth: SnapshotIndex) -> Option<bool> {
        let Some(snapshot) = self.list.get(nth) else { return Some(false) };
        match (snapshot.is_certain(), snapshot.epochs.is_empty()) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }

    /// True where there is certainly content to deliver.
    pub(crate) fn has_target(&self) -> bool {
        self.list.iter().any(Snapshot::is_certain)
    }

    /// True where the newest version has content, whichever snapshot made it, so that a point can be current.
    pub(crate) fn newest_is_sure(&self) -> bool {
        let open = |snapshot: &Snapshot| snapshot.indeterminate && snapshot.open;
        !self.list.iter().any(open) && !self.may_be_empty && self.has_target()
    }

    /// The newest snapshot that certainly happened.
    pub(crate) fn newest_sure(&self) -> Option<SnapshotIndex> {
        self.list.rposition(Snapshot::is_certain)
    }

    /// The first epoch of which the newest certain snapshot can have been taken.
    pub(crate) fn newest_epoch(&self) -> Option<EpochIndex> {
        self.list.get(self.newest_sure()?)?.epochs.first()
    }

    /// What the newest certain snapshot may hold.
    pub(crate) fn newest_contents(&self) -> Vec<Held> {
        let newest = self.newest_sure().and_then(|nth| self.list.get(nth));
        newest.map_or(Vec::new(), |snapshot| self.contents_of(snapshot))
    }

    fn contents_of(&self, snapshot: &Snapshot) -> Vec<Held> {
        let held = snapshot.epochs.iter().filter_map(|epoch| self.held_in(epoch));
        held.collect::<BTreeSet<Held>>().into_iter().collect()
    }

    /// What a point that goes back neither before the epoch `floor` nor before the snapshot `least` may show.
    pub(crate) fn possible_contents(&self, floor: EpochIndex, least: SnapshotIndex) -> Vec<Held> {
        let snapshots = self.from(least);
        let mut stretches: Vec<(EpochIndex, EpochIndex)> =
            snapshots.flat_map(|(_, snapshot)| snapshot.epochs.stretches()).collect();
        stretches.sort_unstable();
        let (mut held, mut end) = (BTreeSet::new(), floor);
        for (first, until) in stretches {
            let new = Indices::between(first.max(end), until);
            held.extend(new.filter_map(|epoch| self.held_in(epoch)));
            end = end.max(until);
        }
        held.into_iter().collect()
    }

    /// The snapshots that a point may show which does not go back before one of them.
    fn from(&self, least: SnapshotIndex) -> impl Iterator<Item = (SnapshotIndex, &Snapshot)> + '_ {
        self.list.indexed().filter(move |(nth, snapshot)| *nth >= least || snapshot.indeterminate)
    }

    /// The snapshots, each with the epoch at or after the epoch `floor`, of which a point may show this.
    pub(crate) fn origins(
        &self,
        floor: EpochIndex,
        least: SnapshotIndex,
        seen: Held,
    ) -> Vec<(SnapshotIndex, EpochIndex)> {
        let agrees = |held: &Option<Held>| held.is_some_and(|held| held.agrees(seen));
        let epochs = self.epochs.indexed().filter(|&(epoch, held)| epoch >= floor && agrees(held));
        let epochs: Vec<EpochIndex> = epochs.map(|(epoch, _)| epoch).collect();
        let mut origins = Vec::new();
        for (nth, snapshot) in self.from(least) {
            let own = epochs.iter().filter(|&&epoch| snapshot.epochs.contains(epoch));
            origins.extend(own.map(|&epoch| (nth, epoch)));
        }
        origins
    }

    /// True where a snapshot may belong to a version as high as this.
    pub(crate) fn may_be_of(&self, nth: SnapshotIndex, version: u32) -> bool {
        self.list.get(nth).is_some_and(|snapshot| snapshot.version_most >= version)
    }

    /// True where the first version's content was certainly taken.
    pub(crate) fn has_first(&self) -> bool {
        self.first().map_or(!self.list.is_empty(), |first| first.sure)
    }

    /// True where this is the newest snapshot that was asked for, and not the first.
    pub(crate) fn is_last(&self, nth: SnapshotIndex) -> bool {
        self.newest() == Some(nth) && self.list.get(nth).is_some_and(|snapshot| !snapshot.first)
    }

    /// True where the snapshot is the first version's.
    pub(crate) fn is_first(&self, nth: SnapshotIndex) -> bool {
        self.list.get(nth).is_some_and(|snapshot| snapshot.first)
    }

    /// True while the first version's content may still be taken.
    pub(crate) fn first_is_open(&self) -> bool {
        self.first().is_some_and(|first| first.open)
    }

    /// True where the first version's content may not have been readable, and nothing else was asked for.
    pub(crate) fn first_may_have_failed(&self) -> bool {
        !self.has_call && self.first().is_some_and(|first| !first.sure)
    }

    /// The highest version that can have content.
    pub(crate) fn most_with_content(&self) -> u32 {
        let with = self.list.iter().filter(|snapshot| !snapshot.epochs.is_empty());
        with.map(|snapshot| snapshot.version_most).max().unwrap_or(0)
    }

    /// True where some snapshot may have been taken.
    pub(crate) fn could_have_content(&self) -> bool {
        self.list.iter().any(|snapshot| !snapshot.epochs.is_empty())
    }
}
