//! Writes plans in code: one short method a step, names checked where they are written. For scenarios and tests.

use super::{Plan, Step};
use pkgsource_model::classes::Additions;
use pkgsource_model::history::{PointEntry, SiteEntry, Tree};
use pkgsource_model::operation::{Change, FaultKind, Operation, Properties};
use pkgsource_model::words::{
    Body, FilePath, PackageClass, PackageId, PointName, ScheduleToken, SiteCode, SourceName,
};

/// A plan being written. Every method panics on a name that is none, since names here are literals of this program.
#[derive(Clone, Debug)]
pub struct Build {
    plan: Plan,
}

fn good<T, E: std::fmt::Display>(parsed: Result<T, E>) -> T {
    parsed.unwrap_or_else(|error| panic!("a name written in this program: {error}"))
}

/// A checked package id.
#[must_use]
pub fn package(id: &str) -> PackageId {
    good(PackageId::new(id))
}

/// A checked point name.
#[must_use]
pub fn point(name: &str) -> PointName {
    good(PointName::new(name))
}

/// A checked source name.
#[must_use]
pub fn source(name: &str) -> SourceName {
    good(SourceName::new(name))
}

/// A checked file path.
#[must_use]
pub fn path(text: &str) -> FilePath {
    good(FilePath::new(text))
}

/// A checked site code.
#[must_use]
pub fn site(code: &str) -> SiteCode {
    good(SiteCode::new(code))
}

/// A schedule that comes every day: nothing of it is due while a plan runs.
#[must_use]
pub fn daily() -> ScheduleToken {
    good("0001200000100038".parse())
}

/// The write of `RefreshPkgSourceFlag` that asks for a refresh, and nothing beside it.
#[must_use]
pub fn refresh_flag() -> Properties {
    Properties { refresh_pkg_source_flag: Some(true), ..Properties::default() }
}

/// The write of another source, and nothing beside it.
#[must_use]
pub fn moved(to: &str) -> Properties {
    Properties { source: Some(source(to)), ..Properties::default() }
}

/// The write of a name, which has nothing to do with the source.
#[must_use]
pub fn named(name: &str) -> Properties {
    Properties { name: Some(name.into()), ..Properties::default() }
}

/// The write of a schedule of so many tokens.
#[must_use]
pub fn schedule(package: PackageId, tokens: usize) -> Operation<Body> {
    Operation::SetSchedule { package, tokens: vec![daily(); tokens] }
}

/// Something that is given to a package beside its source and waits for the next refresh; none where its class takes
/// nothing.
#[must_use]
pub fn addition(class: PackageClass, package: PackageId, name: &str) -> Option<Operation<Body>> {
    addition_of(class, package, &format!("added/{name}.inf"), &format!("addition {name}"))
}

/// The same, of a file with this path and this text.
#[must_use]
pub fn addition_of(
    class: PackageClass,
    package: PackageId,
    at: &str,
    text: &str,
) -> Option<Operation<Body>> {
    let (path, file) = (path(at), Body::Text(text.to_owned()));
    match class.entry().additions {
        Additions::None => None,
        Additions::Drivers => Some(Operation::AddDriver { package, path, file }),
        Additions::Content => {
            Some(Operation::AddContent { package, path, file, refresh_points: false })
        }
    }
}

/// A tree from `"PS1"` or `"PS2<PS1"` for sites and `"DP1@PS1"` for points, in one list.
#[must_use]
pub fn tree(entries: &[&str]) -> Tree {
    let mut tree = Tree::default();
    for entry in entries {
        if let Some((name, at)) = entry.split_once('@') {
            tree.points.push(PointEntry { point: point(name), site: site(at) });
        } else {
            let (code, parent) =
                entry.split_once('<').map_or((*entry, None), |(c, p)| (c, Some(site(p))));
            tree.sites.push(SiteEntry { site: site(code), parent });
        }
    }
    tree
}

impl Build {
    /// Begins a plan.
    #[must_use]
    pub fn new(name: &str, about: &str, entries: &[&str]) -> Self {
        let plan = Plan {
            name: name.into(),
            about: about.into(),
            seed: None,
            tree: tree(entries),
            steps: Vec::new(),
        };
        Self { plan }
    }

