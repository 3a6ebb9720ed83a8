//! What a client asks and how it may end: which outcomes an operation can have in a state, and what the product
//! makes of it where the readings leave a choice. The refresh itself is in [`super::refresh`].

use super::choice::{Choice, plain};
use super::put::Write;
use super::relaxation::Relaxation;
use super::state::{Existence, State};
use super::unasked::{
    MOST_UNASKED, Unasked, ignores, only_its_answer_is_wrong, unasked, without_its_flag,
    without_its_refresh,
};
use super::{Refusal, Rules};
use crate::history::timeline::{Act, ContentId, Outcome};
use crate::index::SourceIndex;
use crate::rules;
use crate::words::{PackageClass, SourceFlag};

impl State {
    pub(super) fn perform(
        &mut self,
        act: &Act,
        outcome: Outcome,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let refused = matches!(outcome, Outcome::NonZero | Outcome::Error);
        let here = self.existence == Existence::Here && !rules.relaxed.is_strict();
        // One write is one update, whatever it writes.
        let is_counted = !here || choice.makes_version();
        let unasked = if is_counted { Unasked::Nothing } else { unasked(act, refused, rules) };
        match choice {
            Choice::Unasked if refused && only_its_answer_is_wrong(self, act, rules) => {
                return self.plainly(act, Outcome::Done, Choice::Effect, rules);
            }
            Choice::Unasked if unasked == Unasked::Refresh && self.loose.unasked < MOST_UNASKED => {
                let plain = if refused { Choice::Nothing } else { Choice::Effect };
                self.aside(|state| state.plainly(act, outcome, plain, rules))?;
                self.loose.busy_for_nothing |= self.work.quiet;
                self.loose.unasked += 1;
                self.loose.free |= rules.relaxed.gives_up(Relaxation::VersionWritten);
                self.accept(rules);
                return Ok(());
            }
            Choice::Unasked => return Err(Refusal::Choice),
            Choice::Ignored => return ignores(act, rules),
            Choice::FlagIgnored => {
                ignores(act, rules)?;
                let rest = without_its_flag(act).ok_or(Refusal::Choice)?;
                return self.plainly(&rest, outcome, Choice::Effect, rules);
            }
            _ => self.aside(|state| state.plainly(act, outcome, choice, rules))?,
        }
        let here = self.existence == Existence::Here;
        self.properties.emptied |= here && !self.has_source() && act.moves_content(outcome);
        if unasked != Unasked::Nothing {
            self.loose.rises = self.loose.rises.saturating_add(1);
            self.loose.rises_since = self.loose.rises_since.saturating_add(1);
            self.loose.free |= rules.relaxed.gives_up(Relaxation::VersionWritten);
        }
        Ok(())
    }

    /// The operation, as if nothing were under way that was not asked for: from where it makes work itself, there is.
    fn aside(
        &mut self,
        operation: impl FnOnce(&mut Self) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.work.quiet |= self.loose.busy_for_nothing;
        operation(self)?;
        self.loose.busy_for_nothing &= self.work.quiet;
        self.work.quiet &= !self.loose.busy_for_nothing;
        Ok(())
    }

    fn plainly(
        &mut self,
        act: &Act,
        outcome: Outcome,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        match act {
            Act::Refresh { context, at_owner, own_class } => {
                let (context, at_owner, own_class) = (*context, *at_owner, *own_class);
                let ends =
                    self.refresh_ends(rules::Addressing { context, at_owner, own_class }, rules);
                self.refresh(ends.of(outcome)?, choice, rules)
            }
            Act::SetSchedule { tokens } => {
                let allowed = rules::schedule_is_allowed(*tokens, self.properties.flag)
                    || rules.relaxed.gives_up(Relaxation::AnySchedule)
                    || self.existence != Existence::Here;
                let refused = outcome == Outcome::Done && !allowed;
                if refused { Err(Refusal::Outcome) } else { plain(choice) }
            }
            Act::Source { source, state } => {
                self.edit(*source, *state, rules);
                plain(choice)
            }
            Act::Create { .. }
            | Act::Put { .. }
            | Act::Assign { .. }
            | Act::Remove { .. }
            | Act::Redistribute { .. }
            | Act::Cancel { .. }
            | Act::Delete
            | Act::Add { .. }
                if outcome == Outcome::Error && choice == Choice::Nothing =>
            {
                self.failure.may_show |= act.asks_by_a_write() && !self.failure.failed;
                Ok(())
            }
            _ if outcome == Outcome::Error
                && !rules.relaxed.gives_up(Relaxation::RefusalHasEffect) =>
            {
                self.all_but_the_refresh(act, choice, rules)
            }
            Act::Create { class, source, flag } => self.create(*class, *source, *flag, choice),
            Act::Put { .. }
            | Act::Assign { .. }
            | Act::Remove { .. }
            | Act::Redistribute { .. }
            | Act::Cancel { .. }
            | Act::Delete
            | Act::Add { .. } => self.change(act, choice, rules),
            Act::Elsewhere => {
                self.work.elsewhere = true;
                plain(choice)
            }
            Act::ReadPackage(_)
            | Act::ReadSite { .. }
            | Act::ReadPoint { .. }
            | Act::ReadContent { .. }
            | Act::ReadContext { .. }
            | Act::ReadOperable(_)
            | Act::Settled => Err(Refusal::Choice),
        }
    }

