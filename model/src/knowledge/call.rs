//! One call that may make a version: of which kind, how it ended, and what it found of its source. Data; what follows
//! from calls is in [`super::calls`].

use crate::index::MomentIndex;
/// What kind of operation asked for a new version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// The method itself.
    Method,
    /// `RefreshPkgSourceFlag` was written.
    Flag,
    /// The source path or share name was written, where the readings say that this counts.
    Path,
    /// Content was added with `bRefreshDPs`.
    Addition,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallEnd {
    /// It was accepted.
    Accepted,
    /// It was refused.
    Refused,
    /// Nobody knows, and it may still take effect.
    Unanswered,
    /// The readings let the product make a version of it or not.
    Perhaps,
}

/// What a call finds of its source, from its beginning on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Readability {
    /// The source was readable at every instant since the call.
    pub(crate) always: bool,
    /// The source was readable at some instant since the call.
    pub(crate) ever: bool,
    /// There was a source, and it could not be read, at some instant since the call.
    pub(crate) ever_not: bool,
    /// The source came back after it had gone since the call.
    pub(crate) restored: bool,
}

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) place: MomentIndex,
    pub(crate) kind: CallKind,
    pub(crate) end: CallEnd,
    /// True until nothing was left to do after it.
    pub(crate) open: bool,
    pub(crate) source: Readability,
    /// It may make a version without content: it, or what came after it, found no source or one that cannot be read.
    pub(super) may_be_empty: bool,
    /// Its snapshot is known to have been taken.
    pub(super) made: bool,
    /// The source differs from what the newest known snapshot holds.
    pub(crate) changed: bool,
    /// The newest version that was certainly made before the call.
    pub(super) processed_before: u32,
    /// True where the package had a source.
    pub(crate) has_source: bool,
}

impl Call {
    /// The source became readable or unreadable while the call is open. `flipped`: the package got or lost its source.
    pub(super) fn reconsider(&mut self, readable: bool, unreadable: bool, flipped: bool) {
        self.source.ever_not |= unreadable;
        self.may_be_empty |= unreadable || flipped;
        self.source.restored |= readable && !self.source.always;
        // Where there is nothing to read, nothing fails.
        self.source.ever |= readable || flipped;
        if self.has_source {
            self.source.always &= !unreadable;
        } else if flipped {
            self.source.always = false;
            self.has_source = true;
            if self.end == CallEnd::Accepted {
                self.end = CallEnd::Perhaps;
            }
        }
    }

    /// The package lost its source while the call is open, which may be found only now: nothing comes of it then, or it
    /// fails.
    pub(super) fn lose_source(&mut self, comes_to_nothing: bool, fails: bool) {
        self.source.always &= !(comes_to_nothing || fails);
        if comes_to_nothing && self.end == CallEnd::Accepted {
            self.end = CallEnd::Perhaps;
        }
    }
}
