//! What a clause finds: nothing to judge, a promise kept, or one broken, with what was expected and what was seen.

use super::ClauseId;
use crate::history::timeline::Outcome;
use crate::index::MomentIndex;
use crate::reply::ContextStatus;
use crate::words::{Content, PointState, SourceFlag};
use std::fmt;

/// What a clause finds in one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// The event puts the promise to no test.
    NotApplicable,
    /// So many obligations were met.
    Held(u32),
    /// One was not.
    Broken(Box<Evidence>),
}

/// What shows that a promise is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What the promise demands.
    pub expected: Value,
    /// What came instead.
    pub seen: Value,
    /// The places in the timeline of earlier events that it follows from.
    pub because: Vec<MomentIndex>,
}

/// One clause broken at one event of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The clause.
    pub clause: ClauseId,
    /// What shows it.
    pub evidence: Evidence,
}

/// What can be expected, or seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// This version.
    Version(u32),
    /// This version or a higher one.
    AtLeast(u32),
    /// This version or a lower one.
    AtMost(u32),
    /// What a point reports.
    Point(PointState, Option<u32>),
    /// `INSTALLED` at this version, or at a higher one.
    Installed(u32),
    /// Files of this version at a site; 0 for none.
    FilesOf(u32),
    /// These files.
    Files(Content),
    /// Any of these contents.
    OneOf(Vec<Content>),
    /// No content at all.
    NoContent,
    /// The package is there, or it is not.
    Present(bool),
    /// A failure shows, or none does.
    Failure(bool),
    /// A call ends like this.
    Ends(Outcome),
    /// This `PkgSourceFlag`.
    Flag(SourceFlag),
    /// A task sequence can run, or cannot.
    Operable(bool),
    /// `ActionInProgress`.
    Action(u32),
    /// This injection status.
    Injection(ContextStatus),
    /// What no value says.
    Says(&'static str),
}

impl Check {
    /// Kept where `held`, else broken.
    pub(crate) fn of(
        held: bool,
        expected: impl FnOnce() -> Value,
        seen: impl FnOnce() -> Value,
    ) -> Self {
        if held { Self::Held(1) } else { Self::broken(expected(), seen()) }
    }

    /// Broken, by this event alone.
    pub(crate) fn broken(expected: Value, seen: Value) -> Self {
        Self::Broken(Box::new(Evidence { expected, seen, because: Vec::new() }))
    }

    /// The same, because of what stands at an earlier place.
    pub(crate) fn because(self, place: MomentIndex) -> Self {
        match self {
            Self::Broken(mut evidence) => {
                evidence.because.push(place);
                Self::Broken(evidence)
            }
            kept @ (Self::NotApplicable | Self::Held(_)) => kept,
        }
    }
}

impl Value {
    /// One of some contents, or the only one.
    pub(crate) fn one_of(mut contents: Vec<Content>) -> Self {
        match (contents.len(), contents.pop()) {
            (_, None) => Self::NoContent,
            (1, Some(only)) => Self::Files(only),
            (_, Some(last)) => {
                contents.push(last);
                Self::OneOf(contents)
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(f, "version {version}"),
            Self::AtLeast(version) => write!(f, "version {version} or higher"),
            Self::AtMost(version) => write!(f, "no version above {version}"),
            Self::Point(state, None) => write!(f, "{}, no version", state.documented()),
            Self::Point(state, Some(version)) => {
                write!(f, "{}, version {version}", state.documented())
            }
            Self::Installed(version) => write!(f, "INSTALLED, version {version}"),
            Self::FilesOf(0) => f.write_str("no files"),
            Self::FilesOf(version) => write!(f, "files of version {version}"),
            Self::Files(files) => names(f, files),
            Self::OneOf(contents) => write!(f, "one of {} contents", contents.len()),
            Self::NoContent => f.write_str("nothing"),
            Self::Present(there) => f.write_str(if *there { "the package" } else { "no package" }),
            Self::Failure(shows) => f.write_str(if *shows { "a failure" } else { "no failure" }),
            Self::Ends(Outcome::Done) => f.write_str("returns 0"),
            Self::Ends(Outcome::NonZero) => f.write_str("returns a value other than 0"),
            Self::Ends(Outcome::Error) => f.write_str("an error"),
            Self::Ends(Outcome::Unknown) => f.write_str("no answer"),
            Self::Flag(flag) => write!(f, "PkgSourceFlag {}", flag.number()),
            Self::Action(action) => write!(f, "ActionInProgress {action}"),
            Self::Operable(yes) => f.write_str(if *yes { "operable" } else { "inoperable" }),
            Self::Injection(status) => write!(
                f,
                "status {}, progress {} of {}",
                status.status, status.progress, status.max_progress
            ),
            Self::Says(words) => f.write_str(words),
        }
    }
}

fn names(f: &mut fmt::Formatter<'_>, files: &Content) -> fmt::Result {
    if files.is_empty() {
        return f.write_str("no files");
    }
    for (nth, (path, record)) in files.iter().enumerate() {
        let comma = if nth > 0 { ", " } else { "" };
        match record.as_text() {
            Some(text) => write!(f, "{comma}{path} = \"{text}\"")?,
            None => write!(f, "{comma}{path} ({} bytes)", record.size)?,
        }
    }
    Ok(())
}
