//! What the product can do by itself, as values: which of them are enabled in a state is decided in [`super::product`] and
//! [`super::relaxed`].

use super::Rules;
use super::rows::Late;
use super::state::State;
use crate::index::{GenerationIndex, Index, Indices, PointIndex, SourceIndex};

/// One action of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductAction {
    /// Take the first version's content.
    TakeFirst,
    /// Take a snapshot that answers for `calls` pending calls.
    Snapshot {
        /// How many pending calls it answers for.
        calls: u32,
        /// True where the version rises with it.
        raises: bool,
    },
    /// The same of a source that the package had when the call was accepted, and has no longer: whether the source is
    /// looked up at the acceptance or at the snapshot is said nowhere, so that the content is not known.
    SnapshotOfEarlierSource {
        /// That source.
        source: SourceIndex,
        /// How many pending calls it answers for.
        calls: u32,
        /// True where the version rises with it.
        raises: bool,
    },
    /// Fail to take the snapshot that `calls` pending calls wait for.
    FailSnapshot {
        /// How many pending calls it answers for.
        calls: u32,
        /// True where the version rises all the same (A3).
        advances: bool,
    },
    /// Do nothing for `calls` pending calls: the page promises nothing, or the package has no source any more, for what
    /// stands in the way of a call may be found at the acceptance or at the snapshot.
    Skip {
        /// For how many pending calls.
        calls: u32,
    },
    /// Bring a generation to a point.
    Deliver {
        /// The point.
        point: PointIndex,
        /// The generation.
        generation: GenerationIndex,
    },
    /// Something that only a relaxed specification knows.
    Relaxed(RelaxedAction),
}

/// What the product does by itself only where a promise is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelaxedAction {
    /// Forget that calls were accepted.
    Forget {
        /// How many.
        calls: u32,
    },
    /// Give up bringing a point what it is owed.
    Leave {
        /// The point.
        point: PointIndex,
        /// What it has instead, where nothing was left to do already: as before, or a version that came in between.
        with: Option<GenerationIndex>,
    },
    /// Begin a refresh that nothing asked for.
    Refresh,
    /// Take an unreadable source for an empty one: for the creation, or for pending calls.
    TakeUnread {
        /// How many pending calls it answers for; 0 for the creation.
        calls: u32,
    },
    /// Take what was added beside the source, and not the source, under the version that there is.
    TakeAdditions {
        /// How many pending calls it answers for.
        calls: u32,
    },
    /// Lose the package.
    Vanish,
}

impl State {
    /// What the product could do next, deliveries to these points included; [`step`](super::step) decides what is
    /// really enabled.
    #[must_use]
    pub fn product_actions(&self, points: Indices<PointIndex>) -> Vec<ProductAction> {
        let mut actions = vec![ProductAction::TakeFirst];
        for calls in 1..=self.work.pending {
            for yes in [true, false] {
                actions.push(ProductAction::Snapshot { calls, raises: yes });
                actions.push(ProductAction::FailSnapshot { calls, advances: yes });
            }
        }
        for point in points {
            let deliver = |generation| ProductAction::Deliver { point, generation };
            let held = self.points.get(point).and_then(|row| row.held);
            let first = held.map_or(GenerationIndex::FIRST, Index::next);
            actions.extend(Indices::between(first, self.generations.end()).map(deliver));
        }
        actions
    }

    /// What may besides have happened where only its effects are seen.
    #[must_use]
    pub(crate) fn unseen_actions(
        &self,
        points: Indices<PointIndex>,
        rules: &Rules<'_>,
    ) -> Vec<ProductAction> {
        let mut actions = Vec::new();
        let in_vain =
            if self.may_do_nothing(rules) { self.work.pending } else { self.work.in_vain };
        actions.extend((1..=in_vain).map(|calls| ProductAction::Skip { calls }));
        for source in self.sources.indices().filter(|source| source.is_in(self.work.earlier)) {
            for (calls, raises) in (1..=self.work.moved).flat_map(|n| [(n, true), (n, false)]) {
                let action = ProductAction::SnapshotOfEarlierSource { source, calls, raises };
                actions.push(action);
            }
        }
        if !rules.relaxed.is_strict() {
            let calls = 0..=self.work.pending;
            let relaxed = calls
                .clone()
                .map(|calls| RelaxedAction::Forget { calls })
                .chain(calls.clone().map(|calls| RelaxedAction::TakeUnread { calls }))
                .chain(calls.map(|calls| RelaxedAction::TakeAdditions { calls }))
                .chain(points.flat_map(|point| self.ways_to_leave(point)))
                .chain([RelaxedAction::Refresh, RelaxedAction::Vanish]);
            actions.extend(relaxed.map(ProductAction::Relaxed));
        }
        actions
    }

    fn ways_to_leave(&self, point: PointIndex) -> Vec<RelaxedAction> {
        let row = self.points.get(point).copied().unwrap_or_default();
        let came_late = row.loose.late == Late::Assigned;
        let before = row.loose.before.flatten().filter(|_| !came_late);
        let newer = before.map_or(GenerationIndex::FIRST, Index::next);
        let held = row.held.filter(|_| row.loose.before.is_some());
        let between = Indices::between(newer, held.unwrap_or(newer));
        let with = between.map(Some).chain([None]);
        with.map(|with| RelaxedAction::Leave { point, with }).collect()
    }
}
