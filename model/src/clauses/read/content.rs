//! What was read back from a point, against what it may hold, and in what it differs.

use crate::clauses::{Check, Value};
use crate::history::timeline::{Act, Held, Moment};
use crate::index::{EpochIndex, Index, SnapshotIndex};
use crate::knowledge::{Knowledge, Point};
use crate::words::{Content, FilePath, FileRecord};

/// Content that was read at a point of which something can be said.
pub(crate) struct ContentRead<'a> {
    known: &'a Knowledge<'a>,
    pub(crate) row: &'a Point,
    pub(crate) seen: Held,
    /// The snapshots, each with the epoch, of which the point may have this.
    origins: Vec<(SnapshotIndex, EpochIndex)>,
}

impl<'a> ContentRead<'a> {
    pub(crate) fn of(known: &'a Knowledge<'_>, moment: &Moment) -> Option<Self> {
        let Act::ReadContent { point, held: Some(seen) } = moment.act else { return None };
        let row = known.known_point(point)?;
        let judged = known.content_can_be_judged(row) && !known.may_be_nothing(row, Some(seen));
        judged.then(|| Self { known, row, seen, origins: known.origins(row, seen) })
    }

    /// True where the point is one of the package's.
    pub(crate) fn is_of_package(&self) -> bool {
        self.row.assigned
    }

    /// True where the point may have what was read.
    pub(crate) fn is_explained(&self) -> bool {
        !self.origins.is_empty()
    }

    /// True where one of the snapshots that the point may have can belong to a version as high as this.
    pub(crate) fn may_be_of(&self, version: u32) -> bool {
        self.origins.iter().any(|&(nth, _)| self.known.snapshots.may_be_of(nth, version))
    }

    /// True where the newest content is due at the point.
    pub(crate) fn is_newest(&self) -> bool {
        self.known.least_snapshot(self.row).is_some()
    }

    /// True where the newest content is due at the point by a refresh.
    pub(crate) fn shows_a_refresh(&self) -> bool {
        self.is_newest() && self.known.snapshots.has_call && !self.row.late
    }

