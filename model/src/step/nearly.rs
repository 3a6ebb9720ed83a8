//! Contents that a point shows in place of what it holds, where a promise about single files is given up.
//! Whole contents are compared in [`super::observe_point`].

use super::Rules;
use super::relaxation::Relaxation;
use super::state::State;
use crate::history::timeline::{ContentId, Held};
use crate::words::{Content, FilePath, FileRecord};

impl State {
    /// True where what was seen differs from what the point holds by no more than a promise that is given up allows.
    pub(super) fn nearly(&self, holds: Held, seen: Held, rules: &Rules<'_>) -> bool {
        let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
        if rules.relaxed.is_strict() {
            return false;
        }
        let additions =
            gives_up(Relaxation::DriversAnyTime) || gives_up(Relaxation::AdditionsAnyTime);
        if holds.base == seen.base {
            return additions;
        }
        if holds.added != seen.added && !additions {
            return false;
        }
        let (Some(wanted), Some(now)) = (rules.files(holds.base), rules.files(seen.base)) else {
            return false;
        };
        (gives_up(Relaxation::DeletedFilesStay) && self.keeps_deleted(wanted, now, rules))
            || (gives_up(Relaxation::SharedFilesGo) && lacks_shared(wanted, now, rules))
            || (gives_up(Relaxation::ChangeHiddenBySizeAndTime)
                && self.misses_changes(wanted, now, rules, |size, time| size && time))
            || (gives_up(Relaxation::ChangeHidden)
                && (self.misses_changes(wanted, now, rules, |size, time| size || time)
                    || self.misses_what_keeps_sums(wanted, now, rules)))
    }

    /// The contents that versions had before.
    fn earlier<'a>(&'a self, rules: &'a Rules<'_>) -> impl Iterator<Item = &'a Content> + 'a {
        let held = self.generations.iter().filter_map(|generation| generation.held);
        held.filter_map(|held| rules.files(held.base))
    }

    /// All that is wanted, and files besides that an earlier version had.
    fn keeps_deleted(&self, wanted: &Content, now: &Content, rules: &Rules<'_>) -> bool {
        wanted.iter().all(|(path, record)| now.get(path) == Some(record))
            && now.iter().filter(|(path, _)| !wanted.contains_key(*path)).all(|(path, record)| {
                self.earlier(rules).any(|files| files.get(path) == Some(record))
            })
    }

    /// What an earlier version had, under the names and with as many bytes as are wanted.
    fn misses_what_keeps_sums(&self, wanted: &Content, now: &Content, rules: &Rules<'_>) -> bool {
        let bytes = |files: &Content| files.values().map(|record| record.size).sum::<u64>();
        wanted.keys().eq(now.keys())
            && bytes(wanted) == bytes(now)
            && self.earlier(rules).any(|files| files == now)
    }

    /// Every file is as wanted, or as an earlier version had it where the change was hidden; a new name may be missing
    /// where the old one is there with the same bytes.
    fn misses_changes(
        &self,
        wanted: &Content,
        now: &Content,
        rules: &Rules<'_>,
        is_hidden: impl Fn(bool, bool) -> bool,
    ) -> bool {
        let was = |path: &FilePath, record: &FileRecord| {
            self.earlier(rules).any(|files| files.get(path) == Some(record))
        };
        let renames = is_hidden(true, false);
        let missed = |path: &FilePath, new: &FileRecord, old: &FileRecord| {
            let kept_time = rules.kept_time(path, new);
            let mut before = self.earlier(rules).filter(|files| *files != wanted);
            let moved = renames && before.any(|files| has_elsewhere(files, path, new));
            (is_hidden(old.size == new.size, kept_time) || moved) && was(path, old)
        };
        let under_old_name = |path: &FilePath, record: &FileRecord| {
            renames
                && !now.contains_key(path)
                && now
                    .iter()
                    .any(|(old, r)| r == record && wanted.get(old) != Some(r) && was(old, r))
        };
        wanted.iter().all(|(path, new)| match now.get(path) {
            Some(old) => old == new || missed(path, new, old),
            None => under_old_name(path, new),
        }) && now.iter().filter(|(path, _)| !wanted.contains_key(*path)).all(|(path, record)| {
            renames && was(path, record) && wanted.values().any(|new| new == record)
        })
    }
}

/// True where the bytes stand under another name.
fn has_elsewhere(files: &Content, path: &FilePath, record: &FileRecord) -> bool {
    files.iter().any(|(other, known)| other != path && known == record)
}

/// What is wanted without files whose bytes another package has, too.
fn lacks_shared(wanted: &Content, now: &Content, rules: &Rules<'_>) -> bool {
    let foreign = |path: &FilePath, record: &FileRecord| {
        rules.timeline.is_some_and(|own| own.neighbours.have(path, record))
    };
    now.iter().all(|(path, record)| wanted.get(path) == Some(record))
        && wanted
            .iter()
            .filter(|(path, _)| !now.contains_key(*path))
            .all(|(path, record)| foreign(path, record))
}

impl<'a> Rules<'a> {
    fn kept_time(&self, path: &FilePath, record: &FileRecord) -> bool {
        self.timeline.is_some_and(|timeline| timeline.neighbours.kept_time(path, record))
    }

    fn files(&self, content: ContentId) -> Option<&'a Content> {
        self.contents.get(content.0 as usize)
    }
}
