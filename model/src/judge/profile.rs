//! What a class must have shown before "nothing was broken" means anything of it, and what a whole run must have.

use super::Case;
use super::refused::refused_without_cause;
use crate::history::timeline::{Act, ContentId, ContextArgument, Held, Moment, Outcome};
use crate::history::{Completes, History};
use crate::index::{PointIndex, SourceIndex};
use crate::operation::OperationKind;
use crate::reply::{Answer, Reply};
use crate::words::{PackageClass, SourceVersion};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that a class must have shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A refresh returned 0, and a higher version or its content was seen after it.
    Processed,
    /// Two points of one package had the content of its latest refresh, which was another than before, at once.
    TwoPointsCurrent,
    /// Files were read back from a point.
    ReadBack,
    /// A refresh that had to fail was asked for, and its failure showed.
    FailureShown,
}

impl Evidence {
    /// All of it.
    pub const ALL: [Self; 4] =
        [Self::Processed, Self::TwoPointsCurrent, Self::ReadBack, Self::FailureShown];

    /// What was not seen, in a report.
    #[must_use]
    pub fn lacking(self) -> &'static str {
        match self {
            Self::Processed => "no refresh that was processed",
            Self::TwoPointsCurrent => "never two points at once with the latest content",
            Self::ReadBack => "no content read back",
            Self::FailureShown => "no failure that was asked for and shown",
        }
    }
}

/// What was shown, by class; and of the whole run what was asked and answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    shown: BTreeMap<PackageClass, BTreeSet<Evidence>>,
    /// The classes of which a refresh found no source, so that how that shows is to be seen.
    found_no_source: BTreeSet<PackageClass>,
    /// True where a call on a package that does not exist was refused.
    refused_unknown: bool,
    /// Of each kind of operation: how often it was asked for, and how often it succeeded.
    asked: BTreeMap<OperationKind, (usize, usize)>,
    /// Of each kind of operation: how often it was refused though nothing stood in its way.
    refused: BTreeMap<OperationKind, usize>,
    /// Reads that the adapter answered with an error of its own.
    unread: usize,
    /// True where somebody said, once at least, that nothing was left to do.
    settled: bool,
}

impl Profile {
    pub(super) fn see(&mut self, history: &History, cases: &[&Case]) {
        for case in cases {
            let class = case.timeline.class();
            let look = Look::through(&case.timeline.moments);
            self.shown.entry(class).or_default().extend(look.shown);
            self.found_no_source.extend(look.failures.found_no_source.then_some(class));
            self.refused_unknown |= look.failures.refused_unknown;
            for kind in refused_without_cause(&case.timeline) {
                *self.refused.entry(kind).or_default() += 1;
            }
        }
        self.settled |= !history.quiescent_instants().is_empty();
        let all_at_once = history.header.capabilities.completes == Completes::AtReturn;
        for event in &history.events {
            let (kind, succeeded) = (event.operation.kind(), is_success(&event.reply));
            // Where all is done when a call returns there is nothing to cancel, and an error is one answer to that.
            if kind != OperationKind::Cancel || succeeded || !all_at_once {
                let count = self.asked.entry(kind).or_default();
                count.0 += 1;
                count.1 += usize::from(succeeded);
            }
            let unread = kind.is_read() && matches!(event.reply, Reply::AdapterError(_));
            self.unread += usize::from(unread);
        }
    }

    /// Adds what was shown elsewhere.
    pub(super) fn join(&mut self, other: &Self) {
        for (class, shown) in &other.shown {
            self.shown.entry(*class).or_default().extend(shown);
        }
        self.found_no_source.extend(&other.found_no_source);
        self.refused_unknown |= other.refused_unknown;
        for (kind, (asked, succeeded)) in &other.asked {
            let count = self.asked.entry(*kind).or_default();
            *count = (count.0 + asked, count.1 + succeeded);
        }
        for (kind, times) in &other.refused {
            *self.refused.entry(*kind).or_default() += times;
        }
        self.unread += other.unread;
        self.settled |= other.settled;
    }

    /// What a class has not shown; empty where it reaches the profile. Where no source can be taken away, a call on a
    /// package that does not exist is the failure that was asked for.
    #[must_use]
    pub fn lacking(&self, class: PackageClass) -> Vec<Evidence> {
        let shown = self.shown.get(&class);
        let has = |evidence: &Evidence| {
            let stands_in = *evidence == Evidence::FailureShown
                && self.refused_unknown
                && !self.found_no_source.contains(&class);
            shown.is_some_and(|shown| shown.contains(evidence) || stands_in)
        };
        Evidence::ALL.into_iter().filter(|evidence| !has(evidence)).collect()
    }

    /// What the class that comes nearest to the profile has not shown; empty where one reaches it.
    #[must_use]
    pub fn missing(&self) -> Vec<Evidence> {
        let lacking = self.shown.keys().map(|&class| self.lacking(class));
        lacking.min_by_key(Vec::len).unwrap_or_else(|| Evidence::ALL.to_vec())
    }

