//! One plan from `open` to `close`: how it begins, what became of it, and how long it may take.

use super::record::Recorder;
use super::scratch::PlanFolder;
use super::settle::Latency;
use super::sources::Sources;
use super::stop::{Ended, Stop};
use crate::adapter::{Adapter, AdapterFault, Opened};
use crate::history::HistoryFile;
use crate::plan::Plan;
use pkgsource_model::history::History;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long the suite waits for *eventually*, and how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The longest time without observed progress.
    pub stall: Duration,
    /// True where the user set `stall`; then passing it is the implementation's fault.
    pub stall_is_set: bool,
    /// The whole wait.
    pub converge: Duration,
    /// True where the user set `converge`; then nobody declares a longer one.
    pub converge_is_set: bool,
    /// The shortest and the longest pause between two looks.
    pub poll: (Duration, Duration),
    /// How long to wait for what should be there already, where a call is said to return when its work is done: none,
    /// but for a second look at a breach.
    pub linger: Duration,
    /// How many equal looks in a row mean that nothing moves.
    pub agree: u32,
    /// The longest that a plan may take; waits in virtual time count by the machine's clock here.
    pub plan: Duration,
    /// When the whole run is to end.
    pub deadline: Option<Instant>,
    /// How many bytes have to be free where the scratch folder is: what is done on a full disk proves nothing.
    pub room: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            stall: Duration::from_secs(10),
            stall_is_set: false,
            converge: Duration::from_mins(1),
            converge_is_set: false,
            poll: (Duration::from_millis(10), Duration::from_millis(250)),
            linger: Duration::ZERO,
            agree: 3,
            plan: Duration::from_mins(10),
            deadline: None,
            room: 1024 * 1024,
        }
    }
}

/// What became of one plan.
#[derive(Debug)]
pub struct PlanRun {
    /// What happened, as far as the plan went; none where the adapter cannot build its tree.
    pub history: Option<History>,
    /// Why the plan was not run.
    pub skipped: Option<String>,
    /// The fault that ended it early.
    pub fault: Option<AdapterFault>,
    /// Waits that ended without an answer: the bound that passed, in words.
    pub slow: Vec<String>,
    /// How long content took to arrive, where it was waited for.
    pub latencies: Vec<Latency>,
    /// Why the run is to stop, where that ended the plan early.
    pub stopped: Option<Stop>,
    /// How often the adapter answered `adapter_error`, and to what with which words the first time.
    pub failing: Option<AdapterFault>,
    /// That its scratch folder could not be removed, where another fault had ended it before.
    pub not_removed: Option<AdapterFault>,
}

/// Performs a plan and records what happens. `scratch` must be an empty folder.
pub fn run_plan(
    adapter: &mut dyn Adapter,
    plan: &Plan,
    bounds: &Bounds,
    scratch: &Path,
) -> PlanRun {
    match PlanFolder::at(scratch) {
        Ok(folder) => run_plan_into(adapter, plan, bounds, &folder, None),
        // Who needs none is given none.
        Err(_) => run_plan_at(adapter, plan, bounds, (scratch, None), None),
    }
}

/// [`run_plan`], and what happens is written into a file as it happens.
pub(crate) fn run_plan_into(
    adapter: &mut dyn Adapter,
    plan: &Plan,
    bounds: &Bounds,
    folder: &PlanFolder,
    file: Option<&mut HistoryFile>,
) -> PlanRun {
    run_plan_at(adapter, plan, bounds, (&folder.path, Some(folder)), file)
}

fn run_plan_at(
    adapter: &mut dyn Adapter,
    plan: &Plan,
    bounds: &Bounds,
    (scratch, folder): (&Path, Option<&PlanFolder>),
    file: Option<&mut HistoryFile>,
) -> PlanRun {
    let mut run = PlanRun::new();
    let opened = match adapter.open(&plan.name, &plan.tree, scratch) {
        Ok(Opened::Ready(None)) => Ok(None),
        Ok(Opened::Ready(Some(sources))) => Sources::enter(&sources, folder)
            .map(Some)
            .map_err(|cause| AdapterFault::new("open", cause)),
        Ok(Opened::Unsupported(problem)) => {
            run.skipped = Some(format!("the adapter cannot build its tree: {problem}"));
            return run;
        }
        Err(fault) => Err(fault),
    };
    let sources = match opened {
        Ok(sources) => sources,
        Err(fault) => {
            run.ended(fault.into());
            return run;
        }
    };
    let mut recorder = Recorder::new(adapter, plan, bounds, file);
    recorder.scratch = scratch.to_string_lossy().into_owned();
    recorder.sources = sources;
    recorder.folder = folder;
    let result = plan.steps.iter().try_for_each(|step| recorder.step(step));
    let cleared = recorder.sources.as_mut().map_or(Ok(()), Sources::clear);
    let Recorder { history, slow, latencies, failing, .. } = recorder;
    (run.history, run.slow, run.latencies, run.failing) = (Some(history), slow, latencies, failing);
    if let Err(ended) = result {
        run.ended(ended);
    }
    if run.fault.is_none()
        && let Err(fault) = adapter.close()
    {
        run.ended(fault.into());
    }
    if let (None, Err(cause)) = (&run.fault, cleared) {
        run.fault = Some(AdapterFault::new("close", cause));
    }
    run
}

impl PlanRun {
    fn new() -> Self {
        Self {
            history: None,
            skipped: None,
            fault: None,
            slow: Vec::new(),
            latencies: Vec::new(),
            stopped: None,
            failing: None,
            not_removed: None,
        }
    }

    /// A plan that a fault ended before it began.
    pub(super) fn not_begun(fault: AdapterFault) -> Self {
        Self { fault: Some(fault), ..Self::new() }
    }

    fn ended(&mut self, ended: Ended) {
        match ended {
            Ended::Fault(fault) => self.fault = Some(fault),
            Ended::Stopped(stop) => self.stopped = Some(stop),
            Ended::Exhausted(why) => self.slow.push(why),
        }
    }
}
