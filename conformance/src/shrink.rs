//! Makes a failing plan small: no step, change, point or site can be removed while the same clause stays broken in the
//! same class. It runs plans and asks the judge; it knows nothing of either.

use crate::plan::{Plan, Step};
use pkgsource_model::operation::{Change, FaultKind, Operation};
use pkgsource_model::words::{Body, SiteCode};

/// Shrinks `plan` while `fails` says that it still fails. `budget` bounds how often it is asked.
pub fn shrink(plan: &Plan, budget: usize, mut fails: impl FnMut(&Plan) -> bool) -> Plan {
    let mut best = plan.clone();
    let mut left = budget;
    loop {
        let smaller = candidates(&best).into_iter().find(|candidate| {
            let asked = left > 0;
            left = left.saturating_sub(1);
            asked && fails(candidate)
        });
        match smaller {
            Some(smaller) => best = smaller,
            None => return best,
        }
    }
}

/// Every plan that is one removal smaller, large removals first.
fn candidates(plan: &Plan) -> Vec<Plan> {
    let mut list = Vec::new();
    let count = plan.steps.len();
    let mut width = count.div_ceil(2);
    while width >= 1 {
        for start in (0..count).step_by(width).rev() {
            let mut smaller = plan.clone();
            smaller.steps.drain(start..(start + width).min(count));
            list.push(smaller);
        }
        width /= 2;
    }
    for (nth, step) in plan.steps.iter().enumerate() {
        list.extend(smaller_steps(step).into_iter().map(|step| {
            let mut smaller = plan.clone();
            smaller.steps[nth] = step;
            smaller
        }));
    }
    list.extend(smaller_trees(plan));
    list
}

fn smaller_steps(step: &Step) -> Vec<Step> {
    let Step::Do(operation) = step else { return Vec::new() };
    match operation {
        Operation::Edit { source, changes } => {
            let mut smaller: Vec<Vec<Change<Body>>> = Vec::new();
            for nth in (0..changes.len()).filter(|_| changes.len() > 1) {
                let mut fewer = changes.clone();
                fewer.remove(nth);
                smaller.push(fewer);
            }
            let plain = |change: &Change<Body>| match change {
                Change::Write { path, file, keep_time: true } => {
                    Change::Write { path: path.clone(), file: file.clone(), keep_time: false }
                }
                other => other.clone(),
            };
            if changes.iter().any(|change| plain(change) != *change) {
                smaller.push(changes.iter().map(plain).collect());
            }
            smaller
                .into_iter()
                .map(|changes| Step::Do(Operation::Edit { source: source.clone(), changes }))
                .collect()
        }
        Operation::Refresh { package, context, at, class } if context.is_some() || at.is_some() => {
            vec![Step::Do(Operation::Refresh {
                package: package.clone(),
                context: None,
                at: None,
                class: *class,
            })]
        }
        _ => Vec::new(),
    }
}

/// The plan without one point and the steps that name it, or without one site that has neither points nor children.
fn smaller_trees(plan: &Plan) -> Vec<Plan> {
    let mut list = Vec::new();
    for nth in 0..plan.tree.points.len() {
        let mut smaller = plan.clone();
        let removed = smaller.tree.points.remove(nth);
        smaller.steps.retain(|step| !names_point(step, removed.point.as_str()));
        list.push(smaller);
    }
    for nth in 1..plan.tree.sites.len() {
        let site = &plan.tree.sites[nth].site;
        let used = plan.tree.points.iter().any(|point| point.site == *site)
            || plan.tree.sites.iter().any(|entry| entry.parent.as_ref() == Some(site));
        if !used {
            let mut smaller = plan.clone();
            let removed = smaller.tree.sites.remove(nth);
            smaller.steps.retain(|step| !names_site(step, &removed.site));
            list.push(smaller);
        }
    }
    // A point of a child site moved to the owner, so that the site can go.
    for nth in 0..plan.tree.points.len() {
        let owner = plan.tree.sites.first().map(|entry| entry.site.clone());
        if let Some(owner) = owner.filter(|owner| plan.tree.points[nth].site != *owner) {
            let mut smaller = plan.clone();
            smaller.tree.points[nth].site = owner;
            list.push(smaller);
        }
    }
    list
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
