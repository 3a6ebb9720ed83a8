//! When a wait ends on an implementation that never says that it has finished: on the agreement of what was read.

use pkgsource::adapter::reference::{Pace, Policy, Reference};
use pkgsource::adapter::{Adapter, AdapterFault, Opened};
use pkgsource::plan::Build;
use pkgsource::run::{Bounds, run_plan};
use pkgsource_model::history::{Capabilities, Completes, Time, Tree};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::readings::Readings;
use pkgsource_model::reply::{Answer, Reply};
use pkgsource_model::words::{Body, PackageClass};
use std::path::Path;

/// The reference, at once and without a word of when it has finished.
struct Silent {
    reference: Reference,
    capabilities: Capabilities,
}

impl Silent {
    fn new() -> Self {
        let policy = Policy { readings: Readings::weakest(), pace: Pace::AtOnce, seed: 1 };
        let reference = Reference::new("reference", policy);
        let mut capabilities = reference.capabilities().clone();
        (capabilities.completes, capabilities.time) = (Completes::Unknown, Time::Real);
        capabilities.reads.retain(|kind| *kind != OperationKind::Idle);
        Self { reference, capabilities }
    }
}

impl Adapter for Silent {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        self.reference.open(plan, tree, scratch)
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        self.reference.perform(operation)
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.reference.close()
    }
}

#[test]
fn packages_at_different_versions_arrive_each_at_its_own() {
    let plan = Build::new("two", "", &["PS1", "DP1@PS1"])
        .write("S1", "a.txt", "one")
        .create("P1", PackageClass::Package, "S1")
        .create("P2", PackageClass::Package, "S1")
        .assign("P1", "DP1")
        .assign("P2", "DP1")
        .refresh("P1")
        .refresh("P1")
        .refresh("P2")
        .settle()
        .plan();
    let run = run_plan(&mut Silent::new(), &plan, &Bounds::default(), Path::new(""));
    assert!(run.fault.is_none() && run.skipped.is_none(), "{:?} {:?}", run.fault, run.skipped);
    assert_eq!(run.slow, Vec::<String>::new());
}

/// What is waited for is the refresh of the package that is there, not of one that had its id.
#[test]
fn a_package_that_is_created_again_waits_for_nothing_of_the_one_before() {
    let plan = Build::new("again", "", &["PS1", "DP1@PS1"])
        .write("S1", "a.txt", "one")
        .create("P1", PackageClass::Package, "S1")
        .assign("P1", "DP1")
        .refresh("P1")
        .settle()
        .delete("P1")
        .settle()
        .create("P1", PackageClass::Package, "S1")
        .settle()
        .plan();
    let run = run_plan(&mut Silent::new(), &plan, &Bounds::default(), Path::new(""));
    assert!(run.fault.is_none() && run.skipped.is_none(), "{:?} {:?}", run.fault, run.skipped);
    assert_eq!(run.slow, Vec::<String>::new());
}

/// That reads agree is no evidence that nothing more will come; quiet for as long as was promised is.
#[test]
fn quiet_as_long_as_the_promised_bound_says_that_nothing_is_left_to_do() {
    let settled = |stall_ms| {
        let mut silent = Silent::new();
        silent.capabilities.bounds.stall_ms = stall_ms;
        let plan = Build::new("quiet", "", &["PS1", "DP1@PS1"])
            .write("S1", "a.txt", "one")
            .create("P1", PackageClass::Package, "S1")
            .assign("P1", "DP1")
            .settle()
            .plan();
        let run = run_plan(&mut silent, &plan, &Bounds::default(), Path::new(""));
        run.history.expect("the reference builds every tree").settled.len()
    };
    assert_eq!((settled(None), settled(Some(20))), (0, 1));
}
