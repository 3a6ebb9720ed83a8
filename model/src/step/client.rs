//! What a client asks and how it may end: which outcomes an operation can have in a state, and what the product
//! makes of it where the readings leave a choice. The refresh itself is in [`super::refresh`].

use super::put::Write;
use super::relaxation::Relaxation;
use super::rows::{Late, PointRow};
use super::state::{Existence, State};
use super::unasked::{MOST_UNASKED, Unasked, ignores, unasked};
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

    pub(super) fn makes_version(self) -> bool {
        matches!(self, Self::NewVersion | Self::RecreateNewVersion)
    }

    pub(super) fn recreates(self) -> bool {
        matches!(self, Self::Recreate | Self::RecreateNewVersion)
    }
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
        let here = self.existence == Existence::Here && !rules.relaxed.is_strict();
        let unasked = if here { unasked(act, refused, rules) } else { Unasked::Nothing };
        match choice {
            Choice::Unasked if unasked == Unasked::Refresh && self.loose.unasked < MOST_UNASKED => {
                let plain = if refused { Choice::Nothing } else { Choice::Effect };
                self.plainly(act, outcome, plain, rules)?;
                self.loose.unasked += 1;
                self.loose.free |= rules.relaxed.gives_up(Relaxation::VersionWritten);
                self.accept(rules);
                return Ok(());
            }
            Choice::Unasked => return Err(Refusal::Choice),
            Choice::Ignored => return ignores(act, rules),
            _ => self.plainly(act, outcome, choice, rules)?,
        }
        if unasked != Unasked::Nothing {
            self.loose.rises = self.loose.rises.saturating_add(1);
            self.loose.free |= rules.relaxed.gives_up(Relaxation::VersionWritten);
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
                let allowed = rules::schedule_is_allowed(*tokens, self.properties.flag)
                    || rules.relaxed.gives_up(Relaxation::AnySchedule);
                let refused = outcome == Outcome::Done && here && !allowed;
                if refused { Err(Refusal::Outcome) } else { plain(choice) }
            }
            Act::Source { source, state } => {
                if self.properties.source == Some(*source) && rules.notes_later_content() {
                    self.loose.later.extend(state.iter());
                }
                if let Some(slot) = self.sources.get_mut(*source) {
                    *slot = *state;
                }
                plain(choice)
            }
            _ if outcome == Outcome::Error && choice == Choice::Nothing => Ok(()),
            _ if !here && !matches!(act, Act::Create { .. }) => plain(choice),
            Act::Create { class, source, flag } => self.create(*class, *source, *flag, choice),
            Act::Put { source, flag, share_name, refresh, version: _, writes: _ } => {
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
            Act::Redistribute { point } => {
                let late = if rules.relaxed.is_strict() { Late::No } else { Late::Redistributed };
                if rules.relaxed.gives_up(Relaxation::RedistributionReadsSource) {
                    self.note_redistribution();
                }
                self.change_point(*point, choice, |row| {
                    row.owed |= row.assigned;
                    row.asked |= row.promised;
                    (row.loose.late, row.cancelled) = (late, false);
                })
            }
            Act::Cancel { point } if self.work.quiet => self.change_nothing(*point, choice),
            Act::Cancel { point } => {
                let owes = rules::owes_points(rules.class().entry(), self.properties.touched);
                self.change_point(*point, choice, |row| {
                    // What is not owed may be on its way, too: which of the two was cancelled cannot be told then.
                    let may_come = row.promised && !(owes || row.asked);
                    row.cancelled |= row.assigned && !may_come && (row.owed || row.promised);
                    (row.owed, row.promised, row.asked) = (false, false, false);
                })
            }
            Act::Delete => self.delete(choice),
            Act::Add { addition, replaces, driver: _, refresh_points } => {
                self.work.referenced = (self.work.referenced & !replaces) | 1 << addition;
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
        for row in &mut self.points {
            row.may_vanish |= row.assigned;
            (row.assigned, row.owed, row.promised, row.asked) = (false, false, false, false);
        }
        self.work.quiet = false;
        plain(choice)
    }

    fn assign(&mut self, point: usize, choice: Choice, rules: &Rules<'_>) -> Result<(), Refusal> {
        let site = rules.site_of.get(point).and_then(|&site| self.sites.get_mut(site));
        if let Some(site) = site {
            site.had_point = true;
        }
        let owed = rules.class().entry().points == crate::classes::Points::Promised;
        let late = if rules.relaxed.is_strict() { Late::No } else { Late::Assigned };
        let since = self.target().unwrap_or(0);
        self.change_point(point, choice, |row| {
            if !row.assigned {
                (row.assigned, row.loose.late, row.owed, row.loose.stuck) =
                    (true, late, owed, false);
                row.since = if row.held >= Some(since) { 0 } else { since };
            }
        })
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
        self.work.quiet = false;
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
