//! Which contents a point may show: the states that the source went through, the instants at which a snapshot may have
//! been taken of them, and what was read back.

use super::calls::{Call, CallEnd};
use super::{Ledger, Presence};
use crate::classes::{Additions, ClassEntry, Points};
use crate::clauses::ClauseId;
use crate::history::timeline::{ContentId, Held};
use crate::readings::{Question, behaviour as b};
use crate::reply::PointStatus;
use crate::words::{Content, PointState};

/// A stretch of time in which a snapshot would have held the same.
#[derive(Clone, Copy, Debug)]
struct Segment {
    /// What a snapshot would hold; none while the source cannot be read.
    held: Option<Held>,
}

/// A snapshot that was, or may have been, taken: for the creation or for a call.
#[derive(Clone, Debug)]
struct Taking {
    /// The segments of which it may have been taken.
    segments: Vec<usize>,
    /// True while it may still be taken.
    open: bool,
    /// The call was not answered: it may be taken after those that were asked for later.
    floating: bool,
    /// True where it was certainly taken, once it is closed.
    sure: bool,
    /// The most by which the version had risen when it was taken, counted from 1.
    version_most: u32,
}

/// One point, as far as contents go.
#[derive(Clone, Debug, Default)]
struct Point {
    assigned: bool,
    owed: bool,
    /// What it holds may go away.
    leaving: bool,
    /// The least segment that it can hold, once content was read there.
    floor: Option<usize>,
    /// The highest version that it reported as installed.
    reported: u32,
    /// It said that it has the package installed, with or without a version.
    said_installed: bool,
    /// The read that said, with nothing left to do, that something is on its way to it.
    said_pending: Option<usize>,
    /// Assigned after the newest call.
    late: bool,
    /// What became of an operation on it is not known: nothing can be said of it.
    doubtful: bool,
}

/// Everything about contents that was seen so far.
#[derive(Debug)]
pub(super) struct Contents {
    segments: Vec<Segment>,
    takings: Vec<Taking>,
    points: Vec<Point>,
    source: Option<ContentId>,
    added: u64,
    /// True since a call failed, until the next that was accepted.
    after_failure: bool,
    has_call: bool,
    /// How many snapshots had been asked for when the version was last certain, and whether it was hollow then.
    certain: (usize, bool),
    /// The most by which the version can have risen so far, counted from 1.
    version_most: u32,
    /// A call may have made a version without content since the newest certain snapshot.
    hollow: bool,
}

impl Contents {
    pub(super) fn new(points: usize) -> Self {
        Self {
            segments: Vec::new(),
            takings: Vec::new(),
            points: vec![Point::default(); points],
            source: None,
            added: 0,
            after_failure: false,
            has_call: false,
            certain: (1, false),
            version_most: 1,
            hollow: false,
        }
    }

    pub(super) fn snapshot_now(&self) -> Option<Held> {
        self.segments.last().and_then(|segment| segment.held)
    }

    /// What the newest snapshot holds, where only one content is possible.
    pub(super) fn newest_known(&self) -> Option<Held> {
        let taking = self.takings.iter().rev().find(|taking| taking.sure)?;
        let mut held = taking.segments.iter().filter_map(|&s| self.segments.get(s)?.held);
        let first = held.next()?;
        held.all(|other| other == first).then_some(first)
    }

    /// The package is created: the first version's content is to be taken.
    pub(super) fn open(&mut self, source: Option<ContentId>, has_source: bool) {
        self.takings.push(Taking {
            segments: Vec::new(),
            open: true,
            floating: false,
            sure: has_source,
            version_most: 1,
        });
        self.note_source(source);
    }

    /// An open call can raise the version by more than was thought.
    pub(super) fn widen(&mut self, by: u32) {
        self.version_most = self.version_most.saturating_add(by);
        for taking in self.takings.iter_mut().skip(1).filter(|taking| taking.open) {
            taking.version_most = taking.version_most.saturating_add(by);
        }
    }

    /// Every call that was not answered has taken effect, in what order is not known.
    pub(super) fn close_floating(&mut self) {
        for taking in self.takings.iter_mut().filter(|taking| taking.floating) {
            (taking.open, self.hollow) = (false, true);
        }
    }

    /// What became of an operation on a point is not known.
    pub(super) fn doubt(&mut self, point: usize) {
        if let Some(point) = self.points.get_mut(point) {
            point.doubtful = true;
        }
    }

