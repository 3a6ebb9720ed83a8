//! The clauses: every promise in a file of its own, with its sentence, its source, its check and the shortest histories
//! that hold and break it; every permission; everything excluded.
//!
//! The second statement of the specification. Reports, pages, the command and the tests derive from it. What a check
//! may look at is the private module `knowledge`; how findings become a verdict is in [`crate::judge`].

mod ambiguities;
mod check;
mod clause;
mod entries;
#[cfg(test)]
mod examples;
mod facts;
mod left_behind;
mod prelude;
mod promises;
mod read;

pub use ambiguities::{AMBIGUITIES, Ambiguity};
pub use check::{Breach, Check, Evidence, Value};
pub use clause::{Binds, Clause, Examples, Force};
pub use entries::{Entry, Kind, Why, entries};
pub use facts::{Facts, Rejection};
pub use promises::{CLAUSES, ClauseId};
