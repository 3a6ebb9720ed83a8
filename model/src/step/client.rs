//! What a client asks and how it may end: which outcomes an operation can have in a state, and what the product
//! makes of it where the readings leave a choice.

use super::state::{Existence, PointRow, State};
use super::{Refusal, Rules};
use crate::history::timeline::{Act, Outcome};
use crate::readings::{Question, behaviour as b};
use crate::words::{PackageClass, SourceFlag};

/// What the product makes of an operation, where it has a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// Nothing happens.
    Nothing,
    /// The operation has its plain effect.
    Effect,
    /// Besides its plain effect, a new version is to be made.
    NewVersion,
    /// Besides its plain effect, the points are emptied and filled again.
    Recreate,
    /// Both.
    RecreateNewVersion,
    /// The call fails and the version rises all the same (A3).
    Advance,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Self; 6] = [
        Self::Nothing,
        Self::Effect,
        Self::NewVersion,
        Self::Recreate,
        Self::RecreateNewVersion,
        Self::Advance,
    ];

    fn makes_version(self) -> bool {
        matches!(self, Self::NewVersion | Self::RecreateNewVersion)
    }

    fn recreates(self) -> bool {
        matches!(self, Self::Recreate | Self::RecreateNewVersion)
    }
}

impl State {
    pub(super) fn perform(
        &mut self,
        act: &Act,
        outcome: Outcome,
        choice: Choice,
        rules: &Rules,
    ) -> Result<(), Refusal> {
        match act {
            Act::Refresh { context, at_owner, own_class } => {
                let ends = self.refresh_ends(*context, *at_owner, *own_class, rules);
                self.refresh(ends.of(outcome)?, choice, rules)
            }
            Act::SetSchedule { tokens } => {
                let allowed = *tokens == 0 || (*tokens <= 15 && self.flag == SourceFlag::Direct);
                let refused =
                    outcome == Outcome::Done && self.existence == Existence::Here && !allowed;
                if refused { Err(Refusal::Outcome) } else { plain(choice) }
            }
            Act::Source { source, state } => {
                if let Some(slot) = self.sources.get_mut(*source) {
                    *slot = *state;
                }
                plain(choice)
            }
            _ if outcome == Outcome::Error && choice == Choice::Nothing => Ok(()),
            _ if self.existence != Existence::Here && !matches!(act, Act::Create { .. }) => {
                plain(choice)
            }
            Act::Create { class, source, flag } => self.create(*class, *source, *flag, choice),
            Act::Put { source, flag, share_name, refresh, .. } => {
                self.put(*source, *flag, *share_name, *refresh, choice, rules)
            }
            Act::Assign { point } => {
                if let Some(site) =
                    rules.site_of.get(*point).and_then(|&site| self.sites.get_mut(site))
                {
                    site.had_point = true;
                }
                self.change_point(*point, choice, |row| {
                    if !row.assigned {
                        row.assigned = true;
                        row.owed = rules.class().entry().points == crate::classes::Points::Promised;
                    }
                })
            }
            Act::Remove { point } => self.change_point(*point, choice, |row| {
                row.may_vanish |= row.assigned || row.held.is_some();
                (row.assigned, row.owed) = (false, false);
            }),
            Act::Redistribute { point } => {
                self.change_point(*point, choice, |row| row.owed |= row.assigned)
            }
            Act::Cancel { point } if self.quiet => self.change_nothing(*point, choice),
            Act::Cancel { point } => self.change_point(*point, choice, |row| row.owed = false),
            Act::Delete => {
                self.existence = Existence::Deleting;
                for row in &mut self.points {
                    row.may_vanish |= row.assigned;
                    (row.assigned, row.owed) = (false, false);
                }
                self.quiet = false;
                plain(choice)
            }
            Act::Add { addition, replaces, driver: _, refresh_points } => {
                self.referenced = (self.referenced & !replaces) | 1 << addition;
                let makes_nothing = *refresh_points && self.makes_version_of_nothing(choice, rules);
                if makes_nothing || (*refresh_points && self.has_source()) {
                    self.accept(rules);
                }
                if makes_nothing { Ok(()) } else { plain(choice) }
            }
            Act::ReadPackage(_)
            | Act::ReadSite { .. }
            | Act::ReadPoint { .. }
            | Act::ReadContent { .. }
            | Act::ReadContext(_)
            | Act::ReadOperable(_)
            | Act::Settled => Err(Refusal::Choice),
        }
    }