    /// True where any of these points may have the package.
    pub(super) fn may_be_assigned(&self, mut points: impl Iterator<Item = usize>) -> bool {
        points.any(|point| {
            self.points.get(point).is_some_and(|point| point.assigned || point.doubtful)
        })
    }

    /// The version is certain, and as it was when it was certain before: no snapshot was taken since.
    pub(super) fn none_was_taken(&mut self) {
        if !self.takings.iter().any(|taking| taking.floating) {
            (_, self.hollow) = self.certain;
            self.takings.truncate(self.certain.0);
        }
    }

    /// The version is certain, and as high as it can be without a failed call that raised it: all were taken.
    pub(super) fn all_were_taken(&mut self) {
        let since = self.takings.iter_mut().skip(self.certain.0);
        for taking in since.filter(|taking| !taking.floating) {
            taking.sure = !taking.segments.is_empty();
            self.hollow = false;
        }
    }

    pub(super) fn note_certain(&mut self) {
        self.certain = (self.takings.len(), self.hollow);
    }

    fn push_segment(&mut self) {
        let held = self.source.map(|base| Held { base, added: self.added });
        self.segments.push(Segment { held });
        let last = self.segments.len() - 1;
        for taking in self.takings.iter_mut().filter(|taking| taking.open) {
            if held.is_some() {
                taking.segments.push(last);
            } else {
                taking.sure = false;
                self.hollow = true;
            }
        }
    }

    pub(super) fn note_source(&mut self, now: Option<ContentId>) {
        self.source = now;
        if !self.takings.is_empty() {
            self.push_segment();
        }
    }

    pub(super) fn add(&mut self, addition: usize) {
        self.added |= 1 << addition;
        self.push_segment();
    }

    pub(super) fn enter(&mut self, call: &Call, most: u32) {
        self.version_most = self.version_most.saturating_add(most);
        if call.end != CallEnd::Accepted || !call.always_readable {
            // It may be made before what waits is made.
            for taking in self.takings.iter_mut().skip(1).filter(|taking| taking.open) {
                taking.version_most = taking.version_most.saturating_add(most);
            }
        }
        self.after_failure |= call.end == CallEnd::Refused || !call.always_readable;
        if call.end == CallEnd::Refused {
            self.hollow |= most > 0;
            return;
        }
        let segments = match self.segments.last() {
            Some(Segment { held: Some(_) }) => vec![self.segments.len() - 1],
            _ => Vec::new(),
        };
        let sure = call.end == CallEnd::Accepted && !segments.is_empty() && call.has_source;
        self.after_failure &= !sure;
        self.hollow = !sure && (self.hollow || most > 0);
        let floating = call.end == CallEnd::Unanswered;
        let version_most = if floating { u32::MAX } else { self.version_most };
        self.takings.push(Taking { segments, open: true, floating, sure, version_most });
        self.points.iter_mut().for_each(|point| point.late = false);
        self.has_call = true;
    }

    pub(super) fn assign(&mut self, point: usize, class: &ClassEntry) {
        if let Some(point) = self.points.get_mut(point).filter(|point| !point.assigned) {
            (point.assigned, point.late) = (true, true);
            point.owed = class.points == Points::Promised;
        }
    }

    pub(super) fn remove(&mut self, point: usize) {
        if let Some(point) = self.points.get_mut(point) {
            point.leaving |= point.assigned;
            (point.assigned, point.owed) = (false, false);
        }
    }

    pub(super) fn remove_all(&mut self) {
        (0..self.points.len()).for_each(|point| self.remove(point));
    }

    pub(super) fn redistribute(&mut self, point: usize) {
        if let Some(point) = self.points.get_mut(point) {
            point.owed |= point.assigned;
        }
    }

    pub(super) fn cancel(&mut self, point: usize) {
        if let Some(point) = self.points.get_mut(point) {
            point.owed = false;
        }
    }

    pub(super) fn note_put(&mut self, class: &ClassEntry) {
        if class.points == Points::WhileUnchanged {
            self.points.iter_mut().for_each(|point| point.owed = false);
        }
    }

    /// What the points hold may go away and come back; where it certainly does, they are owed it again.
    pub(super) fn recreate(&mut self, class: &ClassEntry, certain: bool) {
        for point in self.points.iter_mut().filter(|point| point.assigned) {
            point.leaving = true;
            point.owed |= certain && class.points == Points::Promised;
        }
    }

    /// A version may be on its way that is owed to nobody.
    pub(super) fn disown(&mut self, class: &ClassEntry) {
        if class.points != Points::Promised {
            self.points.iter_mut().for_each(|point| point.owed = false);
        }
    }

