//! The snapshots that were, or may have been, taken: of which stretch of time, in which order, and which are certain.
//! What was read of them is in [`super::read_back`] and [`super::reported`].

use super::{Contents, Segment, Taking};
use crate::clauses::facts::calls::{Call, CallEnd};
use crate::history::timeline::{ContentId, Held};

impl Contents {
    pub(in crate::clauses::facts) fn snapshot_now(&self) -> Option<Held> {
        self.segments.last().and_then(|segment| segment.held)
    }

    /// What the newest snapshot holds, where only one content is possible.
    pub(in crate::clauses::facts) fn newest_known(&self) -> Option<Held> {
        let taking = self.takings.iter().rev().find(|taking| taking.sure)?;
        let mut held = taking.segments.iter().filter_map(|&s| self.segments.get(s)?.held);
        let first = held.next()?;
        held.all(|other| other == first).then_some(first)
    }

    /// The package is created: the first version's content is to be taken.
    pub(in crate::clauses::facts) fn open(&mut self, source: Option<ContentId>, has_source: bool) {
        self.takings.push(Taking {
            segments: Vec::new(),
            open: true,
            floating: false,
            sure: has_source,
            version_most: 1,
        });
        self.note_source(source, false);
    }

    /// An open call can raise the version by more than was thought.
    pub(in crate::clauses::facts) fn widen(&mut self, by: u32) {
        self.version_most = self.version_most.saturating_add(by);
        for taking in self.takings.iter_mut().skip(1).filter(|taking| taking.open) {
            taking.version_most = taking.version_most.saturating_add(by);
        }
    }

    /// Every call that was not answered has taken effect, in what order is not known.
    pub(in crate::clauses::facts) fn close_floating(&mut self) {
        for taking in self.takings.iter_mut().filter(|taking| taking.floating) {
            (taking.open, self.hollow) = (false, true);
        }
    }

    /// The version is certain, and as it was when it was certain before: no snapshot was taken since.
    pub(in crate::clauses::facts) fn none_was_taken(&mut self) {
        if !self.takings.iter().any(|taking| taking.floating) {
            (_, self.hollow) = self.certain;
            self.takings.truncate(self.certain.0);
        }
    }

    /// The version is certain, and as high as it can be without a failed call that raised it: all were taken.
    pub(in crate::clauses::facts) fn all_were_taken(&mut self) {
        let since = self.takings.iter_mut().skip(self.certain.0);
        for taking in since.filter(|taking| !taking.floating) {
            taking.sure = !taking.segments.is_empty();
            self.hollow = false;
        }
    }

    /// The newest snapshot that was asked for failed.
    pub(in crate::clauses::facts) fn last_was_not_taken(&mut self) {
        if let Some(last) = self.takings.last_mut() {
            last.segments.clear();
            (last.open, last.sure) = (false, false);
        }
    }

    /// The newest snapshot that was asked for was taken, and so were those before it, if ever.
    pub(in crate::clauses::facts) fn last_was_taken(&mut self) {
        if let Some(last) = self.takings.last_mut() {
            last.sure = !last.segments.is_empty();
        }
        self.takings.iter_mut().for_each(|taking| taking.open = false);
    }

    pub(in crate::clauses::facts) fn note_certain(&mut self) {
        self.certain = (self.takings.len(), self.hollow);
    }

    /// `certain`: what was asked for while the source was there will be taken, now or when the source is back.
    fn push_segment(&mut self, certain: bool) {
        let held = self.source.map(|base| Held { base, added: self.added });
        self.segments.push(Segment { held });
        let last = self.segments.len() - 1;
        for (nth, taking) in self.takings.iter_mut().enumerate().filter(|(_, taking)| taking.open) {
            if held.is_some() {
                taking.segments.push(last);
            } else if nth == 0 || !certain {
                taking.sure = false;
                self.hollow |= nth > 0;
            }
        }
    }

