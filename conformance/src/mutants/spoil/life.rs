//! Spoils what is there at all, and whether what was asked has happened.

use crate::mutants::scene::Scene;
use pkgsource_model::index::PointIndex;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::step::{Action, Existence, PointRow, ProductAction, State, step};
use pkgsource_model::words::{PackageId, ReturnValue};

impl Scene<'_> {
    /// So many calls that wait are done with, and nothing has come of them; where the readings do not permit that, they wait on.
    pub(in crate::mutants) fn skip(&mut self, calls: u32) {
        let Some(package) = self.now() else { return };
        let rules = self.world.rules(package.class);
        let skip = Action::Product(ProductAction::Skip { calls });
        if let (Ok(state), Some(package)) = (step(&package.state, skip, &rules), self.now_mut()) {
            package.state = state;
        }
    }

    /// The package is as it was before the operation.
    pub(in crate::mutants) fn undo(&mut self) {
        if let Some(old) = self.old().cloned() {
            self.world.packages.insert(self.id.clone(), old);
        }
    }

    /// The refresh is refused and has no effect.
    pub(in crate::mutants) fn refuse(&mut self) {
        self.undo();
        self.reply = Reply::Ok(Answer::Refreshed(ReturnValue(5)));
    }

    /// The refresh returns 0, whatever became of it.
    pub(in crate::mutants) fn return_zero(&mut self) {
        self.return_value(0);
    }

    /// The refresh returns this, whatever became of it.
    pub(in crate::mutants) fn return_value(&mut self, value: i32) {
        self.reply = Reply::Ok(Answer::Refreshed(ReturnValue(value)));
    }

    /// The refresh returns 0, and nothing will ever show that it failed.
    pub(in crate::mutants) fn fail_silently(&mut self) {
        if let Some(package) = self.now_mut() {
            package.state.failure.may_show = false;
        }
        self.return_zero();
    }

    /// These packages are gone, and all that they had.
    pub(in crate::mutants) fn vanish(&mut self, packages: &[PackageId]) {
        for id in packages {
            let Some(package) = self.world.packages.get_mut(id) else { continue };
            let state = &mut package.state;
            let empty = State::new(0, state.points.len(), state.sites.len());
            let sources = std::mem::take(&mut state.sources);
            *state = State { sources, existence: Existence::Gone, ..empty };
            self.pasts.remove(id);
        }
    }

    /// These packages have this point no more, nor it their content.
    pub(in crate::mutants) fn unassign(&mut self, packages: &[PackageId], point: PointIndex) {
        for id in packages {
            let package = self.world.packages.get_mut(id);
            if let Some(row) = package.and_then(|package| package.state.points.get_mut(point)) {
                *row = PointRow::default();
            }
        }
    }

    /// The newest snapshot has only these additions.
    pub(in crate::mutants) fn keep_additions(&mut self, kept: u64) {
        let Some(package) = self.now_mut() else { return };
        if let Some(last) = package.state.generations.last_mut() {
            last.held = last.held.map(|mut held| {
                held.added &= kept;
                held
            });
        }
    }

    /// What was added waits for nothing and is forgotten.
    pub(in crate::mutants) fn forget_additions(&mut self, kept: u64) {
        if let Some(package) = self.now_mut() {
            package.state.work.referenced &= kept;
        }
    }
}
