//! One package's part of a history: its own operations, those of the sources it depends on, and the settled events.
//!
//! Names become indices and contents become numbers, so that clauses and the oracle compare integers.
//! It knows what was asked and answered, and nothing of what should have been.

mod acts;
mod between;
mod builder;
mod contents;
mod contexts;
mod moment;
mod names;
mod places;
mod sources;
mod surroundings;
mod written;

pub use contents::{ContentId, Held, MOST_FILES, Numbers};
pub use moment::{Act, ContextArgument, ContextUse, Moment, Moves, NEVER, Outcome, Writes};
pub use sources::edited;
pub use surroundings::Neighbours;

use super::History;
use crate::index::{
    AdditionIndex, EventIndex, List, MomentIndex, PackageIndex, PointIndex, SiteIndex, SourceIndex,
};
use crate::words::{
    Content, FilePath, FileRecord, PackageClass, PackageId, PointName, SiteCode, SourceName,
};
use between::Between;
use builder::Builder;
use contexts::Contexts;
use places::Places;
use sources::SourceStates;
use std::collections::BTreeMap;
use std::sync::Arc;
use surroundings::Surroundings;

/// A package's timeline.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The package.
    pub package: PackageId,
    /// Its class; none where the history neither creates it nor addresses it through a class.
    pub class: Option<PackageClass>,
    /// The points of the tree, and at which site each is.
    pub points: Arc<List<PointIndex, (PointName, SiteIndex)>>,
    /// The sites of the tree; the first owns the package.
    pub sites: Arc<List<SiteIndex, SiteCode>>,
    /// The sources that the package ever had.
    pub sources: List<SourceIndex, SourceName>,
    /// Its additions, in the order of their bits.
    pub additions: List<AdditionIndex, (FilePath, FileRecord)>,
    /// What is to be known of the rest of the history.
    pub neighbours: Neighbours,
    /// The moments, by invocation; none after a fault of one of the sources that was not confirmed, because whether
    /// the source is there can then be neither known nor judged.
    pub moments: List<MomentIndex, Moment>,
    /// How far it tells.
    pub extent: Extent,
    /// What the adapter said of its reads.
    pub declared: Declared,
}

/// How far a timeline tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// To the end.
    Whole,
    /// Up to the addition that is one too many: each has a bit.
    UpToAdditions,
    /// Up to where the sources and the points have had more files than can be kept.
    UpToFiles,
    /// Not at all: two moments overlap, unknown replies apart.
    Overlapping,
}

/// What an adapter said of its reads.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// A content read never sees half a switch.
    pub atomic_reads: bool,
    /// A failure that shows is really looked up.
    pub shows_failure: bool,
}

/// All the timelines of a history, with the contents that they number.
#[derive(Clone, Debug)]
pub struct Timelines {
    /// The distinct contents.
    pub contents: Vec<Content>,
    /// One timeline for every package that the history names.
    pub list: List<PackageIndex, Timeline>,
}

impl Timelines {
    /// Splits a history into the timelines of its packages.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let naming = Naming::of(history);
        let mut numbers = Numbers::default();
        let edits = SourceStates::of(history, &mut numbers);
        let between = Between::of(history);
        let places = Places::of(&history.header.tree);
        let contexts = Contexts::of(history);
        let mut list: List<PackageIndex, Timeline> = naming
            .packages
            .iter()
            .map(|(package, events)| {
                Builder::new(history, package, events, &places, &contexts, &mut numbers)
                    .build(&edits, &between)
            })
            .collect();
        let surroundings = Arc::new(Surroundings::of(history, &list, numbers.contents()));
        for (package, timeline) in list.indexed_mut() {
            timeline.neighbours = Neighbours::new(package, Arc::clone(&surroundings));
        }
        Self { contents: numbers.into_contents(), list }
    }
}

impl Timeline {
    /// Its class; a package that is addressed through no class at all counts as a regular one.
    #[must_use]
    pub fn class(&self) -> PackageClass {
        self.class.unwrap_or(PackageClass::Package)
    }
}

/// Which events name which package.
struct Naming<'a> {
    packages: BTreeMap<&'a PackageId, Vec<EventIndex>>,
}

impl<'a> Naming<'a> {
    fn of(history: &'a History) -> Self {
        let mut packages: BTreeMap<&PackageId, Vec<EventIndex>> = BTreeMap::new();
        for (place, event) in history.indexed_events() {
            if let Some(package) = event.operation.package() {
                packages.entry(package).or_default().push(place);
            }
        }
        Self { packages }
    }
}
