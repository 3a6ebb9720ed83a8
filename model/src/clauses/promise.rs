//! What a promise is made of: its force, its scope, the classes that it binds.
//! The promises themselves are in [`super::register`], their names in [`super::id`].

use super::ClauseId;
use crate::classes::{Additions, Points};
use crate::words::PackageClass;

/// How strongly a promise is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// No page says it, but without it a promise means nothing.
    Implied,
    /// A Microsoft document describes the product doing it, or calls the opposite a bug.
    Described,
    /// A reference page states it without condition.
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
}

/// How much of a history a promise is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One package's timeline.
    Package,
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
            Self::ChildSites => entry.child_sites,
            Self::Context => entry.context,
            Self::Drivers => entry.additions == Additions::Drivers,
            Self::Additions => entry.additions == Additions::Content,
            Self::Flag => entry.source_flag.is_some(),
            Self::Inoperable => entry.inoperable,
        }
    }
}

/// One promise.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// Which clause.
    pub clause: ClauseId,
    /// The permanent id.
    pub id: &'static str,
    /// The promise, as one sentence.
    pub says: &'static str,
    /// Where the documents say so (keys of domain §0).
    pub source: &'static str,
    /// How strongly.
    pub force: Force,
    /// How much of a history it is about.
    pub scope: Scope,
    /// Which classes it binds.
    pub binds: Binds,
    /// Where one of these is broken in the same scope, this one is silent.
    pub presupposes: &'static [ClauseId],
}
