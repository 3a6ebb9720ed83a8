//! Rules that both statements of the specification use, so that an error in one is in both and no comparison of the
//! two can show it. They stand here, apart from either, and are tested by cases written by hand from the documents.
//!
//! What is *not* here is stated twice: in [`crate::step`] as what can happen, in [`crate::clauses`] as what must hold.

#[cfg(test)]
mod tests;

use crate::classes::{ClassEntry, Points};
use crate::history::timeline::{ContextArgument, ContextUse};
use crate::readings::behaviour as b;
use crate::readings::{Behaviour, Question, Readings};
use crate::reply::ContextStatus;
use crate::words::{PackageClass, SourceFlag};

/// The most tokens that a schedule has (BASE, SCH-1).
pub const MOST_TOKENS: usize = 15;

/// How a call is addressed, as far as that can stand in its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addressing {
    /// The `ContextID` that it gives.
    pub context: ContextArgument,
    /// It is made at the site that owns the package.
    pub at_owner: bool,
    /// It names the package's own class.
    pub own_class: bool,
}

/// What may stand in the way of a refresh that finds its package and can read its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// The call is made at a site that does not own the package (A13).
    ForeignSite,
    /// The call names another class than the package's (IF-11).
    OtherClass,
    /// The class declares no `ContextID`, and one was given (IF-9).
    UndeclaredParameter,
    /// The `ContextID` is empty (A11).
    EmptyContext,
    /// The `ContextID` was used before (A12).
    ReusedContext,
    /// The `ContextID` was used before, by a call on another package: whether that counts is said nowhere (A12).
    ContextOfAnother,
    /// The package is a task sequence (A7).
    TaskSequence,
    /// The package has no source (A9).
    NoSource,
}

impl Obstacle {
    /// The question that it puts.
    #[must_use]
    pub fn question(self) -> Question {
        match self {
            Self::ForeignSite => b::ForeignSite::QUESTION,
            Self::OtherClass => b::OtherClass::QUESTION,
            Self::UndeclaredParameter => b::UndeclaredParameter::QUESTION,
            Self::EmptyContext => b::EmptyContext::QUESTION,
            Self::ReusedContext | Self::ContextOfAnother => b::ReusedContext::QUESTION,
            Self::TaskSequence => b::TaskSequence::QUESTION,
            Self::NoSource => b::NoSource::QUESTION,
        }
    }

    /// True where the readings let a call be refused for it.
    #[must_use]
    pub fn may_refuse(self, readings: &Readings) -> bool {
        match self {
            Self::ForeignSite => readings.permits(b::ForeignSite::Refused),
            Self::OtherClass => readings.permits(b::OtherClass::Refused),
            Self::UndeclaredParameter => readings.permits(b::UndeclaredParameter::Refused),
            Self::EmptyContext => readings.permits(b::EmptyContext::Refused),
            Self::ReusedContext | Self::ContextOfAnother => {
                readings.permits(b::ReusedContext::Refused)
            }
            Self::TaskSequence => readings.permits(b::TaskSequence::Refused),
            Self::NoSource => readings.permits(b::NoSource::Refused),
        }
    }

    /// True where the readings let a call return 0 in spite of it.
    #[must_use]
    pub fn may_accept(self, readings: &Readings) -> bool {
        match self {
            Self::ForeignSite => readings.permits(b::ForeignSite::Accepted),
            Self::OtherClass => readings.permits(b::OtherClass::Accepted),
            Self::UndeclaredParameter => readings.permits(b::UndeclaredParameter::Accepted),
            Self::EmptyContext => readings.permits(b::EmptyContext::Accepted),
            Self::ReusedContext => readings.permits(b::ReusedContext::Accepted),
            Self::ContextOfAnother => true,
            Self::TaskSequence => readings.permits(b::TaskSequence::Inoperable),
            Self::NoSource => {
                readings.permits(b::NoSource::Nothing) || readings.permits(b::NoSource::Increments)
            }
        }
    }
}

/// What stands in the way of a call on a package that is there.
#[must_use]
pub fn obstacles(class: &ClassEntry, call: Addressing, has_source: bool) -> Vec<Obstacle> {
    let Addressing { context, at_owner, own_class } = call;
    let declared = class.context;
    let list = [
        (!at_owner, Obstacle::ForeignSite),
        (!own_class, Obstacle::OtherClass),
        (!declared && context != ContextArgument::Absent, Obstacle::UndeclaredParameter),
        (declared && context == ContextArgument::Empty, Obstacle::EmptyContext),
        (declared && context == ContextArgument::Reused, Obstacle::ReusedContext),
        (declared && context == ContextArgument::OfAnother, Obstacle::ContextOfAnother),
        (class.class == PackageClass::TaskSequence, Obstacle::TaskSequence),
        (!has_source, Obstacle::NoSource),
    ];
    list.into_iter().filter(|(there, _)| *there).map(|(_, obstacle)| obstacle).collect()
}

