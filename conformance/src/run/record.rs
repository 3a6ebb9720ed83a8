//! The recorder: performs steps on an adapter and writes down what comes back, every operation as an interval of ordinals.
//! How a plan begins and ends is in [`plan_run`](super::plan_run).

use super::plan_run::Bounds;
use super::scratch::PlanFolder;
use super::settle::Latency;
use super::sources::Sources;
use super::stop::{Ended, stop};
use crate::adapter::body::record_of;
use crate::adapter::{Adapter, AdapterFault, FaultCause};
use crate::history::{HistoryFile, MOST_PLAN, text_length};
use crate::plan::{Plan, Step};
use crate::platform::room;
use pkgsource_model::history::{Completes, Event, Header, History, Settled, SettledBy};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::visible::visible_beginning;
use pkgsource_model::words::{Body, PackageClass, PackageId};
use std::time::Instant;

/// The most events that a plan may leave.
const MOST_EVENTS: usize = 200_000;

/// The most files that all the contents of a plan's history may have together.
const MOST_FILES: usize = 500_000;

/// About how long an event is in a file, without its texts and files.
const EVENT_LENGTH: usize = 200;

/// About how long a file in a content is, without its path.
const FILE_LENGTH: usize = 110;

/// The longest message or failure that a history keeps, in characters.
const MOST_MESSAGE: usize = 1000;

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
    pub(super) sources: Option<Sources>,
    pub(super) scratch: String,
    pub(super) folder: Option<&'a PlanFolder>,
    pub(super) history: History,
    ordinal: u64,
    pub(super) known: Vec<Known>,
    pub(super) slow: Vec<String>,
    pub(super) latencies: Vec<Latency>,
    file: Option<&'a mut HistoryFile>,
    started: Instant,
    /// Files in the contents of the history so far.
    files: usize,
    /// About how long the history is in a file.
    length: usize,
    pub(super) failing: Option<AdapterFault>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(
        adapter: &'a mut dyn Adapter,
        plan: &'a Plan,
        bounds: &'a Bounds,
        mut file: Option<&'a mut HistoryFile>,
    ) -> Self {
        let header = Header {
            history: 1,
            plan: plan.name.clone(),
            seed: plan.seed,
            suite: format!("pkgsource {}", env!("CARGO_PKG_VERSION")),
            tree: plan.tree.clone(),
            capabilities: adapter.capabilities().clone(),
        };
        if let Some(file) = &mut file {
            file.header(&header);
        }
        let history = History { header, events: Vec::new(), settled: Vec::new() };
        Self {
            adapter,
            plan,
            bounds,
            sources: None,
            scratch: String::new(),
            folder: None,
            history,
            ordinal: 0,
            known: Vec::new(),
            slow: Vec::new(),
            latencies: Vec::new(),
            file,
            started: now(),
            files: 0,
            length: 0,
            failing: None,
        }
    }

    pub(super) fn step(&mut self, step: &Step) -> Result<(), Ended> {
        match step {
            Step::Do(operation) => {
                let reply = self.perform(operation)?;
                self.note_idle(&reply);
                Ok(())
            }
            Step::Look {} => self.look(),
            Step::Settle {} => self.settle(),
        }
    }

    /// Where the implementation's word is what tells, a plan may ask for it as well as a settle.
    fn note_idle(&mut self, reply: &Reply<Answer>) {
        let tells = self.history.header.capabilities.completes == Completes::Reported;
        if tells && *reply == Reply::Ok(Answer::Idle(true)) {
            self.mark_settled(SettledBy::Idle);
        }
    }

    fn tick(&mut self) -> u64 {
        self.ordinal += 1;
        self.ordinal
    }

    pub(super) fn mark_settled(&mut self, by: SettledBy) {
        let settled = Settled { at: self.tick(), by };
        self.history.settled.push(settled);
        if let Some(file) = &mut self.file {
            file.settled(settled);
        }
    }

    /// Ends the plan where the run is to stop, or where the plan has become too long.
    fn go_on(&self) -> Result<(), Ended> {
        if let Some(stop) = stop(self.bounds.deadline) {
            return Err(Ended::Stopped(stop));
        }
        if self.started.elapsed() > self.bounds.plan {
            let limit = self.bounds.plan.as_secs();
            return Err(Ended::Exhausted(format!(
                "it was not done after {limit} s, the most for a plan"
            )));
        }
        if self.history.events.len() >= MOST_EVENTS {
            return Err(Ended::Exhausted(format!(
                "it has left {MOST_EVENTS} events, the most for a plan"
            )));
        }
        Ok(())
    }

    /// Performs one operation and records it, whatever comes of it.
    pub(super) fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, Ended> {
        self.go_on()?;
        self.note(operation);
        let invoked = self.tick();
        let started = now();
        let result = self.perform_where_it_belongs(operation).and_then(|reply| {
            let kept = self.without_scratch(reply.clone());
            self.make_room(operation.kind(), &kept)?;
            Ok((reply, kept))
        });
        let took_us = u64::try_from(started.elapsed().as_micros()).ok();
        let returned = match &result {
            Ok((Reply::Unknown(_), _)) | Err(_) => None,
            Ok(_) => Some(self.tick()),
        };
        let (result, reply) = match result {
            Ok((reply, kept)) => (Ok(reply), kept),
            Err(fault) => {
                let kept = Reply::Unknown(Problem::new(fault.to_string()));
                (Err(fault), kept)
            }
        };
        let operation = operation.map_files(record_of);
        let event = Event { invoked, returned, operation, reply, took_us };
        if let Some(file) = &mut self.file {
            file.event(&event);
        }
        self.note_failing(&event);
        self.history.events.push(event);
        Ok(result?)
    }

    /// Nothing was learned where the adapter says that it failed: that is told, however the plan goes on.
    fn note_failing(&mut self, event: &Event) {
        let Reply::AdapterError(problem) = &event.reply else { return };
        if let Some(fault) = &mut self.failing {
            fault.times = fault.times.saturating_add(1);
            return;
        }
        let cause = FaultCause::KeepsFailing(problem.to_string());
        self.failing = Some(AdapterFault::new(event.operation.kind().name(), cause));
    }

    /// Makes sure that a plan's history stays one that is judged in memory, and read again by `judge`.
    fn make_room(
        &mut self,
        kind: OperationKind,
        reply: &Reply<Answer>,
    ) -> Result<(), AdapterFault> {
        let files = match reply {
            Reply::Ok(Answer::Content(Some(page))) => page.files.len(),
            _ => 0,
        };
        self.files += files;
        self.length += EVENT_LENGTH + files * FILE_LENGTH + text_length(reply);
        let why = if self.files > MOST_FILES {
            format!("the contents of one plan have more than {MOST_FILES} files")
        } else if self.length > MOST_PLAN {
            format!("the history of one plan would be longer than {MOST_PLAN} bytes")
        } else {
            return Ok(());
        };
        let why = format!("{why}; the suite keeps no more");
        Err(AdapterFault::new(kind.name(), FaultCause::TooMuch(why)))
    }

    fn perform_where_it_belongs(
        &mut self,
        operation: &Operation<Body>,
    ) -> Result<Reply<Answer>, AdapterFault> {
        let fault = |cause: FaultCause| AdapterFault::new(operation.kind().name(), cause);
        if let Some(sources) = &mut self.sources {
            if Sources::performs(operation) {
                sources.perform(operation).map_err(fault)?;
                return Ok(Reply::Ok(Answer::Done));
            }
            sources.prepare(operation).map_err(fault)?;
        }
        let reply = self.adapter.perform(operation)?;
        if !operation.kind().is_read() {
            self.check_room().map_err(fault)?;
        }
        if let Some(sources) = self.sources.as_ref().filter(|_| !operation.kind().is_read()) {
            sources.check().map_err(fault)?;
        }
        match &reply {
            Reply::Unsupported(_) if self.is_declared(operation) => Err(AdapterFault::new(
                operation.kind().name(),
                FaultCause::NotServed(operation.kind().name().into()),
            )),
            _ => Ok(reply),
        }
    }

    /// Makes sure that there is room where the scratch folder is: who found none may have done anything.
    fn check_room(&self) -> Result<(), FaultCause> {
        let least = self.bounds.room;
        let left = self.folder.and_then(|folder| room(&folder.dir));
        let Some(left) = left.filter(|&left| left < least) else { return Ok(()) };
        Err(FaultCause::Surroundings(format!(
            "the folder for temporary files has {left} bytes left, and less than {least} is full; make room, or set TMPDIR \
             to where there is some"
        )))
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
            // Which properties there are, `hello` does not say: one that is not there is declined by itself.
            Operation::Put { .. } => false,
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

    /// The reply with the scratch folder's random name taken out of its texts, on one line, with nothing hidden in it and
    /// not without end: equal runs leave equal histories, and a message is for people.
    fn without_scratch(&self, mut reply: Reply<Answer>) -> Reply<Answer> {
        let clean = |text: &mut String| {
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            *text = visible_beginning(&lines.join(" "), MOST_MESSAGE);
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
            | Reply::AdapterError(problem) => {
                clean(&mut problem.message);
                problem.code.iter_mut().for_each(clean);
            }
        }
        reply
    }

    /// Reads everything that the adapter can read of the plan's packages.
    pub(super) fn look(&mut self) -> Result<(), Ended> {
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
