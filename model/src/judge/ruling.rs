//! The cause that rules a run: one that gives up little and explains nearly all that was rejected. The few that it does not
//! explain go wrong in a way that its relaxation does not foresee, or show something besides.

use super::accuse::{Accuser, Suspect};
use crate::history::timeline::Act;
use crate::index::RejectedIndex;
use std::mem::Discriminant;

/// Of how many rejected timelines it is asked whether one cause explains nearly all of them.
const RULED: usize = 120;

/// One in so many may be outside; one in so many where the common cause gives up little more.
const OUTSIDE: usize = 10;
const OUTSIDE_OF_LIKE: usize = 20;

/// How much more is more than a little.
const MORE: u32 = 3;

/// A suspect that explains nearly all, and the kinds of events that were wrong where it does.
pub(super) struct Ruling {
    pub(super) suspect: Suspect,
    shown: Vec<Discriminant<Act>>,
}

impl Accuser<'_> {
    /// The suspect that gives up less than a common cause would, and explains all but a few: the few show the same kind
    /// of thing, in a way that its relaxation does not foresee, or show something besides. None where there is no such.
    pub(super) fn ruling_cause(&self, common: Option<Suspect>) -> Option<Ruling> {
        let all = self.rejected.len();
        let step = all.div_ceil(RULED).max(1);
        let sample: Vec<RejectedIndex> = self.rejected.indices().step_by(step).collect();
        let narrower = self.suspects.iter().filter(|(relaxation, clause)| {
            common.is_none_or(|(broad, of)| relaxation.breadth() < broad.breadth() && *clause != of)
        });
        let most_outside = |(relaxation, _): Suspect| {
            let is_like =
                |(broad, _): Suspect| broad.breadth() < relaxation.breadth().saturating_add(MORE);
            sample.len() / if common.is_some_and(is_like) { OUTSIDE_OF_LIKE } else { OUTSIDE }
        };
        let rules = |suspect: Suspect| {
            let (mut outside, mut inside) = (0, 0);
            let most = most_outside(suspect);
            for &nth in &sample {
                match self.is_cause(nth, suspect) {
                    Some(true) => inside += usize::from(self.binds(nth, suspect.1)),
                    Some(false) => outside += 1,
                    None => {}
                }
                if outside > most {
                    return false;
                }
            }
            most > 0 && inside > sample.len() / 2
        };
        let suspect = narrower.copied().find(|&suspect| rules(suspect))?;
        let is_inside = |nth: &&RejectedIndex| self.is_cause(**nth, suspect) == Some(true);
        let shown = sample.iter().filter(is_inside).filter_map(|&nth| self.wrong_kind(nth));
        Some(Ruling { suspect, shown: shown.collect() })
    }

    /// True where a timeline that the ruling cause does not explain goes wrong as those do that it explains.
    pub(super) fn may_be_of(&self, nth: RejectedIndex, ruling: &Ruling) -> bool {
        let kind = self.wrong_kind(nth);
        self.binds(nth, ruling.suspect.1) && kind.is_some_and(|kind| ruling.shown.contains(&kind))
    }

    /// The kind of event that is wrong.
    fn wrong_kind(&self, nth: RejectedIndex) -> Option<Discriminant<Act>> {
        let wrong = self.rejected.get(nth)?.wrong()?;
        Some(std::mem::discriminant(&wrong.act))
    }
}