    /// The plan.
    #[must_use]
    pub fn plan(self) -> Plan {
        self.plan
    }

    /// Any operation.
    #[must_use]
    pub fn operation(mut self, operation: Operation<Body>) -> Self {
        self.plan.steps.push(Step::Do(operation));
        self
    }

    /// Wait until everything is done, then read everything.
    #[must_use]
    pub fn settle(mut self) -> Self {
        self.plan.steps.push(Step::Settle {});
        self
    }

    /// Read everything now.
    #[must_use]
    pub fn look(mut self) -> Self {
        self.plan.steps.push(Step::Look {});
        self
    }

    /// Create a package with a source.
    #[must_use]
    pub fn create(self, id: &str, class: PackageClass, from: &str) -> Self {
        self.operation(Operation::Create {
            package: package(id),
            class,
            source: Some(source(from)),
            source_flag: None,
        })
    }

    /// Create a package without a source.
    #[must_use]
    pub fn create_sourceless(self, id: &str, class: PackageClass) -> Self {
        self.operation(Operation::Create {
            package: package(id),
            class,
            source: None,
            source_flag: None,
        })
    }

    /// Assign a point.
    #[must_use]
    pub fn assign(self, id: &str, to: &str) -> Self {
        self.operation(Operation::Assign { package: package(id), point: point(to) })
    }

    /// Remove a point.
    #[must_use]
    pub fn remove(self, id: &str, from: &str) -> Self {
        self.operation(Operation::Remove { package: package(id), point: point(from) })
    }

    /// Redistribute to a point.
    #[must_use]
    pub fn redistribute(self, id: &str, to: &str) -> Self {
        self.operation(Operation::Redistribute { package: package(id), point: point(to) })
    }

    /// Cancel at a point.
    #[must_use]
    pub fn cancel(self, id: &str, at: &str) -> Self {
        self.operation(Operation::Cancel { package: package(id), point: point(at) })
    }

    /// Delete a package.
    #[must_use]
    pub fn delete(self, id: &str) -> Self {
        self.operation(Operation::Delete { package: package(id) })
    }

    /// Refresh.
    #[must_use]
    pub fn refresh(self, id: &str) -> Self {
        self.operation(Operation::Refresh {
            package: package(id),
            context: None,
            at: None,
            class: None,
        })
    }

    /// Refresh with a `ContextID`.
    #[must_use]
    pub fn refresh_with(self, id: &str, context: &str) -> Self {
        self.operation(Operation::Refresh {
            package: package(id),
            context: Some(context.into()),
            at: None,
            class: None,
        })
    }

    /// Write properties.
    #[must_use]
    pub fn put(self, id: &str, properties: Properties) -> Self {
        self.operation(Operation::Put { package: package(id), properties })
    }

    /// Change a source's files.
    #[must_use]
    pub fn edit(self, of: &str, changes: Vec<Change<Body>>) -> Self {
        self.operation(Operation::Edit { source: source(of), changes })
    }

    /// Write one text file.
    #[must_use]
    pub fn write(self, of: &str, file: &str, text: &str) -> Self {
        self.edit(of, vec![write(file, text)])
    }

    /// Make a source absent.
    #[must_use]
    pub fn lose(self, target: &str) -> Self {
        self.operation(Operation::Fault {
            kind: FaultKind::SourceAbsent,
            target: (&source(target)).into(),
        })
    }

    /// Bring a source back.
    #[must_use]
    pub fn restore(self, target: &str) -> Self {
        self.operation(Operation::Heal {
            kind: FaultKind::SourceAbsent,
            target: (&source(target)).into(),
        })
    }
}

/// A change that writes a text.
#[must_use]
pub fn write(file: &str, text: &str) -> Change<Body> {
    Change::Write { path: path(file), file: Body::Text(text.into()), keep_time: false }
}

/// A change that writes a text and puts the modification time back.
#[must_use]
pub fn write_keeping_time(file: &str, text: &str) -> Change<Body> {
    Change::Write { path: path(file), file: Body::Text(text.into()), keep_time: true }
}
