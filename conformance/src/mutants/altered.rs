//! The adapter that stands around the reference: it lets the reference do what is right, and then alters it.

use super::past::Past;
use super::pin::strict;
use super::scene::Scene;
use super::when::When;
use crate::adapter::body::record_of;
use crate::adapter::reference::{Package, Policy, Reference, World};
use crate::adapter::{Adapter, AdapterFault, Opened};
use pkgsource_model::history::{Capabilities, Tree};
use pkgsource_model::index::{Index, PointIndex, SiteIndex};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Page, Problem, Reply};
use pkgsource_model::words::{Body, FileRecord, PackageClass, PackageId, SourceName};
use std::collections::BTreeMap;
use std::path::Path;

/// What is altered on an occasion.
pub(super) type Does = fn(&mut Scene<'_>);

/// One alteration: on which occasion, and what is done. A defect is one that a clause forbids.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alteration {
    pub(super) when: When,
    pub(super) does: Does,
}

/// The reference with alterations around it.
#[derive(Debug)]
pub struct Altered {
    reference: Reference,
    alterations: &'static [Alteration],
    /// The classes in which they are made.
    classes: Vec<PackageClass>,
    pasts: BTreeMap<PackageId, Past>,
}

impl Altered {
    pub(super) fn new(
        reference: Reference,
        alterations: &'static [Alteration],
        classes: Vec<PackageClass>,
    ) -> Self {
        Self { reference, alterations, classes, pasts: BTreeMap::new() }
    }

    /// The reference at the same pace, with the strict readings and nothing altered.
    #[must_use]
    pub fn as_usual(&self) -> Reference {
        let policy = Policy { readings: strict(), ..self.reference.policy().clone() };
        Reference::new("reference", policy)
    }

    fn perform_recorded(&mut self, operation: &Operation<FileRecord>) -> Reply<Answer> {
        let before = match self.reference.world_mut() {
            Some(world) if !self.alterations.is_empty() => world.packages.clone(),
            _ => return self.reference.perform_recorded(operation),
        };
        let mut reply = self.reference.perform_recorded(operation);
        let Some(world) = self.reference.world_mut() else { return reply };
        for id in concerned(operation, world) {
            reply = self.alter(operation, &id, &before, reply);
        }
        reply
    }

    /// Takes note of what happened to one package, and alters it where an alteration is for that.
    fn alter(
        &mut self,
        operation: &Operation<FileRecord>,
        id: &PackageId,
        before: &BTreeMap<PackageId, Package>,
        reply: Reply<Answer>,
    ) -> Reply<Answer> {
        let Some(world) = self.reference.world_mut() else { return reply };
        let Some(when) = When::of(operation, &reply, before.get(id)) else { return reply };
        let (point, site) = (point_of(operation, world), site_of(operation, world));
        let was_had = had(before.get(id), point);
        let is_of_no_point = match when {
            When::Assigned => was_had,
            // No promise is about what is asked for at a point that has no part in it.
            When::Redistributed | When::Cancelled => !was_had,
            _ => false,
        };
        if is_of_no_point {
            return reply;
        }
        let snapshots = |package: Option<&Package>| {
            package.map_or(0, |package| package.state.generations.len())
        };
        let is_new = snapshots(world.packages.get(id)) != snapshots(before.get(id));
        let past = self.pasts.entry(id.clone()).or_default();
        past.note(when, operation, (point, site), is_new);
        let instead = past.instead.get(&point).cloned();
        let reply = match instead {
            Some(files) if when == When::ContentRead => {
                Reply::Ok(Answer::Content(files.map(|files| Page { files, next: None })))
            }
            _ => reply,
        };
        let class = world.packages.get(id).map(|package| package.class);
        let mut scene = Scene {
            world,
            before,
            id,
            operation,
            point,
            site,
            pasts: &mut self.pasts,
            when,
            reply,
        };
        if class.is_none_or(|class| self.classes.contains(&class)) {
            let due = self.alterations.iter().filter(|alteration| alteration.when == when);
            due.for_each(|alteration| (alteration.does)(&mut scene));
        }
        if when == When::Refreshed {
            scene.past().turn_the_page();
        }
        scene.reply
    }
}

/// The packages that an operation concerns: the one that it names, those whose source it changes, or all.
fn concerned(operation: &Operation<FileRecord>, world: &World) -> Vec<PackageId> {
    if let Some(id) = operation.package() {
        return vec![id.clone()];
    }
    let source = source_of(operation);
    let packages = world.packages.iter().filter(|(_, package)| {
        source.as_ref().is_none_or(|name| {
            let folder =
                package.state.properties.source.and_then(|source| world.sources.get(source));
            folder.is_some_and(|folder| folder.name == *name)
        })
    });
    packages.map(|(id, _)| id.clone()).collect()
}

/// The site that an operation names; the owner where it names none.
fn site_of(operation: &Operation<FileRecord>, world: &World) -> SiteIndex {
    let Operation::Site { site, .. } = operation else { return SiteIndex::OWNER };
    world.sites.position(|known| known == site).unwrap_or(SiteIndex::OWNER)
}

/// The point that an operation names; the first where it names none.
fn point_of(operation: &Operation<FileRecord>, world: &World) -> PointIndex {
    let point = match operation {
        Operation::Assign { point, .. }
        | Operation::Remove { point, .. }
        | Operation::Redistribute { point, .. }
        | Operation::Cancel { point, .. }
        | Operation::Point { point, .. }
        | Operation::Content { point, .. } => point,
        Operation::Create { .. }
        | Operation::Edit { .. }
        | Operation::Put { .. }
        | Operation::Refresh { .. }
        | Operation::SetSchedule { .. }
        | Operation::Delete { .. }
        | Operation::AddDriver { .. }
        | Operation::AddContent { .. }
        | Operation::Fault { .. }
        | Operation::Heal { .. }
        | Operation::Clock { .. }
        | Operation::Package { .. }
        | Operation::Site { .. }
        | Operation::Context { .. }
        | Operation::Operable { .. }
        | Operation::Idle {} => return PointIndex::FIRST,
    };
    world.point(point).unwrap_or(PointIndex::FIRST)
}

/// True for a point that was one of the package's.
fn had(before: Option<&Package>, point: PointIndex) -> bool {
    let row = before.and_then(|package| package.state.points.get(point));
    row.is_some_and(|row| row.assigned)
}

/// The name of the source that an operation is about, where it is about one.
fn source_of(operation: &Operation<FileRecord>) -> Option<SourceName> {
    if let Operation::Edit { source, .. } = operation {
        return Some(source.clone());
    }
    if let Operation::Fault { target, .. } | Operation::Heal { target, .. } = operation {
        return SourceName::new(target.as_str()).ok();
    }
    None
}

impl Adapter for Altered {
    fn capabilities(&self) -> &Capabilities {
        self.reference.capabilities()
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        self.pasts.clear();
        self.reference.open(plan, tree, scratch)
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        if self.reference.world_mut().is_none() {
            return Ok(Reply::AdapterError(Problem::new("no plan is open")));
        }
        Ok(self.perform_recorded(&operation.map_files(record_of)))
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.pasts.clear();
        self.reference.close()
    }
}
