//! A declaration made step by step: the least that a run can work with, and what an implementation serves beyond it.
//! It promises nothing by itself: what nobody said stays undeclared.

use super::{Bounds, Capabilities, Completes, Identity, SourceMode, Time};
use crate::operation::OperationKind;
use crate::words::PackageClass;

/// What the minimum profile needs.
const MINIMUM: [OperationKind; 6] = [
    OperationKind::Create,
    OperationKind::Edit,
    OperationKind::Assign,
    OperationKind::Refresh,
    OperationKind::Package,
    OperationKind::Content,
];

impl Capabilities {
    /// The least that can be judged: packages of these classes are created, assigned and refreshed, their sources are
    /// edited, and their version and content are read. Content comes with the `edit` requests; nobody says when work is
    /// done, and a read may see half a switch.
    #[must_use]
    pub fn minimal(name: &str, classes: impl IntoIterator<Item = PackageClass>) -> Self {
        let identity = Identity { name: name.to_owned(), version: String::new() };
        let none = Self {
            protocol: 1,
            adapter: identity.clone(),
            implementation: identity,
            classes: classes.into_iter().collect(),
            operations: Vec::new(),
            reads: Vec::new(),
            faults: Vec::new(),
            source_mode: SourceMode::Inline,
            time: Time::Real,
            completes: Completes::Unknown,
            atomic_reads: false,
            parallel_calls: 1,
            instances: 1,
            window: 1,
            survives_restart: false,
            outlives_run: Vec::new(),
            shows_failure: false,
            synthesised: Vec::new(),
            bounds: Bounds::default(),
        };
        none.serving(MINIMUM)
    }

    /// Serves these operations and reads, too.
    #[must_use]
    pub fn serving(mut self, kinds: impl IntoIterator<Item = OperationKind>) -> Self {
        for kind in kinds {
            let list = if kind.is_read() { &mut self.reads } else { &mut self.operations };
            if !list.contains(&kind) {
                list.push(kind);
            }
        }
        self
    }

    /// The version of the implementation, for reports.
    #[must_use]
    pub fn of_version(mut self, version: &str) -> Self {
        version.clone_into(&mut self.implementation.version);
        version.clone_into(&mut self.adapter.version);
        self
    }

    /// When a call has returned, everything that it brings about is done, and a read sees all of it.
    #[must_use]
    pub fn complete_at_return(mut self) -> Self {
        self.completes = Completes::AtReturn;
        self.atomic_reads = true;
        self
    }

    /// The `idle` read says when everything is done.
    #[must_use]
    pub fn complete_when_idle(mut self) -> Self {
        self.completes = Completes::Reported;
        self.serving([OperationKind::Idle])
    }

    /// The `failure` of the `package` read is really looked up, so that its absence means something.
    #[must_use]
    pub fn showing_failures(mut self) -> Self {
        self.shows_failure = true;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_that_is_declared_can_be_worked_with() {
        let least = Capabilities::minimal("mine", [PackageClass::Package]);
        assert_eq!(least.objection(), None);
        assert_eq!((least.operations.len(), least.reads.len()), (4, 2));
        assert_eq!(least.completes, Completes::Unknown);
        let idle = least.serving([OperationKind::Refresh]).complete_when_idle();
        assert_eq!(idle.objection(), None);
        assert_eq!((idle.operations.len(), idle.reads.len()), (4, 3));
    }
}
