//! The alphabet of enumerated plans: every operation that may come next in a situation. An operation that changes nothing by
//! the bookkeeping is left out where a smaller plan says the same: restoring a source that is present, removing a point
//! that was not assigned, anything but a refresh after the deletion.
//!
//! Everything that is written is new: a new text, under the name of any file that is there or any name that is free and in
//! use, or the next. Only the source that the package has is edited, lost and restored.

use super::situation::{Situation, file_name, id, source_name};
use crate::plan::build::{named, path, schedule};
use crate::plan::generate::Scope;
use pkgsource_model::classes::Additions;
use pkgsource_model::operation::{Change, FaultKind, Operation, OperationKind, Properties};
use pkgsource_model::words::{Body, FilePath, PackageClass, SiteCode, SourceFlag};

/// As many tokens as a schedule may have, and one more.
const TOKENS: [usize; 2] = [15, 16];

/// The length of the shortest text that is written.
const SHORTEST: usize = 8;

fn refresh(
    context: Option<String>,
    at: Option<SiteCode>,
    class: Option<PackageClass>,
) -> Operation<Body> {
    Operation::Refresh { package: id(), context, at, class }
}

impl Situation {
    /// Everything that may come next and that the scope serves, in a fixed order.
    pub(super) fn operations(&self, scope: &Scope) -> Vec<Operation<Body>> {
        let mut all = vec![refresh(None, None, None)];
        if !self.deleted {
            all.extend(self.edits());
            all.extend(self.special_refreshes());
            all.extend(self.assignments());
            all.extend(self.at_points());
            all.extend(self.puts());
            all.extend(self.additions());
            all.extend(schedules());
            all.push(self.lose_or_restore());
            all.push(Operation::Delete { package: id() });
        }
        // After a deletion nothing but a refresh is left: where that is not served, the plan could not go on.
        let can_go_on = scope.operations.contains(&OperationKind::Refresh);
        all.retain(|operation| {
            scope.serves(operation) && (can_go_on || operation.kind() != OperationKind::Delete)
        });
        all
    }

    fn edit(&self, change: Change<Body>) -> Operation<Body> {
        Operation::Edit { source: source_name(self.current), changes: vec![change] }
    }

    /// A text that is new and has this length at least.
    fn text(&self, length: usize) -> Body {
        Body::Text(format!("{:+<length$}", format!("text {:03}", self.texts + 1)))
    }

    /// A new text of a new length under a name.
    pub(super) fn write(&self, path: FilePath) -> Operation<Body> {
        let file = self.text(SHORTEST + self.texts);
        self.edit(Change::Write { path, file, keep_time: false })
    }

    /// An edit that keeps size and time, a deletion, a rename and a write for every file; a file under every name that is free.
    fn edits(&self) -> Vec<Operation<Body>> {
        let source = self.source();
        if source.absent {
            return Vec::new();
        }
        let next = file_name(self.names.len());
        let free =
            self.names.iter().chain([&next]).filter(|name| !source.files.contains_key(*name));
        let mut edits: Vec<_> = free.clone().map(|name| self.write(name.clone())).collect();
        for (name, &length) in &source.files {
            let (path, file) = (name.clone(), self.text(length));
            edits.push(self.write(name.clone()));
            edits.push(self.edit(Change::Write { path, file, keep_time: true }));
            edits.push(self.edit(Change::Delete { path: name.clone() }));
            edits.extend(
                free.clone()
                    .map(|to| self.edit(Change::Rename { from: name.clone(), to: to.clone() })),
            );
        }
        edits
    }

    /// Refreshes at a child site, through another class, and with contexts.
    fn special_refreshes(&self) -> Vec<Operation<Body>> {
        let mut refreshes = Vec::new();
        let child = self.tree.sites.get(1).map(|entry| entry.site.clone());
        refreshes.extend(child.map(|child| refresh(None, Some(child), None)));
        let other = PackageClass::ALL.into_iter().find(|&class| class != self.class);
        refreshes.extend(other.map(|other| refresh(None, None, Some(other))));
        if self.class.entry().context {
            let next = format!("context-{}", self.contexts.len() + 1);
            let contexts = self.contexts.iter().cloned().chain([next, String::new()]);
            refreshes.extend(contexts.map(|context| refresh(Some(context), None, None)));
        }
        refreshes
    }

    /// Every point that the package had and lost, and of each site the first that it never had.
    pub(super) fn assignments(&self) -> Vec<Operation<Body>> {
        let mut begun: Vec<&SiteCode> = Vec::new();
        let mut assignments = Vec::new();
        for entry in &self.tree.points {
            let is_new = !self.used.contains(&entry.point);
            if self.assigned.contains(&entry.point) || (is_new && begun.contains(&&entry.site)) {
                continue;
            }
            if is_new {
                begun.push(&entry.site);
            }
            assignments.push(Operation::Assign { package: id(), point: entry.point.clone() });
        }
        assignments
    }

    fn at_points(&self) -> impl Iterator<Item = Operation<Body>> {
        self.assigned.iter().flat_map(|point| {
            let (package, point) = (id, || point.clone());
            [
                Operation::Remove { package: package(), point: point() },
                Operation::Redistribute { package: package(), point: point() },
                Operation::Cancel { package: package(), point: point() },
            ]
        })
    }

    /// One property at a time; the source is moved to the other one.
    fn puts(&self) -> Vec<Operation<Body>> {
        let empty = Properties::default;
        let other = (self.sources.len() > 1).then(|| source_name(1 - self.current));
        let flag = self.class.entry().source_flag.map(|_| SourceFlag::NoSource);
        let all = [
            named("renamed"),
            Properties { share_name: Some("share$".into()), ..empty() },
            Properties { source: other, ..empty() },
            Properties { source_flag: flag, ..empty() },
            Properties { source_version: Some(99), ..empty() },
            Properties { refresh_pkg_source_flag: Some(true), ..empty() },
        ];
        let written = all.into_iter().filter(|properties| *properties != empty());
        written.map(|properties| Operation::Put { package: id(), properties }).collect()
    }

    fn additions(&self) -> Vec<Operation<Body>> {
        let new = || path(&format!("added/{}.inf", self.additions + 1));
        let file = || Body::Text(format!("added {}", self.additions + 1));
        let content = |refresh_points: bool| Operation::AddContent {
            package: id(),
            path: new(),
            file: file(),
            refresh_points,
        };
        match self.class.entry().additions {
            Additions::None => Vec::new(),
            Additions::Drivers => {
                vec![Operation::AddDriver { package: id(), path: new(), file: file() }]
            }
            Additions::Content => vec![content(false), content(true)],
        }
    }

    fn lose_or_restore(&self) -> Operation<Body> {
        let target = (&source_name(self.current)).into();
        let kind = FaultKind::SourceAbsent;
        if self.source().absent {
            Operation::Heal { kind, target }
        } else {
            Operation::Fault { kind, target }
        }
    }
}

fn schedules() -> impl Iterator<Item = Operation<Body>> {
    TOKENS.into_iter().map(|tokens| schedule(id(), tokens))
}
