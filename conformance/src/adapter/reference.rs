//! The model as an implementation: it resolves its freedom by readings and a seeded policy, and keeps to [`pkgsource_model::step`].
//!
//! It knows of no mutant and no variant, which are made by standing around it, and it is labelled: a verdict on it says that the suite agrees with
//! itself, not that anything real conforms. `folder` is the independent implementation.

mod answers;
mod calls;
mod work;
mod world;

pub use world::{
    Addition, Leisure, Order, Pace, Package, PlacedPoint, Policy, SourceFolder, World,
};

use super::body::record_of;
use super::{Adapter, AdapterFault, Opened};
use pkgsource_model::history::{Bounds, Capabilities, Completes, Identity, SourceMode, Time, Tree};
use pkgsource_model::operation::{FaultKind, Operation, OperationKind};
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::{Body, FileRecord, PackageClass};
use std::path::Path;

/// The model behind the adapter trait.
#[derive(Debug)]
pub struct Reference {
    capabilities: Capabilities,
    policy: Policy,
    world: Option<World>,
}

impl Reference {
    /// A reference that follows a policy.
    #[must_use]
    pub fn new(name: &str, policy: Policy) -> Self {
        Self { capabilities: capabilities(name, policy.pace), policy, world: None }
    }

    /// How it resolves its freedom.
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The plan's world, for whoever stands around the reference and changes what it did; none between plans.
    pub(crate) fn world_mut(&mut self) -> Option<&mut World> {
        self.world.as_mut()
    }

    /// Performs one operation whose files are known by their records.
    pub(crate) fn perform_recorded(&mut self, operation: &Operation<FileRecord>) -> Reply<Answer> {
        match &mut self.world {
            Some(world) => world.perform(operation),
            None => Reply::AdapterError(Problem::new("no plan is open")),
        }
    }
}

fn capabilities(name: &str, pace: Pace) -> Capabilities {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let client = OperationKind::ALL.into_iter().filter(|kind| !kind.is_read());
    Capabilities {
        protocol: super::protocol::PROTOCOL,
        adapter: Identity { name: name.to_owned(), version: version.clone() },
        implementation: Identity { name: "the model".into(), version },
        classes: PackageClass::ALL.to_vec(),
        operations: client.collect(),
        reads: OperationKind::ALL.into_iter().filter(|kind| kind.is_read()).collect(),
        faults: vec![FaultKind::SourceAbsent],
        source_mode: SourceMode::Inline,
        time: Time::Virtual,
        completes: if pace == Pace::AtOnce { Completes::AtReturn } else { Completes::Reported },
        atomic_reads: true,
        parallel_calls: 1,
        instances: 16,
        window: 64,
        survives_restart: false,
        outlives_run: Vec::new(),
        shows_failure: true,
        synthesised: Vec::new(),
        bounds: Bounds::default(),
    }
}

/// A number for a plan's name, so that a plan goes the same way however many were run before it.
fn number_of(plan: &str) -> u64 {
    plan.bytes().fold(0, |number: u64, byte| {
        number.wrapping_mul(0x0000_0100_0000_01b3).wrapping_add(u64::from(byte) + 1)
    })
}

impl Adapter for Reference {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn open(&mut self, plan: &str, tree: &Tree, _scratch: &Path) -> Result<Opened, AdapterFault> {
        let mut policy = self.policy.clone();
        policy.seed = policy.seed.wrapping_add(number_of(plan));
        self.world = Some(World::new(tree, policy));
        Ok(Opened::Ready(None))
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        Ok(self.perform_recorded(&operation.map_files(record_of)))
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.world = None;
        Ok(())
    }
}
