//! What the source folders hold in the course of a history. What a package makes of it is not known here.

use super::{ContentId, Numbers};
use crate::history::History;
use crate::index::EventIndex;
use crate::operation::{Change, FaultKind, Operation};
use crate::reply::Reply;
use crate::words::{Content, FileRecord, SourceName};
use std::collections::BTreeMap;

/// Every change of every source: after which event it is in which state.
pub(super) struct SourceStates<'a> {
    changes: BTreeMap<&'a SourceName, Vec<(EventIndex, Option<ContentId>)>>,
    /// From which event on nobody knows whether a source is there: making it absent or bringing it back was not
    /// confirmed.
    lost: BTreeMap<&'a str, EventIndex>,
    /// From which event on a source's files are too many to be told.
    beyond: BTreeMap<&'a str, EventIndex>,
}

impl<'a> SourceStates<'a> {
    pub(super) fn of(history: &'a History, numbers: &mut Numbers) -> Self {
        struct Now {
            content: Option<Content>,
            present: bool,
        }
        let mut now: BTreeMap<&str, Now> = BTreeMap::new();
        let (mut lost, mut beyond) = (BTreeMap::new(), BTreeMap::new());
        let mut changes: BTreeMap<&SourceName, Vec<(EventIndex, Option<ContentId>)>> =
            BTreeMap::new();
        let names: BTreeMap<&str, &SourceName> = history
            .events
            .iter()
            .flat_map(|event| source_names(&event.operation))
            .map(|n| (n.as_str(), n))
            .collect();
        for (place, event) in history.indexed_events() {
            let target = match &event.operation {
                Operation::Edit { source, .. } => source.as_str(),
                Operation::Fault { kind: FaultKind::SourceAbsent, target }
                | Operation::Heal { kind: FaultKind::SourceAbsent, target } => target.as_str(),
                _ => continue,
            };
            let done = matches!(event.reply, Reply::Ok(_));
            if matches!(event.reply, Reply::Unsupported(_)) {
                continue;
            }
            let entry =
                now.entry(target).or_insert(Now { content: Some(Content::new()), present: true });
            match &event.operation {
                Operation::Edit { changes, .. } if done => {
                    entry.content = entry.content.take().map(|files| edited(files, changes));
                }
                Operation::Fault { .. } if done => entry.present = false,
                Operation::Heal { .. } if done => entry.present = true,
                Operation::Edit { .. } => entry.content = None,
                _ => {
                    lost.entry(target).or_insert(place);
                }
            }
            let state = entry.present.then(|| {
                let Some(files) = &entry.content else { return ContentId::UNKNOWN };
                numbers.number_within_bounds(files).unwrap_or_else(|| {
                    beyond.entry(target).or_insert(place);
                    ContentId::UNKNOWN
                })
            });
            if let Some(name) = names.get(target) {
                changes.entry(name).or_default().push((place, state));
            }
        }
        Self { changes, lost, beyond }
    }

    /// From which event on nobody knows whether one of these sources is there.
    pub(super) fn lost(&self, sources: &[SourceName]) -> Option<EventIndex> {
        sources.iter().filter_map(|source| self.lost.get(source.as_str()).copied()).min()
    }

    /// From which event on the files of one of these sources are too many to be told.
    pub(super) fn beyond(&self, sources: &[SourceName]) -> Option<EventIndex> {
        sources.iter().filter_map(|source| self.beyond.get(source.as_str()).copied()).min()
    }

    /// The states of one source, each with the event after which it holds.
    pub(super) fn of_source(&self, source: &SourceName) -> &[(EventIndex, Option<ContentId>)] {
        self.changes.get(source).map_or(&[], Vec::as_slice)
    }
}

pub(super) fn source_names<F>(operation: &Operation<F>) -> Vec<&SourceName> {
    match operation {
        Operation::Edit { source, .. } => vec![source],
        Operation::Create { source, .. } => source.iter().collect(),
        Operation::Put { properties, .. } => properties.source.iter().collect(),
        Operation::Refresh { .. }
        | Operation::SetSchedule { .. }
        | Operation::Assign { .. }
        | Operation::Remove { .. }
        | Operation::Redistribute { .. }
        | Operation::Cancel { .. }
        | Operation::Delete { .. }
        | Operation::AddDriver { .. }
        | Operation::AddContent { .. }
        | Operation::Fault { .. }
        | Operation::Heal { .. }
        | Operation::Clock { .. }
        | Operation::Package { .. }
        | Operation::Site { .. }
        | Operation::Point { .. }
        | Operation::Content { .. }
        | Operation::Context { .. }
        | Operation::Operable { .. }
        | Operation::Idle {} => Vec::new(),
    }
}

/// The files after the changes.
#[must_use]
pub fn edited(mut files: Content, changes: &[Change<FileRecord>]) -> Content {
    for change in changes {
        match change {
            Change::Write { path, file, .. } => {
                files.insert(path.clone(), *file);
            }
            Change::Delete { path } => {
                files.remove(path);
            }
            Change::Rename { from, to } => {
                if let Some(file) = files.remove(from) {
                    files.insert(to.clone(), file);
                }
            }
        }
    }
    files
}
