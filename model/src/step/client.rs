//! What a client asks and how it may end: which outcomes an operation can have in a state, and what the product
//! makes of it where the readings leave a choice. The refresh itself is in [`super::refresh`].

use super::relaxation::Relaxation;
use super::state::{Existence, PointRow, State};
use super::{Refusal, Rules};
use crate::history::timeline::{Act, Outcome};
use crate::readings::behaviour as b;
use crate::rules;
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
    /// Besides, a refresh that nothing asked for begins: only of a relaxed specification.
    Unasked,
    /// What was asked for is answered and forgotten: only of a relaxed specification.
    Ignored,
}

impl Choice {
    /// Every choice that the specification knows.
    pub const ALL: [Self; 6] = [
        Self::Nothing,
        Self::Effect,
        Self::NewVersion,
        Self::Recreate,
        Self::RecreateNewVersion,
        Self::Advance,
    ];

    /// The choices that only a relaxed specification knows.
    pub const RELAXED: [Self; 2] = [Self::Unasked, Self::Ignored];

    fn makes_version(self) -> bool {
        matches!(self, Self::NewVersion | Self::RecreateNewVersion)
    }

    fn recreates(self) -> bool {
        matches!(self, Self::Recreate | Self::RecreateNewVersion)
    }
}

/// How many refreshes that nothing asked for a search lets begin: one shows the cause, and more make it slow.
pub(super) const MOST_UNASKED: u8 = 2;

/// The properties that a `Put` writes, as far as anything follows from them.
struct Write {
    source: Option<usize>,
    flag: Option<SourceFlag>,
    share_name: bool,
    refresh: bool,
}

impl State {
    pub(super) fn perform(
        &mut self,
        act: &Act,
        outcome: Outcome,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let refused = matches!(outcome, Outcome::NonZero | Outcome::Error);
        let unasked = !rules.relaxed.is_strict()
            && self.existence == Existence::Here
            && makes_unasked(act, refused, rules);
        match choice {
            Choice::Unasked if unasked && self.unasked < MOST_UNASKED => {
                let plain = if refused { Choice::Nothing } else { Choice::Effect };
                self.plainly(act, outcome, plain, rules)?;
                self.unasked += 1;
                self.free |= rules.relaxed.gives_up(Relaxation::VersionWritten);
                self.accept(rules);
                return Ok(());
            }
            Choice::Unasked => return Err(Refusal::Choice),
            Choice::Ignored => return ignores(act, rules),
            _ => self.plainly(act, outcome, choice, rules)?,
        }
        if unasked {
            self.rises = self.rises.saturating_add(1);
            self.free |= rules.relaxed.gives_up(Relaxation::VersionWritten);
        }
        Ok(())
    }

