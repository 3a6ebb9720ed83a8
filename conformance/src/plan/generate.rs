//! The one generator: decodes a valid plan from a sequence of choices. Campaigns draw the choices from a seed; property
//! tests draw them themselves. It knows what makes a plan interesting, and nothing of what should be seen.

mod draft;
mod points;
mod sources;
mod tree;

use super::{Choices, Plan, Random, Step};
use draft::Draft;
use pkgsource_model::history::{Capabilities, Completes, SourceMode};
use pkgsource_model::operation::{FaultKind, Operation, OperationKind};
use pkgsource_model::words::{Body, PackageClass};

/// The most points of a generated plan.
const MOST_POINTS: usize = 7;

/// The most steps of a generated plan, the first three apart.
const MOST_STEPS: usize = 14;

/// What a generated plan may contain.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The classes to choose from.
    pub classes: Vec<PackageClass>,
    /// The operations and single reads that may occur.
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
        let mut operations = [&capabilities.operations[..], &capabilities.reads].concat();
        if path {
            operations.push(OperationKind::Edit);
        }
        Self {
            classes: capabilities.classes.clone(),
            operations,
            source_faults: path || capabilities.faults.contains(&FaultKind::SourceAbsent),
            child_sites: capabilities.reads.contains(&OperationKind::Site),
            completes_at_return: capabilities.completes == Completes::AtReturn,
            points: MOST_POINTS,
            steps: MOST_STEPS,
        }
    }

    /// What an adapter that claims everything serves, and whose work goes on after a call.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            classes: PackageClass::ALL.to_vec(),
            operations: OperationKind::ALL.to_vec(),
            source_faults: true,
            child_sites: true,
            completes_at_return: false,
            points: MOST_POINTS,
            steps: MOST_STEPS,
        }
    }

    /// True where time is the suite's to move, and something can be half done in between.
    pub(super) fn can_stop_midway(&self) -> bool {
        !self.completes_at_return && self.allows(OperationKind::Clock)
    }

    /// True where an operation may occur.
    pub(super) fn serves(&self, operation: &Operation<Body>) -> bool {
        match operation {
            Operation::Fault { .. } | Operation::Heal { .. } => self.source_faults,
            _ => self.allows(operation.kind()),
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
