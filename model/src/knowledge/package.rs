//! What is known of the package itself: whether it is there, which source it has, and whether anything is left to do.

use crate::history::timeline::ContentId;
use crate::index::{List, SourceIndex};
use crate::words::SourceFlag;

/// Whether the package is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It was never created.
    Never,
    /// It is there.
    Here,
    /// It is marked for deletion.
    Leaving,
    /// It was seen to be gone; what points and sites have of it may still be going.
    Clearing,
    /// It is gone, with all that there was of it.
    Gone,
    /// An operation without an answer may have made or deleted it.
    Unsure,
}

/// One package.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) presence: Presence,
    /// Nothing is left to do.
    pub(crate) quiescent: bool,
    /// A call that is not a refresh had no answer, or an error: what it changed is not known.
    pub(crate) unsure: bool,
    /// An operation on a point had no answer: it may still take effect.
    pub(super) point_unanswered: bool,
    /// A property was written since the creation.
    pub(super) properties_written: bool,
    /// The package was without a source since its creation: its points may have a version of nothing.
    pub(crate) was_sourceless: bool,
    /// Content was asked for, or was under way, while the package had no source: points may have lost what they had.
    pub(super) emptied: bool,
    pub(super) source: Option<SourceIndex>,
    pub(crate) flag: SourceFlag,
    /// What every source holds; none while its folder is absent.
    pub(super) sources: List<SourceIndex, Option<ContentId>>,
}

impl Package {
    pub(super) fn new(sources: usize) -> Self {
        Self {
            presence: Presence::Never,
            quiescent: true,
            unsure: false,
            point_unanswered: false,
            properties_written: false,
            was_sourceless: false,
            emptied: false,
            source: None,
            flag: SourceFlag::NoSource,
            sources: vec![Some(ContentId::EMPTY); sources].into(),
        }
    }

    /// True where the package has a source, whether or not it can be read.
    pub(crate) fn has_source(&self) -> bool {
        self.source.is_some() && self.flag.has_source()
    }

    /// What the package's source holds; none while it is absent, and where there is none.
    pub(crate) fn source_now(&self) -> Option<ContentId> {
        let source = self.source.filter(|_| self.flag.has_source())?;
        self.sources.get(source).copied().flatten()
    }

    /// True where there is a source, and it cannot be read.
    pub(crate) fn is_unreadable(&self) -> bool {
        self.has_source() && self.source_now().is_none()
    }

    pub(crate) fn is_here(&self) -> bool {
        self.presence == Presence::Here
    }

    /// True where what a read says of it can be right or wrong at all.
    pub(crate) fn can_be_judged(&self) -> bool {
        !self.unsure && self.presence != Presence::Unsure
    }
}
