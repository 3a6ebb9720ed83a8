//! What a clause is made of: its sentence, its force, the classes that it binds, its check, what giving it up makes
//! possible, and its examples. The clauses themselves are in the files beside this one.

use super::{Check, ClauseId};
use crate::classes::{Additions, Points};
use crate::documents::Citation;
use crate::history::timeline::Moment;
use crate::knowledge::Knowledge;
use crate::step::Relaxation;
use crate::words::PackageClass;
use std::fmt;

/// How strongly a promise is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// Nothing but the other promises demands it.
    Implied,
    /// A document beside the reference pages demands it.
    Described,
    /// A reference page demands it.
    Documented,
}

impl Force {
    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Implied => "implied",
            Self::Described => "described",
            Self::Documented => "documented",
        }
    }

    /// What the word means, on the page of clauses and in stories.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Implied => "no page says it, but without it a promise means nothing",
            Self::Described => {
                "a document describes the product doing it, or calls the opposite a bug"
            }
            Self::Documented => "a reference page states it without condition",
        }
    }
}

/// Which classes a promise binds, by what their rows in [`crate::classes::CLASSES`] say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binds {
    /// All ten.
    All,
    /// Those whose page promises the increment.
    Increments,
    /// Those whose page promises anything of the points.
    Points,
    /// Those whose page of `AddDistributionPoints` says that no refresh is needed: the same that promise a copy.
    AddedPoints,
    /// Those whose page promises the child sites.
    ChildSites,
    /// Those with a `ContextID`.
    Context,
    /// Those to which drivers are added.
    Drivers,
    /// Those to which content is added.
    Additions,
    /// Those with one `PkgSourceFlag` only.
    Flag,
    /// Those that a refresh makes inoperable.
    Inoperable,
}

impl Binds {
    /// True where the class is bound.
    #[must_use]
    pub fn binds(self, class: PackageClass) -> bool {
        let entry = class.entry();
        match self {
            Self::All => true,
            Self::Increments => entry.increments,
            Self::Points => entry.points != Points::NotPromised,
            Self::AddedPoints => entry.points == Points::Promised,
            Self::ChildSites => entry.child_sites,
            Self::Context => entry.context,
            Self::Drivers => entry.additions == Additions::Drivers,
            Self::Additions => entry.additions == Additions::Content,
            Self::Flag => entry.source_flag.is_some(),
            Self::Inoperable => entry.inoperable,
        }
    }
}

/// What a clause finds in one event, knowing what came before. It cannot write.
pub(crate) type CheckEvent = fn(&Knowledge<'_>, &Moment) -> Check;

/// What a clause finds wrong in earlier reads, now that more is known: what should have been seen, what was, and where.
pub(crate) type Review = fn(&Knowledge<'_>) -> Check;

/// One promise: a row of the register, so that it has as many fields as a row has columns.
#[derive(Clone, Copy)]
pub struct Clause {
    /// Which clause.
    pub clause: ClauseId,
    /// The permanent id: never renumbered, never reused.
    pub id: &'static str,
    /// The promise, as one sentence.
    pub says: &'static str,
    /// Where the documents say so; where none does, what it follows from.
    pub cites: &'static [Citation],
    /// What the citations alone do not tell: what was left to another id, or why no page says it.
    pub note: &'static str,
    /// How strongly.
    pub force: Force,
    /// Which classes it binds.
    pub binds: Binds,
    /// What it finds in an event.
    pub(crate) check: CheckEvent,
    /// What it finds in earlier reads, where two reads together show what neither does.
    pub(crate) review: Option<Review>,
    /// What becomes possible when this promise alone is given up, from little to much; none for the clause that speaks
    /// where no other does.
    pub relaxations: &'static [Relaxation],
    /// The shortest histories that show it.
    pub examples: Examples,
}

/// The shortest histories that hold and break a clause, in the notation of
/// [`History::from_notation`](crate::history::History::from_notation).
#[derive(Clone, Copy, Debug)]
pub struct Examples {
    /// Readings without which it cannot be broken, as `QUESTION=READING`.
    pub pins: &'static [&'static str],
    /// A history that puts the promise to the test and keeps it.
    pub held: &'static str,
    /// A history that breaks it.
    pub broken: &'static str,
}

impl Clause {
    /// Where the documents say so, as a line.
    #[must_use]
    pub fn source(&self) -> String {
        Citation::line(self.cites)
    }
}

impl fmt::Debug for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clause").field("id", &self.id).finish_non_exhaustive()
    }
}
