//! An implementation whose every word is hostile: its name, its errors, and what its adapter complains of.

use super::HOSTILE;
use crate::adapter::{Adapter, AdapterFault, Opened};
use crate::report::View;
use crate::subjects::built_in;
use crate::verify::verify;
use pkgsource_model::history::{Capabilities, Identity, Tree};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::Body;
use std::path::Path;

struct Hostile {
    inner: Box<dyn Adapter>,
    capabilities: Capabilities,
    asked: usize,
}

impl Adapter for Hostile {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        self.inner.open(plan, tree, scratch)
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        let reply = self.inner.perform(operation)?;
        self.asked += 1;
        Ok(match operation {
            Operation::Assign { .. } => {
                Reply::Error(Problem { code: Some(HOSTILE.into()), ..Problem::new(HOSTILE) })
            }
            Operation::Redistribute { .. } if self.asked.is_multiple_of(3) => {
                Reply::AdapterError(Problem::new(HOSTILE))
            }
            _ => reply,
        })
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        self.inner.close()
    }
}

/// What is reported of it.
pub(super) fn view() -> View {
    let inner = built_in("mutant:compares-size-and-time", 1).unwrap();
    let name = || Identity { name: HOSTILE.into(), version: HOSTILE.into() };
    let capabilities =
        Capabilities { implementation: name(), adapter: name(), ..inner.capabilities().clone() };
    let mut adapter = Hostile { inner, capabilities, asked: 0 };
    let report = verify(&mut adapter, HOSTILE, &super::few_plans(), |_, _| ()).unwrap().report;
    let view = View::of(&report);
    assert!(!view.counterexamples.is_empty() && !view.faults.is_empty());
    view
}
