//! What a plan has made so far: sources and their files, packages, their points and versions, and the refreshes whose
//! surroundings are still being told. It follows a plan, not an implementation: a refresh that has a source counts as made.

use super::dimensions::{Asked, Waiting};
use super::files::{self, Tree};
use super::refresh::{Interval, Refreshed};
use super::spot::Spot;
use crate::plan::{Plan, Step};
use pkgsource_model::classes::Points as Promise;
use pkgsource_model::history::Tree as Hierarchy;
use pkgsource_model::operation::{FaultKind, Operation, Properties};
use pkgsource_model::words::{
    Body, FilePath, PackageClass, PackageId, PointName, SiteCode, SourceName,
};
use std::collections::{BTreeMap, BTreeSet};

/// One package.
#[derive(Clone, Debug)]
pub(super) struct Package {
    pub(super) class: PackageClass,
    pub(super) source: Option<SourceName>,
    pub(super) points: BTreeSet<PointName>,
    pub(super) version: usize,
    pub(super) last: Tree,
    pub(super) before_last: Option<Tree>,
    pub(super) ever: BTreeSet<FilePath>,
    /// True where the source was written since the last version.
    pub(super) moved: bool,
    /// How many additions no version holds yet.
    waiting: usize,
    /// What was done since the last quiescent state.
    pub(super) interval: Interval,
    /// The last refresh, until the next.
    refreshed: Option<Refreshed>,
}

/// What a plan has made so far.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) hierarchy: Hierarchy,
    pub(super) packages: BTreeMap<PackageId, Package>,
    pub(super) sources: BTreeMap<SourceName, Tree>,
    pub(super) absent: BTreeSet<SourceName>,
    now: u64,
    /// The situations whose surroundings are known.
    met: Vec<Situation>,
}

/// A refresh in its surroundings, and one file that it had to bring, if there is one: the spots that come together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// Its spots, of each dimension none or more.
    pub spots: Vec<Spot>,
    /// True where the class promises that every point gets the files: elsewhere a situation tells of its class alone.
    pub is_telling: bool,
}

/// The situations of a plan.
#[must_use]
pub fn situations(plan: &Plan) -> Vec<Situation> {
    let mut world = World::of(&plan.tree);
    plan.steps.iter().for_each(|step| world.take(step));
    world.finish()
}

impl World {
    pub(super) fn of(hierarchy: &Hierarchy) -> Self {
        Self {
            hierarchy: hierarchy.clone(),
            packages: BTreeMap::new(),
            sources: BTreeMap::new(),
            absent: BTreeSet::new(),
            now: 0,
            met: Vec::new(),
        }
    }

    /// What was met, the last refreshes included.
    pub(super) fn finish(mut self) -> Vec<Situation> {
        for package in std::mem::take(&mut self.packages).into_values() {
            self.met.extend(package.close());
        }
        self.met
    }

    /// Takes a step's effect over.
    pub(super) fn take(&mut self, step: &Step) {
        self.now += 1;
        match step {
            Step::Settle {} => {
                for package in self.packages.values_mut() {
                    package.settle();
                }
            }
            Step::Look {} => self.note(|_, interval| interval.look()),
            Step::Do(operation) => self.perform(operation),
        }
    }

    /// Tells every package what happened.
    fn note(&mut self, mut tell: impl FnMut(&PackageId, &mut Interval)) {
        for (id, package) in &mut self.packages {
            tell(id, &mut package.interval);
        }
    }

    fn perform(&mut self, operation: &Operation<Body>) {
        match operation {
            Operation::Create { package, class, source, .. } => {
                self.create(package, *class, source.as_ref());
            }
            Operation::Edit { source, changes } => self.edit(source, changes),
            Operation::Fault { kind: FaultKind::SourceAbsent, target } => {
                self.lose(target.as_str(), true);
            }
            Operation::Heal { kind: FaultKind::SourceAbsent, target } => {
                self.lose(target.as_str(), false);
            }
            Operation::Refresh { package, at, class: None, .. } => {
                self.refresh(package, Asked::at(at.as_ref(), &self.hierarchy));
            }
            Operation::Put { package, properties } if Asked::by(properties).is_some() => {
                self.refresh_by_flag(package, properties);
            }
            Operation::Delete { package } => {
                if let Some(gone) = self.packages.remove(package) {
                    self.met.extend(gone.close());
                }
                self.note(|_, interval| interval.delete());
            }
            _ => {
                if let Some(package) = operation.package().and_then(|id| self.packages.get_mut(id))
                {
                    package.perform(operation);
                }
            }
        }
    }

    fn create(&mut self, id: &PackageId, class: PackageClass, source: Option<&SourceName>) {
        let tree = source.map(|source| self.sources.entry(source.clone()).or_default());
        let last = tree.map(files::snapshot).unwrap_or_default();
        let package = Package {
            class,
            source: source.cloned(),
            points: BTreeSet::new(),
            version: 1,
            ever: last.keys().cloned().collect(),
            last,
            before_last: None,
            moved: false,
            waiting: 0,
            interval: Interval::default(),
            refreshed: None,
        };
        if let Some(old) = self.packages.insert(id.clone(), package) {
            self.met.extend(old.close());
        }
    }

    fn edit(&mut self, source: &SourceName, changes: &[pkgsource_model::operation::Change<Body>]) {
        let now = self.now;
        let tree = self.sources.entry(source.clone()).or_default();
        for change in changes {
            files::apply(tree, change, now);
        }
        for package in self.packages.values_mut() {
            if package.source.as_ref() == Some(source) {
                package.interval.edit();
            }
        }
    }