    /// The source changed; see [`Self::push_segment`] for what is certain.
    pub(in crate::clauses::facts) fn note_source(&mut self, now: Option<ContentId>, certain: bool) {
        self.source = now;
        if !self.takings.is_empty() {
            self.push_segment(certain);
        }
    }

    pub(in crate::clauses::facts) fn add(&mut self, addition: usize, replaces: u64, certain: bool) {
        self.added = (self.added & !replaces) | 1 << addition;
        self.push_segment(certain);
    }

    pub(in crate::clauses::facts) fn enter(&mut self, call: &Call, most: u32) {
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
        self.hollow = !sure && (self.hollow || (most > 0 && call.may_be_hollow));
        let floating = call.end == CallEnd::Unanswered;
        let version_most = if floating { u32::MAX } else { self.version_most };
        self.takings.push(Taking { segments, open: true, floating, sure, version_most });
        self.points.iter_mut().for_each(|point| point.late = false);
        self.has_call = true;
    }

    /// True where there is certainly content to deliver.
    pub(in crate::clauses::facts) fn has_target(&self) -> bool {
        self.takings.iter().any(|taking| taking.sure && !taking.open)
    }

    /// True where the newest version has content, whichever snapshot made it, so that a point can be current.
    pub(in crate::clauses::facts) fn newest_is_sure(&self) -> bool {
        let none_floats = !self.takings.iter().any(|taking| taking.floating && taking.open);
        none_floats && !self.hollow && self.takings.iter().any(|taking| taking.sure && !taking.open)
    }

    /// The newest taking that certainly happened.
    pub(super) fn newest_sure(&self) -> Option<usize> {
        self.takings.iter().rposition(|taking| taking.sure && !taking.open)
    }

    /// The segments that are possible at `point`, at or after `from`.
    pub(super) fn possible(
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
    pub(super) fn agrees(&self, segment: usize, held: Held) -> bool {
        let there = self.segments.get(segment).and_then(|segment| segment.held);
        there.is_some_and(|there| there == held || there.base == ContentId::UNKNOWN)
    }

    /// A point has the first version: its content was taken, and no later.
    pub(super) fn first_was_taken(&mut self) {
        if let Some(first) = self.takings.first_mut() {
            (first.sure, first.open) = (true, false);
        }
    }

    /// True where the first version's content was certainly taken.
    pub(in crate::clauses::facts) fn has_first(&self) -> bool {
        self.takings.first().is_some_and(|taking| taking.sure)
    }

    /// True where this is the newest snapshot that was asked for, and not the first.
    pub(super) fn is_last(&self, nth: usize) -> bool {
        nth > 0 && nth + 1 == self.takings.len()
    }

    /// True while the first version's content may still be taken.
    pub(in crate::clauses::facts) fn first_is_open(&self) -> bool {
        self.takings.first().is_some_and(|taking| taking.open)
    }

    /// True where the first version's content may not have been readable, and nothing else was asked for.
    pub(in crate::clauses::facts) fn first_may_have_failed(&self) -> bool {
        !self.has_call && self.takings.first().is_some_and(|taking| !taking.sure)
    }

    /// A failure shows before anything was asked: the first version has no content.
    pub(in crate::clauses::facts) fn first_was_not_taken(&mut self) {
        if let Some(first) = self.takings.first_mut().filter(|first| !first.sure) {
            first.segments.clear();
            first.open = false;
        }
    }

    /// The highest version that can have content.
    pub(super) fn most_with_content(&self) -> u32 {
        let with = self.takings.iter().filter(|taking| !taking.segments.is_empty());
        with.map(|taking| taking.version_most).max().unwrap_or(0)
    }

    /// True where some snapshot may have been taken.
    pub(super) fn could_have_content(&self) -> bool {
        self.takings.iter().any(|taking| !taking.segments.is_empty())
    }

    /// One taking is known to have had this content: others must agree with the order of time.
    pub(super) fn fix(&mut self, nth: usize, held: Held) {
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
