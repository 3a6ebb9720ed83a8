//! Which unseen actions the search tries before a moment. The plain meaning, which tries all, is
//! [`super::Search::Eager`].

use super::Run;
use crate::history::timeline::Act;
use crate::index::{Indices, PointIndex};
use crate::step::{ProductAction, Rules, State};

/// Which unseen actions a moment may need, or may make impossible.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Needs {
    /// None.
    Nothing,
    /// Snapshots.
    Snapshots,
    /// Snapshots, and deliveries to one point.
    DeliveriesTo(PointIndex),
    /// Everything.
    Everything,
}

/// What the product could do next, as far as `needs` asks.
pub(super) fn product_actions(
    state: &State,
    needs: Needs,
    rules: &Rules<'_>,
) -> Vec<ProductAction> {
    let points = match needs {
        Needs::Nothing => return Vec::new(),
        Needs::Snapshots => Indices::none(),
        Needs::DeliveriesTo(point) => Indices::only(point),
        Needs::Everything => state.points.indices(),
    };
    let mut actions = state.product_actions(points.clone());
    actions.extend(state.unseen_actions(points, rules));
    actions
}

/// What a run needs before it can take an act, or what the act would make impossible.
pub(super) fn needs(act: &Act, run: &Run) -> Needs {
    let state = &run.state;
    let idle = !state.work.opening && state.work.pending == 0 && run.unanswered.is_empty();
    match act {
        // What had arrived before a point was removed may still be there when it comes back; what had not may not come.
        Act::ReadPoint { point, .. } | Act::ReadContent { point, .. } | Act::Remove { point } => {
            Needs::DeliveriesTo(*point)
        }
        _ if idle => Needs::Nothing,
        // What was not answered may take effect here, and then be worked on before the moment comes.
        _ if !run.unanswered.is_empty() => Needs::Snapshots,
        Act::ReadPackage(_)
        | Act::ReadSite { .. }
        | Act::Settled
        | Act::Add { .. }
        | Act::Put { .. } => Needs::Snapshots,
        Act::Source { source, .. }
            if state.properties.source == Some(*source) || source.is_in(state.work.earlier) =>
        {
            Needs::Snapshots
        }
        // A failing call may itself make a version (A3), which comes after those that wait; what was not taken before a
        // cancel is cancelled.
        Act::Refresh { .. } | Act::Cancel { .. } => Needs::Snapshots,
        Act::ReadContext { .. }
        | Act::ReadOperable(_)
        | Act::Source { .. }
        | Act::Create { .. }
        | Act::SetSchedule { .. }
        | Act::Assign { .. }
        | Act::Redistribute { .. }
        | Act::Delete
        | Act::Elsewhere => Needs::Nothing,
    }
}