    /// An operation that answers an error has no effect (IF-12). Of one that asks for a refresh besides, only that part may
    /// have failed: how much of it then stands is said nowhere.
    fn all_but_the_refresh(
        &mut self,
        act: &Act,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let rest = without_its_refresh(act).ok_or(Refusal::Outcome)?;
        self.change(&rest, choice, rules)?;
        self.failure.may_show |= !self.failure.failed;
        Ok(())
    }

    fn edit(&mut self, source: SourceIndex, state: Option<ContentId>, rules: &Rules<'_>) {
        if self.properties.source == Some(source) && rules.notes_later_content() {
            self.loose.later.extend(state);
        }
        if let Some(slot) = self.sources.get_mut(source) {
            *slot = state;
        }
    }

    /// An operation on a package that is there has its effect; on one that is not, none.
    fn change(&mut self, act: &Act, choice: Choice, rules: &Rules<'_>) -> Result<(), Refusal> {
        if self.existence != Existence::Here {
            // A package that is being deleted may still be given a point, which goes with it.
            if let (Existence::Deleting, Act::Assign { point }) = (self.existence, act)
                && let Some(row) = self.points.get_mut(*point)
            {
                row.may_vanish = true;
            }
            return plain(choice);
        }
        match act {
            Act::Put { source, flag, moves, refresh, version: _, writes: _ } => {
                let (source, flag, moves, refresh) = (*source, *flag, *moves, *refresh);
                let write = Write { source, flag, moves, refresh };
                self.put(&write, choice, rules)
            }
            Act::Assign { point } => self.assign(*point, choice, rules),
            Act::Remove { point } => self.remove(*point, choice, rules),
            Act::Redistribute { point } => self.redistribute(*point, choice, rules),
            Act::Cancel { point } => self.cancel(*point, choice, rules),
            Act::Delete => self.delete(choice),
            Act::Add { addition, replaces, driver: _, refresh_points } => {
                self.work.referenced = (self.work.referenced & !replaces) | addition.bit();
                let makes_nothing = *refresh_points && self.makes_version_of_nothing(choice, rules);
                if makes_nothing || (*refresh_points && self.has_source()) {
                    self.accept(rules);
                } else if *refresh_points {
                    self.may_find_no_source(rules);
                }
                if makes_nothing { Ok(()) } else { plain(choice) }
            }
            Act::Refresh { .. }
            | Act::SetSchedule { .. }
            | Act::Source { .. }
            | Act::Create { .. }
            | Act::ReadPackage(_)
            | Act::ReadSite { .. }
            | Act::ReadPoint { .. }
            | Act::ReadContent { .. }
            | Act::ReadContext { .. }
            | Act::ReadOperable(_)
            | Act::Elsewhere
            | Act::Settled => Err(Refusal::Choice),
        }
    }

    fn create(
        &mut self,
        class: PackageClass,
        source: Option<SourceIndex>,
        flag: SourceFlag,
        choice: Choice,
    ) -> Result<(), Refusal> {
        if self.existence.is_ending() {
            self.vanish();
            self.properties.leftovers = true;
        }
        if matches!(self.existence, Existence::Never | Existence::Gone) {
            self.existence = Existence::Here;
            self.properties.source = source;
            self.properties.flag = class.entry().source_flag.unwrap_or(flag);
            self.properties.bare = !self.has_source();
            (self.visible.shown, self.visible.reported) = (1, 1);
            (self.work.opening, self.work.quiet) = (true, false);
        }
        plain(choice)
    }

    fn delete(&mut self, choice: Choice) -> Result<(), Refusal> {
        self.existence = Existence::Deleting;
        for row in self.points.iter_mut() {
            row.may_vanish |= row.assigned;
            (row.assigned, row.owed, row.promised) = (false, false, false);
            row.lets_only_newer_come();
        }
        self.work.quiet = false;
        plain(choice)
    }
}
