//! Many plans on one adapter: what was run, what was skipped, what went wrong, and the histories.

use super::record::{Bounds, PlanRun, run_plan};
use crate::adapter::{Adapter, AdapterFault};
use crate::plan::Plan;
use pkgsource_model::history::History;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// A plan that was not run, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The plan.
    pub plan: String,
    /// Why.
    pub why: String,
}

/// What a campaign leaves behind.
#[derive(Debug, Default)]
pub struct Run {
    /// The plans that were run, beside their histories.
    pub plans: Vec<Plan>,
    /// The histories.
    pub histories: Vec<History>,
    /// The plans that were not.
    pub skipped: Vec<Skipped>,
    /// The faults of the adapter, with the plans that they ended.
    pub faults: Vec<(String, AdapterFault)>,
    /// Waits without an answer.
    pub slow: Vec<(String, String)>,
    /// The plans that there was no time for: what they are about, and how many they are.
    pub left: BTreeMap<String, usize>,
}

/// Runs plans on one adapter, each in an empty world below a scratch folder that goes with the campaign.
pub struct Campaign<'a> {
    adapter: &'a mut dyn Adapter,
    bounds: Bounds,
    scratch: tempfile::TempDir,
    nth: usize,
}

impl std::fmt::Debug for Campaign<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Campaign")
            .field("bounds", &self.bounds)
            .field("nth", &self.nth)
            .finish_non_exhaustive()
    }
}

impl<'a> Campaign<'a> {
    /// A campaign on an adapter.
    ///
    /// # Errors
    /// No scratch folder can be made.
    pub fn new(adapter: &'a mut dyn Adapter, bounds: Bounds) -> io::Result<Self> {
        let scratch = tempfile::Builder::new().prefix("pkgsource-").tempdir()?;
        Ok(Self { adapter, bounds, scratch, nth: 0 })
    }

    /// Runs one plan by itself, without keeping it.
    ///
    /// # Errors
    /// The scratch folder cannot be made or removed.
    pub fn run_one(&mut self, plan: &Plan) -> io::Result<PlanRun> {
        self.nth += 1;
        let mut plan = plan.clone();
        plan.name = format!("{}-{}", plan.name, self.nth);
        let folder: PathBuf = self.scratch.path().join(format!("plan-{}", self.nth));
        std::fs::create_dir(&folder)?;
        let run = run_plan(self.adapter, &plan, &self.bounds, &folder);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        Ok(run)
    }

    /// Runs one plan by itself and brings the adapter back after a fault.
    ///
    /// # Errors
    /// The scratch folder cannot be made or removed.
    pub fn run_and_recover(&mut self, plan: &Plan) -> io::Result<(PlanRun, Keep)> {
        let run = self.run_one(plan)?;
        let is_lost = run.fault.is_some() && self.adapter.recover().is_err();
        Ok((run, if is_lost { Keep::Stopped } else { Keep::Going }))
    }

    /// Runs one plan and keeps what came of it. After a fault the adapter is brought back.
    ///
    /// # Errors
    /// The scratch folder cannot be made or removed.
    pub fn add(&mut self, plan: Plan, run: &mut Run) -> io::Result<Keep> {
        let outcome = self.run_one(&plan)?;
        if let Some(why) = outcome.skipped {
            run.skipped.push(Skipped { plan: plan.name, why });
            return Ok(Keep::Going);
        }
        run.slow.extend(outcome.slow.into_iter().map(|slow| (plan.name.clone(), slow)));
        let fault = outcome.fault.map(|fault| (plan.name.clone(), fault));
        if let Some(history) = outcome.history {
            run.histories.push(history);
            run.plans.push(plan);
        }
        let Some((name, fault)) = fault else { return Ok(Keep::Going) };
        run.faults.push((name.clone(), fault));
        if let Err(fault) = self.adapter.recover() {
            run.faults.push((name, fault));
            return Ok(Keep::Stopped);
        }
        Ok(Keep::Going)
    }
}

/// Whether a campaign can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It can.
    Going,
    /// The adapter cannot be brought back.
    Stopped,
}
