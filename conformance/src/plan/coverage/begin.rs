//! How a covering plan begins: the tree, the first files, the packages and their points.

use super::dimensions::{Assigned, Company, Points, Sites};
use super::draft::{Draft, first};
use super::world::World;
use crate::plan::Step;
use crate::plan::build::{package, path, point, site, source};
use pkgsource_model::history::{PointEntry, SiteEntry};
use pkgsource_model::operation::{Change, Operation, OperationKind};
use pkgsource_model::words::{Body, PackageId, PointName, SourceName};

impl Draft<'_> {
    pub(super) fn hierarchy(&mut self) {
        let context = self.context();
        let sites = self.choose(Sites::ALL, &context).unwrap_or(Sites::Owner);
        let with_sites = [context.as_slice(), &[sites.into()]].concat();
        let assigned = self.choose(Assigned::ALL, &with_sites).unwrap_or(Assigned::Every);
        let with_assigned = [with_sites.as_slice(), &[assigned.into()]].concat();
        let points = self.choose(Points::ALL, &with_assigned).unwrap_or(Points::One);
        let most = number(points);
        // Sites, then how many points of each have the package, and how many have not.
        // Where no point can be removed, each assignment uses one up.
        let reserve = if self.scope.operations.contains(&OperationKind::Remove) { 1 } else { 9 };
        let spare = if assigned == Assigned::Some { reserve } else { 0 };
        let elsewhere = usize::from(assigned == Assigned::EveryOfASite);
        let (one, other) = if self.random.once_in(2) { (most, 1) } else { (1, most) };
        let rows: Vec<(&str, Option<&str>, usize, usize)> = match sites {
            Sites::Owner => vec![("PS1", None, most, spare)],
            Sites::Child => vec![
                ("PS1", None, one, spare),
                ("PS2", Some("PS1"), other, spare),
                ("PS3", Some("PS1"), 0, elsewhere),
            ],
            Sites::ChildAlone => {
                vec![("PS1", None, 0, elsewhere), ("PS2", Some("PS1"), most, spare)]
            }
            Sites::ChildWithout => {
                vec![("PS1", None, most, spare), ("PS2", Some("PS1"), 0, elsewhere)]
            }
            Sites::Siblings => vec![
                ("PS1", None, 0, elsewhere),
                ("PS2", Some("PS1"), one, spare),
                ("PS3", Some("PS1"), other, 0),
            ],
            Sites::Grandchild => vec![
                ("PS1", None, usize::from(elsewhere == 0), elsewhere),
                ("PS2", Some("PS1"), usize::from(self.random.once_in(2)), 0),
                ("PS3", Some("PS2"), most, spare),
            ],
        };
        self.grow(&rows);
    }

    /// The tree of such sites and points; the points that get the package come first at each site.
    fn grow(&mut self, rows: &[(&str, Option<&str>, usize, usize)]) {
        let mut assigned = Vec::new();
        for &(code, parent, with, without) in rows {
            let is_used = parent.is_none() || self.scope.child_sites;
            let is_empty_third = code == "PS3" && with + without == 0;
            if !is_used || is_empty_third {
                continue;
            }
            self.plan.tree.sites.push(SiteEntry { site: site(code), parent: parent.map(site) });
            for nth in 0..with + without {
                let name = point(&format!("DP{}", self.plan.tree.points.len() + 1));
                assigned.extend((nth < with).then(|| name.clone()));
                self.plan.tree.points.push(PointEntry { point: name, site: site(code) });
            }
        }
        self.world = World::of(&self.plan.tree);
        self.remember_to_assign(assigned);
    }

    /// Remembers which points the package begins with: the others are left to later steps.
    fn remember_to_assign(&mut self, points: Vec<PointName>) {
        self.plan.steps.extend(
            points.into_iter().map(|point| Step::Do(Operation::Assign { package: first(), point })),
        );
    }

    /// The first files, the packages, their points.
    pub(super) fn begin(&mut self, company: Company) {
        let assignments = std::mem::take(&mut self.plan.steps);
        let changes = self.first_files();
        let common = changes.first().cloned();
        if !changes.is_empty() {
            self.operation(Operation::Edit { source: source("S1"), changes });
        }
        self.create(first(), source("S1"));
        for step in assignments {
            self.step(step);
        }
        match company {
            Company::Alone => {}
            Company::SameSource => self.neighbour("S1", None, false),
            Company::SameFile => self.neighbour("S2", common, true),
            Company::SamePoint => self.neighbour("S2", None, true),
            Company::OtherPoint => self.neighbour("S2", None, false),
            Company::Third => {
                self.neighbour("S2", None, true);
                self.neighbour("S3", None, false);
            }
        }
        self.step(Step::Settle {});
    }

    pub(super) fn create(&mut self, id: PackageId, from: SourceName) {
        let class = self.class;
        self.operation(Operation::Create {
            package: id,
            class,
            source: Some(from),
            source_flag: None,
        });
    }

    /// Another package, with a file of its own or a common one, at the first package's point or at another.
    pub(super) fn neighbour(
        &mut self,
        from: &str,
        common: Option<Change<Body>>,
        at_same_point: bool,
    ) {
        self.packages += 1;
        let id = package(&format!("PKG{}", self.packages));
        if from != "S1" {
            let own =
                Change::Write { path: path("own.txt"), file: self.body_of(12), keep_time: false };
            let changes = common.into_iter().chain([own]).collect();
            self.operation(Operation::Edit { source: source(from), changes });
        }
        self.create(id.clone(), source(from));
        let taken = self.world.packages.get(&first()).map(|package| package.points.clone());
        let taken = taken.unwrap_or_default();
        let names: Vec<PointName> =
            self.plan.tree.points.iter().map(|entry| entry.point.clone()).collect();
        let fits = |name: &&PointName| taken.contains(*name) == at_same_point;
        if let Some(point) = names.iter().find(fits).or(names.first()) {
            self.operation(Operation::Assign { package: id, point: point.clone() });
        }
    }
}

fn number(points: Points) -> usize {
    match points {
        Points::One => 1,
        Points::Two => 2,
        Points::Three => 3,
        Points::Five => 5,
        Points::Six => 6,
        Points::Seven => 7,
    }
}
