//! An adapter that is another program: any command that speaks the protocol on standard input and output.
//!
//! It owns a process, a clock and the bounds on both. Whatever the program does, each call here ends within its bound
//! with an answer or with one fault, and after a fault nothing of the program's process group is left. What the answers
//! are worth is not judged here.

mod bounds;
mod child;
mod connection;
mod hello;
mod line;
mod pipes;
mod tail;
mod window;

pub use bounds::ProcessBounds;

use super::body::split_mix;
use super::protocol::{OpenedFields, PROTOCOL, Range, Session};
use super::{Adapter, AdapterFault, FaultCause, Opened};
use crate::platform::reap_orphans;
use connection::Connection;
use line::word;
use pkgsource_model::history::{Capabilities, SourceMode, Tree};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::{Answer, Problem, Reply};
use pkgsource_model::words::Body;
use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// An implementation behind a program that speaks the protocol.
#[derive(Debug)]
pub struct ProcessAdapter {
    command: Vec<OsString>,
    bounds: ProcessBounds,
    seed: u64,
    restarts: u32,
    capabilities: Capabilities,
    /// None after a fault.
    connection: Option<Connection>,
    /// The plan that was opened last.
    plan: Option<String>,
}

impl ProcessAdapter {
    /// Starts the program and hears what it declares. `seed` chooses the name of the operation that does not exist, by
    /// which a program that answers anything gives itself away.
    ///
    /// # Errors
    /// The program cannot be started, cannot be talked to, or declares what the suite cannot work with.
    pub fn start(
        command: &[OsString],
        bounds: ProcessBounds,
        seed: u64,
    ) -> Result<Self, AdapterFault> {
        let command = command.to_vec();
        let (connection, capabilities) =
            Connection::start(&command, bounds, &no_such_operation(seed))?;
        Ok(Self {
            command,
            bounds,
            seed,
            restarts: 0,
            capabilities,
            connection: Some(connection),
            plan: None,
        })
    }

    /// How often the program has been started again.
    #[must_use]
    pub fn restarts(&self) -> u32 {
        self.restarts
    }

    /// Performs operations with as many unanswered at once as the adapter declared, and returns their replies in the
    /// order of the operations. In which order they take effect is the adapter's to choose.
    ///
    /// # Errors
    /// The adapter failed; which of the operations happened is unknown.
    pub fn perform_all(
        &mut self,
        operations: &[Operation<Body>],
    ) -> Result<Vec<Reply<Answer>>, AdapterFault> {
        let first = operations.first().map_or("", |operation| operation.kind().name());
        let connection = self.connection.as_mut().ok_or_else(|| not_running(first))?;
        let performed =
            window::perform_all(connection, &self.capabilities, &self.bounds, operations);
        performed.map_err(|(during, cause)| self.fault(during, cause))
    }

    /// Starts a program that died again and lets it take up the open plan where it was. Only for an adapter that
    /// declares `survives_restart`.
    ///
    /// # Errors
    /// No plan is open, the adapter did not declare it, or the adapter failed.
    pub fn resume(&mut self) -> Result<Opened, AdapterFault> {
        let refused = |why: &str| AdapterFault::new("resume", FaultCause::BadAnswer(why.into()));
        let plan = self.plan.clone().ok_or_else(|| refused("no plan is open"))?;
        if !self.capabilities.survives_restart {
            return Err(refused("`survives_restart` is not declared"));
        }
        self.restart()?;
        self.enter(&Session::Resume { plan })
    }

    /// Ends the program's input and makes sure that it ends in time and without another word. Dropping the adapter does
    /// the same and tells nobody.
    ///
    /// # Errors
    /// It does not; it has been killed.
    pub fn finish(mut self) -> Result<(), AdapterFault> {
        self.end()
    }

    fn end(&mut self) -> Result<(), AdapterFault> {
        let Some(mut connection) = self.connection.take() else { return Ok(()) };
        connection.end().map_err(|cause| connection.fault("exit", cause))
    }

    /// Stops the program after a fault.
    fn fault(&mut self, during: &str, cause: FaultCause) -> AdapterFault {
        match self.connection.take() {
            Some(mut connection) => connection.fault(during, cause),
            None => AdapterFault::new(during, cause),
        }
    }

    fn ask(
        &mut self,
        call: &Session,
        bound: Duration,
    ) -> Result<Reply<OpenedFields>, AdapterFault> {
        let connection = self.connection.as_mut().ok_or_else(|| not_running(call.name()))?;
        connection.ask(call, bound).map_err(|cause| self.fault(call.name(), cause))
    }

    /// Opens or resumes a plan.
    fn enter(&mut self, call: &Session) -> Result<Opened, AdapterFault> {
        let reply = self.ask(call, self.bounds.request)?;
        let entered = match reply {
            Reply::Ok(OpenedFields { sources }) => {
                ready(call.name(), self.capabilities.source_mode, sources)
            }
            Reply::Unsupported(problem) if matches!(call, Session::Open { .. }) => {
                Ok(Opened::Unsupported(problem))
            }
            Reply::Unsupported(_) => Err(FaultCause::NotServed(call.name().into())),
            other => Err(refusal(call, &other)),
        };
        entered.map_err(|cause| self.fault(call.name(), cause))
    }

