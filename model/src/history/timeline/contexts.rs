//! Which `ContextID`s the calls of a history named, and when; and what one package's calls and reads are about by that. What a
//! status should be is not known here.

use super::{ContextArgument, ContextUse, Outcome};
use crate::history::History;
use crate::operation::Operation;
use crate::words::FileRecord;
use std::collections::BTreeMap;

/// When each `ContextID` was named, in order. Made once a history, shared by all its timelines.
#[derive(Default)]
pub(super) struct Contexts<'a>(BTreeMap<&'a str, Vec<u64>>);

impl<'a> Contexts<'a> {
    pub(super) fn of(history: &'a History) -> Self {
        let mut contexts = Self::default();
        for event in &history.events {
            if let Operation::Refresh { context: Some(context), .. } = &event.operation {
                contexts.0.entry(context).or_default().push(event.invoked);
            }
        }
        for times in contexts.0.values_mut() {
            times.sort_unstable();
        }
        contexts
    }

    /// How many calls, of whatever package, had named it by then.
    fn named_before(&self, context: &str, then: u64) -> usize {
        self.0.get(context).map_or(0, |times| times.partition_point(|&at| at < then))
    }
}

/// What the calls of one package named, up to one of its events.
pub(super) struct Given<'a> {
    by_all: &'a Contexts<'a>,
    known: Vec<&'a str>,
    /// The one whose status the newest work has; none where it is not sure that it was taken.
    last: Option<&'a str>,
}

impl<'a> Given<'a> {
    pub(super) fn none_of(by_all: &'a Contexts<'a>) -> Self {
        Self { by_all, known: Vec::new(), last: None }
    }

    /// Notes what is asked for.
    pub(super) fn note(&mut self, operation: &'a Operation<FileRecord>, outcome: Outcome) {
        match operation {
            Operation::Refresh { context, .. } => {
                self.last = context.as_deref().filter(|_| outcome == Outcome::Done);
            }
            Operation::Put { .. }
            | Operation::AddContent { .. }
            | Operation::Create { .. }
            | Operation::Delete { .. } => self.last = None,
            _ => {}
        }
    }

    /// What the argument of a call is that was made then.
    pub(super) fn argument(&mut self, context: Option<&'a str>, then: u64) -> ContextArgument {
        match context {
            None => ContextArgument::Absent,
            Some("") => ContextArgument::Empty,
            Some(id) if self.known.contains(&id) => ContextArgument::Reused,
            Some(id) => {
                self.known.push(id);
                let is_another_s = self.by_all.named_before(id, then) > 0;
                if is_another_s { ContextArgument::OfAnother } else { ContextArgument::Fresh }
            }
        }
    }

    /// What was done with one whose status a read has returned: the method that tells it names no package, so that another's
    /// may be meant. The empty one may be none.
    pub(super) fn use_of(&self, context: &str, returned: u64) -> ContextUse {
        match self.by_all.named_before(context, returned) {
            _ if context.is_empty() => ContextUse::Before,
            0 => ContextUse::Never,
            1 if self.last == Some(context) => ContextUse::Last,
            _ => ContextUse::Before,
        }
    }
}
