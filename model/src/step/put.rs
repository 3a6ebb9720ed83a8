//! The write of a package's properties, and what the product makes of it.

use super::choice::Choice;
use super::rows::Cancelled;
use super::state::State;
use super::{Refusal, Rules};
use crate::history::timeline::Moves;
use crate::index::SourceIndex;
use crate::readings::behaviour as b;
use crate::words::SourceFlag;

/// The properties that a `Put` writes, as far as anything follows from them.
pub(super) struct Write {
    pub(super) source: Option<SourceIndex>,
    pub(super) flag: Option<SourceFlag>,
    pub(super) moves: Moves,
    pub(super) refresh: bool,
}

impl State {
    pub(super) fn put(
        &mut self,
        write: &Write,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let (moves, stays) = (write.moves != Moves::No, write.moves != Moves::Yes);
        let had = (self.properties.source, self.has_source());
        self.properties.source = write.source.or(self.properties.source);
        if let (None, Some(flag)) = (rules.class().entry().source_flag, write.flag) {
            self.properties.flag = flag;
        }
        if had != (self.properties.source, self.has_source()) {
            self.note_earlier_source(had);
        }
        match (had.1, self.has_source()) {
            (true, false) => {
                self.work.in_vain = self.work.pending;
                self.properties.emptied |= !self.work.quiet;
            }
            (_, true) => self.work.in_vain = 0,
            (false, false) => {}
        }
        let makes_nothing = write.refresh && self.makes_version_of_nothing(choice, rules);
        let permits = |behaviour| rules.readings.permits(behaviour);
        let allowed = match choice {
            Choice::Effect => stays || permits(b::PutPath::OnlyTheProperty),
            Choice::NewVersion => makes_nothing || (moves && permits(b::PutPath::PlusOne)),
            Choice::Recreate | Choice::RecreateNewVersion => {
                moves && permits(b::PutPath::Recreated)
            }
            Choice::Nothing
            | Choice::Advance
            | Choice::Unasked
            | Choice::Ignored
            | Choice::FlagIgnored => false,
        };
        if !allowed {
            return Err(Refusal::Choice);
        }
        self.properties.touched = true;
        self.properties.bare |= !self.has_source();
        if rules.class().entry().points == crate::classes::Points::WhileUnchanged {
            for row in self.points.iter_mut() {
                (row.owed, row.promised) = (false, false);
                row.cancelled = Cancelled::No;
            }
        }
        if choice.recreates() {
            self.recreate(rules);
        }
        let has_something = self.has_source() || rules.readings.permits(b::NoSource::Increments);
        if choice.makes_version() && has_something {
            self.accept(rules);
        }
        if write.refresh && self.has_source() {
            self.accept_the_flag(rules);
        } else if write.refresh {
            self.may_find_no_source(rules);
        }
        Ok(())
    }

    /// Of which source the snapshots of calls are that wait while it is written, is said nowhere.
    fn note_earlier_source(&mut self, (source, has_source): (Option<SourceIndex>, bool)) {
        self.work.moved = self.work.pending;
        if let Some(source) = source.filter(|_| has_source && self.work.pending > 0) {
            self.work.earlier |= source.bit();
        }
    }

    /// What the points hold may go away and come back.
    fn recreate(&mut self, rules: &Rules<'_>) {
        self.work.quiet = false;
        let owed = rules.class().entry().points == crate::classes::Points::Promised;
        for row in self.points.iter_mut().filter(|row| row.assigned) {
            (row.may_vanish, row.again) = (true, true);
            row.owed |= owed;
        }
    }

    /// Where a package has no source, what asks for a refresh by another way may make a version as the method may.
    pub(super) fn makes_version_of_nothing(&self, choice: Choice, rules: &Rules<'_>) -> bool {
        choice == Choice::NewVersion
            && !self.has_source()
            && rules.readings.permits(b::NoSource::Increments)
    }
}
