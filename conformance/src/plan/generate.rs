//! The one generator: decodes a valid plan from a sequence of choices. Campaigns draw the choices from a seed; property
//! tests draw them themselves. It knows what makes a plan interesting, and nothing of what should be seen.

use super::build::{path, point, schedule, source};
use super::{Choices, Plan, Random, Step};
use pkgsource_model::classes::Additions;
use pkgsource_model::history::{Capabilities, Completes, PointEntry, SiteEntry, SourceMode, Tree};
use pkgsource_model::operation::{Change, FaultKind, Operation, OperationKind, Properties};
use pkgsource_model::words::{
    Body, FilePath, PackageClass, PackageId, PointName, SiteCode, SourceFlag, SourceName,
};

/// What a generated plan may contain.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The classes to choose from.
    pub classes: Vec<PackageClass>,
    /// The operations that may occur.
    pub operations: Vec<OperationKind>,
    /// True where sources can be made absent.
    pub source_faults: bool,
    /// True where child sites may occur.
    pub child_sites: bool,
    /// True where an operation's work is done when it returns.
    pub completes_at_return: bool,
    /// The most points.
    pub points: usize,
    /// The most steps, the first three apart.
    pub steps: usize,
}

impl Scope {
    /// Everything that an adapter serves.
    #[must_use]
    pub fn of(capabilities: &Capabilities) -> Self {
        let path = capabilities.source_mode == SourceMode::Path;
        let mut operations = capabilities.operations.clone();
        if path {
            operations.push(OperationKind::Edit);
        }
        Self {
            classes: capabilities.classes.clone(),
            operations,
            source_faults: path || capabilities.faults.contains(&FaultKind::SourceAbsent),
            child_sites: capabilities.reads.contains(&OperationKind::Site),
            completes_at_return: capabilities.completes == Completes::AtReturn,
            points: 7,
            steps: 14,
        }
    }

    /// True where an operation may occur.
    pub(super) fn serves(&self, operation: &Operation<Body>) -> bool {
        match operation {
            Operation::Fault { .. } | Operation::Heal { .. } => self.source_faults,
            _ => operation.kind().is_read() || self.allows(operation.kind()),
        }
    }

    fn allows(&self, kind: OperationKind) -> bool {
        self.operations.contains(&kind)
    }
}

/// The plan that follows from a seed.
#[must_use]
pub fn from_seed(seed: u64, scope: &Scope) -> Plan {
    let mut plan = decode(&mut Random::new(seed), scope);
    plan.seed = Some(seed);
    plan.name = format!("g{seed:x}");
    plan
}

/// Decodes a plan from choices. Every sequence of choices is a valid plan.
pub fn decode(choices: &mut dyn Choices, scope: &Scope) -> Plan {
    let mut draft = Draft::new(choices, scope);
    draft.begin();
    let steps = 1 + draft.choices.choose(scope.steps.max(1));
    for _ in 0..steps {
        draft.step();
    }
    draft.steps.push(Step::Settle {});
    Plan {
        name: "generated".into(),
        about: String::new(),
        seed: None,
        tree: draft.tree,
        steps: draft.steps,
    }
}

/// One package of the plan, as far as writing valid steps needs it.
struct Package {
    id: PackageId,
    class: PackageClass,
    source: Option<SourceName>,
    points: Vec<PointName>,
    contexts: usize,
    additions: usize,
    deleted: bool,
}

/// One source of the plan.
struct Source {
    name: SourceName,
    files: Vec<(FilePath, String)>,
    absent: bool,
}

/// Writes one kind of step.
type Write<'a> = fn(&mut Draft<'a>);

struct Draft<'a> {
    choices: &'a mut dyn Choices,
    scope: &'a Scope,
    tree: Tree,
    packages: Vec<Package>,
    sources: Vec<Source>,
    steps: Vec<Step>,
    texts: usize,
}

/// File names that have hurt somebody: both normal forms of one letter, spaces, depth, a leading dash.
const NAMES: [&str; 9] = [
    "a.txt",
    "b.txt",
    "setup/run.exe",
    "é.txt",
    "e\u{301}.txt",
    "with space.txt",
    "-dash",
    "deep/er/still/x",
    "Z.TXT",
];

