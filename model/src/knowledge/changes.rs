//! What an operation other than a refresh changes of what is known: the package, its source, its points.

use super::failure::Failures;
use super::points::Point;
use super::sites::Site;
use super::snapshots::Snapshots;
use super::versions::Versions;
use super::{CallKind, Knowledge, Presence};
use crate::history::timeline::{Act, Moves, Outcome};
use crate::index::{MomentIndex, PointIndex, SourceIndex};
use crate::readings::{Question, behaviour as b};
use crate::words::SourceFlag;

/// The properties that a `Put` writes, as far as anything follows from them.
#[derive(Clone, Copy)]
struct Write {
    source: Option<SourceIndex>,
    flag: Option<SourceFlag>,
    moves: Moves,
    refresh: bool,
}

impl Knowledge<'_> {
    pub(super) fn learn_change(&mut self, place: MomentIndex, act: &Act, outcome: Outcome) {
        if let Act::Source { source, state } = act {
            if let Some(slot) = self.package.sources.get_mut(*source) {
                *slot = *state;
            }
            return self.note_source(*source);
        }
        if self.has_no_effect_but_refusal(act) {
            self.versions.since.version_written = true;
            self.package.properties_written = true;
            return self.note_put();
        }
        let done = outcome == Outcome::Done;
        if let Some(point) = point_of(act).filter(|_| !done) {
            self.doubt_point(point);
            self.versions.since.point_changed = true;
            self.package.point_unanswered |= outcome == Outcome::Unknown;
            self.package.quiescent = false;
            return;
        }
        let is_there = self.package.is_here() && outcome == Outcome::Error;
        if is_there && matches!(act, Act::Create { .. }) {
            return;
        }
        if !done && !matches!(act, Act::SetSchedule { .. }) {
            (self.package.unsure, self.package.quiescent) = (true, false);
            if matches!(act, Act::Create { .. } | Act::Delete) {
                self.package.presence = Presence::Unsure;
            }
            return;
        }
        if let Act::Create { class: _, source, flag } = act {
            self.create(place, *source, self.class().source_flag.unwrap_or(*flag));
        } else if self.package.is_here() {
            self.change_package(place, act);
        } else if let (Presence::Leaving, Act::Assign { point }) = (self.package.presence, act)
            && let Some(row) = self.places.points.get_mut(*point)
        {
            // A package that is being deleted may still be given a point, which goes with it.
            row.leaving = true;
        }
    }

    /// A write of what no client can write: answered or refused, nothing may come of it.
    fn has_no_effect_but_refusal(&self, act: &Act) -> bool {
        let pinned = self.class().source_flag.is_some();
        match act {
            Act::Put {
                source: None,
                flag,
                moves: Moves::No,
                version,
                refresh: false,
                writes: _,
            } => (*version && flag.is_none()) || (pinned && flag.is_some()),
            _ => false,
        }
    }

    fn create(&mut self, place: MomentIndex, source: Option<SourceIndex>, flag: SourceFlag) {
        if self.package.is_here() {
            return;
        }
        self.package.unsure |= self.has_unanswered();
        self.places.leftovers =
            matches!(self.package.presence, Presence::Leaving | Presence::Clearing);
        if self.package.presence != Presence::Never {
            self.forget_the_past();
        }
        self.package.presence = Presence::Here;
        (self.package.source, self.package.flag) = (source, flag);
        self.package.quiescent = false;
        self.versions = Versions::created(place);
        self.package.was_sourceless = !self.package.has_source();
        self.package.emptied = false;
        self.snapshots.open(self.package.source_now(), self.package.has_source());
        self.doubt_first_version();
    }

    /// A package that was deleted and is created again has no past.
    fn forget_the_past(&mut self) {
        self.package.properties_written = false;
        self.calls.clear();
        self.snapshots = Snapshots::default();
        self.places.incomplete.clear();
        self.places.points = vec![Point::default(); self.timeline.points.len()].into();
        self.places.sites = vec![Site::default(); self.timeline.sites.len()].into();
        self.failures = Failures::default();
    }

    fn change_package(&mut self, place: MomentIndex, act: &Act) {
        match act {
            Act::Put { source, flag, moves, version, refresh, writes: _ } => {
                let (source, flag, moves, refresh) = (*source, *flag, *moves, *refresh);
                self.put(place, Write { source, flag, moves, refresh });
                self.versions.since.version_written |= *version;
            }
            Act::Assign { point } => {
                self.note_point_change();
                self.assign(*point);
            }
            Act::Remove { point } => {
                self.note_point_change();
                self.remove(*point);
            }
            Act::Redistribute { point } => {
                self.package.quiescent = false;
                self.versions.since.redistributed = true;
                self.redistribute(*point);
            }
            Act::Cancel { point } => {
                if !self.package.quiescent {
                    self.cancel(*point);
                }
                self.note_point_change();
            }
            Act::Delete => {
                self.package.presence = Presence::Leaving;
                self.package.quiescent = false;
                self.remove_all();
            }
            Act::Add { addition, replaces, driver: _, refresh_points } => {
                self.snapshots.add(*addition, *replaces, self.acceptance_is_certain());
                self.note_earlier_sources();
                if *refresh_points {
                    self.accept_or_make_nothing(place, CallKind::Addition);
                }
            }
            Act::Elsewhere => self.places.busy = true,
            // No schedule fires yet, and the others are learned elsewhere.
            Act::SetSchedule { .. }
            | Act::Create { .. }
            | Act::Source { .. }
            | Act::Refresh { .. }
            | Act::ReadPackage(_)
            | Act::ReadSite { .. }
            | Act::ReadPoint { .. }
            | Act::ReadContent { .. }
            | Act::ReadContext { .. }
            | Act::ReadOperable(_)
            | Act::Settled => {}
        }
    }

    fn note_point_change(&mut self) {
        self.package.quiescent = false;
        self.versions.since.point_changed = true;
    }

    fn put(&mut self, place: MomentIndex, write: Write) {
        self.package.properties_written = true;
        let had = (self.package.source, self.package.has_source());
        if let (None, Some(flag)) = (self.class().source_flag, write.flag) {
            self.package.flag = flag;
        }
        self.package.source = write.source.or(self.package.source);
        let has_source = self.package.has_source();
        self.package.was_sourceless |= !has_source;
        self.package.emptied |= had.1 && !has_source && !self.package.quiescent;
        if had != (self.package.source, has_source) {
            self.snapshots.note_moved(had.0.filter(|_| had.1), !(had.1 && has_source));
        }
        if write.source.is_some() || had.1 != has_source {
            self.snapshots.note_source(self.package.source_now(), false);
            self.reconsider_open_calls(had.1 != has_source);
            self.note_earlier_sources();
        }
        self.doubt_first_version();
        self.note_put();
        if write.moves != Moves::No {
            self.put_path(place, write.moves == Moves::Yes);
        }
        if write.refresh {
            self.accept_or_make_nothing(place, CallKind::Flag);
        }
    }

    fn put_path(&mut self, place: MomentIndex, certain: bool) {
        self.raise(Question::PutPath);
        let (recreates, raises) =
            (self.permits(b::PutPath::Recreated), self.permits(b::PutPath::PlusOne));
        if recreates {
            self.recreate(certain && self.readings.demands(b::PutPath::Recreated));
            self.package.quiescent = false;
        }
        if recreates || raises {
            self.accept_path(place, certain);
        }
    }
}

/// The point that an operation is about.
fn point_of(act: &Act) -> Option<PointIndex> {
    match act {
        Act::Assign { point }
        | Act::Remove { point }
        | Act::Redistribute { point }
        | Act::Cancel { point } => Some(*point),
        _ => None,
    }
}
