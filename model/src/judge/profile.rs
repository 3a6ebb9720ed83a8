//! The minimum profile: what a run must have exercised before "nothing was broken" means anything.

use crate::history::History;
use crate::operation::{Operation, OperationKind};
use crate::reply::{Answer, Reply};
use crate::words::{PackageClass, PackageId};
use std::collections::{BTreeMap, BTreeSet};

/// What was exercised, by class: operations that answered `ok`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    served: BTreeMap<PackageClass, BTreeSet<OperationKind>>,
    edited: bool,
}

/// Create, assign, edit, refresh, reported version and read-back, on one class.
const NEEDED: [OperationKind; 5] = [
    OperationKind::Create,
    OperationKind::Assign,
    OperationKind::Refresh,
    OperationKind::Package,
    OperationKind::Content,
];

impl Profile {
    pub(super) fn see(&mut self, history: &History) {
        let mut classes: BTreeMap<&PackageId, PackageClass> = BTreeMap::new();
        for event in &history.events {
            // A point that shows nothing was asked, and no file was read back from it.
            if !matches!(&event.reply, Reply::Ok(answer) if *answer != Answer::Content(None)) {
                continue;
            }
            if let Operation::Create { package, class, .. } = &event.operation {
                classes.insert(package, *class);
            }
            let kind = event.operation.kind();
            self.edited |= kind == OperationKind::Edit;
            if let Some(&class) = event.operation.package().and_then(|package| classes.get(package))
            {
                self.served.entry(class).or_default().insert(kind);
            }
        }
    }

    /// Adds what was exercised elsewhere.
    pub(super) fn join(&mut self, other: &Self) {
        self.edited |= other.edited;
        for (class, served) in &other.served {
            self.served.entry(*class).or_default().extend(served);
        }
    }

    /// What is missing on the class that comes nearest to the minimum; empty where the minimum is reached.
    #[must_use]
    pub fn missing(&self) -> Vec<OperationKind> {
        let nothing = BTreeSet::new();
        let of = |served: &BTreeSet<OperationKind>| {
            let absent = NEEDED.into_iter().filter(|kind| !served.contains(kind));
            absent.chain((!self.edited).then_some(OperationKind::Edit)).collect::<Vec<_>>()
        };
        let nearest = self.served.values().map(of).min_by_key(Vec::len);
        nearest.unwrap_or_else(|| of(&nothing))
    }

    /// The operations and reads that answered `ok` on a class.
    #[must_use]
    pub fn served(&self, class: PackageClass) -> BTreeSet<OperationKind> {
        self.served.get(&class).cloned().unwrap_or_default()
    }
}
