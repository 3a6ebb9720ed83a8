//! Fewer points and sites.

use super::Shrinking;
use crate::plan::{Plan, Step};
use pkgsource_model::operation::{FaultKind, Operation};
use pkgsource_model::words::SiteCode;

impl<M: FnMut() -> bool, F: FnMut(&Plan) -> bool> Shrinking<M, F> {
    pub(super) fn smaller_tree(&mut self) {
        self.cut(self.best.tree.points.len(), |plan, range| {
            let mut smaller = plan.clone();
            for removed in smaller.tree.points.drain(range) {
                smaller.steps.retain(|step| !names_point(step, removed.point.as_str()));
            }
            smaller
        });
        // A point of a child site is moved to the owner, so that the site can go.
        for nth in 0..self.best.tree.points.len() {
            let owner = self.best.tree.sites.first().map(|entry| entry.site.clone());
            self.try_with(|plan| {
                if let (Some(owner), Some(point)) = (owner, plan.tree.points.get_mut(nth)) {
                    point.site = owner;
                }
            });
        }
        for nth in (1..self.best.tree.sites.len()).rev() {
            self.without_site(nth);
            self.nearer_site(nth);
        }
    }

    /// A site goes that has neither points nor children.
    fn without_site(&mut self, nth: usize) {
        let Some(entry) = self.best.tree.sites.get(nth).cloned() else { return };
        let tree = &self.best.tree;
        let is_used = tree.points.iter().any(|point| point.site == entry.site)
            || tree.sites.iter().any(|other| other.parent.as_ref() == Some(&entry.site));
        if !is_used {
            self.try_with(|plan| {
                plan.tree.sites.remove(nth);
                plan.steps.retain(|step| !names_site(step, &entry.site));
            });
        }
    }

    /// A site below a child site comes to be one of the owner's own.
    fn nearer_site(&mut self, nth: usize) {
        let owner = self.best.tree.sites.first().map(|entry| entry.site.clone());
        self.try_with(|plan| {
            if let Some(entry) = plan.tree.sites.get_mut(nth) {
                entry.parent = owner;
            }
        });
    }
}

fn names_point(step: &Step, name: &str) -> bool {
    let Step::Do(operation) = step else { return false };
    match operation {
        Operation::Assign { point, .. }
        | Operation::Remove { point, .. }
        | Operation::Redistribute { point, .. }
        | Operation::Cancel { point, .. }
        | Operation::Point { point, .. }
        | Operation::Content { point, .. } => point.as_str() == name,
        Operation::Fault { kind, target } | Operation::Heal { kind, target } => {
            *kind != FaultKind::SourceAbsent && target.as_str() == name
        }
        _ => false,
    }
}

fn names_site(step: &Step, code: &SiteCode) -> bool {
    let Step::Do(operation) = step else { return false };
    match operation {
        Operation::Refresh { at: Some(site), .. } | Operation::Site { site, .. } => site == code,
        Operation::Fault { kind: FaultKind::LinkDown, target }
        | Operation::Heal { kind: FaultKind::LinkDown, target } => target.as_str() == code.as_str(),
        _ => false,
    }
}