const CHILDREN: [&str; 2] = ["PS2", "PS3"];

impl<'a> Draft<'a> {
    fn new(choices: &'a mut dyn Choices, scope: &'a Scope) -> Self {
        let tree = draw_tree(choices, scope);
        Self {
            choices,
            scope,
            tree,
            packages: Vec::new(),
            sources: Vec::new(),
            steps: Vec::new(),
            texts: 0,
        }
    }

    fn operation(&mut self, operation: Operation<Body>) {
        self.steps.push(Step::Do(operation));
    }

    /// The first package with a file, mostly with a point.
    fn begin(&mut self) {
        self.new_source();
        self.create();
        if self.choices.choose(8) > 0 {
            self.assign();
        }
    }

    fn step(&mut self) {
        let table: [(usize, Write<'a>); 15] = [
            (26, Self::edit),
            (26, Self::refresh),
            (10, Self::settle),
            (10, Self::assign),
            (4, Self::remove),
            (4, Self::redistribute),
            (5, Self::put),
            (6, Self::lose_or_restore),
            (5, Self::add),
            (2, Self::cancel),
            (2, Self::schedule),
            (2, Self::refresh_unknown),
            (2, Self::create),
            (4, Self::look),
            (1, Self::delete),
        ];
        let total: usize = table.iter().map(|(weight, _)| weight).sum();
        let mut ticket = self.choices.choose(total);
        for (weight, write) in table {
            if ticket < weight {
                return write(self);
            }
            ticket -= weight;
        }
    }

    fn settle(&mut self) {
        self.steps.push(Step::Settle {});
    }

    fn look(&mut self) {
        self.steps.push(Step::Look {});
    }

    fn new_source(&mut self) {
        let name = source(&format!("S{}", self.sources.len() + 1));
        self.sources.push(Source { name, files: Vec::new(), absent: false });
        let last = self.sources.len() - 1;
        if self.choices.choose(10) > 0 {
            self.edit_source(last);
        }
    }

    fn create(&mut self) {
        if self.packages.len() >= 2 || self.scope.classes.is_empty() {
            return;
        }
        if !self.packages.is_empty() && self.sources.len() < 2 && self.choices.choose(2) == 0 {
            self.new_source();
        }
        let class = self.scope.classes[self.choices.choose(self.scope.classes.len())];
        let without = self.choices.choose(16) == 15;
        let nth = self.choices.choose(self.sources.len());
        let source = self.sources.get(nth).filter(|_| !without).map(|source| source.name.clone());
        let spelled_out = class.entry().source_flag.is_some() || without;
        let source_flag =
            (spelled_out && self.choices.choose(4) == 3).then_some(SourceFlag::Direct);
        let id = super::build::package(&format!("PKG{}", self.packages.len() + 1));
        self.operation(Operation::Create {
            package: id.clone(),
            class,
            source: source.clone(),
            source_flag,
        });
        let package = Package {
            id,
            class,
            source,
            points: Vec::new(),
            contexts: 0,
            additions: 0,
            deleted: false,
        };
        self.packages.push(package);
    }

    /// One of the packages, mostly the first.
    fn package(&mut self) -> Option<usize> {
        let nth =
            if self.choices.choose(3) < 2 { 0 } else { self.choices.choose(self.packages.len()) };
        self.packages.get(nth).is_some_and(|package| !package.deleted).then_some(nth)
    }

    fn edit(&mut self) {
        if self.scope.allows(OperationKind::Edit) && !self.sources.is_empty() {
            let nth = self.choices.choose(self.sources.len());
            self.edit_source(nth);
        }
    }

    fn edit_source(&mut self, nth: usize) {
        if self.sources[nth].absent {
            return;
        }
        let count = 1 + self.choices.choose(2);
        let changes: Vec<Change<Body>> = (0..count).filter_map(|_| self.change(nth)).collect();
        if !changes.is_empty() {
            let source = self.sources[nth].name.clone();
            self.operation(Operation::Edit { source, changes });
        }
    }

    /// A change that is one: a rename needs a file, a file of the same size needs a predecessor.
    fn change(&mut self, nth: usize) -> Option<Change<Body>> {
        let kind = self.choices.choose(10);
        let count = self.sources[nth].files.len();
        let chosen = if count == 0 { None } else { Some(self.choices.choose(count)) };
        match (kind, chosen) {
            (0..=3, _) | (_, None) => Some(self.write_new(nth)),
            (4..=6, Some(file)) => Some(self.write_same_size(nth, file, kind > 4)),
            (7, Some(file)) => {
                let (path, _) = self.sources[nth].files.remove(file);
                Some(Change::Delete { path })
            }
            (_, Some(file)) => self.rename(nth, file),
        }
    }

    fn write_new(&mut self, nth: usize) -> Change<Body> {
        let path = path(NAMES[self.choices.choose(NAMES.len())]);
        self.texts += 1;
        let text = match self.choices.choose(12) {
            10 => String::new(),
            _ => format!("text {:03}", self.texts),
        };
        let files = &mut self.sources[nth].files;
        files.retain(|(known, _)| *known != path);
        files.push((path.clone(), text.clone()));
        Change::Write { path, file: Body::Text(text), keep_time: false }
    }

    fn write_same_size(&mut self, nth: usize, file: usize, keep_time: bool) -> Change<Body> {
        self.texts += 1;
        let (path, old) = self.sources[nth].files[file].clone();
        let text = if old.len() == 8 { format!("text {:03}", self.texts) } else { old };
        self.sources[nth].files[file].1.clone_from(&text);
        Change::Write { path, file: Body::Text(text), keep_time }
    }

    fn rename(&mut self, nth: usize, file: usize) -> Option<Change<Body>> {
        let to = path(NAMES[self.choices.choose(NAMES.len())]);
        let files = &mut self.sources[nth].files;
        let (from, text) = files.get(file).cloned()?;
        if from == to {
            return None;
        }
        files.retain(|(known, _)| *known != to && *known != from);
        files.push((to.clone(), text));
        Some(Change::Rename { from, to })
    }

    fn refresh(&mut self) {
        let Some(nth) = self.package() else { return };
        let special = self.choices.choose(20);
        let package = &mut self.packages[nth];
        let own = package.class;
        let mut context = None;
        if own.entry().context && special % 2 == 1 {
            package.contexts += usize::from(special < 15 || package.contexts == 0);
            context = Some(format!("context-{}", package.contexts));
        }
        if special == 18 {
            context = Some(String::new());
        }
        let child =
            self.tree.sites.get(1).map(|entry| entry.site.clone()).filter(|_| special == 16);
        self.operation(Operation::Refresh {
            package: self.packages[nth].id.clone(),
            context,
            at: child,
            class: None,
        });
    }

    fn refresh_unknown(&mut self) {
        let class = self.packages.first().map(|package| package.class);
        let package = super::build::package("NOSUCH");
        self.operation(Operation::Refresh { package, context: None, at: None, class });
    }

    fn assign(&mut self) {
        let Some(nth) = self.package() else { return };
        if self.tree.points.is_empty() || !self.scope.allows(OperationKind::Assign) {
            return;
        }
        let point = self.tree.points[self.choices.choose(self.tree.points.len())].point.clone();
        let package = &mut self.packages[nth];
        if !package.points.contains(&point) {
            package.points.push(point.clone());
        }
        let package = package.id.clone();
        self.operation(Operation::Assign { package, point });
    }

    /// A point that the package has.
    fn assigned(&mut self, kind: OperationKind) -> Option<(usize, PointName)> {
        let nth = self.package()?;
        let count = self.packages[nth].points.len();
        if count == 0 || !self.scope.allows(kind) {
            return None;
        }
        let place = self.choices.choose(count);
        Some((nth, self.packages[nth].points[place].clone()))
    }

    fn remove(&mut self) {
        if let Some((nth, point)) = self.assigned(OperationKind::Remove) {
            self.packages[nth].points.retain(|known| *known != point);
            self.operation(Operation::Remove { package: self.packages[nth].id.clone(), point });
        }
    }

    fn redistribute(&mut self) {
        if let Some((nth, point)) = self.assigned(OperationKind::Redistribute) {
            self.operation(Operation::Redistribute {
                package: self.packages[nth].id.clone(),
                point,
            });
        }
    }

    fn cancel(&mut self) {
        if let Some((nth, point)) = self.assigned(OperationKind::Cancel) {
            self.operation(Operation::Cancel { package: self.packages[nth].id.clone(), point });
        }
    }

    fn delete(&mut self) {
        if let Some(nth) = self.package().filter(|_| self.scope.allows(OperationKind::Delete)) {
            self.packages[nth].deleted = true;
            self.operation(Operation::Delete { package: self.packages[nth].id.clone() });
        }
    }

    fn put(&mut self) {
        let Some(nth) = self.package().filter(|_| self.scope.allows(OperationKind::Put)) else {
            return;
        };
        let mut properties = Properties::default();
        match self.choices.choose(8) {
            0..=2 => properties.name = Some("renamed".into()),
            3 => properties.share_name = Some("share$".into()),
            4 => properties.source_version = Some(99),
            5 => properties.refresh_pkg_source_flag = Some(true),
            6 => {
                let flags = [SourceFlag::NoSource, SourceFlag::Direct];
                properties.source_flag = Some(flags[self.choices.choose(flags.len())]);
            }
            _ => {
                let source = self.sources.get(self.choices.choose(self.sources.len()));
                properties.source = source.map(|source| source.name.clone());
                self.packages[nth].source.clone_from(&properties.source);
            }
        }
        if properties != Properties::default() {
            self.operation(Operation::Put { package: self.packages[nth].id.clone(), properties });
        }
    }

    fn lose_or_restore(&mut self) {
        if !self.scope.source_faults || self.sources.is_empty() {
            return;
        }
        let nth = self.choices.choose(self.sources.len());
        let source = &mut self.sources[nth];
        source.absent = !source.absent;
        let (kind, target) = (FaultKind::SourceAbsent, (&source.name).into());
        let lost = source.absent;
        self.operation(if lost {
            Operation::Fault { kind, target }
        } else {
            Operation::Heal { kind, target }
        });
        if lost {
            self.refresh();
        }
    }

    fn add(&mut self) {
        let Some(nth) = self.package() else { return };
        let refresh_points = self.choices.choose(2) == 1;
        let package = &mut self.packages[nth];
        if package.additions >= 3 || package.source.is_none() {
            return;
        }
        package.additions += 1;
        let path = path(&format!("added/{}.inf", package.additions));
        let file = Body::Text(format!("addition {}", package.additions));
        let (additions, package) = (package.class.entry().additions, package.id.clone());
        match additions {
            Additions::Drivers if self.scope.allows(OperationKind::AddDriver) => {
                self.operation(Operation::AddDriver { package, path, file });
            }
            Additions::Content if self.scope.allows(OperationKind::AddContent) => {
                self.operation(Operation::AddContent { package, path, file, refresh_points });
            }
            _ => {}
        }
    }

    fn schedule(&mut self) {
        let Some(nth) = self.package().filter(|_| self.scope.allows(OperationKind::SetSchedule))
        else {
            return;
        };
        let count = [0, 1, 15, 16][self.choices.choose(4)];
        self.operation(schedule(self.packages[nth].id.clone(), count));
    }
}

fn draw_tree(choices: &mut dyn Choices, scope: &Scope) -> Tree {
    let owner = super::build::site("PS1");
    let mut sites = vec![SiteEntry { site: owner.clone(), parent: None }];
    if scope.child_sites {
        for child in CHILDREN.iter().take([0, 0, 1, 1, 2][choices.choose(5)]) {
            sites.push(SiteEntry { site: super::build::site(child), parent: Some(owner.clone()) });
        }
    }
    let count = 1 + choices.choose(scope.points.max(1));
    let at =
        |choices: &mut dyn Choices| -> SiteCode { sites[choices.choose(sites.len())].site.clone() };
    let points = (1..=count)
        .map(|n| PointEntry { point: point(&format!("DP{n}")), site: at(choices) })
        .collect();
    Tree { sites, points }
}