    pub(super) fn owe(&mut self, class: &ClassEntry, touched: bool) {
        let owed = match class.points {
            Points::Promised => true,
            Points::WhileUnchanged => !touched,
            Points::NotPromised => false,
        };
        for point in self.points.iter_mut().filter(|point| point.assigned) {
            point.owed = owed;
        }
    }

    /// True where some point of these was assigned and is owed the newest content.
    pub(super) fn has_assigned(&self, points: impl Iterator<Item = usize>) -> bool {
        points.into_iter().any(|point| {
            self.points.get(point).is_some_and(|point| point.assigned && !point.doubtful)
        })
    }

    /// True where there is certainly content to deliver.
    pub(super) fn has_target(&self) -> bool {
        self.takings.iter().any(|taking| taking.sure && !taking.open)
    }

    /// True where the newest snapshot that could have been taken was taken, so that a point can be current.
    pub(super) fn newest_is_sure(&self) -> bool {
        let none_floats = !self.takings.iter().any(|taking| taking.floating && taking.open);
        none_floats
            && !self.hollow
            && self.takings.last().is_some_and(|taking| taking.sure && !taking.open)
    }

    /// The segments that are possible at `point`, at or after `from`.
    fn possible(
        &self,
        from: usize,
        least_taking: usize,
    ) -> impl Iterator<Item = (usize, usize)> + '_ {
        let takings = self.takings.iter().enumerate();
        let takings = takings.filter(move |(nth, taking)| *nth >= least_taking || taking.floating);
        takings.flat_map(move |(nth, taking)| {
            taking.segments.iter().filter(move |&&s| s >= from).map(move |&s| (nth, s))
        })
    }

    /// True where a snapshot of the segment could have held this; a source whose fate is unknown could hold anything.
    fn agrees(&self, segment: usize, held: Held) -> bool {
        let there = self.segments.get(segment).and_then(|segment| segment.held);
        there.is_some_and(|there| there == held || there.base == ContentId::UNKNOWN)
    }

    /// A point has the first version: its content was taken, and no later.
    fn first_was_taken(&mut self) {
        if let Some(first) = self.takings.first_mut() {
            (first.sure, first.open) = (true, false);
        }
    }

    /// The newest taking that certainly happened.
    fn newest_sure(&self) -> Option<usize> {
        self.takings.iter().rposition(|taking| taking.sure && !taking.open)
    }

    /// One taking is known to have had this content: others must agree with the order of time.
    fn fix(&mut self, nth: usize, held: Held) {
        let of = |s: usize, segments: &[Segment]| segments.get(s).and_then(|segment| segment.held);
        let segments = std::mem::take(&mut self.segments);
        if let Some(taking) = self.takings.get_mut(nth) {
            let could = |there: Held| there == held || there.base == ContentId::UNKNOWN;
            taking.segments.retain(|&s| of(s, &segments).is_some_and(could));
            taking.open = false;
            taking.sure = true;
            if taking.floating {
                self.segments = segments;
                return;
            }
            let (first, last) = (taking.segments.first().copied(), taking.segments.last().copied());
            let in_order = |(_, taking): &(usize, &mut Taking)| !taking.floating;
            for (other, taking) in self.takings.iter_mut().enumerate().filter(in_order) {
                if other < nth {
                    taking.segments.retain(|&s| last.is_none_or(|last| s <= last));
                } else if other > nth {
                    taking.segments.retain(|&s| first.is_none_or(|first| s >= first));
                }
            }
        }
        self.segments = segments;
    }
}

