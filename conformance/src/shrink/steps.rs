//! Fewer packages, steps and changes, and plainer operations.

use super::Shrinking;
use crate::plan::{Plan, Step};
use pkgsource_model::operation::{Change, Operation, Properties};
use pkgsource_model::words::{Body, PackageId};
use std::collections::BTreeSet;

impl<M: FnMut() -> bool, F: FnMut(&Plan) -> bool> Shrinking<M, F> {
    /// Everything that is done to one package goes at once.
    pub(super) fn fewer_packages(&mut self) {
        let of = |step: &Step| match step {
            Step::Do(operation) => operation.package().cloned(),
            Step::Settle {} | Step::Look {} => None,
        };
        let packages: BTreeSet<PackageId> = self.best.steps.iter().filter_map(of).collect();
        for package in packages.into_iter().rev() {
            self.try_with(|plan| plan.steps.retain(|step| of(step).as_ref() != Some(&package)));
        }
    }

    pub(super) fn fewer_steps(&mut self) {
        self.cut(self.best.steps.len(), |plan, range| {
            let mut smaller = plan.clone();
            smaller.steps.drain(range);
            smaller
        });
    }

    /// What heals nothing goes, all of it at once.
    pub(super) fn without_idle_heals(&mut self) {
        self.try_with(|plan| {
            let mut failing = BTreeSet::new();
            plan.steps.retain(|step| match step {
                Step::Do(Operation::Fault { kind, target }) => {
                    failing.insert((*kind, target.clone()));
                    true
                }
                Step::Do(Operation::Heal { kind, target }) => {
                    failing.remove(&(*kind, target.clone()))
                }
                Step::Do(_) | Step::Settle {} | Step::Look {} => true,
            });
        });
    }

    pub(super) fn fewer_changes(&mut self) {
        for nth in 0..self.best.steps.len() {
            let count = match self.best.steps.get(nth) {
                Some(Step::Do(Operation::Edit { changes, .. })) => changes.len(),
                _ => continue,
            };
            self.cut(count, |plan, range| {
                let mut smaller = plan.clone();
                if let Some(Step::Do(Operation::Edit { changes, .. })) = smaller.steps.get_mut(nth)
                {
                    // An edit without changes is no edit: that it can go was tried before.
                    if range.len() < changes.len() {
                        changes.drain(range);
                    }
                }
                smaller
            });
        }
    }

    pub(super) fn plainer_steps(&mut self) {
        for nth in 0..self.best.steps.len() {
            let Some(Step::Do(operation)) = self.best.steps.get(nth) else { continue };
            for plainer in plainer(operation) {
                self.try_with(|plan| {
                    if let Some(step) = plan.steps.get_mut(nth) {
                        *step = Step::Do(plainer);
                    }
                });
            }
        }
    }
}

/// The same operation with less in it, plainest first.
fn plainer(operation: &Operation<Body>) -> Vec<Operation<Body>> {
    match operation {
        Operation::Edit { source, changes } => {
            let plain = |change: &Change<Body>| match change {
                Change::Write { path, file, .. } => {
                    Change::Write { path: path.clone(), file: file.clone(), keep_time: false }
                }
                Change::Delete { .. } | Change::Rename { .. } => change.clone(),
            };
            let all = changes.iter().map(plain).collect();
            let one = |nth: usize| {
                let mut changes = changes.clone();
                changes[nth] = plain(&changes[nth]);
                changes
            };
            let lists = std::iter::once(all).chain((0..changes.len()).map(one));
            lists.map(|changes| Operation::Edit { source: source.clone(), changes }).collect()
        }
        Operation::Refresh { package, context, at, class } => {
            let with = |context: Option<String>, at, class| Operation::Refresh {
                package: package.clone(),
                context,
                at,
                class,
            };
            vec![
                with(None, None, None),
                with(None, at.clone(), *class),
                with(context.clone(), None, *class),
                with(context.clone(), at.clone(), None),
            ]
        }
        Operation::Put { package, properties } => {
            let put = |properties| Operation::Put { package: package.clone(), properties };
            let called = (properties.refresh_pkg_source_flag == Some(true)).then(|| {
                let package = package.clone();
                Operation::Refresh { package, context: None, at: None, class: None }
            });
            called.into_iter().chain(fewer_properties(properties).into_iter().map(put)).collect()
        }
        Operation::SetSchedule { package, tokens } if tokens.len() > 1 => {
            vec![Operation::SetSchedule { package: package.clone(), tokens: tokens[..1].to_vec() }]
        }
        _ => Vec::new(),
    }
}

/// The properties with one of them left out, where more than one is written.
fn fewer_properties(all: &Properties) -> Vec<Properties> {
    let without: [fn(&mut Properties); 6] = [
        |properties| properties.name = None,
        |properties| properties.share_name = None,
        |properties| properties.source = None,
        |properties| properties.source_flag = None,
        |properties| properties.source_version = None,
        |properties| properties.refresh_pkg_source_flag = None,
    ];
    let fewer = without.into_iter().map(|leave_out| {
        let mut properties = all.clone();
        leave_out(&mut properties);
        properties
    });
    fewer.filter(|properties| *properties != Properties::default()).collect()
}
