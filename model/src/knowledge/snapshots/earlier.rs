//! What waits while the package's source is written: whether its snapshot is of the source that was there when it was asked
//! for, or of the one that is there when its turn comes, is said nowhere. What a source holds is told from outside.

use super::{Snapshot, Snapshots};
use crate::history::timeline::{ContentId, Held};
use crate::index::SourceIndex;

/// Up to how many that wait, what each may have read is told apart: in which order is open, so that it costs their square.
const MOST_TOLD_APART: usize = 16;

impl Snapshot {
    fn may_read_an_earlier_source(&self) -> bool {
        self.open && self.earlier != 0
    }
}

impl Snapshots {
    /// The package's source or flag was written, and what it had is no longer what it has.
    pub(in crate::knowledge) fn note_moved(
        &mut self,
        from: Option<SourceIndex>,
        may_be_empty: bool,
    ) {
        let waits = |snapshot: &&mut Snapshot| snapshot.open && !snapshot.first;
        for snapshot in self.list.iter_mut().filter(waits) {
            snapshot.earlier |= from.map_or(0, SourceIndex::bit);
            snapshot.sure = false;
            self.may_be_empty |= may_be_empty;
        }
    }

    /// The bits of the sources that something which waits may still read, and that the package has no longer.
    pub(in crate::knowledge) fn earlier_sources(&self) -> u64 {
        let waiting = self.list.iter().filter(|snapshot| snapshot.may_read_an_earlier_source());
        waiting.fold(0, |sources, snapshot| sources | snapshot.earlier)
    }

    /// What these sources hold now: each that waits may read any of them, in whatever order.
    pub(in crate::knowledge) fn note_earlier_sources(&mut self, now: &[(SourceIndex, ContentId)]) {
        let waiting =
            self.list.iter().filter(|snapshot| snapshot.may_read_an_earlier_source()).count();
        if waiting > MOST_TOLD_APART {
            let sources = now.iter().fold(0, |bits, (source, _)| bits | source.bit());
            self.begin_earlier_epoch(sources, ContentId::UNKNOWN);
            return self.begin_epoch(true);
        }
        for _ in 0..waiting {
            for (source, state) in now {
                self.begin_earlier_epoch(source.bit(), *state);
            }
            self.begin_epoch(true);
        }
    }

    fn begin_earlier_epoch(&mut self, sources: u64, base: ContentId) {
        let epoch = self.epochs.end();
        self.epochs.push(Some(Held { base, added: self.added }));
        let readers = |snapshot: &&mut Snapshot| snapshot.open && snapshot.earlier & sources != 0;
        for snapshot in self.list.iter_mut().filter(readers) {
            snapshot.epochs.push(epoch);
        }
    }
}
