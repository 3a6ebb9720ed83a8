//! What happened: a header that makes the record self-sufficient, then events in the recorder's order.
//!
//! Order comes from ordinals, never from time stamps. Reading and writing files is not done here.

mod declare;
mod event;
mod header;
mod notation;
mod quiescent;
pub mod timeline;
mod tree;

use crate::index::{EventIndex, Index};
use crate::operation::{FaultKind, Operation};
use crate::reply::Reply;
pub use event::{End, Event, EventLine, Line, Settled, SettledBy};
pub use header::{
    Bounds, Capabilities, Completes, Header, Identity, SourceMode, Synthesised, Time,
};
pub use notation::NotationError;
pub use tree::{PointEntry, SiteEntry, Tree};

/// One plan's history: a header and the events under it, in the order of their `invoked` ordinals.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// What the events are about.
    pub header: Header,
    /// The operations.
    pub events: Vec<Event>,
    /// The instants at which nothing was left to be done.
    pub settled: Vec<Settled>,
}

impl History {
    /// The events, each with its place.
    pub fn indexed_events(&self) -> impl Iterator<Item = (EventIndex, &Event)> {
        self.events.iter().enumerate().map(|(number, event)| (EventIndex::of(number), event))
    }

    /// The event at a place.
    #[must_use]
    pub fn event(&self, at: EventIndex) -> Option<&Event> {
        self.events.get(at.number())
    }

    /// The history up to the first fault that is not one of a source; none where it records no such fault. Of what a
    /// point that is down or a link that is broken does to the promises, no clause knows yet.
    #[must_use]
    pub fn before_faults(&self) -> Option<Self> {
        let strikes = |event: &Event| {
            matches!(event.operation, Operation::Fault { kind, .. } if kind != FaultKind::SourceAbsent)
                && !matches!(event.reply, Reply::Unsupported(_))
        };
        let place = self.events.iter().position(strikes)?;
        let (sound, faulty) = self.events.split_at(place);
        let until = faulty.first().map_or(u64::MAX, |fault| fault.invoked);
        let settled = self.settled.iter().filter(|settled| settled.at < until).copied();
        Some(Self {
            header: self.header.clone(),
            events: sound.to_vec(),
            settled: settled.collect(),
        })
    }
}
