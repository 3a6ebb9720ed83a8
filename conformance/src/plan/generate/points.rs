//! How a generated plan gives points a package, and takes it away.

use super::draft::Draft;
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::words::PointName;

impl Draft<'_> {
    pub(super) fn assign(&mut self) {
        let Some(nth) = self.package() else { return };
        if self.tree.points.is_empty() || !self.scope.allows(OperationKind::Assign) {
            return;
        }
        let point = self.tree.points[self.choices.choose(self.tree.points.len())].point.clone();
        let package = &mut self.packages[nth];
        if !package.points.contains(&point) {
            package.points.push(point.clone());
        }
        let package = package.id.clone();
        self.operation(Operation::Assign { package, point });
    }

    /// A point that the package has.
    fn assigned(&mut self, kind: OperationKind) -> Option<(usize, PointName)> {
        let nth = self.package()?;
        let count = self.packages[nth].points.len();
        if count == 0 || !self.scope.allows(kind) {
            return None;
        }
        let place = self.choices.choose(count);
        Some((nth, self.packages[nth].points[place].clone()))
    }

    pub(super) fn remove(&mut self) {
        if let Some((nth, point)) = self.assigned(OperationKind::Remove) {
            self.packages[nth].points.retain(|known| *known != point);
            self.operation(Operation::Remove { package: self.packages[nth].id.clone(), point });
        }
    }

    pub(super) fn redistribute(&mut self) {
        if let Some((nth, point)) = self.assigned(OperationKind::Redistribute) {
            self.operation(Operation::Redistribute {
                package: self.packages[nth].id.clone(),
                point,
            });
        }
    }

    pub(super) fn cancel(&mut self) {
        if let Some((nth, point)) = self.assigned(OperationKind::Cancel) {
            self.operation(Operation::Cancel { package: self.packages[nth].id.clone(), point });
        }
    }
}
