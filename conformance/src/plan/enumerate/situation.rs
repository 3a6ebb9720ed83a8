//! Where an enumerated plan stands: the bookkeeping of its one package and of its sources, as far as the next step depends
//! on it. What should be seen there is no part of it.

use crate::plan::build::{package, path, source};
use crate::plan::generate::Scope;
use pkgsource_model::history::Tree;
use pkgsource_model::operation::{Change, Operation, OperationKind};
use pkgsource_model::words::{Body, FilePath, PackageClass, PackageId, PointName, SourceName};
use std::collections::BTreeMap;

/// What has happened in a plan.
#[derive(Clone, Debug)]
pub(super) struct Situation {
    pub(super) class: PackageClass,
    pub(super) tree: Tree,
    /// The sources; the package has the one at `current`.
    pub(super) sources: Vec<Source>,
    pub(super) current: usize,
    /// The names that files ever had, in the order of their first use.
    pub(super) names: Vec<FilePath>,
    /// How many texts were written.
    pub(super) texts: usize,
    /// The contexts of refreshes, in the order of their first use.
    pub(super) contexts: Vec<String>,
    /// How many files were added besides the sources.
    pub(super) additions: usize,
    /// The points that the package has.
    pub(super) assigned: Vec<PointName>,
    /// The points that it ever had.
    pub(super) used: Vec<PointName>,
    pub(super) deleted: bool,
}

/// A source: its files with the lengths of their texts, and whether it is there.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    pub(super) files: BTreeMap<FilePath, usize>,
    pub(super) absent: bool,
}

/// The package of every enumerated plan.
pub(super) fn id() -> PackageId {
    package("P1")
}

/// The name of the `nth` file, from 0.
pub(super) fn file_name(nth: usize) -> FilePath {
    path(&format!("f{}.txt", nth + 1))
}

/// The name of the `nth` source, from 0.
pub(super) fn source_name(nth: usize) -> SourceName {
    source(&format!("S{}", nth + 1))
}

/// The beginning of every plan of a class, and the operations that lead there.
pub(super) fn beginning(
    class: PackageClass,
    tree: &Tree,
    scope: &Scope,
) -> (Situation, Vec<Operation<Body>>) {
    let sources = if scope.operations.contains(&OperationKind::Put) { 2 } else { 1 };
    let mut here = Situation {
        class,
        tree: tree.clone(),
        sources: vec![Source::default(); sources],
        current: 0,
        names: Vec::new(),
        texts: 0,
        contexts: Vec::new(),
        additions: 0,
        assigned: Vec::new(),
        used: Vec::new(),
        deleted: false,
    };
    let mut operations = Vec::new();
    let mut take = |here: &mut Situation, operation: Operation<Body>| {
        *here = here.after(&operation);
        operations.push(operation);
    };
    for nth in 0..sources {
        here.current = nth;
        let write = here.write(file_name(0));
        take(&mut here, write);
    }
    here.current = 0;
    let source = Some(source_name(0));
    take(&mut here, Operation::Create { package: id(), class, source, source_flag: None });
    if let Some(assign) = here.assignments().into_iter().find(|assign| scope.serves(assign)) {
        take(&mut here, assign);
    }
    (here, operations)
}

impl Situation {
    /// The source that the package has.
    pub(super) fn source(&self) -> &Source {
        &self.sources[self.current]
    }

    /// Where one of the operations of the alphabet leads.
    pub(super) fn after(&self, operation: &Operation<Body>) -> Self {
        let mut next = self.clone();
        match operation {
            Operation::Edit { changes, .. } => changes.iter().for_each(|change| next.take(change)),
            Operation::Refresh { context: Some(context), .. }
                if !context.is_empty() && !self.contexts.contains(context) =>
            {
                next.contexts.push(context.clone());
            }
            Operation::Assign { point, .. } => {
                next.assigned.push(point.clone());
                if !self.used.contains(point) {
                    next.used.push(point.clone());
                }
            }
            Operation::Remove { point, .. } => next.assigned.retain(|known| known != point),
            Operation::Put { properties, .. } if properties.source.is_some() => {
                next.current = 1 - self.current;
            }
            Operation::AddDriver { .. } | Operation::AddContent { .. } => next.additions += 1,
            Operation::Fault { .. } => next.sources[self.current].absent = true,
            Operation::Heal { .. } => next.sources[self.current].absent = false,
            Operation::Delete { .. } => next.deleted = true,
            _ => {}
        }
        next
    }

    fn take(&mut self, change: &Change<Body>) {
        let files = &mut self.sources[self.current].files;
        let named = match change {
            Change::Write { path, file, .. } => {
                self.texts += 1;
                files.insert(path.clone(), length(file));
                path
            }
            Change::Delete { path } => {
                files.remove(path);
                path
            }
            Change::Rename { from, to } => {
                let length = files.remove(from);
                files.extend(length.map(|length| (to.clone(), length)));
                to
            }
        };
        if !self.names.contains(named) {
            self.names.push(named.clone());
        }
    }
}

/// The length of a text that the alphabet writes.
fn length(body: &Body) -> usize {
    match body {
        Body::Text(text) => text.len(),
        _ => 0,
    }
}
