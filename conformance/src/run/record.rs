//! Performs one plan on an adapter and records its history: every operation as an interval of ordinals.

use super::settle::Latency;
use super::sources::Sources;
use crate::adapter::body::record_of;
use crate::adapter::{Adapter, AdapterFault, FaultCause, Opened};
use crate::plan::{Plan, Step};
use pkgsource_model::history::{Event, Header, History, Settled, SettledBy};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::{Body, PackageClass, PackageId};
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
    /// The shortest and the longest pause between two looks.
    pub poll: (Duration, Duration),
    /// How many equal looks in a row mean that nothing moves.
    pub agree: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            stall: Duration::from_secs(10),
            stall_is_set: false,
            converge: Duration::from_mins(1),
            poll: (Duration::from_millis(10), Duration::from_millis(250)),
            agree: 3,
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
}

/// Performs a plan and records what happens. `scratch` must be an empty folder.
pub fn run_plan(
    adapter: &mut dyn Adapter,
    plan: &Plan,
    bounds: &Bounds,
    scratch: &Path,
) -> PlanRun {
    let mut run = PlanRun {
        history: None,
        skipped: None,
        fault: None,
        slow: Vec::new(),
        latencies: Vec::new(),
    };
    let sources = match adapter.open(&plan.name, &plan.tree, scratch) {
        Ok(Opened::Ready(sources)) => sources,
        Ok(Opened::Unsupported(problem)) => {
            run.skipped = Some(format!("the adapter cannot build its tree: {problem}"));
            return run;
        }
        Err(fault) => {
            run.fault = Some(fault);
            return run;
        }
    };
    let mut recorder = Recorder::new(adapter, plan, bounds);
    recorder.scratch = scratch.to_string_lossy().into_owned();
    recorder.sources = sources.map(Sources::new);
    let result = plan.steps.iter().try_for_each(|step| recorder.step(step));
    let (history, slow, latencies) = (recorder.history, recorder.slow, recorder.latencies);
    run.fault = result.err();
    (run.history, run.slow, run.latencies) = (Some(history), slow, latencies);
    if run.fault.is_none() {
        run.fault = adapter.close().err();
    }
    run
}

/// What the recorder knows of the plan's packages: whom to look at.
pub(super) struct Known {
    pub(super) id: PackageId,
    pub(super) class: Option<PackageClass>,
    pub(super) contexts: Vec<String>,
}

pub(super) struct Recorder<'a> {
    adapter: &'a mut dyn Adapter,
    pub(super) plan: &'a Plan,
    pub(super) bounds: &'a Bounds,
    sources: Option<Sources>,
    scratch: String,
    pub(super) history: History,
    ordinal: u64,
    pub(super) known: Vec<Known>,
    pub(super) slow: Vec<String>,
    pub(super) latencies: Vec<Latency>,
}

impl<'a> Recorder<'a> {
    fn new(adapter: &'a mut dyn Adapter, plan: &'a Plan, bounds: &'a Bounds) -> Self {
        let header = Header {
            history: 1,
            plan: plan.name.clone(),
            seed: plan.seed,
            suite: format!("pkgsource {}", env!("CARGO_PKG_VERSION")),
            tree: plan.tree.clone(),
            capabilities: adapter.capabilities().clone(),
        };
        let history = History { header, events: Vec::new(), settled: Vec::new() };
        Self {
            adapter,
            plan,
            bounds,
            sources: None,
            scratch: String::new(),
            history,
            ordinal: 0,
            known: Vec::new(),
            slow: Vec::new(),
            latencies: Vec::new(),
        }
    }

    fn step(&mut self, step: &Step) -> Result<(), AdapterFault> {
        match step {
            Step::Do(operation) => self.perform(operation).map(drop),
            Step::Look {} => self.look(),
            Step::Settle {} => self.settle(),
        }
    }

    fn tick(&mut self) -> u64 {
        self.ordinal += 1;
        self.ordinal
    }

    pub(super) fn mark_settled(&mut self, by: SettledBy) {
        let at = self.tick();
        self.history.settled.push(Settled { at, by });
    }

    /// Performs one operation and records it, whatever comes of it.
    pub(super) fn perform(
        &mut self,
        operation: &Operation<Body>,
    ) -> Result<Reply<Answer>, AdapterFault> {
        self.note(operation);
        let invoked = self.tick();
        let started = now();
        let result = self.perform_where_it_belongs(operation);
        let took_us = u64::try_from(started.elapsed().as_micros()).ok();
        let returned = match &result {
            Ok(Reply::Unknown(_)) | Err(_) => None,
            Ok(_) => Some(self.tick()),
        };
        let reply = match &result {
            Ok(reply) => self.without_scratch(reply.clone()),
            Err(fault) => Reply::Unknown(Problem::new(fault.to_string())),
        };
        self.history.events.push(Event {
            invoked,
            returned,
            operation: operation.map_files(record_of),
            reply,
            took_us,
        });
        result
    }

