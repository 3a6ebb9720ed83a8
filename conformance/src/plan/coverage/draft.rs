//! One long plan for the covering array: a tree, packages, and refreshes in surroundings that were not met yet. Each
//! choice takes the value of which most pairs are missing beside what was chosen before.

use super::changes::inside;
use super::dimensions::{
    After, Assigned, Before, Changed, Company, Files, Meanwhile, Name, Points, Sites, Version,
};
use super::impossible::is_served;
use super::ledger::Coverage;
use super::spot::Spot;
use super::world::{World, promises_points};
use crate::plan::build::{package, path, point, site, source};
use crate::plan::generate::Scope;
use crate::plan::{Plan, Random, Step};
use pkgsource_model::history::{PointEntry, SiteEntry, Tree};
use pkgsource_model::operation::{Change, Operation, OperationKind};
use pkgsource_model::words::{Body, FilePath, PackageClass, PackageId, PointName, SourceName};

/// How many refreshes a plan has with their surroundings.
const REFRESHES: usize = 9;

/// How many quick refreshes come first, in a plan of late versions.
const QUICK: usize = 7;

/// A plan being written.
pub(super) struct Draft<'a> {
    pub(super) scope: &'a Scope,
    /// What is missing, less what this draft has already chosen.
    pub(super) missing: Coverage,
    degrees: Vec<usize>,
    /// A missing pair that this draft is to meet, whatever else it meets.
    pub(super) goal: Option<(Spot, Spot)>,
    pub(super) random: Random,
    pub(super) world: World,
    pub(super) plan: Plan,
    pub(super) class: PackageClass,
    pub(super) files: Files,
    pub(super) texts: u64,
    pub(super) sources: usize,
    packages: usize,
    /// The path of each name, and of a file inside it.
    pub(super) paths: Vec<(FilePath, Option<FilePath>)>,
}

/// The package that every plan is about.
pub(super) fn first() -> PackageId {
    package("PKG1")
}

/// The classes, as values that can be chosen.
#[derive(Clone, Copy)]
struct OfClass(PackageClass);

impl From<OfClass> for Spot {
    fn from(of: OfClass) -> Self {
        of.0.into()
    }
}

impl<'a> Draft<'a> {
    pub(super) fn new(scope: &'a Scope, missing: &Coverage, mut random: Random) -> Self {
        let mut degrees = vec![0; Spot::COUNT];
        for (one, other) in missing.unmet() {
            degrees[one.index()] += 1;
            degrees[other.index()] += 1;
        }
        Self {
            scope,
            missing: missing.clone(),
            degrees,
            goal: missing.unmet().nth(random.below(missing.left())).filter(|_| is_late(missing)),
            random,
            world: World::of(&Tree::default()),
            plan: Plan::empty("c", &Tree::default()),
            class: PackageClass::Package,
            files: Files::Few,
            texts: 0,
            sources: 1,
            packages: 1,
            paths: Name::ALL
                .iter()
                .map(|name| path(&name.path()))
                .map(|at| (at.clone(), inside(&at)))
                .collect(),
        }
    }

    /// The plan, written.
    pub(super) fn written(mut self) -> Plan {
        let classes: Vec<OfClass> = self.scope.classes.iter().copied().map(OfClass).collect();
        if let Some(OfClass(class)) = self.choose(&classes, &[]) {
            self.class = class;
        }
        let company = self.choose(Company::ALL, &self.context()).unwrap_or(Company::Alone);
        self.hierarchy();
        self.files = self.choose(Files::ALL, &self.context()).unwrap_or(Files::Few);
        self.begin(company);
        let version = self.choose(Version::ALL, &self.context());
        if version.is_some_and(|version| version >= Version::Ninth) {
            let more = self.random.below(3);
            self.quick(QUICK + more);
        }
        for _ in 0..REFRESHES {
            self.episode();
        }
        self.plan
    }

    /// The spots that are known before a choice: in a class that binds nobody, only the class itself counts.
    pub(super) fn context(&self) -> Vec<Spot> {
        let mut spots = vec![Spot::from(self.class)];
        if !promises_points(self.class) {
            return spots;
        }
        if let Some(package) = self.world.packages.get(&first()) {
            let others = self.world.packages.iter().filter(|(id, _)| **id != first());
            let others: Vec<_> = others.map(|(_, other)| other).collect();
            spots.extend(super::place::spots(&self.plan.tree, &package.points));
            spots.extend(super::place::company(package, &others));
            spots.extend(Version::of(package.version + 1).map(Spot::from));
        }
        spots
    }

