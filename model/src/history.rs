//! What happened: a header that makes the record self-sufficient, then events in the recorder's order.
//!
//! Order comes from ordinals, never from time stamps. Reading and writing files is not done here.

mod declare;
mod event;
mod header;
mod notation;
pub mod timeline;

pub use event::{End, Event, EventLine, Line, Settled, SettledBy};
pub use header::{
    Bounds, Capabilities, Completes, Header, Identity, PointEntry, SiteEntry, SourceMode,
    Synthesised, Time, Tree,
};
pub use notation::NotationError;

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
