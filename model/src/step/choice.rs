//! What the product makes of an operation where it has a choice, as a value: which choices an act leaves at all. Which of
//! them is possible in a state is decided where the act has its effect.

use super::Refusal;
use crate::history::timeline::Act;

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
    /// The flag that asks for a refresh is forgotten, and not what was written beside it: only of a relaxed specification.
    FlagIgnored,
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

    /// The choices that an act can leave in any state; every other is refused in all of them.
    #[must_use]
    pub fn of(act: &Act) -> &'static [Self] {
        use Choice::{Advance, Effect, NewVersion, Nothing, Recreate, RecreateNewVersion};
        match act {
            Act::Refresh { .. } => &[Nothing, Effect, Advance],
            Act::Put { .. } => &[Nothing, Effect, NewVersion, Recreate, RecreateNewVersion],
            Act::Add { .. } => &[Nothing, Effect, NewVersion],
            Act::Create { .. }
            | Act::SetSchedule { .. }
            | Act::Assign { .. }
            | Act::Remove { .. }
            | Act::Redistribute { .. }
            | Act::Cancel { .. }
            | Act::Delete => &[Nothing, Effect],
            Act::Source { .. } | Act::Elsewhere => &[Effect],
            Act::ReadPackage(_)
            | Act::ReadSite { .. }
            | Act::ReadPoint { .. }
            | Act::ReadContent { .. }
            | Act::ReadContext { .. }
            | Act::ReadOperable(_)
            | Act::Settled => &[],
        }
    }

    /// The choices that only a relaxed specification knows.
    pub const RELAXED: [Self; 3] = [Self::Unasked, Self::Ignored, Self::FlagIgnored];

    pub(super) fn makes_version(self) -> bool {
        matches!(self, Self::NewVersion | Self::RecreateNewVersion)
    }

    pub(super) fn recreates(self) -> bool {
        matches!(self, Self::Recreate | Self::RecreateNewVersion)
    }
}

/// An operation that leaves the product no choice has its one effect.
pub(super) fn plain(choice: Choice) -> Result<(), Refusal> {
    if choice == Choice::Effect { Ok(()) } else { Err(Refusal::Choice) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::timeline::{ContentId, ContextArgument, Moves, Outcome, Writes};
    use crate::index::{AdditionIndex, Index, PointIndex, SiteIndex, SourceIndex};
    use crate::readings::Readings;
    use crate::step::{Action, Rules, State, step};
    use crate::words::{PackageClass, SourceFlag};

    fn acts() -> Vec<Act> {
        let (point, source) = (PointIndex::FIRST, SourceIndex::FIRST);
        let create = |class| Act::Create { class, source: Some(source), flag: SourceFlag::Direct };
        let put = |source: Option<SourceIndex>, flag, refresh| {
            let (version, writes) = (false, Writes::Property);
            let moves = if source.is_some() { Moves::Yes } else { Moves::No };
            Act::Put { source, flag, moves, version, refresh, writes }
        };
        let add = |refresh_points| {
            let addition = AdditionIndex::FIRST;
            Act::Add { addition, replaces: 0, driver: false, refresh_points }
        };
        let context = ContextArgument::Absent;
        vec![
            create(PackageClass::Package),
            create(PackageClass::TaskSequence),
            Act::Source { source, state: None },
            Act::Source { source, state: Some(ContentId(1)) },
            put(Some(source), None, false),
            put(Some(source), None, true),
            put(None, Some(SourceFlag::NoSource), true),
            Act::Refresh { context, at_owner: true, own_class: true },
            Act::SetSchedule { tokens: 1 },
            Act::Assign { point },
            Act::Remove { point },
            Act::Redistribute { point },
            Act::Cancel { point },
            Act::Delete,
            add(false),
            add(true),
            Act::Elsewhere,
        ]
    }

    #[test]
    fn a_choice_that_an_act_does_not_leave_is_refused_wherever_two_acts_lead() {
        let outcomes = [Outcome::Done, Outcome::NonZero, Outcome::Error, Outcome::Unknown];
        for class in [PackageClass::Package, PackageClass::TaskSequence, PackageClass::Content] {
            let sites = vec![SiteIndex::OWNER].into();
            let rules = Rules::new(Some(class), sites, &Readings::weakest());
            let taken = |state: &State, act: &Act, outcome, choice| {
                step(state, Action::Client(act, outcome, choice), &rules).ok()
            };
            let after = |state: &State| -> Vec<State> {
                let done = |act: &Act| taken(state, act, Outcome::Done, Choice::Effect);
                acts().iter().filter_map(done).collect()
            };
            let begun = after(&State::new(1, 1, 1));
            for state in begun.iter().flat_map(after) {
                for act in acts() {
                    let left = Choice::of(&act);
                    for choice in Choice::ALL.into_iter().filter(|choice| !left.contains(choice)) {
                        let ends = outcomes.map(|outcome| taken(&state, &act, outcome, choice));
                        assert!(ends.iter().all(Option::is_none), "{act:?} leaves {choice:?}");
                    }
                }
            }
        }
    }
}
