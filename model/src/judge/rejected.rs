//! A timeline that no run explains: what of it is searched for a cause, and what shows that a clause is broken in it.
//! Who is to blame is in [`super::accuse`].

use super::Case;
use crate::clauses::{Breach, ClauseId, Evidence, Rejection, Value};
use crate::history::timeline::{Act, Moment, Outcome};
use crate::index::{Index, MomentIndex};
use crate::oracle::{Effort, Explained, core, explain_relaxed, is_explained};
use crate::readings::Readings;
use crate::step::Relaxed;
use crate::words::{Content, PackageClass};

/// The longest part of a timeline that is searched for a cause.
const LONGEST: usize = 1_500;

/// Up to which place of a timeline it is searched which events together nothing explains.
const CORE: usize = 60;

/// A timeline that not even the weakest readings explain.
pub(super) struct Rejected<'a> {
    pub(super) class: PackageClass,
    pub(super) case: &'a Case,
    pub(super) contents: &'a [Content],
    pub(super) readings: Readings,
    pub(super) rejection: Rejection,
}

impl Rejected<'_> {
    /// The event that no run explains.
    pub(super) fn wrong(&self) -> Option<&Moment> {
        self.case.timeline.moments.get(self.rejection.place)
    }

    /// What was before the event that no run explains.
    pub(super) fn before(&self) -> &[Moment] {
        self.case.timeline.moments.before(self.rejection.place)
    }

    /// What was before, from the last creation on that follows a deletion: of a package that is gone nothing is left.
    pub(super) fn in_this_life(&self) -> &[Moment] {
        let before = self.before();
        let is_done = |moment: &Moment| moment.outcome == Outcome::Done;
        let mut is_gone = false;
        let mut begin = 0;
        for (place, moment) in before.iter().enumerate().filter(|(_, moment)| is_done(moment)) {
            if is_gone && matches!(moment.act, Act::Create { .. }) {
                begin = place;
            }
            is_gone = match moment.act {
                Act::Delete => true,
                Act::Create { .. } => false,
                _ => is_gone,
            };
        }
        before.get(begin..).unwrap_or_default()
    }

    /// True where something of this kind may have taken effect before.
    pub(super) fn was_done(&self, kind: impl Fn(&Act) -> bool) -> bool {
        let done = |moment: &&Moment| matches!(moment.outcome, Outcome::Done | Outcome::Unknown);
        self.in_this_life().iter().filter(done).any(|moment| kind(&moment.act))
    }

    /// True unless what is wrong is what a point shows, and the package is there wherever it is asked for after that: a point
    /// that has nothing is no package that has gone.
    pub(super) fn may_be_gone(&self) -> bool {
        let of_point = |act: &Act| matches!(act, Act::ReadPoint { .. } | Act::ReadContent { .. });
        let gone = |moment: &Moment| match &moment.act {
            Act::ReadPackage(status) => status.is_none(),
            Act::ReadSite { status, .. } => status.is_none(),
            _ => moment.outcome == Outcome::Error,
        };
        let after = self.case.timeline.moments.starting_at(self.rejection.place).iter();
        self.wrong().is_none_or(|wrong| !of_point(&wrong.act)) || after.into_iter().any(gone)
    }

    /// How much of the timeline is searched: what was seen after the first wrong event tells causes apart.
    fn searched(&self) -> Option<usize> {
        let all = self.case.timeline.moments.len();
        (self.rejection.place.number() < LONGEST).then_some(all.min(LONGEST))
    }

    /// Whether a run explains it where promises are given up: all that is searched, or as far as the search came, if
    /// that is past the wrong event; none where the search was given up before.
    pub(super) fn is_explained(&self, relaxed: Relaxed) -> Option<bool> {
        self.is_explained_with(relaxed, Effort::OF_A_CAUSE)
    }

    /// The same, with more effort where less does not tell.
    pub(super) fn is_permitted(&self, relaxed: Relaxed) -> Option<bool> {
        self.is_explained(relaxed).or_else(|| self.is_explained_with(relaxed, Effort::OF_A_FREEDOM))
    }

    fn is_explained_with(&self, relaxed: Relaxed, effort: Effort) -> Option<bool> {
        let moments = self.searched()?;
        let timeline = &self.case.timeline;
        let readings = &self.readings;
        match explain_relaxed(timeline, self.contents, readings, relaxed, moments, effort) {
            Explained::Yes => Some(true),
            Explained::No { .. } => Some(false),
            Explained::NotSearched { moments } => {
                (moments > self.rejection.place.number()).then_some(true)
            }
        }
    }

    /// Whether a run explains the wrong event where promises are given up, whatever was seen later.
    pub(super) fn is_first_explained(&self, relaxed: Relaxed) -> bool {
        let moments = self.rejection.place.next().number().min(LONGEST);
        let timeline = &self.case.timeline;
        let (readings, effort) = (&self.readings, Effort::OF_A_CAUSE);
        explain_relaxed(timeline, self.contents, readings, relaxed, moments, effort)
            == Explained::Yes
    }

    /// Whether a run explains everything up to the wrong event where some reads had not been made.
    pub(super) fn is_explained_without(&self, dropped: impl Fn(MomentIndex, &Act) -> bool) -> bool {
        self.is_explained_had(|place, moment| {
            (!dropped(place, &moment.act)).then(|| moment.clone())
        })
    }

    /// Whether a run explains what had been, up to the wrong event: each event as `seen` has it, or without it.
    pub(super) fn is_explained_had(
        &self,
        seen: impl Fn(MomentIndex, &Moment) -> Option<Moment>,
    ) -> bool {
        let count = self.rejection.place.next().number();
        if count > LONGEST {
            return false;
        }
        let moments = self.case.timeline.moments.indexed().take(count);
        let kept = moments.filter_map(|(place, moment)| seen(place, moment)).collect();
        is_explained(&self.case.timeline, self.contents, &self.readings, &kept)
    }

    /// What shows that a clause is broken here: its own finding, or that of another clause about the same event.
    pub(super) fn evidence(&self, clause: ClauseId) -> Evidence {
        let breaches = &self.rejection.breaches;
        let own = breaches.iter().find(|breach| breach.clause == clause);
        let any =
            || breaches.iter().min_by_key(|breach| breach.clause.clause().relaxations.first());
        own.or_else(any)
            .map_or_else(|| self.unexplained(), |breach: &Breach| breach.evidence.clone())
    }

    /// What no run explains and no clause names: the events of which none can be dropped, where those are soon found.
    fn unexplained(&self) -> Evidence {
        let timeline = &self.case.timeline;
        let short = self.rejection.place.number() < CORE;
        let mut because =
            if short { core(timeline, self.contents, &self.readings) } else { Vec::new() };
        because.retain(|&place| place < self.rejection.place);
        Evidence {
            expected: Value::Says("what some run of the specification shows"),
            seen: Value::Says("what none shows after these events"),
            because,
        }
    }
}
