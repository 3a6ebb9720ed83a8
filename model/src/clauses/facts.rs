//! What a timeline shows of each clause: one pass, kept as bounds. The second statement of the specification.
//!
//! Where `step` asks which runs are possible, this asks what must hold between what was asked and what was read:
//! how far the version may have moved, which contents a point may show, what a status must say. It shares no rule
//! with [`crate::step`]; that they agree is tested through [`crate::oracle`].
//!
//! A timeline whose calls overlap is not measured yet: every clause is silent on it.

mod calls;
mod changes;
mod contents;
mod fate;
mod replies;
mod sites;
mod versions;

pub(super) use calls::Call;

use super::ClauseId;
use crate::classes::ClassEntry;
use crate::history::timeline::{Act, ContentId, Moment, Timeline};
use crate::readings::{Question, Readings};
use crate::words::{Content, PackageClass, SourceFlag};
use contents::Contents;
use sites::Sites;
use std::collections::BTreeMap;
use versions::Versions;

/// What one clause's check found in one timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// How many obligations were met.
    pub held: u32,
    /// The obligations that were not: for each, the places of the moments that show it, the last being the breach.
    pub broken: Vec<Vec<usize>>,
}

/// Everything measured in one timeline under some readings.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    findings: BTreeMap<ClauseId, Finding>,
    /// The questions that the timeline put.
    pub asked: Vec<Question>,
}

impl Facts {
    /// Measures a timeline. `contents` are those that it numbers.
    #[must_use]
    pub fn of(timeline: &Timeline, contents: &[Content], readings: &Readings) -> Self {
        if timeline.overlaps {
            return Self::default();
        }
        let mut ledger = Ledger::new(timeline, contents, readings);
        for place in 0..timeline.moments.len() {
            ledger.take(place);
        }
        ledger.facts
    }

    /// What was found for one clause.
    #[must_use]
    pub fn finding(&self, clause: ClauseId) -> Finding {
        self.findings.get(&clause).cloned().unwrap_or_default()
    }

    /// Every clause of which something was found.
    pub fn findings(&self) -> impl Iterator<Item = (ClauseId, &Finding)> {
        self.findings.iter().map(|(&clause, finding)| (clause, finding))
    }

    fn hold(&mut self, clause: ClauseId) {
        self.findings.entry(clause).or_default().held += 1;
    }

    fn breach(&mut self, clause: ClauseId, moments: Vec<usize>) {
        self.findings.entry(clause).or_default().broken.push(moments);
    }

    fn ask(&mut self, question: Question) {
        if !self.asked.contains(&question) {
            self.asked.push(question);
        }
    }
}

/// Whether the package is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    Never,
    Here,
    Leaving,
    Gone,
    /// An operation without an answer may have made or deleted it.
    Unsure,
}

/// The pass over a timeline: what is known so far.
struct Ledger<'a> {
    timeline: &'a Timeline,
    table: &'a [Content],
    readings: &'a Readings,
    class: &'static ClassEntry,
    facts: Facts,
    presence: Presence,
    /// True while nothing is left to do.
    quiet: bool,
    /// True once a call that is not a refresh had no answer, or an error: what it changed is not known.
    unsure: bool,
    /// True once an operation on a point had no answer: it may still take effect.
    point_unanswered: bool,
    touched: bool,
    source: Option<usize>,
    flag: SourceFlag,
    has_source: bool,
    /// True once the package was without a source: its points may have a version of nothing.
    bare: bool,
    sources: Vec<Option<ContentId>>,
    calls: Vec<Call>,
    versions: Versions,
    contents: Contents,
    sites: Sites,
    status: replies::Status,
}

impl<'a> Ledger<'a> {
    fn new(timeline: &'a Timeline, table: &'a [Content], readings: &'a Readings) -> Self {
        let class = timeline.class.unwrap_or(PackageClass::Package).entry();
        Self {
            timeline,
            table,
            readings,
            class,
            facts: Facts::default(),
            presence: Presence::Never,
            quiet: true,
            unsure: false,
            point_unanswered: false,
            touched: false,
            source: None,
            flag: SourceFlag::NoSource,
            has_source: false,
            bare: false,
            sources: vec![Some(ContentId::EMPTY); timeline.sources.len()],
            calls: Vec::new(),
            versions: Versions::default(),
            contents: Contents::new(timeline.points.len()),
            sites: Sites::new(timeline.sites.len()),
            status: replies::Status::default(),
        }
    }

    fn permits(&self, question: Question, behaviour: u8) -> bool {
        self.readings.permits(question, behaviour)
    }

    fn moment(&self, place: usize) -> Option<&'a Moment> {
        self.timeline.moments.get(place)
    }

    /// What the package's source holds; none while it is absent, and where there is none.
    fn source_now(&self) -> Option<ContentId> {
        let source = self.source.filter(|_| self.flag.has_source())?;
        self.sources.get(source).copied().flatten()
    }

    fn is_here(&self) -> bool {
        self.presence == Presence::Here
    }

    /// Takes one moment into account.
    fn take(&mut self, place: usize) {
        let Some(moment) = self.moment(place) else { return };
        match &moment.act {
            Act::ReadPackage(status) => self.read_package(place, status.as_ref()),
            Act::ReadSite { site, status } => self.read_site(place, *site, *status),
            Act::ReadPoint { point, status } => self.read_point(place, *point, *status),
            Act::ReadContent { point, held } => self.read_content(place, *point, *held),
            Act::ReadContext(status) => self.read_context(place, *status),
            Act::ReadOperable(operable) => self.read_operable(place, *operable),
            Act::Settled => self.settle(),
            Act::Refresh { .. } => self.refresh(place, moment),
            act => self.change(place, act, moment.outcome),
        }
    }

    fn settle(&mut self) {
        match self.presence {
            Presence::Leaving => self.presence = Presence::Gone,
            Presence::Here if !self.quiet => {
                self.close_calls();
                self.settle_versions();
                self.settle_contents();
                self.settle_sites();
                self.settle_status();
                self.resolve_unanswered();
            }
            _ => {}
        }
        // What was not answered may still take effect, and then something is left to do again.
        self.quiet = !self.has_unanswered() && !self.point_unanswered;
    }
}