impl Ledger<'_> {
    pub(super) fn settle_contents(&mut self) {
        for taking in self.contents.takings.iter_mut().filter(|taking| !taking.floating) {
            taking.open = false;
        }
        self.contents.points.iter_mut().for_each(|point| point.said_pending = None);
        for point in self.contents.points.iter_mut().filter(|point| !point.assigned) {
            (point.leaving, point.floor, point.reported) = (false, None, 0);
            point.said_installed = false;
        }
        let newest = self
            .contents
            .newest_sure()
            .and_then(|nth| self.contents.takings.get(nth)?.segments.first().copied());
        for point in self.contents.points.iter_mut().filter(|point| point.assigned && point.owed) {
            point.leaving = false;
            point.floor = point.floor.max(newest);
        }
    }

    pub(super) fn read_content(&mut self, place: usize, point: usize, held: Option<Held>) {
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
                Some(held) if leaving => self.read_leaving(place, held),
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
    fn read_leaving(&mut self, place: usize, held: Held) {
        let could = self.contents.possible(0, 0).any(|(_, s)| self.contents.agrees(s, held));
        if !could && self.timeline.atomic_reads {
            self.facts.breach(ClauseId::Dst5, vec![place]);
        }
    }

    fn read_nothing(&mut self, place: usize, point: usize, row: &Point) {
        if row.leaving {
            if let Some(row) = self.contents.points.get_mut(point) {
                row.floor = None;
            }
            return;
        }
        let had = row.floor.is_some() || (row.said_installed && !self.bare);
        if had {
            let clause = if self.contents.after_failure { ClauseId::Flt6 } else { ClauseId::Dst5 };
            self.facts.breach(clause, vec![place]);
        } else if self.quiet && row.owed && self.contents.has_target() {
            self.facts.breach(Self::left_behind(row), vec![place]);
        }
    }

    /// A point has not got what it is owed: through a refresh, or through being added later.
    fn left_behind(row: &Point) -> ClauseId {
        if row.late { ClauseId::Dst10 } else { ClauseId::Dst1 }
    }

    fn read_something(&mut self, place: usize, point: usize, row: &Point, held: Held) {
        if !self.timeline.atomic_reads && !self.quiet {
            return;
        }
        let floor = row.floor.unwrap_or(0);
        let owed = if self.quiet && row.owed { self.contents.newest_sure() } else { None };
        let found: Vec<(usize, usize)> = self
            .contents
            .possible(floor, owed.unwrap_or(0))
            .filter(|&(_, s)| self.contents.agrees(s, held))
            .collect();
        let in_time = |nth: usize| {
            self.contents.takings.get(nth).is_some_and(|t| t.version_most >= row.reported)
        };
        let Some(least) = found.iter().map(|&(_, s)| s).min() else {
            let clause = self.diagnose(row, held, owed);
            return self.facts.breach(clause, vec![place]);
        };
        if !self.bare && !found.iter().any(|&(nth, _)| in_time(nth)) {
            return self.facts.breach(ClauseId::Dst4, vec![place]);
        }
        self.hold_content(row, held, owed.is_some());
        if let Some(row) = self.contents.points.get_mut(point) {
            row.floor = Some(least);
        }
        let first = found.first().map(|&(nth, _)| nth);
        if let Some(nth) = first.filter(|&nth| found.iter().all(|&(other, _)| other == nth)) {
            self.contents.fix(nth, held);
            if nth == 0 {
                self.status.trust_first();
            }
        }
        self.reconsider_pending(place);
    }

    /// What was said to be on its way with nothing left to do, before it was known that the newest had been made.
    pub(super) fn reconsider_pending(&mut self, place: usize) {
        if !self.quiet || !self.contents.newest_is_sure() {
            return;
        }
        for row in self.contents.points.iter_mut().filter(|row| row.assigned && row.owed) {
            if let Some(said) = row.said_pending.take().filter(|_| !row.doubtful) {
                self.facts.breach(ClauseId::Dst3, vec![said, place]);
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

    fn files(&self, held: Held) -> &Content {
        static EMPTY: Content = Content::new();
        self.table.get(held.base.0 as usize).unwrap_or(&EMPTY)
    }

    /// True where another content of the history, not one of this package's, has a file of these.
    fn is_shared(&self, files: &Content) -> bool {
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

    /// Names the clause that a content breaks which no snapshot explains.
    fn diagnose(&self, row: &Point, held: Held, owed: Option<usize>) -> ClauseId {
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

    pub(super) fn read_point(&mut self, place: usize, point: usize, status: PointStatus) {
        let Some(row) = self.contents.points.get(point).cloned() else { return };
        if self.unsure || row.doubtful || self.presence == Presence::Unsure {
            return;
        }
        if !row.assigned {
            let leaving = row.leaving && !self.quiet;
            return match status.state {
                PointState::None => self.facts.hold(ClauseId::Dst2),
                _ if leaving => {}
                _ => self.facts.breach(ClauseId::Dst2, vec![place]),
            };
        }
        let version = status.version.map(|version| version.0);
        let newest = self.versions.low();
        let must = self.quiet && row.owed && self.contents.newest_is_sure();
        if status.state == PointState::None {
            if row.reported > 0 {
                self.facts.breach(ClauseId::Ver12, vec![place]);
            } else if self.quiet && row.owed && (self.has_source || !self.contents.has_call) {
                self.facts.breach(ClauseId::Dst3, vec![place]);
            }
            return;
        }
        if version.is_some_and(|version| version > self.versions.high()) {
            return self.facts.breach(ClauseId::Ver11, vec![place]);
        }
        if version.is_some_and(|version| version < row.reported) {
            return self.facts.breach(ClauseId::Ver12, vec![place]);
        }
        if !status.state.is_installed() {
            return self.read_pending(place, point, must, version, row.reported);
        }
        let most = self.contents.most_with_content();
        if !self.bare
            && (!self.contents.could_have_content()
                || version.is_some_and(|version| version > most))
        {
            return self.facts.breach(ClauseId::Dst4, vec![place]);
        }
        if must && version.is_some_and(|version| version < newest) {
            return self.facts.breach(ClauseId::Dst3, vec![place]);
        }
        if must {
            self.facts.hold(ClauseId::Dst3);
        }
        if let Some(row) = self.contents.points.get_mut(point) {
            row.said_installed = true;
        }
        if let Some(version) = version {
            self.facts.hold(ClauseId::Ver11);
            self.facts.hold(ClauseId::Ver12);
            self.versions.evidence(version, true);
            self.note_at_site(point, version);
            self.has_version(point, version);
        }
    }

    /// A point certainly has this version.
    fn has_version(&mut self, point: usize, version: u32) {
        if version == 1 && self.class.increments && !self.bare {
            self.contents.first_was_taken();
            self.status.trust_first();
        }
        if let Some(row) = self.contents.points.get_mut(point) {
            row.reported = row.reported.max(version);
            row.said_installed = true;
        }
    }

    fn read_pending(
        &mut self,
        place: usize,
        point: usize,
        must: bool,
        version: Option<u32>,
        reported: u32,
    ) {
        self.facts.ask(Question::PendingReport);
        if must {
            return self.facts.breach(ClauseId::Dst3, vec![place]);
        }
        if let Some(row) = self.contents.points.get_mut(point).filter(|_| self.quiet) {
            row.said_pending = Some(place);
        }
        if let Some(version) = version {
            let old = !self.bare
                && version <= reported
                && !self.permits(Question::PendingReport, b::OLD_VERSION);
            if old {
                self.facts.breach(ClauseId::Dst3, vec![place]);
            }
            let held = !self.permits(Question::PendingReport, b::NEW_VERSION) && !self.bare;
            // Who has the newest version and nothing to wait for has it installed.
            let done = self.quiet && version >= self.versions.low() && self.contents.is_owed(point);
            if held && (done || !self.contents.could_have_content()) {
                self.facts.breach(ClauseId::Dst3, vec![place]);
            }
            self.versions.evidence(version, held);
            if held {
                self.has_version(point, version);
            }
        }
    }

    fn note_at_site(&mut self, point: usize, version: u32) {
        let site = self.timeline.points.get(point).map_or(0, |&(_, site)| site);
        self.sites.note_installed(site, version);
    }
}

impl Contents {
    /// True while the first version's content may still be taken.
    pub(super) fn first_is_open(&self) -> bool {
        self.takings.first().is_some_and(|taking| taking.open)
    }

    fn is_owed(&self, point: usize) -> bool {
        self.points.get(point).is_some_and(|point| point.assigned && point.owed)
    }

    /// True where the first version's content may not have been readable, and nothing else was asked for.
    pub(super) fn first_may_have_failed(&self) -> bool {
        !self.has_call && self.takings.first().is_some_and(|taking| !taking.sure)
    }

    /// The highest version that can have content.
    fn most_with_content(&self) -> u32 {
        let with = self.takings.iter().filter(|taking| !taking.segments.is_empty());
        with.map(|taking| taking.version_most).max().unwrap_or(0)
    }

    /// A failure shows before anything was asked: the first version has no content.
    pub(super) fn first_was_not_taken(&mut self) {
        if let Some(first) = self.takings.first_mut().filter(|first| !first.sure) {
            first.segments.clear();
            first.open = false;
        }
    }

    /// True where some snapshot may have been taken.
    fn could_have_content(&self) -> bool {
        self.takings.iter().any(|taking| !taking.segments.is_empty())
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
fn hidden_change(old: &Content, new: &Content) -> bool {
    let same_size = |(path, record): (&crate::words::FilePath, &crate::words::FileRecord)| {
        new.get(path).is_some_and(|now| now.size == record.size && now.sha256 != record.sha256)
    };
    let renamed = |(path, record): (&crate::words::FilePath, &crate::words::FileRecord)| {
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