    /// Stops what is left of the program and starts it again.
    fn restart(&mut self) -> Result<(), AdapterFault> {
        self.connection = None;
        if self.restarts >= self.bounds.restarts {
            return Err(AdapterFault::new("restart", FaultCause::TooManyRestarts(self.restarts)));
        }
        self.restarts += 1;
        let name = no_such_operation(self.seed.wrapping_add(u64::from(self.restarts)));
        let (mut connection, capabilities) = Connection::start(&self.command, self.bounds, &name)?;
        if capabilities != self.capabilities {
            let why = "differs from the one before the restart".to_owned();
            return Err(connection.fault("hello", FaultCause::BadHello(why)));
        }
        self.connection = Some(connection);
        Ok(())
    }
}

impl Adapter for ProcessAdapter {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn open(&mut self, plan: &str, tree: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
        let not_text = || {
            FaultCause::BadAnswer(format!(
                "the scratch folder's name is not UTF-8: {}",
                scratch.display()
            ))
        };
        let scratch =
            scratch.to_str().ok_or_else(|| AdapterFault::new("open", not_text()))?.to_owned();
        self.plan = Some(plan.to_owned());
        self.enter(&Session::Open { plan: plan.to_owned(), tree: tree.clone(), scratch })
    }

    fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
        let mut replies = self.perform_all(std::slice::from_ref(operation))?;
        Ok(replies.pop().unwrap_or_else(|| unreachable!("each operation has one reply")))
    }

    fn close(&mut self) -> Result<(), AdapterFault> {
        let Some(plan) = self.plan.clone() else { return Ok(()) };
        let call = Session::Close { plan };
        match self.ask(&call, self.bounds.close)? {
            Reply::Ok(_) => {
                // What an implementation starts and forgets at every call would fill the table of processes.
                reap_orphans();
                Ok(())
            }
            other => Err(self.fault("close", refusal(&call, &other))),
        }
    }

    /// After a fault the program is started again and closes the plan that was open, so that nothing of it stays.
    fn recover(&mut self) -> Result<(), AdapterFault> {
        if self.connection.is_none() {
            self.restart()?;
        }
        self.close()
    }

    fn stop(&mut self) {
        self.connection = None;
    }

    fn end(&mut self) -> Result<(), AdapterFault> {
        Self::end(self)
    }
}

impl Drop for ProcessAdapter {
    fn drop(&mut self) {
        self.end().ok();
    }
}

fn not_running(during: &str) -> AdapterFault {
    AdapterFault::new(during, FaultCause::NotRunning)
}

fn ready(call: &str, mode: SourceMode, sources: Option<String>) -> Result<Opened, FaultCause> {
    match (mode, sources.map(PathBuf::from)) {
        (SourceMode::Inline, _) => Ok(Opened::Ready(None)),
        (SourceMode::Path, None) => {
            Err(FaultCause::MissingMember(format!("the `ok` of `{call}` lacks `sources`")))
        }
        (SourceMode::Path, Some(folder)) if !folder.is_absolute() => Err(FaultCause::BadAnswer(
            format!("the `sources` of `{call}` is not an absolute path: `{}`", folder.display()),
        )),
        (SourceMode::Path, Some(folder)) if folder.is_dir() => Ok(Opened::Ready(Some(folder))),
        (SourceMode::Path, Some(folder)) => Err(FaultCause::BadAnswer(format!(
            "the `sources` of `{call}` is not a folder: `{}`",
            folder.display()
        ))),
    }
}

/// What it means that a session call was not answered `ok`.
fn refusal<A>(call: &Session, reply: &Reply<A>) -> FaultCause {
    let problem = match reply {
        Reply::AdapterError(problem) => return FaultCause::SaysSo(problem.to_string()),
        Reply::Error(problem) | Reply::Unknown(problem) | Reply::Unsupported(problem) => {
            problem.clone()
        }
        Reply::Ok(_) => Problem::default(),
    };
    FaultCause::BadAnswer(format!("`{}` was answered `{}`: {problem}", call.name(), word(reply)))
}

/// Reads a line as the reply to a request with this `op`, exactly as the suite does, and says what is wrong with it. For
/// whoever writes an adapter, and for what tests the parser.
///
/// # Errors
/// The fault that the line would be.
pub fn check_reply(op: &str, line: &[u8]) -> Result<(), FaultCause> {
    let (_, reply) = line::read_reply::<Value>(line)?;
    let kind = OperationKind::ALL.into_iter().find(|kind| kind.name() == op);
    match (reply, kind) {
        (Reply::Ok(members), Some(kind)) => line::answer(kind, members).map(drop),
        (reply @ Reply::Ok(_), None) if op == "hello" => {
            hello::read(reply, Range { min: PROTOCOL, max: PROTOCOL }).map(drop)
        }
        (Reply::Ok(_), None) if matches!(op, "open" | "resume") => {
            line::read_reply::<OpenedFields>(line).map(drop)
        }
        _ => Ok(()),
    }
}

/// A name that no operation has, of letters that nobody can foresee.
fn no_such_operation(seed: u64) -> String {
    let mut state = seed;
    let letters = (0..12).map(|_| char::from(b'a' + (split_mix(&mut state) % 26) as u8));
    format!("no_{}", letters.collect::<String>())
}