    fn lose(&mut self, target: &str, is_lost: bool) {
        let Ok(source) = SourceName::new(target) else { return };
        for package in self.packages.values_mut().filter(|_| is_lost) {
            if package.source.as_ref() == Some(&source) {
                package.interval.lose();
            }
        }
        if is_lost {
            self.absent.insert(source);
        } else {
            self.absent.remove(&source);
        }
    }

    /// What is written beside the flag is part of the asking, not of what came before it.
    fn refresh_by_flag(&mut self, id: &PackageId, properties: &Properties) {
        let Some(asked) = Asked::by(properties) else { return };
        if let Some(package) = self.packages.get_mut(id) {
            package.write(properties);
        }
        self.refresh(id, asked);
    }

    fn refresh(&mut self, id: &PackageId, asked: Asked) {
        let mut others = self.surroundings(id);
        others.push(asked.into());
        self.note(|other, interval| {
            if other != id {
                interval.refresh_other();
            }
        });
        let Some(package) = self.packages.get_mut(id) else {
            return self.note(|_, interval| interval.refresh_unknown());
        };
        let source = package.source.clone();
        let Some(source) = source else { return };
        let tree = self.sources.entry(source.clone()).or_default();
        if self.absent.contains(&source) {
            return package.interval.refresh_in_vain();
        }
        if let Some(closed) = package.refresh(tree, others) {
            self.met.extend(closed);
        }
    }

    /// The tree and the other packages as the refresh of one finds them.
    fn surroundings(&self, id: &PackageId) -> Vec<Spot> {
        let Some(package) = self.packages.get(id).filter(|package| !package.points.is_empty())
        else {
            return Vec::new();
        };
        let others: Vec<&Package> = self
            .packages
            .iter()
            .filter(|(other, _)| *other != id)
            .map(|(_, other)| other)
            .collect();
        let mut spots = vec![Spot::from(package.class)];
        spots.extend(super::place::spots(&self.hierarchy, &package.points));
        spots.extend(super::place::company(package, &others));
        spots
    }
}

impl Package {
    fn settle(&mut self) {
        let interval = std::mem::take(&mut self.interval);
        if let Some(refreshed) = &mut self.refreshed {
            refreshed.settle(&interval);
        }
    }

    /// A refresh whose source can be read. The one before is told by now, unless this one comes before its quiescence.
    fn refresh(&mut self, tree: &mut Tree, mut spots: Vec<Spot>) -> Option<Vec<Situation>> {
        let versions = files::Versions {
            before_last: self.before_last.as_ref(),
            last: &self.last,
            now: tree,
            ever: &self.ever,
            moved: self.moved,
        };
        let rows = versions.files();
        spots.push(versions.changed().into());
        spots.push(super::dimensions::Files::of(tree.len()).into());
        spots.push(Waiting::of(std::mem::take(&mut self.waiting)).into());
        self.version += 1;
        spots.extend(super::dimensions::Version::of(self.version).map(Spot::from));
        let merges = self.refreshed.as_mut().is_some_and(|refreshed| refreshed.is_under_way());
        let has_points = !self.points.is_empty();
        self.before_last = Some(std::mem::replace(&mut self.last, files::snapshot(tree)));
        self.ever.extend(self.last.keys().cloned());
        self.moved = false;
        if merges {
            self.interval.refresh_again();
            return None;
        }
        let interval = std::mem::take(&mut self.interval);
        spots.extend(interval.before());
        let is_telling = self.class.entry().points == pkgsource_model::classes::Points::Promised;
        let next = has_points.then(|| Refreshed::new(spots, rows, is_telling));
        let closed = std::mem::replace(&mut self.refreshed, next);
        closed.map(Refreshed::situations)
    }

    fn close(mut self) -> Vec<Situation> {
        self.refreshed.take().map(Refreshed::situations).unwrap_or_default()
    }

    fn perform(&mut self, operation: &Operation<Body>) {
        self.interval.perform(operation, &self.points);
        match operation {
            Operation::Assign { point, .. } => {
                self.points.insert(point.clone());
            }
            Operation::Remove { point, .. } => {
                self.points.remove(point);
            }
            Operation::Put { properties, .. } => self.write(properties),
            Operation::AddDriver { .. } | Operation::AddContent { refresh_points: false, .. } => {
                self.waiting += 1;
            }
            _ => {}
        }
    }

    fn write(&mut self, properties: &Properties) {
        if let Some(source) = &properties.source {
            self.moved |= self.source.as_ref() != Some(source);
            self.source = Some(source.clone());
        }
    }
}

/// True where a class's page promises the points: what a point of another class shows binds nobody.
pub(super) fn promises_points(class: PackageClass) -> bool {
    class.entry().points == Promise::Promised
}

/// The sites below which, or at which, a site is: itself first.
pub(super) fn ancestry<'a>(hierarchy: &'a Hierarchy, site: &'a SiteCode) -> Vec<&'a SiteCode> {
    let mut path = vec![site];
    while let Some(parent) = path
        .last()
        .and_then(|last| hierarchy.sites.iter().find(|entry| entry.site == **last)?.parent.as_ref())
    {
        if path.contains(&parent) {
            break;
        }
        path.push(parent);
    }
    path
}