    /// The operations that were asked for and never succeeded, with how often they were asked for.
    pub(super) fn never_done(&self) -> impl Iterator<Item = (OperationKind, usize)> + '_ {
        let failed = self.asked.iter().filter(|(_, (_, succeeded))| *succeeded == 0);
        failed.map(|(&kind, &(asked, _))| (kind, asked))
    }

    /// The operations that succeeded and were refused all the same though nothing stood in their way, with how often.
    pub(super) fn refused_without_cause(
        &self,
    ) -> impl Iterator<Item = (OperationKind, usize)> + '_ {
        let succeeded = |kind| self.asked.get(kind).is_some_and(|&(_, succeeded)| succeeded > 0);
        self.refused
            .iter()
            .filter(move |(kind, _)| succeeded(kind))
            .map(|(&kind, &times)| (kind, times))
    }

    /// How many reads the adapter answered with an error of its own.
    pub(super) fn unread(&self) -> usize {
        self.unread
    }

    /// True where nobody ever said that nothing was left to do, though something was asked for.
    pub(super) fn is_never_settled(&self) -> bool {
        !self.settled && self.asked.contains_key(&OperationKind::Refresh)
    }
}

/// What is answered as asked: a refresh with 0.
fn is_success(reply: &Reply<Answer>) -> bool {
    match reply {
        Reply::Ok(Answer::Refreshed(value)) => value.is_success(),
        Reply::Ok(_) => true,
        Reply::Error(_) | Reply::Unsupported(_) | Reply::Unknown(_) | Reply::AdapterError(_) => {
            false
        }
    }
}

/// What one package shows, learned moment by moment.
#[derive(Default)]
struct Look {
    own: Option<SourceIndex>,
    sources: BTreeMap<SourceIndex, Option<ContentId>>,
    version: Option<SourceVersion>,
    is_here: bool,
    last: LastRefresh,
    failures: Failures,
    assigned: BTreeSet<PointIndex>,
    current: BTreeSet<PointIndex>,
    shown: BTreeSet<Evidence>,
}

/// The last refresh that returned 0.
#[derive(Default)]
struct LastRefresh {
    /// There was one.
    made: bool,
    /// The version that was last read before it.
    before: Option<SourceVersion>,
    /// The content that it found, and the one before it.
    wanted: Option<ContentId>,
    replaced: Option<ContentId>,
}

/// What was asked for that had to fail.
#[derive(Default)]
struct Failures {
    /// The last refresh found a source that cannot be read.
    failing: bool,
    /// One did.
    found_no_source: bool,
    /// A call on a package that does not exist was refused.
    refused_unknown: bool,
}

impl Look {
    fn through(moments: &[Moment]) -> Self {
        let mut look = Self::default();
        for moment in moments {
            look.at(moment);
        }
        look
    }

    /// What the package's own source holds; none where it has none, or where that cannot be read.
    fn source(&self) -> Option<ContentId> {
        self.own.and_then(|own| self.sources.get(&own).copied().flatten())
    }

    /// True where the package has a source that cannot be read.
    fn is_unreadable(&self) -> bool {
        self.own.is_some_and(|own| self.sources.get(&own) == Some(&None))
    }

    fn at(&mut self, moment: &Moment) {
        let done = moment.outcome == Outcome::Done;
        match &moment.act {
            Act::Source { source, state } => drop(self.sources.insert(*source, *state)),
            Act::Create { source, .. } if done => {
                (self.own, self.is_here) = (*source, true);
                self.last.wanted = self.source();
            }
            Act::Put { source, .. } if done => self.own = source.or(self.own),
            Act::Assign { point } if done => drop(self.assigned.insert(*point)),
            Act::Remove { point } => {
                self.assigned.remove(point);
                self.current.remove(point);
            }
            Act::Delete => (self.assigned, self.current) = Default::default(),
            Act::Refresh { context, at_owner, own_class } => {
                let is_plain = *context == ContextArgument::Absent && *at_owner && *own_class;
                self.refresh(moment.outcome, is_plain);
            }
            Act::ReadPackage(Some(status)) => {
                self.read_package(status.version, status.failure.is_some());
            }
            Act::ReadContent { point, held: Some(held) } => self.read_content(*point, *held),
            _ => {}
        }
    }

    /// A refusal shows a failure only where nothing but the source stood in the way of the call.
    fn refresh(&mut self, outcome: Outcome, is_plain: bool) {
        let is_unreadable = self.is_unreadable();
        self.failures.failing = is_unreadable;
        self.failures.found_no_source |= is_unreadable;
        self.failures.refused_unknown |=
            !self.is_here && matches!(outcome, Outcome::NonZero | Outcome::Error);
        match outcome {
            Outcome::Done if !is_unreadable => {
                self.current.clear();
                self.last.replaced = self.last.wanted;
                self.last.wanted = self.source();
                (self.last.before, self.last.made) = (self.version, true);
            }
            Outcome::NonZero | Outcome::Error if is_unreadable && is_plain => {
                self.shown.insert(Evidence::FailureShown);
            }
            Outcome::Done | Outcome::NonZero | Outcome::Error | Outcome::Unknown => {}
        }
    }

    fn read_package(&mut self, version: SourceVersion, failed: bool) {
        if self.failures.failing && failed {
            self.shown.insert(Evidence::FailureShown);
        }
        if self.last.made && self.last.before.is_some_and(|before| version > before) {
            self.shown.insert(Evidence::Processed);
        }
        self.version = Some(version);
    }

    fn read_content(&mut self, point: PointIndex, held: Held) {
        if held.base != ContentId::EMPTY {
            self.shown.insert(Evidence::ReadBack);
        }
        let is_new = self.last.made && self.last.wanted != self.last.replaced;
        if !is_new || self.last.wanted != Some(held.base) || !self.assigned.contains(&point) {
            self.current.remove(&point);
            return;
        }
        self.shown.insert(Evidence::Processed);
        self.current.insert(point);
        if self.current.len() > 1 {
            self.shown.insert(Evidence::TwoPointsCurrent);
        }
    }
}