    fn perform_where_it_belongs(
        &mut self,
        operation: &Operation<Body>,
    ) -> Result<Reply<Answer>, AdapterFault> {
        let fault = |error: std::io::Error| {
            let why = format!("the suite cannot write the source folder: {error}");
            AdapterFault::new(operation.kind().name(), FaultCause::SaysSo(why))
        };
        if let Some(sources) = &mut self.sources {
            if Sources::performs(operation) {
                sources.perform(operation).map_err(fault)?;
                return Ok(Reply::Ok(Answer::Done));
            }
            sources.prepare(operation).map_err(fault)?;
        }
        let reply = self.adapter.perform(operation)?;
        match &reply {
            Reply::Unsupported(_) if self.is_declared(operation) => Err(AdapterFault::new(
                operation.kind().name(),
                FaultCause::NotServed(operation.kind().name().into()),
            )),
            _ => Ok(reply),
        }
    }

    pub(super) fn serves(&self, kind: OperationKind) -> bool {
        let capabilities = &self.history.header.capabilities;
        capabilities.operations.contains(&kind) || capabilities.reads.contains(&kind)
    }

    fn is_declared(&self, operation: &Operation<Body>) -> bool {
        match operation {
            Operation::Fault { kind, .. } | Operation::Heal { kind, .. } => {
                self.history.header.capabilities.faults.contains(kind)
            }
            _ => self.serves(operation.kind()),
        }
    }

    fn note(&mut self, operation: &Operation<Body>) {
        let Some(id) = operation.package() else { return };
        if !self.known.iter().any(|known| known.id == *id) {
            self.known.push(Known { id: id.clone(), class: None, contexts: Vec::new() });
        }
        let Some(known) = self.known.iter_mut().find(|known| known.id == *id) else { return };
        match operation {
            Operation::Create { class, .. } => known.class = Some(*class),
            Operation::Refresh { context: Some(context), .. }
                if !context.is_empty() && !known.contexts.contains(context) =>
            {
                known.contexts.push(context.clone());
            }
            _ => {}
        }
    }

    /// The reply with the scratch folder's random name taken out of its texts, and on one line: equal runs leave equal
    /// histories.
    fn without_scratch(&self, mut reply: Reply<Answer>) -> Reply<Answer> {
        let clean = |text: &mut String| {
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            *text = lines.join(" ");
            if !self.scratch.is_empty() {
                *text = text.replace(&self.scratch, "SCRATCH");
            }
        };
        match &mut reply {
            Reply::Ok(Answer::Package(Some(status))) => status.failure.iter_mut().for_each(clean),
            Reply::Ok(_) => {}
            Reply::Error(problem)
            | Reply::Unknown(problem)
            | Reply::Unsupported(problem)
            | Reply::AdapterError(problem) => clean(&mut problem.message),
        }
        reply
    }

    /// Reads everything that the adapter can read of the plan's packages.
    pub(super) fn look(&mut self) -> Result<(), AdapterFault> {
        for operation in self.reads() {
            self.perform(&operation)?;
        }
        Ok(())
    }

    fn reads(&self) -> Vec<Operation<Body>> {
        let mut reads = Vec::new();
        for Known { id, class, contexts } in &self.known {
            let package = || id.clone();
            reads.push(Operation::Package { package: package() });
            if class.is_none() {
                continue;
            }
            let sites = self.plan.tree.sites.iter();
            reads.extend(
                sites.map(|entry| Operation::Site { package: package(), site: entry.site.clone() }),
            );
            for entry in &self.plan.tree.points {
                reads.push(Operation::Point { package: package(), point: entry.point.clone() });
                reads.push(Operation::Content {
                    package: package(),
                    point: entry.point.clone(),
                    after: None,
                });
            }
            if class.is_some_and(|class| class.entry().context) {
                let context = |context: &String| Operation::Context {
                    package: package(),
                    context: context.clone(),
                };
                reads.extend(contexts.iter().map(context));
            }
            if *class == Some(PackageClass::TaskSequence) {
                reads.push(Operation::Operable { package: package() });
            }
        }
        reads.retain(|read| self.serves(read.kind()));
        reads
    }
}

/// The recorder's clock: latencies and bounds only, never order.
#[expect(
    clippy::disallowed_methods,
    reason = "the run owns a clock; what it reads never orders events"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}
