//! The names of the promises, in the order of the register, and how they are spelled. What each promises is in [`super::register`].

use super::{CLAUSES, Clause};

/// A promise's name in code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
#[expect(missing_docs, reason = "each is the clause of that id")]
pub enum ClauseId {
    If4,
    If7,
    If8,
    If10,
    If12,
    If16,
    Ver1,
    Ver2,
    Ver3,
    Ver4,
    Ver5,
    Ver6,
    Ver7,
    Ver8,
    Ver11,
    Ver12,
    Ver13,
    Dst1,
    Dst2,
    Dst3,
    Dst4,
    Dst5,
    Dst7,
    Dst8,
    Dst9,
    Dst10,
    Hie1,
    Hie2,
    Hie3,
    Hie4,
    Flt6,
    Cls1,
    Cls3,
    Cls4,
    Cls5,
    Cls6,
    Cls8,
    Sch1,
    Explained,
}

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