    fn create(
        &mut self,
        class: PackageClass,
        source: Option<usize>,
        flag: SourceFlag,
        choice: Choice,
    ) -> Result<(), Refusal> {
        if self.existence == Existence::Deleting {
            self.vanish();
        }
        if matches!(self.existence, Existence::Never | Existence::Gone) {
            self.existence = Existence::Here;
            self.source = source;
            self.flag = class.entry().source_flag.unwrap_or(flag);
            self.bare = !self.has_source();
            (self.shown, self.reported) = (1, 1);
            (self.opening, self.quiet) = (true, false);
        }
        plain(choice)
    }

    fn put(
        &mut self,
        source: Option<usize>,
        flag: Option<SourceFlag>,
        share_name: bool,
        refresh: bool,
        choice: Choice,
        rules: &Rules,
    ) -> Result<(), Refusal> {
        let permits = |behaviour| rules.readings.permits(Question::PutPath, behaviour);
        let moves = source.is_some() || share_name;
        self.source = source.or(self.source);
        if let (None, Some(flag)) = (rules.class().entry().source_flag, flag) {
            self.flag = flag;
        }
        let makes_nothing = refresh && self.makes_version_of_nothing(choice, rules);
        let allowed = match choice {
            Choice::Effect => !moves || permits(b::ONLY_THE_PROPERTY),
            Choice::NewVersion => makes_nothing || (moves && permits(b::PLUS_ONE)),
            Choice::Recreate | Choice::RecreateNewVersion => moves && permits(b::RECREATED),
            Choice::Nothing | Choice::Advance => false,
        };
        if !allowed {
            return Err(Refusal::Choice);
        }
        self.touched = true;
        self.bare |= !self.has_source();
        if rules.class().entry().points == crate::classes::Points::WhileUnchanged {
            self.points.iter_mut().for_each(|row| row.owed = false);
        }
        if choice.recreates() {
            self.quiet = false;
            for row in self.points.iter_mut().filter(|row| row.assigned) {
                row.may_vanish = true;
                row.owed |= rules.class().entry().points == crate::classes::Points::Promised;
            }
        }
        let has_something =
            self.has_source() || rules.readings.permits(Question::NoSource, b::INCREMENTS);
        if choice.makes_version() && has_something {
            self.accept(rules);
        }
        if refresh && self.has_source() {
            self.accept(rules);
        }
        Ok(())
    }

    /// Where a package has no source, what asks for a refresh by another way may make a version as the method may.
    fn makes_version_of_nothing(&self, choice: Choice, rules: &Rules) -> bool {
        choice == Choice::NewVersion
            && !self.has_source()
            && rules.readings.permits(Question::NoSource, b::INCREMENTS)
    }

    fn change_point(
        &mut self,
        point: usize,
        choice: Choice,
        change: impl FnOnce(&mut PointRow),
    ) -> Result<(), Refusal> {
        if let Some(row) = self.points.get_mut(point) {
            change(row);
        }
        self.quiet = false;
        plain(choice)
    }

    fn change_nothing(&self, point: usize, choice: Choice) -> Result<(), Refusal> {
        if point < self.points.len() { plain(choice) } else { Err(Refusal::Choice) }
    }
}

/// An operation that leaves the product no choice has its one effect.
fn plain(choice: Choice) -> Result<(), Refusal> {
    if choice == Choice::Effect { Ok(()) } else { Err(Refusal::Choice) }
}
