//! A plan: what clients, the world and the clock do, as data. One type and one file format for scenarios, enumerated
//! and generated plans, and shrunk counterexamples. A plan says nothing of what should be seen.

pub mod build;
mod check;
pub mod coverage;
pub mod enumerate;
mod file;
pub mod generate;
mod random;
pub mod scenarios;

pub use build::Build;
pub(crate) use check::can_be_read_back;
pub(crate) use file::without_place;
pub use file::{MOST_BYTES, MOST_STEPS, PlanError, read_plan, write_plan};
pub use random::{Choices, Random, Spelled};

use pkgsource_model::history::Tree;
use pkgsource_model::operation::Operation;
use pkgsource_model::words::Body;
use serde::{Deserialize, Serialize};

/// A plan: a tree of sites and points, and the steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its name, unique in a run.
    pub name: String,
    /// What it is about, for people; empty where it was generated.
    pub about: String,
    /// The seed that it was generated from.
    pub seed: Option<u64>,
    /// Sites and points.
    pub tree: Tree,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// An operation or a single read.
    Do(Operation<Body>),
    /// Wait until the implementation has finished, then read everything.
    Settle {},
    /// Read everything now, finished or not.
    Look {},
}

impl Plan {
    /// A plan without steps.
    #[must_use]
    pub fn empty(name: &str, tree: &Tree) -> Self {
        Self {
            name: name.to_owned(),
            about: String::new(),
            seed: None,
            tree: tree.clone(),
            steps: Vec::new(),
        }
    }
}
