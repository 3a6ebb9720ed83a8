//! What is known of contents: the states that the source went through, the snapshots that may have been taken of them,
//! and the points that may show them. How each comes to be known is in the files below.

mod assignments;
mod diagnosis;
mod read_back;
mod reported;
mod snapshots;

use super::Ledger;
use crate::clauses::ClauseId;
use crate::history::timeline::{ContentId, Held};

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
    /// What it held went away, and may come back at another version.
    vanished: bool,
    /// The least segment that it can hold, once content was read there.
    floor: Option<usize>,
    /// The highest version that it reported as installed.
    reported: u32,
    /// The least version that it can have, by what was read or had to arrive; it can report no older one, unless its
    /// status lags.
    least: u32,
    /// It said that it has the package installed, with or without a version, while that meant content.
    said_installed: bool,
    /// The read that said, with nothing left to do, that it has not got what it is owed, and the clause that this
    /// breaks should there turn out to be something to get.
    said_incomplete: Option<(usize, ClauseId)>,
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
}

impl Ledger<'_> {
    pub(super) fn settle_contents(&mut self) {
        for taking in self.contents.takings.iter_mut().filter(|taking| !taking.floating) {
            taking.open = false;
        }
        if self.versions.low() == self.versions.high() && self.none_is_hollow() {
            self.contents.all_were_taken();
        }
        self.contents.points.iter_mut().for_each(|point| point.said_incomplete = None);
        let current = if self.contents.newest_is_sure() { self.versions.low() } else { 0 };
        for point in self.contents.points.iter_mut().filter(|point| !point.assigned) {
            point.least = 0;
            (point.leaving, point.floor, point.reported) = (false, None, 0);
            point.said_installed = false;
        }
        let newest = self
            .contents
            .newest_sure()
            .and_then(|nth| self.contents.takings.get(nth)?.segments.first().copied());
        for point in self.contents.points.iter_mut().filter(|point| point.assigned && point.owed) {
            point.leaving = false;
            point.least = point.least.max(current);
            point.floor = point.floor.max(newest);
        }
    }
}
