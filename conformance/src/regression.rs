//! From release to release: what a run leaves for the next one to be compared with, and what differs. It compares what
//! was found, never durations, and what was seen too rarely to tell is no difference.

mod compare;
mod saved;
#[cfg(test)]
mod tests;

pub use compare::{Against, Difference, Kind, compare};
pub use saved::{BadSaved, Made, SAVED, Saved, SavedCell, SavedClass};
