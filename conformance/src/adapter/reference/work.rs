//! What the reference does without being asked: the actions of the product, at once or bit by bit.

use super::world::{Order, World};
use pkgsource_model::history::timeline::Act;
use pkgsource_model::step::{Action, ProductAction, State, step};
use pkgsource_model::words::PackageId;

impl World {
    /// One action of the product, for a package that has something to do.
    pub(super) fn work_a_little(&mut self) {
        let ids: Vec<PackageId> = self.packages.keys().cloned().collect();
        let nth = self.random.below(ids.len());
        if let Some(id) = ids.get(nth) {
            self.work_on(id);
        }
    }

    /// Does one enabled action of a package; false where there is none.
    fn work_on(&mut self, id: &PackageId) -> bool {
        let Some(package) = self.packages.get(id) else { return false };
        let rules = self.rules(package.class);
        let mut possible: Vec<(ProductAction, State)> = Vec::new();
        for action in package.state.product_actions(package.state.points.indices()) {
            if let Ok(next) = step(&package.state, Action::Product(action), &rules) {
                possible.push((action, next));
            }
        }
        self.keep_what_comes_first(&mut possible);
        let nth = self.random.below(possible.len());
        match (self.packages.get_mut(id), nth < possible.len()) {
            (Some(package), true) => {
                package.state = possible.swap_remove(nth).1;
                true
            }
            _ => false,
        }
    }

    /// Leaves of what can be done next what this pace does first.
    fn keep_what_comes_first(&self, possible: &mut Vec<(ProductAction, State)>) {
        let delivers = match self.policy.pace.leisure().map(|leisure| leisure.order) {
            Some(Order::SnapshotsFirst) => false,
            Some(Order::SnapshotsLast) => true,
            Some(Order::Any) | None => return,
        };
        let is_first =
            |action: &ProductAction| matches!(action, ProductAction::Deliver { .. }) == delivers;
        if possible.iter().any(|(action, _)| is_first(action)) {
            possible.retain(|(action, _)| is_first(action));
        }
    }

    /// Who shows a new version before a call returns must have made it, lest it fail afterwards.
    pub(super) fn take_snapshots(&mut self) {
        let ids: Vec<PackageId> = self.packages.keys().cloned().collect();
        for id in ids {
            let waiting = |world: &Self| {
                world.packages.get(&id).is_some_and(|package| package.state.work.pending > 0)
            };
            while waiting(self) && self.work_on(&id) {}
        }
    }

    /// Does everything that is left, and marks every package settled.
    pub(crate) fn work_until_done(&mut self) {
        let ids: Vec<PackageId> = self.packages.keys().cloned().collect();
        for id in ids {
            while self
                .packages
                .get(&id)
                .is_some_and(|package| package.state.work.opening || package.state.work.pending > 0)
                && self.work_on(&id)
            {}
            self.settle(&id);
        }
    }

    /// True where the package could be settled; then it is.
    pub(super) fn settle(&mut self, id: &PackageId) -> bool {
        let Some(package) = self.packages.get(id) else { return false };
        let rules = self.rules(package.class);
        match (
            step(&package.state, Action::Observe(&Act::Settled), &rules),
            self.packages.get_mut(id),
        ) {
            (Ok(state), Some(package)) => {
                package.state = state;
                true
            }
            _ => false,
        }
    }
}
