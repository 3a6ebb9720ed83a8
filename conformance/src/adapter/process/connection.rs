//! One process and the conversation with it: ids, bounds, and how it begins and ends. What an operation's answer means
//! is in [`window`](super::window); starting again is in [`ProcessAdapter`](super::ProcessAdapter).

use super::super::protocol::{PROTOCOL, Range, Request, Session};
use super::super::{AdapterFault, FaultCause};
use super::bounds::{ProcessBounds, milliseconds};
use super::child::Process;
use super::hello;
use super::line::{read_reply, word};
use super::pipes::{TooLong, Waited, now};
use crate::platform::interrupted;
use pkgsource_model::history::Capabilities;
use pkgsource_model::reply::Reply;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::ffi::OsString;
use std::time::{Duration, Instant};

/// How long a process that closed its output may take to end.
const GRACE: Duration = Duration::from_millis(500);

/// A process that has answered `hello`.
#[derive(Debug)]
pub(super) struct Connection {
    process: Process,
    last_id: u64,
    bounds: ProcessBounds,
}

impl Connection {
    /// Starts a process, says hello, and makes sure that it does not answer just anything.
    pub(super) fn start(
        command: &[OsString],
        bounds: ProcessBounds,
        no_such_operation: &str,
    ) -> Result<(Self, Capabilities), AdapterFault> {
        let process =
            Process::start(command, &bounds).map_err(|cause| AdapterFault::new("start", cause))?;
        let mut connection = Self { process, last_id: 0, bounds };
        let capabilities = connection.hello().map_err(|cause| connection.fault("hello", cause))?;
        let probed = connection.probe(no_such_operation);
        probed.map_err(|cause| connection.fault("unknown operation", cause))?;
        Ok((connection, capabilities))
    }

    /// Stops the process for good, and says why with its last words.
    pub(super) fn fault(&mut self, during: &str, cause: FaultCause) -> AdapterFault {
        AdapterFault { stderr: self.process.kill(), ..AdapterFault::new(during, cause) }
    }

    fn hello(&mut self) -> Result<Capabilities, FaultCause> {
        let protocol = Range { min: PROTOCOL, max: PROTOCOL };
        let suite = concat!("pkgsource ", env!("CARGO_PKG_VERSION")).to_owned();
        let hello = Session::Hello { protocol, suite, limits: self.bounds.limits() };
        hello::read(self.ask(&hello, self.bounds.start)?, protocol)
    }

