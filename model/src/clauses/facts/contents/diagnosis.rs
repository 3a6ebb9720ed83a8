//! Which clause a content breaks that no snapshot explains, by what it has too much, too little or of another time.

use super::Point;
use crate::classes::Additions;
use crate::clauses::ClauseId;
use crate::clauses::facts::Ledger;
use crate::history::timeline::Held;
use crate::words::{Content, FilePath, FileRecord};

impl Ledger<'_> {
    /// Names the clause that a content breaks which no snapshot explains.
    pub(super) fn diagnose(&self, row: &Point, held: Held, owed: Option<usize>) -> ClauseId {
        let clause = self.closest(row, held, owed);
        // A class that is not promised as much is still promised one version's content as a whole.
        if clause.clause().binds.binds(self.class.class) { clause } else { ClauseId::Dst5 }
    }

    fn closest(&self, row: &Point, held: Held, owed: Option<usize>) -> ClauseId {
        let wanted = self.wanted(owed);
        if self.contents.after_failure && !row.late {
            return ClauseId::Flt6;
        }
        if let Some(wanted) = wanted.filter(|wanted| wanted.base == held.base) {
            let missing = wanted.added & !held.added != 0;
            return match (self.class.additions, missing) {
                (Additions::Content, true) => ClauseId::Cls6,
                (Additions::Drivers, _) => ClauseId::Cls3,
                _ => ClauseId::Ver13,
            };
        }
        let empty = Content::new();
        let (now, want) = (self.files(held), wanted.map_or(&empty, |wanted| self.files(wanted)));
        let older = |test: &dyn Fn(&Content) -> bool| {
            self.contents.segments.iter().filter_map(|s| s.held).any(|held| test(self.files(held)))
        };
        let stale = older(&|files| files == now);
        let was_possible = self.contents.possible(0, 0).any(|(_, s)| {
            self.contents.segments.get(s).and_then(|segment| segment.held) == Some(held)
        });
        if stale && !was_possible {
            return if row.late { ClauseId::Dst10 } else { ClauseId::Ver13 };
        }
        if owed.is_some() && only_hidden(now, want) {
            return ClauseId::Dst9;
        }
        if stale && owed.is_some() {
            let says_newest = self.quiet && row.reported >= self.versions.low();
            return if says_newest { ClauseId::Dst4 } else { Self::left_behind(row) };
        }
        let extra = now.iter().any(|(path, _)| !want.contains_key(path));
        let missing = want.iter().any(|(path, _)| !now.contains_key(path));
        let changed = now.iter().any(|(path, record)| want.get(path).is_some_and(|w| w != record));
        let known =
            now.iter().all(|(path, record)| older(&|files| files.get(path) == Some(record)));
        match (extra, missing, changed, known) {
            (true, false, false, true) => ClauseId::Dst7,
            (false, true, false, _) if self.is_shared(&difference(want, now)) => ClauseId::Dst8,
            _ => ClauseId::Dst5,
        }
    }

    /// What the point should hold: the newest content, as far as it is known.
    fn wanted(&self, owed: Option<usize>) -> Option<Held> {
        let nth = owed.or_else(|| self.contents.newest_sure())?;
        let segment = self.contents.takings.get(nth)?.segments.last()?;
        self.contents.segments.get(*segment)?.held
    }

    pub(super) fn files(&self, held: Held) -> &Content {
        static EMPTY: Content = Content::new();
        self.table.get(held.base.0 as usize).unwrap_or(&EMPTY)
    }

    /// True where another content of the history, not one of this package's, has a file of these.
    pub(super) fn is_shared(&self, files: &Content) -> bool {
        let own = |content: &Content| {
            self.contents
                .segments
                .iter()
                .filter_map(|s| s.held)
                .any(|held| self.files(held) == content)
        };
        let foreign = self.table.iter().filter(|content| !own(content));
        foreign
            .into_iter()
            .any(|content| content.values().any(|record| files.values().any(|own| own == record)))
    }
}

/// The files of `all` that are not in `some`.
fn difference(all: &Content, some: &Content) -> Content {
    all.iter()
        .filter(|(path, _)| !some.contains_key(*path))
        .map(|(path, record)| (path.clone(), *record))
        .collect()
}

/// True where a file kept its name and its size and changed its bytes, or a name changed and the bytes stayed.
pub(super) fn hidden_change(old: &Content, new: &Content) -> bool {
    let same_size = |(path, record): (&FilePath, &FileRecord)| {
        new.get(path).is_some_and(|now| now.size == record.size && now.sha256 != record.sha256)
    };
    let renamed = |(path, record): (&FilePath, &FileRecord)| {
        !new.contains_key(path)
            && new.iter().any(|(other, now)| now == record && !old.contains_key(other))
    };
    old.iter().any(same_size) || old.iter().any(renamed)
}

/// True where the only differences are files of equal name and size: a comparison by size would see none.
fn only_hidden(seen: &Content, wanted: &Content) -> bool {
    seen != wanted
        && seen.keys().eq(wanted.keys())
        && seen.values().zip(wanted.values()).all(|(seen, wanted)| seen.size == wanted.size)
}
