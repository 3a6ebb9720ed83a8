//! Histories as files: JSON Lines, a header line before each plan's events and a mark at the end. What they mean is the
//! model's business. How one is written as a run goes is in [`write`](self::HistoryFile).

mod read;
mod write;

pub use read::{Histories, HistoryError, MOST_LINE, MOST_PLAN, Whole};
pub use write::{HistoryFile, write_history};
