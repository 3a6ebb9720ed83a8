//! A plan that is being generated: its packages, and one step after the other by weight.

use super::sources::Source;
use super::{Scope, tree};
use crate::plan::build::{self, path, schedule};
use crate::plan::{Choices, Step};
use pkgsource_model::classes::Additions;
use pkgsource_model::history::Tree;
use pkgsource_model::operation::{Operation, OperationKind, Properties};
use pkgsource_model::words::{Body, PackageClass, PackageId, PointName, SourceFlag, SourceName};

/// One package of the plan, as far as writing valid steps needs it.
pub(super) struct Package {
    pub(super) id: PackageId,
    pub(super) class: PackageClass,
    pub(super) source: Option<SourceName>,
    pub(super) points: Vec<PointName>,
    contexts: usize,
    additions: usize,
    deleted: bool,
}

/// Writes one kind of step.
type Write<'a> = fn(&mut Draft<'a>);

/// A plan that is being written.
pub(super) struct Draft<'a> {
    pub(super) choices: &'a mut dyn Choices,
    pub(super) scope: &'a Scope,
    pub(super) tree: Tree,
    pub(super) packages: Vec<Package>,
    pub(super) sources: Vec<Source>,
    pub(super) steps: Vec<Step>,
    pub(super) texts: usize,
}

impl<'a> Draft<'a> {
    pub(super) fn new(choices: &'a mut dyn Choices, scope: &'a Scope) -> Self {
        let tree = tree::draw(choices, scope);
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

    pub(super) fn operation(&mut self, operation: Operation<Body>) {
        self.steps.push(Step::Do(operation));
    }

    /// The first package with a file, mostly with a point.
    pub(super) fn begin(&mut self) {
        self.new_source();
        self.create();
        if self.choices.choose(8) > 0 {
            self.assign();
        }
    }

    pub(super) fn step(&mut self) {
        let midway = if self.scope.can_stop_midway() { 8 } else { 0 };
        let read = if self.scope.completes_at_return { 0 } else { 6 };
        let table: [(usize, Write<'a>); 17] = [
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
            (midway, Self::let_time_pass),
            (read, Self::read),
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

    /// One read, and not all of them: where work goes on with every request, a look takes much time.
    fn read(&mut self) {
        let Some(nth) = self.package() else { return };
        let package = self.packages[nth].id.clone();
        let point = self.tree.points[self.choices.choose(self.tree.points.len())].point.clone();
        let site = self.tree.sites[self.choices.choose(self.tree.sites.len())].site.clone();
        let read = match self.choices.choose(4) {
            0 => Operation::Package { package },
            1 => Operation::Point { package, point },
            2 => Operation::Content { package, point, after: None },
            _ => Operation::Site { package, site },
        };
        if self.scope.serves(&read) {
            self.operation(read);
        }
    }

    /// From one millisecond to a second: the scale of the implementation's time is not known.
    fn let_time_pass(&mut self) {
        let advance_ms = 1 << self.choices.choose(11);
        self.operation(Operation::Clock { advance_ms });
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
        let id = build::package(&format!("PKG{}", self.packages.len() + 1));
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
    pub(super) fn package(&mut self) -> Option<usize> {
        let nth =
            if self.choices.choose(3) < 2 { 0 } else { self.choices.choose(self.packages.len()) };
        self.packages.get(nth).is_some_and(|package| !package.deleted).then_some(nth)
    }

    pub(super) fn refresh(&mut self) {
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
        let package = build::package("NOSUCH");
        self.operation(Operation::Refresh { package, context: None, at: None, class });
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
