//! One long plan for the covering array: a tree, packages, and refreshes in surroundings that were not met yet. Each
//! choice takes the value of which most pairs are missing beside what was chosen before.

use super::changes::inside;
use super::dimensions::{
    After, Asked, Before, Changed, Company, Files, Meanwhile, Name, Version, Waiting,
};
use super::impossible::{can_be_given, is_served};
use super::ledger::Coverage;
use super::spot::Spot;
use super::world::{World, promises_points};
use crate::plan::build::{package, path, source};
use crate::plan::generate::Scope;
use crate::plan::{Plan, Random, Step};
use pkgsource_model::history::Tree;
use pkgsource_model::operation::Operation;
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
    pub(super) packages: usize,
    /// The point whose delivery was given up last.
    pub(super) cancelled: Option<PointName>,
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
            cancelled: None,
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

    /// The ways to ask that the plan's tree allows.
    fn ways_to_ask(&self) -> Vec<Asked> {
        let has_child = self.plan.tree.sites.iter().any(|entry| entry.parent.is_some());
        Asked::ALL.iter().copied().filter(|&way| way != Asked::AtChild || has_child).collect()
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
        let asked = self.choose(&self.ways_to_ask(), &known).unwrap_or(Asked::Call);
        known.push(asked.into());
        let gifts =
            if can_be_given(self.class, self.scope) { Waiting::ALL } else { &[Waiting::Nothing] };
        let waiting = self.choose(gifts, &known).unwrap_or(Waiting::Nothing);
        known.push(waiting.into());
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
        self.give(waiting);
        self.prepare(before, asked, changes);
        self.ask(asked);
        self.meanwhile(meanwhile);
        self.step(Step::Settle {});
        if after != After::Nothing {
            self.afterwards(after, asked);
            self.step(Step::Settle {});
        }
        let marked: [Spot; 6] = [
            before.into(),
            asked.into(),
            waiting.into(),
            meanwhile.into(),
            after.into(),
            changed.into(),
        ];
        self.missing.take(&[context.as_slice(), &marked].concat());
    }
}

/// True where so little is missing that each draft goes for a pair of its own.
fn is_late(missing: &Coverage) -> bool {
    missing.left() * 50 < missing.all()
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