    fn plainly(
        &mut self,
        act: &Act,
        outcome: Outcome,
        choice: Choice,
        rules: &Rules<'_>,
    ) -> Result<(), Refusal> {
        let here = self.existence == Existence::Here;
        match act {
            Act::Refresh { context, at_owner, own_class } => {
                let call = rules::Addressing {
                    context: *context,
                    at_owner: *at_owner,
                    own_class: *own_class,
                };
                let ends = self.refresh_ends(call, rules);
                self.refresh(ends.of(outcome)?, choice, rules)
            }
            Act::SetSchedule { tokens } => {
                let allowed = rules::schedule_is_allowed(*tokens, self.flag)
                    || rules.relaxed.gives_up(Relaxation::AnySchedule);
                let refused = outcome == Outcome::Done && here && !allowed;
                if refused { Err(Refusal::Outcome) } else { plain(choice) }
            }
            Act::Source { source, state } => {
                if self.source == Some(*source) && rules.notes_later_content() {
                    self.later.extend(state.iter());
                }
                if let Some(slot) = self.sources.get_mut(*source) {
                    *slot = *state;
                }
                plain(choice)
            }
            _ if outcome == Outcome::Error && choice == Choice::Nothing => Ok(()),
            _ if !here && !matches!(act, Act::Create { .. }) => plain(choice),
            Act::Create { class, source, flag } => self.create(*class, *source, *flag, choice),
            Act::Put { source, flag, share_name, refresh, version: _, updates: _ } => {
                let write = Write {
                    source: *source,
                    flag: *flag,
                    share_name: *share_name,
                    refresh: *refresh,
                };
                self.put(&write, choice, rules)
            }
            Act::Assign { point } => self.assign(*point, choice, rules),
            Act::Remove { point } => {
                let removed = self.change_point(*point, choice, |row| {
                    row.may_vanish |= row.assigned || row.held.is_some();
                    (row.assigned, row.owed) = (false, false);
                    (row.promised, row.asked) = (false, false);
                    (row.since, row.cancelled) = (0, false);
                });
                self.release_site_of(*point, rules);
                removed
            }
            Act::Redistribute { point } => self.change_point(*point, choice, |row| {
                row.owed |= row.assigned;
                row.asked |= row.promised;
                (row.late, row.cancelled) = (false, false);
            }),
            Act::Cancel { point } if self.quiet => self.change_nothing(*point, choice),
            Act::Cancel { point } => {
                let owes = rules::owes_points(rules.class().entry(), self.touched);
                self.change_point(*point, choice, |row| {
                    let is_promised = row.promised && (owes || row.asked);
                    row.cancelled |= row.assigned && (row.owed || is_promised);
                    (row.owed, row.promised, row.asked) = (false, false, false);
                })
            }
            Act::Delete => self.delete(choice),
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

    fn delete(&mut self, choice: Choice) -> Result<(), Refusal> {
        self.existence = Existence::Deleting;
        for row in &mut self.points {
            row.may_vanish |= row.assigned;
            (row.assigned, row.owed, row.promised, row.asked) = (false, false, false, false);
        }
        self.quiet = false;
        plain(choice)
    }

    fn assign(&mut self, point: usize, choice: Choice, rules: &Rules<'_>) -> Result<(), Refusal> {
        let site = rules.site_of.get(point).and_then(|&site| self.sites.get_mut(site));
        if let Some(site) = site {
            site.had_point = true;
        }
        let owed = rules.class().entry().points == crate::classes::Points::Promised;
        let late = !rules.relaxed.is_strict();
        let since = self.target().unwrap_or(0);
        self.change_point(point, choice, |row| {
            if !row.assigned {
                (row.assigned, row.late, row.owed, row.stuck) = (true, late, owed, false);
                row.since = if row.held >= Some(since) { 0 } else { since };
            }
        })
    }

    fn put(&mut self, write: &Write, choice: Choice, rules: &Rules<'_>) -> Result<(), Refusal> {
        let moves = write.source.is_some() || write.share_name;
        let had = (self.source, self.has_source());
        self.source = write.source.or(self.source);
        if let (None, Some(flag)) = (rules.class().entry().source_flag, write.flag) {
            self.flag = flag;
        }
        self.moved |= self.pending > 0 && had != (self.source, self.has_source());
        let makes_nothing = write.refresh && self.makes_version_of_nothing(choice, rules);
        let permits = |behaviour| rules.readings.permits(behaviour);
        let allowed = match choice {
            Choice::Effect => !moves || permits(b::PutPath::OnlyTheProperty),
            Choice::NewVersion => makes_nothing || (moves && permits(b::PutPath::PlusOne)),
            Choice::Recreate | Choice::RecreateNewVersion => {
                moves && permits(b::PutPath::Recreated)
            }
            Choice::Nothing | Choice::Advance | Choice::Unasked | Choice::Ignored => false,
        };
        if !allowed {
            return Err(Refusal::Choice);
        }
        self.touched = true;
        self.bare |= !self.has_source();
        if rules.class().entry().points == crate::classes::Points::WhileUnchanged {
            for row in &mut self.points {
                (row.owed, row.promised, row.asked) = (false, false, false);
                row.cancelled = false;
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
            self.accept(rules);
        }
        Ok(())
    }

    /// What the points hold may go away and come back.
    fn recreate(&mut self, rules: &Rules<'_>) {
        self.quiet = false;
        let owed = rules.class().entry().points == crate::classes::Points::Promised;
        for row in self.points.iter_mut().filter(|row| row.assigned) {
            row.may_vanish = true;
            row.owed |= owed;
        }
    }

    /// Where a package has no source, what asks for a refresh by another way may make a version as the method may.
    fn makes_version_of_nothing(&self, choice: Choice, rules: &Rules<'_>) -> bool {
        choice == Choice::NewVersion
            && !self.has_source()
            && rules.readings.permits(b::NoSource::Increments)
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

    /// A child site whose last point went may drop its files, also where a point comes back before anybody looks.
    fn release_site_of(&mut self, point: usize, rules: &Rules<'_>) {
        let may_drop = rules.readings.permits(b::ChildWithoutPoint::MetadataOnly);
        let Some(&site) = rules.site_of.get(point) else { return };
        let mut of_site = self.points.iter().zip(&rules.site_of).filter(|(_, at)| **at == site);
        let has_point = of_site.any(|(row, _)| row.assigned);
        if let Some(row) = self.sites.get_mut(site).filter(|_| may_drop && site > 0 && !has_point) {
            row.stored = 0;
        }
    }

    fn change_nothing(&self, point: usize, choice: Choice) -> Result<(), Refusal> {
        if point < self.points.len() { plain(choice) } else { Err(Refusal::Choice) }
    }
}

/// An operation that leaves the product no choice has its one effect.
fn plain(choice: Choice) -> Result<(), Refusal> {
    if choice == Choice::Effect { Ok(()) } else { Err(Refusal::Choice) }
}

/// True where a promise is given up that kept this operation from making a version.
fn makes_unasked(act: &Act, refused: bool, rules: &Rules<'_>) -> bool {
    let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
    match act {
        Act::Refresh { .. } => refused && gives_up(Relaxation::RefusalHasEffect),
        Act::Redistribute { .. } => gives_up(Relaxation::RedistributionMakesVersion),
        Act::Assign { .. } | Act::Remove { .. } | Act::Cancel { .. } => {
            gives_up(Relaxation::PointChangeMakesVersion)
        }
        Act::Put { version: true, .. } if gives_up(Relaxation::VersionWritten) => true,
        Act::Put { version: false, updates: true, .. }
            if gives_up(Relaxation::PropertyMakesVersion) =>
        {
            true
        }
        Act::Put { .. } | Act::SetSchedule { .. } | Act::Add { refresh_points: false, .. } => {
            gives_up(Relaxation::VersionUnasked)
                || (refused && gives_up(Relaxation::RefusalHasEffect))
        }
        Act::Add { .. } => refused && gives_up(Relaxation::RefusalHasEffect),
        Act::Create { .. }
        | Act::Source { .. }
        | Act::Delete
        | Act::ReadPackage(_)
        | Act::ReadSite { .. }
        | Act::ReadPoint { .. }
        | Act::ReadContent { .. }
        | Act::ReadContext(_)
        | Act::ReadOperable(_)
        | Act::Settled => false,
    }
}

/// An answered operation is forgotten where the promise is given up that it has its effect.
fn ignores(act: &Act, rules: &Rules<'_>) -> Result<(), Refusal> {
    let gives_up = |relaxation| rules.relaxed.gives_up(relaxation);
    let forgotten = match act {
        Act::Put { refresh: true, .. } => gives_up(Relaxation::FlagWriteIgnored),
        Act::Delete | Act::Create { .. } => gives_up(Relaxation::PresenceEitherWay),
        Act::Remove { .. } => gives_up(Relaxation::OtherPointsToo),
        Act::Refresh { .. }
        | Act::Put { .. }
        | Act::Redistribute { .. }
        | Act::Assign { .. }
        | Act::Cancel { .. }
        | Act::Add { .. }
        | Act::SetSchedule { .. }
        | Act::Source { .. }
        | Act::ReadPackage(_)
        | Act::ReadSite { .. }
        | Act::ReadPoint { .. }
        | Act::ReadContent { .. }
        | Act::ReadContext(_)
        | Act::ReadOperable(_)
        | Act::Settled => false,
    };
    if forgotten { Ok(()) } else { Err(Refusal::Choice) }
}