    /// The files that came from the source.
    pub(crate) fn files(&self) -> &'a Content {
        self.known.files(self.seen)
    }

    /// The files of what versions may have held that some point may still have.
    pub(crate) fn recent(&self) -> impl Iterator<Item = &'a Content> + '_ {
        self.known.snapshots.recent().map(|held| self.known.files(held))
    }

    fn earlier(&self) -> impl Iterator<Item = &'a Content> + '_ {
        self.known.snapshots.earlier().map(|held| self.known.files(held))
    }

    /// What the point should have: what is due there, or what it may have.
    fn wanted(&self) -> Vec<Held> {
        let newest = self.known.snapshots.newest_contents();
        if self.is_newest() && !newest.is_empty() {
            return newest;
        }
        let floor = self.row.seen.floor.unwrap_or(EpochIndex::FIRST);
        self.known.snapshots.possible_contents(floor, SnapshotIndex::FIRST)
    }

    /// True where the source held this at some time.
    pub(crate) fn is_known(&self) -> bool {
        self.earlier().any(|files| files == self.files())
    }

    /// True where a point may have had this before.
    pub(crate) fn is_stale(&self) -> bool {
        self.known.snapshots.earlier().any(|held| held == self.seen)
    }

    /// What a promise finds of what was added to a package: it is there with the newest content, and not otherwise.
    pub(crate) fn additions(known: &Knowledge<'_>, moment: &Moment) -> Check {
        let Some(read) = ContentRead::of(known, moment).filter(ContentRead::is_of_package) else {
            return Check::NotApplicable;
        };
        match (read.is_explained(), read.differs_in_additions()) {
            (true, _) if read.seen.added != 0 && read.is_newest() => Check::Held(1),
            (false, true) => read.broken(),
            (true | false, _) => Check::NotApplicable,
        }
    }

    /// True where it is what is wanted but for what was added to the package.
    fn differs_in_additions(&self) -> bool {
        let same_base = |held: &Held| held.base == self.seen.base && held.added != self.seen.added;
        self.wanted().iter().any(same_base)
    }

    /// True where it is all that is wanted, and files besides that are gone from the source.
    pub(crate) fn keeps_deleted(&self) -> bool {
        let now = self.files();
        self.any_wanted(|want| {
            let all = want.iter().all(|(path, record)| now.get(path) == Some(record));
            let mut extra = now.iter().filter(|(path, _)| !want.contains_key(*path)).peekable();
            let some = extra.peek().is_some();
            all && some
                && extra.all(|(path, record)| self.earlier().any(|f| f.get(path) == Some(record)))
        })
    }

    /// True where it is what is wanted without files that another package has, too.
    pub(crate) fn lacks_shared(&self) -> bool {
        let now = self.files();
        self.any_wanted(|want| {
            let right = now.iter().all(|(path, record)| want.get(path) == Some(record));
            let mut lost = want.iter().filter(|(path, _)| !now.contains_key(*path)).peekable();
            let some = lost.peek().is_some();
            right && some && lost.all(|(path, record)| self.is_foreign(path, record))
        })
    }

    /// True where another package's source had a file of this name, or with these bytes.
    pub(crate) fn is_foreign(&self, path: &FilePath, record: &FileRecord) -> bool {
        let timeline = self.known.timeline;
        timeline.neighbours.have(path, record)
    }

    /// True where it differs from what is wanted by changes alone that a comparison by size, by time or by bytes
    /// regardless of names would miss.
    pub(crate) fn misses_changes(&self) -> bool {
        let now = self.files();
        let kept_time = |path: &FilePath, record: &FileRecord| {
            self.known.timeline.neighbours.kept_time(path, record)
        };
        self.any_wanted(|want| {
            let hidden = want != now
                && want.keys().eq(now.keys())
                && want.iter().zip(now.values()).all(|((path, wanted), seen)| {
                    wanted == seen || wanted.size == seen.size || kept_time(path, wanted)
                });
            let renamed = || {
                let bytes = |files: &Content| {
                    let mut bytes: Vec<FileRecord> = files.values().copied().collect();
                    bytes.sort_unstable();
                    bytes
                };
                want.len() == now.len() && !want.keys().eq(now.keys()) && bytes(want) == bytes(now)
            };
            hidden || renamed()
        })
    }

    fn any_wanted(&self, test: impl Fn(&Content) -> bool) -> bool {
        self.wanted().into_iter().any(|held| test(self.known.files(held)))
    }

    /// The promise is broken by it: what was wanted, and this.
    pub(crate) fn broken(&self) -> Check {
        let wanted = self.wanted().into_iter().map(|held| self.known.all_files(held));
        let seen = Value::Files(self.known.all_files(self.seen));
        Check::broken(Value::one_of(wanted.collect()), seen)
    }
}

/// Nothing was read at a point that had something and keeps it.
pub(crate) struct LostContent<'a> {
    known: &'a Knowledge<'a>,
    row: &'a Point,
}

impl<'a> LostContent<'a> {
    pub(crate) fn of(known: &'a Knowledge<'_>, moment: &Moment) -> Option<Self> {
        let Act::ReadContent { point, held: None } = moment.act else { return None };
        let row = known.known_point(point)?;
        let had = row.seen.floor.is_some() || row.seen.installed;
        let judged = known.content_can_be_judged(row);
        (row.assigned && !row.leaving && had && judged).then_some(Self { known, row })
    }

    pub(crate) fn broken(&self) -> Check {
        let floor = self.row.seen.floor.unwrap_or(EpochIndex::FIRST);
        let had = self.known.snapshots.possible_contents(floor, SnapshotIndex::FIRST).into_iter();
        let had = had.map(|held| self.known.all_files(held)).collect();
        Check::broken(Value::one_of(had), Value::NoContent)
    }
}