    fn probe(&mut self, name: &str) -> Result<(), FaultCause> {
        #[derive(Serialize)]
        struct Probe<'a> {
            op: &'a str,
        }
        match self.ask::<IgnoredAny>(&Probe { op: name }, self.bounds.request)? {
            Reply::Unsupported(_) => Ok(()),
            other => Err(FaultCause::AnswersAnything(word(&other).into())),
        }
    }

    /// Sends one request and waits for its reply, with nothing else unanswered.
    pub(super) fn ask<A: DeserializeOwned>(
        &mut self,
        call: &impl Serialize,
        bound: Duration,
    ) -> Result<Reply<A>, FaultCause> {
        self.expect_nothing()?;
        let asked =
            self.send(call).map_err(|TooLong| FaultCause::LineTooLong(self.bounds.frame_bytes))?;
        match self.receive(bound)? {
            (id, reply) if id == asked => Ok(reply),
            (id, _) => Err(FaultCause::NotAsked(id.to_string())),
        }
    }

    /// Makes sure that the process has said nothing while nothing was asked.
    pub(super) fn expect_nothing(&mut self) -> Result<(), FaultCause> {
        match self.next_line::<IgnoredAny>()? {
            Some((id, _)) => Err(FaultCause::NotAsked(id.to_string())),
            None => Ok(()),
        }
    }

    /// Takes a request to be sent by the next [`receive`](Self::receive). Returns its id.
    pub(super) fn send(&mut self, call: &impl Serialize) -> Result<u64, TooLong> {
        let id = self.last_id + 1;
        self.process.pipes.send(|line| {
            serde_json::to_writer(line, &Request { id, call }).unwrap_or_else(|error| {
                unreachable!("a request is plain data, and memory takes every write: {error}")
            });
        })?;
        self.last_id = id;
        Ok(id)
    }

    /// How many bytes wait to be sent.
    pub(super) fn unsent_bytes(&self) -> usize {
        self.process.pipes.unsent_bytes()
    }

    /// The next reply, whatever it answers, if it comes within `bound`.
    pub(super) fn receive<A: DeserializeOwned>(
        &mut self,
        bound: Duration,
    ) -> Result<(u64, Reply<A>), FaultCause> {
        if let Some(reply) = self.next_line()? {
            return Ok(reply);
        }
        let until = now() + bound;
        loop {
            let (until, cut) = self.until(until);
            match self.process.pipes.wait(until).map_err(|error| broken(&error))? {
                Waited::Moved => {}
                // Where the bound itself passed first, the signal asked for the end all the same.
                Waited::TimedOut if cut || interrupted().is_some() => {
                    return Err(FaultCause::Interrupted);
                }
                Waited::TimedOut => return Err(self.silent(bound)),
                Waited::Ended | Waited::Closed => return Err(self.ended()),
            }
            if let Some(reply) = self.next_line()? {
                return Ok(reply);
            }
        }
    }

    /// When a wait ends: where a signal has come, no later than `close` after it. True where that is the reason.
    fn until(&self, until: Instant) -> (Instant, bool) {
        let end = interrupted().map(|signal| signal.at + self.bounds.close);
        end.map_or((until, false), |end| (until.min(end), end < until))
    }

    fn next_line<A: DeserializeOwned>(&mut self) -> Result<Option<(u64, Reply<A>)>, FaultCause> {
        let frame_bytes = self.bounds.frame_bytes;
        let line = self
            .process
            .pipes
            .next_line()
            .map_err(|TooLong| FaultCause::LineTooLong(frame_bytes))?;
        line.map(read_reply).transpose()
    }

    fn silent(&self, bound: Duration) -> FaultCause {
        let ms = milliseconds(bound);
        if self.process.pipes.input_is_lost() {
            return FaultCause::Pipe(format!(
                "the process closed its standard input, and no reply came within {ms} ms"
            ));
        }
        match self.process.pipes.bytes_without_end() {
            0 => FaultCause::Silent(ms),
            _ => FaultCause::Unended(ms),
        }
    }

    fn ended(&mut self) -> FaultCause {
        match self.process.status_within(GRACE) {
            Some(status) => FaultCause::Ended(status.to_owned()),
            None => FaultCause::Pipe(
                "the process closed its standard output and goes on running".into(),
            ),
        }
    }

    /// Ends the process's input and waits for the process to end by itself, and for what it started.
    pub(super) fn end(&mut self) -> Result<(), FaultCause> {
        self.process.pipes.close_input();
        self.wait_for_end()?;
        match self.process.left_behind() {
            names if names.is_empty() => Ok(()),
            names => Err(FaultCause::LeftBehind(names)),
        }
    }

    fn wait_for_end(&mut self) -> Result<(), FaultCause> {
        let bound = self.bounds.close;
        let until = now() + bound;
        loop {
            self.expect_nothing()?;
            let (until, _) = self.until(until);
            match self.process.pipes.wait(until).map_err(|error| broken(&error))? {
                Waited::Moved => {}
                Waited::TimedOut => return Err(FaultCause::Silent(milliseconds(bound))),
                Waited::Ended => return Ok(()),
                Waited::Closed => {
                    let left = until.saturating_duration_since(now());
                    let ended = self.process.status_within(left).is_some();
                    return if ended {
                        Ok(())
                    } else {
                        Err(FaultCause::Silent(milliseconds(bound)))
                    };
                }
            }
        }
    }
}

fn broken(error: &std::io::Error) -> FaultCause {
    FaultCause::Pipe(format!("a pipe to the process broke: {error}"))
}
