//! The clause register: every promise with its id, source, force, scope and check; every permission; everything excluded.
//!
//! The second statement of the specification. Reports, pages, the command and the tests derive from it. What is
//! measured for a check is in [`facts`]; how findings become a verdict is in [`crate::judge`].

pub mod facts;
mod permissions;
mod register;

pub use facts::{Facts, Finding};
pub use permissions::{ENTRIES, Entry, Kind};
pub use register::{Binds, CLAUSES, Clause, ClauseId, Force, Scope};

impl ClauseId {
    /// The clause's row of the register.
    #[must_use]
    pub fn clause(self) -> &'static Clause {
        &CLAUSES[self as usize]
    }

    /// The permanent id as text.
    #[must_use]
    pub fn text(self) -> &'static str {
        self.clause().id
    }

    /// Finds a clause by its permanent id.
    #[must_use]
    pub fn by_text(text: &str) -> Option<Self> {
        CLAUSES.iter().find(|clause| clause.id == text).map(|clause| clause.clause)
    }
}
