//! The one trait behind which every implementation stands, and the adapters that ship with the suite.
//!
//! An adapter performs one operation at a time and says what came back. It knows nothing of what is expected.

pub mod body;
mod fault;
#[cfg(feature = "site")]
pub mod folder;
#[cfg(feature = "process")]
pub mod process;
pub mod protocol;
pub mod reference;
pub mod serve;
pub(crate) mod strict;

pub use fault::{AdapterFault, FaultCause};

use pkgsource_model::history::{Capabilities, Tree};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::Body;
use std::path::{Path, PathBuf};

/// What an adapter says to a plan's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The world is there; with source mode `path`, sources live in this folder.
    Ready(Option<PathBuf>),
    /// The adapter cannot build such a tree; the plan is skipped and counted.
    Unsupported(Problem),
}

/// An implementation under test, behind an adapter.
///
/// Every method may fail with an [`AdapterFault`]: the suite then did not learn what the implementation did. An error
/// that the implementation answered is not a fault; it is a [`Reply::Error`].
pub trait Adapter {
    /// What the adapter declared in `hello`.
    fn capabilities(&self) -> &Capabilities;

    /// Starts an empty world with these sites and points. `scratch` is an empty folder, the adapter's until
    /// [`close`](Self::close).
    ///
    /// # Errors
    /// The adapter failed.
    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault>;

    /// Performs one operation or read.
    ///
    /// # Errors
    /// The adapter failed; whether the operation happened is unknown.
    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault>;

    /// Ends the plan and removes what it made. Can be repeated.
    ///
    /// # Errors
    /// The adapter failed.
    fn close(&mut self) -> Result<(), AdapterFault>;

    /// Brings the adapter back after a fault, so that the next plan can run.
    ///
    /// # Errors
    /// It cannot be brought back, or not again.
    fn recover(&mut self) -> Result<(), AdapterFault> {
        self.close()
    }

    /// Ends by force whatever of it is running, as after a fault: [`recover`](Self::recover) brings it back. What runs in
    /// this program itself has nothing to end.
    fn stop(&mut self) {}

    /// Ends the adapter for good: nothing is asked of it any more.
    ///
    /// # Errors
    /// It did not end as it should; it is gone all the same.
    fn end(&mut self) -> Result<(), AdapterFault> {
        Ok(())
    }
}
