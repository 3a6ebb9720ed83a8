//! The model as an implementation: it resolves its freedom by readings and a seeded policy, and keeps to [`pkgsource_model::step`].
//!
//! It is what mutants and variants are made of, and it is labelled: a verdict on it says that the suite agrees with
//! itself, not that anything real conforms. `folder` is the independent implementation.

mod answers;
mod calls;
mod work;
mod world;

pub use world::{Addition, Pace, Package, Policy, World};

use super::body::record_of;
use super::{Adapter, AdapterFault, Opened};
use crate::mutants::Flaw;
use pkgsource_model::history::{Bounds, Capabilities, Completes, Identity, SourceMode, Time, Tree};
use pkgsource_model::operation::{FaultKind, Operation, OperationKind};
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::{Body, PackageClass};
use std::path::Path;

/// The model behind the adapter trait.
#[derive(Debug)]
pub struct Reference {
    capabilities: Capabilities,
    policy: Policy,
    defect: Option<Flaw>,
    world: Option<World>,
    plans: u64,
}

impl Reference {
    /// A reference that follows a policy.
    #[must_use]
    pub fn new(name: &str, policy: Policy) -> Self {
        Self {
            capabilities: capabilities(name, policy.pace),
            policy,
            defect: None,
            world: None,
            plans: 0,
        }
    }

    /// A reference with one defect. It works at once, so that what is wrong is the defect and nothing else.
    #[must_use]
    pub fn broken(name: &str, policy: Policy, flaw: Flaw) -> Self {
        Self { defect: Some(flaw), ..Self::new(name, policy) }
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
        window: 64,
        survives_restart: false,
        outlives_run: Vec::new(),
        shows_failure: true,
        synthesised: Vec::new(),
        bounds: Bounds::default(),
    }
}

impl Adapter for Reference {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn open(&mut self, _plan: &str, tree: &Tree, _scratch: &Path) -> Result<Opened, AdapterFault> {
        self.plans += 1;
        let mut policy = self.policy.clone();
        policy.seed = policy.seed.wrapping_add(self.plans);
        self.world = Some(World::new(tree, policy, self.defect));
        Ok(Opened::Ready(None))
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        let Some(world) = &mut self.world else {
            return Ok(Reply::AdapterError(Problem::new("no plan is open")));
        };
        Ok(world.perform(&operation.map_files(record_of)))
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.world = None;
        Ok(())
    }
}
