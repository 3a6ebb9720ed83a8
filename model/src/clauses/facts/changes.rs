//! What an operation other than a refresh changes of what is known: the package, its source, its points.

use super::calls::CallKind;
use super::contents::Contents;
use super::replies::Status;
use super::sites::Sites;
use super::versions::Versions;
use super::{Ledger, Presence};
use crate::history::timeline::{Act, Outcome};
use crate::readings::{Question, behaviour};
use crate::words::SourceFlag;

impl Ledger<'_> {
    pub(super) fn change(&mut self, place: usize, act: &Act, outcome: Outcome) {
        if let Act::Source { source, state } = act {
            if let Some(slot) = self.sources.get_mut(*source) {
                *slot = *state;
            }
            self.source_changed(*source);
            return;
        }
        self.check_schedule(place, act, outcome);
        if self.has_no_effect_but_refusal(act) {
            self.versions.note_put(true);
            self.touched = true;
            self.contents.note_put(self.class);
            return;
        }
        if let (Some(point), true) = (point_of(act), outcome != Outcome::Done) {
            self.contents.doubt(point);
            self.sites.note_point(self.timeline.points.get(point).map_or(0, |&(_, site)| site));
            self.versions.note_point();
            self.point_unanswered |= outcome == Outcome::Unknown;
            self.quiet = false;
            return;
        }
        if !matches!(outcome, Outcome::Done) && !matches!(act, Act::SetSchedule { .. }) {
            self.unsure = true;
            if matches!(act, Act::Create { .. } | Act::Delete) {
                self.presence = Presence::Unsure;
            }
            return;
        }
        if let Act::Create { class: _, source, flag } = act {
            self.create(*source, self.class.source_flag.unwrap_or(*flag));
        } else if self.is_here() {
            self.change_package(place, act);
        }
    }

    /// A write of what no client can write: answered or refused, nothing may come of it.
    fn has_no_effect_but_refusal(&self, act: &Act) -> bool {
        let pinned = self.class.source_flag.is_some();
        match act {
            Act::Put { source: None, flag, share_name: false, version, refresh: false } => {
                (*version && flag.is_none()) || (pinned && flag.is_some())
            }
            _ => false,
        }
    }

    pub(super) fn create(&mut self, source: Option<usize>, flag: SourceFlag) {
        if self.is_here() {
            return;
        }
        self.unsure |= self.has_unanswered();
        if self.presence != Presence::Never {
            self.forget();
        }
        self.presence = Presence::Here;
        self.source = source;
        (self.flag, self.has_source) = (flag, source.is_some() && flag.has_source());
        self.quiet = false;
        self.versions = Versions::created();
        self.bare = !self.has_source;
        self.contents.open(self.source_now(), self.has_source);
        self.doubt_first_version();
    }

    /// A package that was deleted and is created again has no past.
    fn forget(&mut self) {
        self.touched = false;
        self.calls.clear();
        self.contents = Contents::new(self.timeline.points.len());
        self.sites = Sites::new(self.timeline.sites.len());
        self.status = Status::default();
    }

    /// Where the first version's content may have found nothing to read, that may show as a failure.
    pub(super) fn doubt_first_version(&mut self) {
        if self.flag.has_source() && self.source_now().is_none() && self.contents.first_is_open() {
            self.status.doubt_first();
        }
    }

    fn change_package(&mut self, place: usize, act: &Act) {
        match act {
            Act::Put { source, flag, share_name, version, refresh } => {
                let moves = source.is_some() || *share_name;
                self.put(place, *source, *flag, moves, *refresh);
                self.versions.note_put(*version);
            }
            Act::Assign { point } => {
                self.quiet = false;
                self.versions.note_point();
                self.contents.assign(*point, self.class);
                self.sites
                    .note_point(self.timeline.points.get(*point).map_or(0, |&(_, site)| site));
            }
            Act::Remove { point } => {
                self.quiet = false;
                self.versions.note_point();
                self.contents.remove(*point);
            }
            Act::Redistribute { point } => {
                self.quiet = false;
                self.versions.note_redistribution();
                self.contents.redistribute(*point);
            }
            Act::Cancel { point } => {
                self.versions.note_point();
                if !self.quiet {
                    self.contents.cancel(*point);
                }
                self.quiet = false;
            }
            Act::Delete => {
                self.presence = Presence::Leaving;
                self.quiet = false;
                self.contents.remove_all();
            }
            Act::Add { addition, replaces, driver: _, refresh_points } => {
                self.contents.add(*addition, *replaces, self.acceptance_is_certain());
                self.versions.note_point();
                if *refresh_points {
                    self.accept_or_make_nothing(place, CallKind::Addition);
                }
            }
            _ => {}
        }
    }

    pub(super) fn put(
        &mut self,
        place: usize,
        source: Option<usize>,
        flag: Option<SourceFlag>,
        moves: bool,
        refresh: bool,
    ) {
        self.touched = true;
        if let (None, Some(flag)) = (self.class.source_flag, flag) {
            self.flag = flag;
        }
        self.source = source.or(self.source);
        let had_source = self.has_source;
        self.has_source = self.source.is_some() && self.flag.has_source();
        self.bare |= !self.has_source;
        if source.is_some() || had_source != self.has_source {
            self.contents.note_source(self.source_now(), false);
            self.reconsider_open_calls(had_source != self.has_source);
        }
        self.doubt_first_version();
        self.contents.note_put(self.class);
        if moves {
            self.facts.ask(Question::PutPath);
            if self.permits(Question::PutPath, behaviour::RECREATED) {
                let certain = !self
                    .permits(Question::PutPath, behaviour::ONLY_THE_PROPERTY | behaviour::PLUS_ONE);
                self.contents.recreate(self.class, certain);
                self.quiet = false;
            }
            if self.permits(Question::PutPath, behaviour::RECREATED | behaviour::PLUS_ONE) {
                self.accept_path(place);
            }
        }
        if refresh {
            self.accept_or_make_nothing(place, CallKind::Flag);
        }
    }
}

/// The point that an operation is about.
fn point_of(act: &Act) -> Option<usize> {
    match act {
        Act::Assign { point }
        | Act::Remove { point }
        | Act::Redistribute { point }
        | Act::Cancel { point } => Some(*point),
        _ => None,
    }
}
