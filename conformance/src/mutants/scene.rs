//! What a defect has at hand: what has just happened to which package, and what is known of it. The means of spoiling it
//! are in [`super::spoil`].

use super::past::Past;
use super::when::When;
use crate::adapter::reference::{Package, World};
use pkgsource_model::index::{GenerationIndex, PointIndex, SiteIndex};
use pkgsource_model::operation::{Operation, Properties};
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::step::Existence;
use pkgsource_model::words::{Content, FileRecord, PackageId};
use std::collections::BTreeMap;

/// The world after an operation, and the packages as they were before it.
pub(super) struct Scene<'a> {
    pub(super) world: &'a mut World,
    pub(super) before: &'a BTreeMap<PackageId, Package>,
    /// The package that it is about.
    pub(super) id: &'a PackageId,
    pub(super) operation: &'a Operation<FileRecord>,
    /// The point that the operation names; the first where it names none.
    pub(super) point: PointIndex,
    /// The site that the operation names; the owner where it names none.
    pub(super) site: SiteIndex,
    pub(super) pasts: &'a mut BTreeMap<PackageId, Past>,
    pub(super) when: When,
    /// What is answered.
    pub(super) reply: Reply<Answer>,
}

impl Scene<'_> {
    pub(super) fn past(&mut self) -> &mut Past {
        self.pasts.entry(self.id.clone()).or_default()
    }

    pub(super) fn now(&self) -> Option<&Package> {
        self.world.packages.get(self.id)
    }

    pub(super) fn now_mut(&mut self) -> Option<&mut Package> {
        self.world.packages.get_mut(self.id)
    }

    pub(super) fn old(&self) -> Option<&Package> {
        self.before.get(self.id)
    }

    /// The version of the newest snapshot.
    pub(super) fn version(&self) -> u32 {
        self.now().map_or(0, |package| package.state.processed())
    }

    /// The newest content of a package.
    pub(super) fn newest(&self, package: &Package) -> Option<Content> {
        let held = package.state.generations.iter().rev().find_map(|generation| generation.held)?;
        Some(self.world.files(package, held))
    }

    /// The content of one snapshot.
    pub(super) fn snapshot(&self, at: GenerationIndex) -> Option<Content> {
        let package = self.now()?;
        Some(self.world.files(package, package.state.generations.get(at)?.held?))
    }

    /// The newest content before the operation and after it.
    pub(super) fn contents(&self) -> Option<(Content, Content)> {
        Some((self.newest(self.old()?)?, self.newest(self.now()?)?))
    }

    /// True where the operation brought another content.
    pub(super) fn changed(&self) -> bool {
        self.contents().is_some_and(|(old, new)| old != new)
    }

    /// What the package's source holds; none where it has none, and while that cannot be read.
    pub(super) fn live(&self) -> Option<Content> {
        let package = self.now().filter(|package| package.state.has_source())?;
        let source = self.world.sources.get(package.state.properties.source?)?;
        source.present.then(|| source.files.clone())
    }

    /// True where the source holds something else than the newest snapshot.
    pub(super) fn is_edited(&self) -> bool {
        let taken = self.now().and_then(|package| package.state.generations.last()?.held);
        self.now().is_some_and(|package| {
            package.state.source_now().is_some_and(|now| taken.is_none_or(|held| held.base != now))
        })
    }

    /// The package's points, in the order of the tree.
    pub(super) fn points(&self) -> Vec<PointIndex> {
        let rows = self.now().map(|package| package.state.points.indexed());
        rows.into_iter().flatten().filter(|(_, row)| row.assigned).map(|(point, _)| point).collect()
    }

    /// The points that a refresh was accepted for since they were added.
    pub(super) fn refreshed_points(&mut self) -> Vec<PointIndex> {
        let (is_refreshed, new) = (self.past().accepted > 0, self.past().since.assigned.clone());
        let mut points = self.points();
        points.retain(|point| is_refreshed && !new.contains(point));
        points
    }

    /// The last of the package's points.
    pub(super) fn last(&self) -> Vec<PointIndex> {
        self.points().pop().into_iter().collect()
    }

    /// True for a point of a site that does not own the package.
    pub(super) fn is_at_child(&self, point: PointIndex) -> bool {
        self.world.points.get(point).is_some_and(|point| !point.site.is_owner())
    }

    /// The package's points at sites that do not own it.
    pub(super) fn points_of_children(&self) -> Vec<PointIndex> {
        self.points().into_iter().filter(|&point| self.is_at_child(point)).collect()
    }

    /// The package's points that were taken away once, and came back.
    pub(super) fn points_that_returned(&mut self) -> Vec<PointIndex> {
        let left = self.past().left.clone();
        self.points().into_iter().filter(|point| left.contains(point)).collect()
    }

    /// The other packages that are there and satisfy a condition.
    pub(super) fn others(&self, wanted: impl Fn(&Package) -> bool) -> Vec<PackageId> {
        let others = self.world.packages.iter().filter(|(id, _)| *id != self.id);
        let here = others.filter(|(_, other)| other.state.existence == Existence::Here);
        here.filter(|(_, other)| wanted(other)).map(|(id, _)| id.clone()).collect()
    }

    /// The other packages that have a point in common with this one, as it was before the operation.
    pub(super) fn neighbours(&self) -> Vec<PackageId> {
        let Some(own) = self.old().or(self.now()) else { return Vec::new() };
        self.others(|other| {
            let pairs = other.state.points.iter().zip(own.state.points.iter());
            pairs.into_iter().any(|(theirs, ours)| theirs.assigned && ours.assigned)
        })
    }

    /// The other packages of the same source.
    pub(super) fn siblings(&self) -> Vec<PackageId> {
        let source = self.old().or(self.now()).and_then(|package| package.state.properties.source);
        self.others(|other| source.is_some() && other.state.properties.source == source)
    }

    /// The properties that were written.
    pub(super) fn properties(&self) -> Option<&Properties> {
        let Operation::Put { properties, .. } = self.operation else { return None };
        Some(properties)
    }

    /// How many tokens a schedule was written with; 0 where none was written.
    pub(super) fn tokens(&self) -> usize {
        if let Operation::SetSchedule { tokens, .. } = self.operation { tokens.len() } else { 0 }
    }

    /// True where a property was written that has nothing to do with the source or the version.
    pub(super) fn only_the_name_was_written(&self) -> bool {
        self.properties().is_some_and(|properties| {
            let name = properties.name.clone();
            name.is_some() && *properties == Properties { name, ..Properties::default() }
        })
    }

    /// True where the site that was read does not own the package.
    pub(super) fn is_child_read(&self) -> bool {
        self.when == When::SiteRead && !self.site.is_owner()
    }

    /// How often this was read since the last call that returned 0, this time included.
    pub(super) fn nth_read(&mut self) -> u32 {
        let (when, place) = (self.when, (self.point, self.site));
        self.past().reads(when, place)
    }

    /// Counts, and says how often it has.
    pub(super) fn count(&mut self) -> u32 {
        let past = self.past();
        past.count += 1;
        past.count
    }
}
