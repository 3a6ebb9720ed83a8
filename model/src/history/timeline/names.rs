//! What one package's operations name: its class, its sources, and what was added to it. Names become indices.

use super::Timeline;
use super::sources::source_names;
use crate::index::EventIndex;
use crate::operation::Operation;
use crate::words::FileRecord;

/// How many additions there may be: one bit each in [`super::Held`].
const ADDITIONS: usize = 64;

/// Collects the names before anything is told in them. What comes back is the event of the first addition that is one
/// too many.
pub(super) fn collect_names(
    timeline: &mut Timeline,
    events: &[(EventIndex, &Operation<FileRecord>)],
) -> Option<EventIndex> {
    let mut beyond = None;
    for &(place, operation) in events {
        for name in source_names(operation) {
            if !timeline.sources.contains(name) {
                timeline.sources.push(name.clone());
            }
        }
        match operation {
            Operation::Create { class, .. } => timeline.class = timeline.class.or(Some(*class)),
            Operation::AddDriver { path, file, .. } | Operation::AddContent { path, file, .. } => {
                let addition = (path.clone(), *file);
                if timeline.additions.contains(&addition) {
                    continue;
                }
                if timeline.additions.len() < ADDITIONS {
                    timeline.additions.push(addition);
                } else {
                    beyond = beyond.or(Some(place));
                }
            }
            Operation::Edit { .. }
            | Operation::Put { .. }
            | Operation::Refresh { .. }
            | Operation::SetSchedule { .. }
            | Operation::Assign { .. }
            | Operation::Remove { .. }
            | Operation::Redistribute { .. }
            | Operation::Cancel { .. }
            | Operation::Delete { .. }
            | Operation::Fault { .. }
            | Operation::Heal { .. }
            | Operation::Clock { .. }
            | Operation::Package { .. }
            | Operation::Site { .. }
            | Operation::Point { .. }
            | Operation::Content { .. }
            | Operation::Context { .. }
            | Operation::Operable { .. }
            | Operation::Idle {} => {}
        }
    }
    let addressed = |(_, operation): &(_, &Operation<FileRecord>)| match operation {
        Operation::Refresh { class, .. } => *class,
        _ => None,
    };
    timeline.class = timeline.class.or_else(|| events.iter().find_map(addressed));
    beyond
}
