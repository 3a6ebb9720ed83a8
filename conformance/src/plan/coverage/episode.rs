//! What falls before, during and after one refresh of a covering plan, as steps.

use super::dimensions::{After, Asked, Before, Meanwhile};
use super::draft::{Draft, first};
use crate::plan::Step;
use crate::plan::build::{named, package, schedule, source};
use pkgsource_model::operation::{Change, FaultKind, Operation, Properties};
use pkgsource_model::words::{Body, FaultTarget, PackageId, PointName, SourceName};

impl Draft<'_> {
    /// The edit and what falls before the refresh.
    pub(super) fn prepare(&mut self, before: Before, asked: Asked, changes: Vec<Change<Body>>) {
        if before == Before::Moved {
            let source = Some(self.copied_source(&changes));
            return self.put(Properties { source, ..Properties::default() });
        }
        if before == Before::Twice {
            self.edit_before_the_edit(&changes);
        }
        if !changes.is_empty() {
            let source = self.source_of_first();
            self.operation(Operation::Edit { source, changes });
        }
        match before {
            Before::Nothing | Before::Twice | Before::Moved => {}
            Before::Look => self.step(Step::Look {}),
            Before::Assign => self.assign(),
            Before::Remove => self.remove(),
            Before::Return => self.remove_and_assign(false),
            Before::Redistribute => self.redistribute(),
            Before::Cancel => self.cancel(),
            Before::Rename => self.rename(),
            Before::Flag => self.unset_flag(),
            Before::InVain => self.ask_in_vain(asked, 1),
            Before::Unknown => self.refresh(package("NOSUCH")),
            Before::Neighbour => self.refresh_neighbour(),
            Before::Schedule => self.schedule(),
        }
    }

    pub(super) fn meanwhile(&mut self, meanwhile: Meanwhile) {
        match meanwhile {
            Meanwhile::Nothing => {}
            Meanwhile::Look => self.step(Step::Look {}),
            Meanwhile::LookTwice => {
                self.step(Step::Look {});
                self.step(Step::Look {});
            }
            Meanwhile::Edit => self.edit(),
            Meanwhile::EditAndRefresh => {
                self.edit();
                self.refresh(first());
            }
            Meanwhile::Refresh => self.refresh(first()),
            Meanwhile::Assign => self.assign(),
            Meanwhile::Remove => self.remove(),
            Meanwhile::Return => self.remove_and_assign(false),
            Meanwhile::Redistribute => self.redistribute(),
            Meanwhile::Cancel => self.cancel(),
            Meanwhile::CancelAndRefresh => {
                self.cancel();
                self.refresh(first());
            }
            Meanwhile::CancelAndRetry => self.cancel_and_retry(),
            Meanwhile::Lost => {
                let target = FaultTarget::from(&self.source_of_first());
                let kind = FaultKind::SourceAbsent;
                self.operation(Operation::Fault { kind, target: target.clone() });
                self.step(Step::Settle {});
                self.operation(Operation::Heal { kind, target });
            }
            Meanwhile::Neighbour => self.refresh_neighbour(),
            Meanwhile::Rename => self.rename(),
        }
    }

    pub(super) fn afterwards(&mut self, after: After, asked: Asked) {
        match after {
            After::Nothing => {}
            After::EditAndLook => {
                self.edit();
                self.step(Step::Look {});
            }
            After::EditAndRedistribute => {
                self.edit();
                self.redistribute();
            }
            After::EditAndAssign => {
                self.edit();
                self.assign();
            }
            After::Redistribute => self.redistribute(),
            After::Return => self.remove_and_assign(true),
            After::Remove => self.remove(),
            After::InVain => self.ask_in_vain(asked, 1),
            After::InVainTwice => self.ask_in_vain(asked, 2),
            After::Cancel => self.cancel(),
            After::Delete => self.delete_neighbour(),
            After::Flag => self.unset_flag(),
            After::Version => {
                self.put(Properties { source_version: Some(99), ..Properties::default() });
            }
            After::Twice => {
                if let Some(point) = self.any_point(true) {
                    self.operation(Operation::Assign { package: first(), point });
                }
            }
        }
    }

    fn has_free_point(&self) -> bool {
        let taken = self.world.packages.get(&first()).map_or(0, |package| package.points.len());
        taken < self.plan.tree.points.len()
    }

    /// True where one point can go and one is left.
    fn has_two_points(&self) -> bool {
        self.world.packages.get(&first()).is_some_and(|package| package.points.len() > 1)
    }

    fn has_point(&self, point: &PointName) -> bool {
        self.world.packages.get(&first()).is_some_and(|package| package.points.contains(point))
    }

    pub(super) fn can_come_before(&self, before: Before) -> bool {
        match before {
            Before::Assign => self.has_free_point(),
            Before::Remove => self.has_two_points(),
            Before::Neighbour => self.any_neighbour().is_some(),
            _ => true,
        }
    }

    pub(super) fn can_come_meanwhile(&self, meanwhile: Meanwhile) -> bool {
        match meanwhile {
            Meanwhile::Assign => self.has_free_point(),
            Meanwhile::Remove => self.has_two_points(),
            Meanwhile::Neighbour => self.any_neighbour().is_some(),
            _ => true,
        }
    }

    pub(super) fn can_come_after(&self, after: After) -> bool {
        match after {
            After::EditAndAssign => self.has_free_point(),
            After::Remove => self.has_two_points(),
            _ => true,
        }
    }

    fn edit(&mut self) {
        let changes = vec![self.small_edit()];
        let source = self.source_of_first();
        self.operation(Operation::Edit { source, changes });
    }

    /// An edit that the next one writes over, or adds to.
    fn edit_before_the_edit(&mut self, changes: &[Change<Body>]) {
        let first = match changes.first() {
            Some(Change::Write { path, keep_time: false, .. }) => {
                Change::Write { path: path.clone(), file: self.body_of(20), keep_time: false }
            }
            _ => self.small_edit(),
        };
        let source = self.source_of_first();
        self.operation(Operation::Edit { source, changes: vec![first] });
    }

    /// A new source with the files of the old, changed.
    pub(super) fn copied_source(&mut self, changes: &[Change<Body>]) -> SourceName {
        let old = self.source_of_first();
        let mut tree = self.world.sources.get(&old).cloned().unwrap_or_default();
        for change in changes {
            super::files::apply(&mut tree, change, 0);
        }
        self.sources += 1;
        let new = source(&format!("M{}", self.sources));
        let writes: Vec<Change<Body>> = tree
            .into_iter()
            .map(|(path, file)| Change::Write { path, file: file.body, keep_time: false })
            .collect();
        if !writes.is_empty() {
            self.operation(Operation::Edit { source: new.clone(), changes: writes });
        }
        new
    }

    /// A point that the package has, or has not.
    fn any_point(&mut self, is_assigned: bool) -> Option<PointName> {
        let package = self.world.packages.get(&first())?;
        let points: Vec<PointName> = self
            .plan
            .tree
            .points
            .iter()
            .map(|entry| entry.point.clone())
            .filter(|point| package.points.contains(point) == is_assigned)
            .collect();
        let nth = self.random.below(points.len());
        points.get(nth).cloned()
    }

    fn assign(&mut self) {
        if let Some(point) = self.any_point(false) {
            self.operation(Operation::Assign { package: first(), point });
        }
    }

    fn remove(&mut self) {
        let count = self.world.packages.get(&first()).map_or(0, |package| package.points.len());
        if let Some(point) = self.any_point(true).filter(|_| count > 1) {
            self.operation(Operation::Remove { package: first(), point });
        }
    }

    fn remove_and_assign(&mut self, with_edit: bool) {
        let Some(point) = self.any_point(true) else { return };
        self.operation(Operation::Remove { package: first(), point: point.clone() });
        if with_edit {
            self.edit();
        }
        self.operation(Operation::Assign { package: first(), point });
    }

    /// One whose delivery was given up comes first: what is sent again is the content of the version.
    fn redistribute(&mut self) {
        let cancelled = self.cancelled.take().filter(|point| self.has_point(point));
        if let Some(point) = cancelled.or_else(|| self.any_point(true)) {
            self.operation(Operation::Redistribute { package: first(), point });
        }
    }

    fn cancel(&mut self) {
        if let Some(point) = self.any_point(true) {
            self.cancelled = Some(point.clone());
            self.operation(Operation::Cancel { package: first(), point });
        }
    }

    /// The point whose delivery was given up is served again, after an edit that no version holds.
    fn cancel_and_retry(&mut self) {
        let Some(point) = self.any_point(true) else { return };
        self.operation(Operation::Cancel { package: first(), point: point.clone() });
        self.edit();
        self.operation(Operation::Redistribute { package: first(), point });
    }

    pub(super) fn put(&mut self, properties: Properties) {
        self.operation(Operation::Put { package: first(), properties });
    }

    fn rename(&mut self) {
        self.texts += 1;
        self.put(named(&format!("name {}", self.texts)));
    }

    fn unset_flag(&mut self) {
        self.put(Properties { refresh_pkg_source_flag: Some(false), ..Properties::default() });
    }

    fn any_neighbour(&self) -> Option<PackageId> {
        self.world.packages.keys().find(|id| **id != first()).cloned()
    }

    fn refresh_neighbour(&mut self) {
        let Some(id) = self.any_neighbour() else { return };
        self.refresh(id);
    }

    fn delete_neighbour(&mut self) {
        if self.any_neighbour().is_none() {
            self.sources += 1;
            let from = format!("N{}", self.sources);
            self.neighbour(&from, None, true);
            self.step(Step::Settle {});
        }
        if let Some(package) = self.any_neighbour() {
            self.operation(Operation::Delete { package });
        }
    }

    fn schedule(&mut self) {
        self.operation(schedule(first(), 1));
    }
}
