//! What follows from a prefix of a timeline, if it is right: bounds of the version, which snapshots may hold what, what
//! each point and site may have, whether a failure must show. It knows no clause and judges nothing.
//!
//! [`Knowledge::learn`] takes events in order, each only after the clauses have found nothing wrong with it: what is
//! wrong is never learned from. It shares no rule with [`crate::step`] beyond those of [`crate::rules`]; that the two
//! agree is tested through [`crate::oracle`].

mod call;
mod calls;
mod changes;
mod failure;
mod owed;
mod package;
mod points;
mod questions;
mod reads;
mod resolve;
mod sites;
mod snapshots;
mod sources;
mod superseded;
mod versions;

pub(crate) use call::{Call, CallEnd, CallKind};
pub(crate) use failure::Failure;
pub(crate) use package::Presence;
pub(crate) use points::{Incomplete, Point};
pub(crate) use sites::Site;

use crate::classes::ClassEntry;
use crate::history::timeline::{Act, Held, Moment, Timeline};
use crate::index::{List, MomentIndex, PointIndex, SiteIndex};
use crate::readings::{Behaviour, Question, Readings};
use crate::words::{Content, PackageClass};
use failure::Failures;
use package::Package;
use questions::Questions;
use snapshots::Snapshots;
use std::collections::BTreeMap;
use versions::Versions;

/// What is known of one package at one instant of its timeline.
pub(crate) struct Knowledge<'a> {
    pub(crate) timeline: &'a Timeline,
    /// The contents that the timeline numbers.
    table: &'a [Content],
    pub(crate) readings: &'a Readings,
    /// The questions that were put so far.
    questions: Questions,
    pub(crate) package: Package,
    /// The calls since the version was last certain.
    calls: Vec<Call>,
    pub(crate) versions: Versions,
    pub(crate) snapshots: Snapshots,
    places: Places,
    pub(crate) failures: Failures,
}

/// What is known of each point, and of each site.
#[derive(Debug)]
struct Places {
    points: List<PointIndex, Point>,
    sites: List<SiteIndex, Site>,
    /// The reads that said, with nothing left to do, that a point has not got what it is owed: wrong, should there turn
    /// out to be something to get.
    incomplete: BTreeMap<PointIndex, Incomplete>,
    /// Something was asked of another package since all was quiescent: a point may be busy with that.
    busy: bool,
    /// A package of the same id was deleted before this one was created, and points and sites may still show it.
    leftovers: bool,
}

impl<'a> Knowledge<'a> {
    /// Nothing has happened yet.
    pub(crate) fn new(
        timeline: &'a Timeline,
        table: &'a [Content],
        readings: &'a Readings,
    ) -> Self {
        Self {
            timeline,
            table,
            readings,
            questions: Questions::default(),
            package: Package::new(timeline.sources.len()),
            calls: Vec::new(),
            versions: Versions::default(),
            snapshots: Snapshots::default(),
            places: Places {
                points: vec![Point::default(); timeline.points.len()].into(),
                sites: vec![Site::default(); timeline.sites.len()].into(),
                incomplete: BTreeMap::new(),
                busy: false,
                leftovers: false,
            },
            failures: Failures::default(),
        }
    }

    /// The class; a package that was never created counts as a regular one.
    pub(crate) fn class(&self) -> &'static ClassEntry {
        self.timeline.class.unwrap_or(PackageClass::Package).entry()
    }

    pub(crate) fn permits<B: Behaviour>(&self, behaviour: B) -> bool {
        self.readings.permits(behaviour)
    }

    /// The questions that the timeline put.
    pub(crate) fn into_asked(self) -> Vec<Question> {
        self.questions.into_asked()
    }

    fn ask(&mut self, question: Question) {
        self.questions.ask(question);
    }

    /// A question that the next read of a version answers.
    fn raise(&mut self, question: Question) {
        self.questions.raise(question);
    }

    /// True while nothing is left to do.
    pub(crate) fn is_quiescent(&self) -> bool {
        self.package.quiescent
    }

    /// True while a point may be busy with another package.
    pub(crate) fn is_busy_elsewhere(&self) -> bool {
        self.places.busy
    }

    /// A site that shows this package, and not one of the same id that was deleted before.
    pub(crate) fn site(&self, site: SiteIndex) -> Option<&Site> {
        self.places.sites.get(site).filter(|_| !self.places.leftovers)
    }

    /// The files that a number stands for.
    pub(crate) fn files(&self, held: Held) -> &Content {
        static EMPTY: Content = Content::new();
        self.table.get(held.base.0 as usize).unwrap_or(&EMPTY)
    }

    /// The files with the additions among them.
    pub(crate) fn all_files(&self, held: Held) -> Content {
        let mut files = self.files(held).clone();
        for (addition, (path, record)) in self.timeline.additions.indexed() {
            if addition.is_in(held.added) {
                files.insert(path.clone(), *record);
            }
        }
        files
    }

    /// Learns from an event that breaks nothing. `place` is its place in the timeline.
    pub(crate) fn learn(&mut self, place: MomentIndex, moment: &Moment) {
        match &moment.act {
            Act::ReadPackage(status) => self.learn_package(place, status.as_ref()),
            Act::ReadSite { site, status } => self.learn_site(*site, *status),
            Act::ReadPoint { point, status } => self.learn_point(place, *point, *status),
            Act::ReadContent { point, held } => self.learn_content(place, *point, *held),
            Act::ReadContext { .. } => {}
            Act::ReadOperable(_) => self.learn_operable(),
            Act::Settled => self.learn_quiescence(),
            Act::Refresh { .. } => self.learn_refresh(place, moment),
            Act::Create { .. }
            | Act::Source { .. }
            | Act::Put { .. }
            | Act::SetSchedule { .. }
            | Act::Assign { .. }
            | Act::Remove { .. }
            | Act::Redistribute { .. }
            | Act::Cancel { .. }
            | Act::Delete
            | Act::Add { .. }
            | Act::Elsewhere => self.learn_change(place, &moment.act, moment.outcome),
        }
        let sourceless = self.package.is_here() && !self.package.has_source();
        self.package.emptied |= sourceless && moment.act.moves_content(moment.outcome);
    }

    fn learn_quiescence(&mut self) {
        (self.places.busy, self.places.leftovers) = (false, false);
        match self.package.presence {
            Presence::Leaving | Presence::Clearing => self.package.presence = Presence::Gone,
            Presence::Here if !self.package.quiescent => {
                self.note_processed();
                self.close_calls();
                self.versions.settle();
                self.settle_contents();
                self.settle_sites();
                self.failures.settle();
                self.resolve_unanswered();
                self.forget_superseded();
            }
            Presence::Here | Presence::Never | Presence::Gone | Presence::Unsure => {}
        }
        // What was not answered may still take effect, and then something is left to do again.
        self.package.quiescent = !self.has_unanswered() && !self.package.point_unanswered;
    }
}