/// True where a refresh that `RefreshPkgSourceFlag` asks for may fail because the method's call may be refused: the write
/// has the method's effect (CLS-8), and a task sequence may refuse it (A7).
#[must_use]
pub fn may_refuse_the_flag(class: &ClassEntry, readings: &Readings) -> bool {
    class.class == PackageClass::TaskSequence && Obstacle::TaskSequence.may_refuse(readings)
}

/// True where a refresh that is accepted of a package without a source may fail for that when its turn comes, so that the
/// failure shows in the status (A9, IF-13).
#[must_use]
pub fn may_find_no_source_later(readings: &Readings) -> bool {
    Obstacle::NoSource.may_refuse(readings) && readings.permits(b::FailureShows::LaterStatus)
}

/// True where a schedule may be written: none at all, or no more tokens than fit and a source that is read directly.
#[must_use]
pub fn schedule_is_allowed(tokens: usize, flag: SourceFlag) -> bool {
    tokens == 0 || (tokens <= MOST_TOKENS && flag == SourceFlag::Direct)
}

/// `Status` of an injection, as the method's page numbers it.
pub(crate) mod injection {
    pub(crate) const COMPLETE: u32 = 0;
    pub(crate) const IN_PROGRESS: u32 = 1;
    pub(crate) const ERROR: u32 = 2;
    pub(crate) const NO_STATUS: u32 = 3;
}

/// True where an injection status is one that the method's page knows, its progress is within its maximum, an error's code
/// goes with nothing that is complete, a `ContextID` that no call named has none, and nothing is in progress once nothing is
/// left to do.
#[must_use]
pub fn injection_status_is_valid(status: ContextStatus, of: ContextUse, quiescent: bool) -> bool {
    use injection::{COMPLETE, IN_PROGRESS, NO_STATUS};
    status.status <= NO_STATUS
        && (of != ContextUse::Never || status.status == NO_STATUS)
        && status.progress <= status.max_progress
        && !(status.status == COMPLETE && status.error_code != 0)
        && !(status.status == IN_PROGRESS && quiescent)
}

/// True where an injection's end agrees with that of the refresh that it was for: none is complete whose refresh failed, and
/// none an error whose refresh succeeded.
#[must_use]
pub fn injection_ends_as(status: ContextStatus, failed: bool) -> bool {
    status.status != if failed { injection::COMPLETE } else { injection::ERROR }
}

/// True where `ActionInProgress` is one of the values that BASE and the database's views list (A25), and NONE once nothing
/// is left to do.
#[must_use]
pub fn action_is_valid(action: u32, quiescent: bool) -> bool {
    const NONE: u32 = 0;
    const LAST: u32 = 5;
    action == NONE || (action <= LAST && !quiescent)
}

/// What a task sequence reads as once a refresh of it returned 0: the method's page says so without condition.
pub const OPERABLE_AFTER_REFRESH: bool = false;

/// True where a snapshot may raise the version.
#[must_use]
pub fn may_raise(class: &ClassEntry, readings: &Readings) -> bool {
    class.increments || readings.permits(b::Unpromised::Raises)
}

/// True where a snapshot may leave the version as it was.
#[must_use]
pub fn may_keep(class: &ClassEntry, readings: &Readings) -> bool {
    !class.increments && readings.permits(b::Unpromised::Keeps)
}

/// True where nothing at all need come of a call that returns 0: the page promises no version, and no copy either;
/// `touched`: a property was written before.
#[must_use]
pub fn may_do_nothing(class: &ClassEntry, readings: &Readings, touched: bool) -> bool {
    may_keep(class, readings) && !owes_points(class, touched)
}

/// True where the page promises a copy to points at all, whatever was written: of the other class nobody can say that a
/// copy has to come (DST-1).
#[must_use]
pub fn promises_copies(class: &ClassEntry) -> bool {
    class.points != Points::NotPromised
}

/// True where a snapshot is owed to the points; `touched`: a property was written before.
#[must_use]
pub fn owes_points(class: &ClassEntry, touched: bool) -> bool {
    match class.points {
        Points::Promised => true,
        Points::WhileUnchanged => !touched,
        Points::NotPromised => false,
    }
}

/// True where a call that is accepted, with a source that can be read, shows a new version when it returns.
#[must_use]
pub fn shows_at_return(class: &ClassEntry, readings: &Readings) -> bool {
    class.increments && !readings.permits(b::VersionVisible::Later)
}
