//! Which points are the package's, what they are owed, and what they may lose. What they show is read elsewhere.

use super::Contents;
use crate::classes::{ClassEntry, Points};

impl Contents {
    /// What became of an operation on a point is not known.
    pub(in crate::clauses::facts) fn doubt(&mut self, point: usize) {
        if let Some(point) = self.points.get_mut(point) {
            point.doubtful = true;
        }
    }

    /// A point has at least this version, whatever it reports.
    pub(in crate::clauses::facts) fn has_at_least(&mut self, point: usize, version: u32) {
        if let Some(point) = self.points.get_mut(point) {
            point.least = point.least.max(version);
        }
    }

    /// True where any of these points may have the package.
    pub(in crate::clauses::facts) fn may_be_assigned(
        &self,
        mut points: impl Iterator<Item = usize>,
    ) -> bool {
        points.any(|point| {
            self.points.get(point).is_some_and(|point| point.assigned || point.doubtful)
        })
    }

    pub(in crate::clauses::facts) fn assign(&mut self, point: usize, class: &ClassEntry) {
        if let Some(point) = self.points.get_mut(point).filter(|point| !point.assigned) {
            (point.assigned, point.late) = (true, true);
            point.owed = class.points == Points::Promised;
        }
    }

    pub(in crate::clauses::facts) fn remove(&mut self, point: usize) {
        if let Some(point) = self.points.get_mut(point) {
            point.leaving |= point.assigned;
            (point.assigned, point.owed) = (false, false);
        }
    }

    pub(in crate::clauses::facts) fn remove_all(&mut self) {
        (0..self.points.len()).for_each(|point| self.remove(point));
    }

    pub(in crate::clauses::facts) fn redistribute(&mut self, point: usize) {
        if let Some(point) = self.points.get_mut(point) {
            point.owed |= point.assigned;
        }
    }

    pub(in crate::clauses::facts) fn cancel(&mut self, point: usize) {
        if let Some(point) = self.points.get_mut(point) {
            point.owed = false;
        }
    }

    pub(in crate::clauses::facts) fn note_put(&mut self, class: &ClassEntry) {
        if class.points == Points::WhileUnchanged {
            self.points.iter_mut().for_each(|point| point.owed = false);
        }
    }

    /// What the points hold may go away and come back; where it certainly does, they are owed it again.
    pub(in crate::clauses::facts) fn recreate(&mut self, class: &ClassEntry, certain: bool) {
        for point in self.points.iter_mut().filter(|point| point.assigned) {
            point.leaving = true;
            point.owed |= certain && class.points == Points::Promised;
        }
    }

    /// A version may be on its way that is owed to nobody.
    pub(in crate::clauses::facts) fn disown(&mut self, class: &ClassEntry) {
        if class.points != Points::Promised {
            self.points.iter_mut().for_each(|point| point.owed = false);
        }
    }

    pub(in crate::clauses::facts) fn owe(&mut self, class: &ClassEntry, touched: bool) {
        let owed = match class.points {
            Points::Promised => true,
            Points::WhileUnchanged => !touched,
            Points::NotPromised => false,
        };
        for point in self.points.iter_mut().filter(|point| point.assigned) {
            point.owed = owed;
        }
    }

    /// True where one of these points certainly has the package.
    pub(in crate::clauses::facts) fn has_assigned(
        &self,
        points: impl Iterator<Item = usize>,
    ) -> bool {
        points.into_iter().any(|point| {
            self.points.get(point).is_some_and(|point| point.assigned && !point.doubtful)
        })
    }

    pub(super) fn is_owed(&self, point: usize) -> bool {
        self.points.get(point).is_some_and(|point| point.assigned && point.owed)
    }
}
