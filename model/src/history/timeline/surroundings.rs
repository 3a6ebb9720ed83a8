//! What a package's timeline needs to know of the rest of its history: what other packages' sources held, and which
//! files were written without a trace in their time. Made once a history, shared by all its timelines.

use super::{Act, ContentId, Timeline};
use crate::history::History;
use crate::index::{List, PackageIndex};
use crate::operation::{Change, Operation};
use crate::words::{Content, FilePath, FileRecord};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Whose sources held a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    /// One package's alone.
    One(PackageIndex),
    /// Several packages'.
    Several,
}

/// The rest of a history, as far as one package's timeline asks for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings {
    files: BTreeMap<FileRecord, Holder>,
    names: BTreeMap<FilePath, Holder>,
    kept_time: BTreeSet<(FilePath, FileRecord)>,
}

impl Surroundings {
    pub(super) fn of(
        history: &History,
        timelines: &List<PackageIndex, Timeline>,
        contents: &[Content],
    ) -> Self {
        let mut holders: BTreeMap<ContentId, Holder> = BTreeMap::new();
        for (package, timeline) in timelines.indexed() {
            for content in timeline.moments.iter().filter_map(|moment| source_state(&moment.act)) {
                let holder = holders.entry(content).or_insert(Holder::One(package));
                if *holder != Holder::One(package) {
                    *holder = Holder::Several;
                }
            }
        }
        let (mut files, mut names) = (BTreeMap::new(), BTreeMap::new());
        for (content, &holder) in &holders {
            for (path, record) in contents.get(content.0 as usize).into_iter().flatten() {
                held_by(&mut files, *record, holder);
                held_by(&mut names, path.clone(), holder);
            }
        }
        Self { files, names, kept_time: kept_time(history) }
    }
}

/// The rest of a history, as one of its packages sees it.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    /// Which package it is.
    package: PackageIndex,
    all: Arc<Surroundings>,
}

impl Neighbours {
    pub(super) fn new(package: PackageIndex, all: Arc<Surroundings>) -> Self {
        Self { package, all }
    }

    /// True where another package's source had a file of this name, or with these bytes.
    #[must_use]
    pub fn have(&self, path: &FilePath, record: &FileRecord) -> bool {
        let other = |holder: &Holder| *holder != Holder::One(self.package);
        self.all.files.get(record).is_some_and(other) || self.all.names.get(path).is_some_and(other)
    }

    /// True where a file with these bytes was written under this name and its modification time stayed.
    #[must_use]
    pub fn kept_time(&self, path: &FilePath, record: &FileRecord) -> bool {
        self.all.kept_time.contains(&(path.clone(), *record))
    }
}

fn held_by<T: Ord>(known: &mut BTreeMap<T, Holder>, what: T, holder: Holder) {
    let first = known.entry(what).or_insert(holder);
    if *first != holder {
        *first = Holder::Several;
    }
}

fn source_state(act: &Act) -> Option<ContentId> {
    if let Act::Source { state, .. } = act { *state } else { None }
}

fn kept_time(history: &History) -> BTreeSet<(FilePath, FileRecord)> {
    let mut kept = BTreeSet::new();
    for event in &history.events {
        let Operation::Edit { changes, .. } = &event.operation else { continue };
        for change in changes {
            if let Change::Write { path, file, keep_time: true } = change {
                kept.insert((path.clone(), *file));
            }
        }
    }
    kept
}
