//! What makes a plan valid: a tree that hangs together, and steps that presume nothing that was not made before.

use pkgsource::plan::{Plan, Step};
use pkgsource_model::operation::{Change, Operation};
use pkgsource_model::words::{Body, FilePath, PackageId, PointName};
use std::collections::{BTreeMap, BTreeSet};

/// What a plan's steps have made so far, and the first step that presumes something else.
#[derive(Default)]
struct World {
    packages: BTreeSet<PackageId>,
    deleted: BTreeSet<PackageId>,
    assigned: BTreeSet<(PackageId, PointName)>,
    files: BTreeMap<String, BTreeMap<FilePath, Body>>,
    absent: BTreeSet<String>,
}

impl World {
    /// Takes a step's effect over; an error says what it presumes wrongly.
    fn take(&mut self, plan: &Plan, operation: &Operation<Body>) -> Result<(), String> {
        let has_point = |name: &PointName| plan.tree.points.iter().any(|p| p.point == *name);
        let check = |holds: bool, why: &str| if holds { Ok(()) } else { Err(why.to_owned()) };
        if let Some(package) = operation.package() {
            let known = self.packages.contains(package);
            match operation {
                Operation::Create { .. } => check(!known, "a package is created twice")?,
                Operation::Refresh { .. } if package.as_str() == "NOSUCH" => {}
                _ => check(known, "a package is used before it is created")?,
            }
            check(!self.deleted.contains(package), "a package is used after it was deleted")?;
        }
        match operation {
            Operation::Create { package, .. } => {
                self.packages.insert(package.clone());
            }
            Operation::Delete { package } => {
                self.deleted.insert(package.clone());
            }
            Operation::Assign { package, point } => {
                check(has_point(point), "a point is not in the tree")?;
                self.assigned.insert((package.clone(), point.clone()));
            }
            Operation::Remove { package, point }
            | Operation::Redistribute { package, point }
            | Operation::Cancel { package, point } => {
                let assignment = (package.clone(), point.clone());
                check(self.assigned.contains(&assignment), "a point is not the package's")?;
                if matches!(operation, Operation::Remove { .. }) {
                    self.assigned.remove(&assignment);
                }
            }
            Operation::Refresh { at: Some(at), .. } => {
                check(plan.tree.sites.iter().any(|entry| entry.site == *at), "an unknown site")?;
            }
            Operation::Edit { source, changes } => {
                check(!changes.is_empty(), "an edit changes nothing")?;
                check(!self.absent.contains(source.as_str()), "an absent source is edited")?;
                let files = self.files.entry(source.as_str().to_owned()).or_default();
                changes.iter().try_for_each(|change| apply(files, change).map(drop))?;
            }
            Operation::Fault { target, .. } => {
                check(self.absent.insert(target.as_str().to_owned()), "a source is lost twice")?;
            }
            Operation::Heal { target, .. } => {
                check(
                    self.absent.remove(target.as_str()),
                    "a source is restored that was not lost",
                )?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Applies a change to files, and says what kind of change it turned out to be.
pub(crate) fn apply(
    files: &mut BTreeMap<FilePath, Body>,
    change: &Change<Body>,
) -> Result<&'static str, String> {
    match change {
        Change::Write { path, file, keep_time } => {
            let old = files.insert(path.clone(), file.clone());
            Ok(match old {
                None if *keep_time => return Err(format!("`{path}` has no time to keep")),
                Some(old) if *keep_time && old != *file => "hidden edit",
                Some(old) if old == *file => "write of the same",
                _ if *file == Body::Text(String::new()) => "empty file",
                Some(_) => "overwriting",
                None => "new file",
            })
        }
        Change::Delete { path } => {
            files.remove(path).map(|_| "deletion").ok_or(format!("`{path}` is deleted unwritten"))
        }
        Change::Rename { from, to } => {
            let file = files.remove(from).ok_or(format!("`{from}` is renamed unwritten"))?;
            let replaced = files.insert(to.clone(), file).is_some();
            Ok(if replaced { "rename onto another" } else { "rename" })
        }
    }
}

pub(crate) fn operations(plan: &Plan) -> impl Iterator<Item = &Operation<Body>> {
    plan.steps.iter().filter_map(|step| match step {
        Step::Do(operation) => Some(operation),
        Step::Settle {} | Step::Look {} => None,
    })
}

/// The first thing that is wrong with a plan.
pub(crate) fn flaw(plan: &Plan) -> Result<(), String> {
    let sites: Vec<_> = plan.tree.sites.iter().map(|entry| &entry.site).collect();
    for (nth, entry) in plan.tree.sites.iter().enumerate() {
        let well = match &entry.parent {
            None => nth == 0,
            Some(parent) => sites[..nth].contains(&parent),
        };
        if !well || sites[..nth].contains(&&entry.site) {
            return Err(format!("site {} is misplaced", entry.site));
        }
    }
    if let Some(entry) = plan.tree.points.iter().find(|entry| !sites.contains(&&entry.site)) {
        return Err(format!("point {} is at no site", entry.point));
    }
    let mut world = World::default();
    operations(plan).try_for_each(|operation| {
        world.take(plan, operation).map_err(|why| format!("{why}: {operation:?}"))
    })
}
