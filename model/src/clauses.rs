//! The clause register: every promise with its id, source, force and scope; every permission; everything excluded.
//!
//! The second statement of the specification. Reports, pages, the command and the tests derive from it. What is
//! measured for each is in [`facts`]; how findings become a verdict is in [`crate::judge`].

pub mod facts;
mod id;
mod permissions;
mod promise;
mod register;

pub use facts::{Facts, Finding};
pub use id::ClauseId;
pub use permissions::{ENTRIES, Entry, Kind};
pub use promise::{Binds, Clause, Force, Scope};
pub use register::CLAUSES;