    /// A value of which many pairs are missing beside the context.
    pub(super) fn choose<T: Into<Spot> + Copy>(
        &mut self,
        values: &[T],
        context: &[Spot],
    ) -> Option<T> {
        let mut best: Option<(usize, T)> = None;
        for &value in values {
            let spot: Spot = value.into();
            if !is_served(spot, self.scope) {
                continue;
            }
            let missing = context.iter().filter(|&&other| self.missing.wants(spot, other)).count();
            let alone = usize::from(self.missing.wants(spot, spot));
            let goal = usize::from(self.is_goal(spot));
            let weight = missing * 1000 + alone * 5000 + self.degrees[spot.index()].min(999) + 100;
            // A little chance, so that of several drafts each goes elsewhere.
            let score = goal * 100_000_000 + weight * (50 + self.random.below(100));
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, value));
            }
        }
        best.map(|(_, value)| value)
    }

    /// One of some values: of two taken at random that with more missing, so that what is missing comes sooner.
    pub(super) fn draw<T: Into<Spot> + Copy>(&mut self, values: &[T]) -> T {
        let mut any = || values[self.random.below(values.len())];
        let (one, other) = (any(), any());
        let degree = |value: T| self.degrees[value.into().index()];
        if degree(other) > degree(one) { other } else { one }
    }

    pub(super) fn is_goal(&self, spot: Spot) -> bool {
        self.goal.is_some_and(|(one, other)| spot == one || spot == other)
    }

    /// Writes a step, and follows it.
    pub(super) fn step(&mut self, step: Step) {
        self.world.take(&step);
        self.plan.steps.push(step);
    }

    pub(super) fn operation(&mut self, operation: Operation<Body>) {
        self.step(Step::Do(operation));
    }

    fn hierarchy(&mut self) {
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
    fn begin(&mut self, company: Company) {
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

    /// Refreshes without surroundings, each with an edit: they raise the version.
    fn quick(&mut self, count: usize) {
        for _ in 0..count {
            let change = self.small_edit();
            let changes = vec![change];
            let source = self.source_of_first();
            self.operation(Operation::Edit { source, changes });
            self.refresh(first());
            self.step(Step::Settle {});
        }
    }

    pub(super) fn refresh(&mut self, package: PackageId) {
        self.operation(Operation::Refresh { package, context: None, at: None, class: None });
    }

    pub(super) fn source_of_first(&self) -> SourceName {
        let first = self.world.packages.get(&first());
        first.and_then(|package| package.source.clone()).unwrap_or_else(|| source("S1"))
    }

    /// A body that no other is equal to, of so many bytes.
    pub(super) fn body_of(&mut self, size: u64) -> Body {
        self.texts += 1;
        super::dimensions::Bytes::Lines.body(self.texts, size)
    }

    fn episode(&mut self) {
        let context = self.context();
        let befores: Vec<Before> =
            Before::ALL.iter().copied().filter(|&before| self.can_come_before(before)).collect();
        let before = self.choose(&befores, &context).unwrap_or(Before::Nothing);
        let mut known = [context.as_slice(), &[before.into()]].concat();
        let meanwhiles: Vec<Meanwhile> = Meanwhile::ALL
            .iter()
            .copied()
            .filter(|&value| self.can_come_meanwhile(value))
            .collect();
        let meanwhile = self.choose(&meanwhiles, &known).unwrap_or(Meanwhile::Nothing);
        known.push(meanwhile.into());
        let afters: Vec<After> =
            After::ALL.iter().copied().filter(|&after| self.can_come_after(after)).collect();
        let after = self.choose(&afters, &known).unwrap_or(After::Nothing);
        known.push(after.into());
        let changed = self.choose(Changed::ALL, &known).unwrap_or(Changed::One);
        known.push(changed.into());
        known.push(self.files.into());
        if !promises_points(self.class) {
            known.truncate(1);
        }
        let changes = self.changes(changed, &known);
        self.prepare(before, changes);
        self.refresh(first());
        self.meanwhile(meanwhile);
        self.step(Step::Settle {});
        if after != After::Nothing {
            self.afterwards(after);
            self.step(Step::Settle {});
        }
        let marked: Vec<Spot> = vec![before.into(), meanwhile.into(), after.into(), changed.into()];
        self.missing.take(&[context, marked].concat());
    }
}

/// True where so little is missing that each draft goes for a pair of its own.
fn is_late(missing: &Coverage) -> bool {
    missing.left() * 50 < missing.all()
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

/// The most files that a plan may hold whose versions should have such a number of them.
pub(super) fn most(files: Files) -> usize {
    match files {
        Files::None | Files::One | Files::Two => 6,
        Files::Few => 9,
        Files::Ten => 40,
        Files::Hundred => 140,
    }
}

/// The path of a file that is there to make up a number.
pub(super) fn filler(nth: usize) -> String {
    format!("many/{nth:03}.txt")
}
