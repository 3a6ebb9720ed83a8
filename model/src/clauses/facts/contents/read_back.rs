//! What was read back from a point, against what it may hold. What a wrong content is called is in [`super::diagnosis`].

use super::Point;
use super::diagnosis::hidden_change;
use crate::classes::Additions;
use crate::clauses::ClauseId;
use crate::clauses::facts::{Ledger, Presence};
use crate::history::timeline::{ContentId, Held};

impl Ledger<'_> {
    pub(in crate::clauses::facts) fn read_content(
        &mut self,
        place: usize,
        point: usize,
        held: Option<Held>,
    ) {
        let Some(row) = self.contents.points.get(point).cloned() else { return };
        if self.unsure || row.doubtful || self.presence == Presence::Unsure {
            return;
        }
        let leaving = row.leaving && !self.quiet;
        if self.has_nothing(&row, held) {
            return;
        }
        if !row.assigned {
            return match held {
                Some(held) if leaving => self.read_leaving(place, point, &row, held),
                Some(_) => self.facts.breach(ClauseId::Dst2, vec![place]),
                None => self.facts.hold(ClauseId::Dst2),
            };
        }
        match held {
            None => self.read_nothing(place, point, &row),
            Some(held) => self.read_something(place, point, &row, held),
        }
    }

    /// True where the point shows a version of nothing, as one may of a package that was without a source.
    fn has_nothing(&self, row: &Point, held: Option<Held>) -> bool {
        let certain = row.floor.is_some() || (self.quiet && row.owed && self.contents.has_target());
        self.bare
            && held.is_some_and(|held| held.base == ContentId::EMPTY)
            && (!self.has_source || !certain)
    }

    /// What is about to go must still be something that the point could have had.
    fn read_leaving(&mut self, place: usize, point: usize, row: &Point, held: Held) {
        if !self.timeline.atomic_reads {
            return;
        }
        let found = self.possible_origins(row.floor.unwrap_or(0), 0, held);
        if found.is_empty() {
            self.facts.breach(ClauseId::Dst5, vec![place]);
        } else {
            self.learn_origin(point, &found, held);
        }
    }

    fn read_nothing(&mut self, place: usize, point: usize, row: &Point) {
        if row.leaving {
            if let Some(row) = self.contents.points.get_mut(point) {
                (row.floor, row.vanished) = (None, true);
            }
            return;
        }
        let had = row.floor.is_some() || row.said_installed;
        if had {
            let clause = if self.contents.after_failure { ClauseId::Flt6 } else { ClauseId::Dst5 };
            self.facts.breach(clause, vec![place]);
        } else if self.quiet && row.owed && self.contents.has_target() {
            self.facts.breach(Self::left_behind(row), vec![place]);
        } else if let Some(row) = self.contents.points.get_mut(point).filter(|_| self.quiet) {
            row.said_incomplete = row.said_incomplete.or(Some((place, Self::left_behind(row))));
        }
    }

    /// A point has not got what it is owed: through a refresh, or through being added later.
    pub(super) fn left_behind(row: &Point) -> ClauseId {
        if row.late { ClauseId::Dst10 } else { ClauseId::Dst1 }
    }

    fn read_something(&mut self, place: usize, point: usize, row: &Point, held: Held) {
        if !self.timeline.atomic_reads && !self.quiet {
            return;
        }
        let floor = row.floor.unwrap_or(0);
        let owed = if self.quiet && row.owed { self.contents.newest_sure() } else { None };
        let found = self.possible_origins(floor, owed.unwrap_or(0), held);
        let in_time = |nth: usize| {
            self.contents.takings.get(nth).is_some_and(|t| t.version_most >= row.reported)
        };
        if found.is_empty() {
            let clause = self.diagnose(row, held, owed);
            return self.facts.breach(clause, vec![place]);
        }
        let versions_tell = !self.bare && !row.vanished;
        if versions_tell && !found.iter().any(|&(nth, _)| in_time(nth)) {
            return self.facts.breach(ClauseId::Dst4, vec![place]);
        }
        self.hold_content(row, held, owed.is_some());
        self.learn_origin(point, &found, held);
        self.note_at_site(point, 1);
        self.reconsider_incomplete(place);
    }

    /// The snapshots, each with the stretch of time, in which a point could have got this.
    fn possible_origins(
        &self,
        floor: usize,
        least_taking: usize,
        held: Held,
    ) -> Vec<(usize, usize)> {
        let possible = self.contents.possible(floor, least_taking);
        possible.filter(|&(_, segment)| self.contents.agrees(segment, held)).collect()
    }

    /// What was read came from one of these: the point does not go back before the first, and where they are all of
    /// one snapshot, that is what it took.
    fn learn_origin(&mut self, point: usize, found: &[(usize, usize)], held: Held) {
        if let Some(row) = self.contents.points.get_mut(point) {
            row.floor = found.iter().map(|&(_, segment)| segment).min();
        }
        let first = found.first().map(|&(nth, _)| nth);
        if let Some(nth) = first.filter(|&nth| found.iter().all(|&(other, _)| other == nth)) {
            self.contents.fix(nth, held);
            if self.contents.is_last(nth) {
                self.only_call_brought(point);
            }
            if nth == 0 {
                self.status.trust_first();
            }
        }
    }

    fn hold_content(&mut self, row: &Point, held: Held, newest: bool) {
        self.facts.hold(ClauseId::Dst5);
        if row.reported > 0 {
            self.facts.hold(ClauseId::Dst4);
        }
        if self.contents.after_failure {
            self.facts.hold(ClauseId::Flt6);
        }
        if !newest {
            return;
        }
        self.facts.hold(Self::left_behind(row));
        self.facts.hold(ClauseId::Ver13);
        if self.contents.has_call && !row.late {
            self.hold_changes(held);
        }
        if held.added != 0 {
            match self.class.additions {
                Additions::Drivers => self.facts.hold(ClauseId::Cls3),
                Additions::Content => self.facts.hold(ClauseId::Cls6),
                Additions::None => {}
            }
        }
    }

    /// Which kinds of change the newest content has gone through.
    fn hold_changes(&mut self, held: Held) {
        let now = self.files(held);
        let older =
            || self.contents.segments.iter().filter_map(|s| s.held).map(|held| self.files(held));
        let dropped = older().any(|files| files.keys().any(|path| !now.contains_key(path)));
        let hidden = older().any(|files| hidden_change(files, now));
        let shared = self.is_shared(now);
        for (met, clause) in
            [(dropped, ClauseId::Dst7), (hidden, ClauseId::Dst9), (shared, ClauseId::Dst8)]
        {
            if met {
                self.facts.hold(clause);
            }
        }
    }
}
