//! Refusals without a cause: an operation on things that exist is answered with an error, though nothing stood in its way
//! that a document knows. For `RefreshPkgSource` that is IF-16. No page promises it of the other operations, so nothing
//! is broken; but what a refused operation would have shown is not known, and a run with one proves less than it seems to.
//! Where a cause may have been there that cannot be seen, there is one.

use crate::classes::Additions;
use crate::history::timeline::{
    Act, ContentId, ContextArgument, Extent, Moment, Outcome, Timeline,
};
use crate::index::{PointIndex, SourceIndex};
use crate::operation::OperationKind;
use crate::rules::{Addressing, obstacles, schedule_is_allowed};
use crate::words::{PackageClass, SourceFlag};
use std::collections::{BTreeMap, BTreeSet};

/// The operations that were refused without a cause, each as often as it was.
pub(super) fn refused_without_cause(timeline: &Timeline) -> Vec<OperationKind> {
    let mut standing = Standing::new(timeline.class());
    let mut refused = Vec::new();
    if timeline.extent == Extent::Overlapping {
        return refused;
    }
    for moment in &timeline.moments {
        match moment.outcome {
            Outcome::Done => standing.takes(&moment.act),
            Outcome::Error => refused.extend(standing.wrongly_refuses(moment)),
            // Whether it had an effect nobody knows, and what follows may have its cause there.
            Outcome::Unknown => return refused,
            Outcome::NonZero => {}
        }
    }
    refused
}

/// What may stand in the way of an operation on one package.
struct Standing {
    class: PackageClass,
    /// True from its creation to its deletion.
    here: bool,
    ever: bool,
    own: Option<SourceIndex>,
    /// None where it was left to the implementation.
    flag: Option<SourceFlag>,
    sources: BTreeMap<SourceIndex, Option<ContentId>>,
    assigned: BTreeSet<PointIndex>,
}

impl Standing {
    fn new(class: PackageClass) -> Self {
        Self {
            class,
            here: false,
            ever: false,
            own: None,
            flag: None,
            sources: BTreeMap::new(),
            assigned: BTreeSet::new(),
        }
    }

    fn takes(&mut self, act: &Act) {
        match act {
            Act::Create { source, flag, .. } => {
                (self.here, self.ever) = (true, true);
                (self.own, self.flag) = (*source, Some(*flag));
            }
            Act::Source { source, state } => drop(self.sources.insert(*source, *state)),
            Act::Put { source, flag, .. } => {
                // Whether another source brings its flag with it is left to the implementation.
                self.flag = flag.or(if source.is_some() { None } else { self.flag });
                self.own = source.or(self.own);
            }
            Act::Assign { point } => drop(self.assigned.insert(*point)),
            Act::Remove { point } => drop(self.assigned.remove(point)),
            Act::Delete => {
                self.here = false;
                self.assigned.clear();
            }
            Act::Refresh { .. }
            | Act::SetSchedule { .. }
            | Act::Redistribute { .. }
            | Act::Cancel { .. }
            | Act::Add { .. }
            | Act::ReadPackage(_)
            | Act::ReadSite { .. }
            | Act::ReadPoint { .. }
            | Act::ReadContent { .. }
            | Act::ReadContext { .. }
            | Act::ReadOperable(_)
            | Act::Elsewhere
            | Act::Settled => {}
        }
    }

    /// The operation, where nothing stood in its way.
    fn wrongly_refuses(&self, moment: &Moment) -> Option<OperationKind> {
        let (kind, is_free) = match &moment.act {
            Act::Create { class, source, flag } => {
                let fits = class.entry().source_flag.is_none_or(|pinned| pinned == *flag);
                let plain = (source.is_some() && *flag == SourceFlag::Direct)
                    || (source.is_none() && *flag == SourceFlag::NoSource);
                let free =
                    !self.ever && fits && plain && source.is_none_or(|source| self.is_read(source));
                (OperationKind::Create, free)
            }
            Act::Assign { point } => {
                let free = self.has_content() && !self.assigned.contains(point);
                (OperationKind::Assign, free)
            }
            Act::Remove { point } => (OperationKind::Remove, self.assigned.contains(point)),
            Act::Redistribute { point } => {
                let free = self.has_content() && self.assigned.contains(point);
                (OperationKind::Redistribute, free)
            }
            Act::Put { source, flag, version, refresh, .. } => {
                let free = !*version
                    && flag.is_none()
                    && source.is_none_or(|source| self.is_read(source))
                    && (!*refresh || (source.is_none() && self.may_be_refreshed()));
                (OperationKind::Put, free)
            }
            Act::SetSchedule { tokens } => {
                // Whether a schedule of nothing may be written where none is legal is said nowhere.
                let is_direct = self.flag == Some(SourceFlag::Direct);
                let allowed = is_direct && schedule_is_allowed(*tokens, SourceFlag::Direct);
                (OperationKind::SetSchedule, allowed)
            }
            Act::Add { driver: true, .. } => {
                (OperationKind::AddDriver, self.class.entry().additions == Additions::Drivers)
            }
            Act::Add { refresh_points, .. } => {
                let free = self.class.entry().additions == Additions::Content
                    && (!*refresh_points || self.has_content());
                (OperationKind::AddContent, free)
            }
            Act::Delete => (OperationKind::Delete, true),
            // IF-16 asks it of a refresh; whether anything is left to be cancelled cannot be seen.
            Act::Refresh { .. } | Act::Cancel { .. } => return None,
            Act::Source { .. }
            | Act::ReadPackage(_)
            | Act::ReadSite { .. }
            | Act::ReadPoint { .. }
            | Act::ReadContent { .. }
            | Act::ReadContext { .. }
            | Act::ReadOperable(_)
            | Act::Elsewhere
            | Act::Settled => return None,
        };
        let is_there = self.here || kind == OperationKind::Create;
        (is_there && is_free).then_some(kind)
    }

    /// True where the source can be read.
    fn is_read(&self, source: SourceIndex) -> bool {
        self.sources.get(&source).is_some_and(Option::is_some)
    }

    /// True where a call at the owner, without a parameter, would find nothing in its way.
    fn may_be_refreshed(&self) -> bool {
        let plain =
            Addressing { context: ContextArgument::Absent, at_owner: true, own_class: true };
        self.has_content() && obstacles(self.class.entry(), plain, true).is_empty()
    }

    /// True where the package is read directly from a source that can be read.
    fn has_content(&self) -> bool {
        self.flag == Some(SourceFlag::Direct) && self.own.is_some_and(|own| self.is_read(own))
    }
}
