//! Histories out of a file that anybody may have written: every line and every plan has a limit, and a file says whether
//! it is whole.

use crate::adapter::protocol::PROTOCOL;
use crate::plan::without_place;
use pkgsource_model::history::{Capabilities, End, Event, History, Line};
use pkgsource_model::reply::Reply;
use pkgsource_model::words::visible;
use std::fmt;
use std::io::{self, BufRead, Read};

/// The longest line, in bytes: as in the protocol, from which its contents come.
pub const MOST_LINE: usize = crate::adapter::protocol::FRAME_BYTES;

/// The longest history of one plan, in bytes: it is judged in memory.
pub const MOST_PLAN: usize = 64 * 1024 * 1024;

/// The most bytes of empty lines in a row, so that an endless file of them ends.
const MOST_EMPTY: usize = 1024 * 1024;

/// A history file that cannot be read.
#[derive(Debug)]
pub enum HistoryError {
    /// The file cannot be read.
    Read(io::Error),
    /// A line is not one of a history.
    Line {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        why: String,
    },
}

impl fmt::Display for HistoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "it cannot be read: {error}"),
            Self::Line { line, column, why } => {
                write!(f, "line {line}, column {column}: {}", visible(why))
            }
        }
    }
}

impl std::error::Error for HistoryError {}

/// Why what an adapter said cannot be read here, if so: another version of the protocol may mean something else by it.
pub(crate) fn spoken(said: &Capabilities) -> Option<String> {
    let spoken = said.protocol;
    (spoken != PROTOCOL).then(|| {
        format!("`capabilities` speaks protocol {spoken}, and this suite reads {PROTOCOL}")
    })
}

/// Whether a file of histories was written to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whole {
    /// It was.
    Yes,
    /// It was, by a run that was interrupted.
    Interrupted,
    /// It was not: what is missing at its end, as a sentence about the file. What is there is as it was recorded.
    No(String),
    /// Something was taken out of it or put into it: what it says of itself. Nothing can be concluded from it.
    Damaged(String),
}

/// The histories of a file, one after the other: a file of any length needs the memory of its longest history.
#[derive(Debug)]
pub struct Histories<R> {
    input: R,
    line: usize,
    buffer: Vec<u8>,
    header: Option<History>,
    /// Bytes of the history that is being read.
    plan_bytes: usize,
    /// What was read since the last end mark.
    seen: End,
    /// What is missing, once something is.
    missing: Option<String>,
    /// What does not agree, once something does not.
    damaged: Option<String>,
    interrupted: bool,
    has_end: bool,
}

impl<R: BufRead> Histories<R> {
    /// Reads histories from `input`.
    pub fn new(input: R) -> Self {
        Self {
            input,
            line: 0,
            buffer: Vec::new(),
            header: None,
            plan_bytes: 0,
            seen: End::default(),
            missing: None,
            damaged: None,
            interrupted: false,
            has_end: false,
        }
    }

    /// Whether the file was whole. Only to be believed after the last history.
    #[must_use]
    pub fn whole(&self) -> Whole {
        if let Some(why) = &self.damaged {
            return Whole::Damaged(why.clone());
        }
        match &self.missing {
            Some(why) => Whole::No(why.clone()),
            None if self.seen != End::default() => Whole::No(format!(
                "it ends without its end mark, after {} plans and {} events; it was cut, or its run was killed",
                self.seen.plans, self.seen.events
            )),
            None if self.interrupted => Whole::Interrupted,
            None => Whole::Yes,
        }
    }

    /// True where an end mark was read: a file without any history is then one of a run without plans.
    #[must_use]
    pub fn has_end(&self) -> bool {
        self.has_end
    }

    /// Reads a line into the buffer; false at the end of the input.
    fn fill(&mut self) -> Result<bool, HistoryError> {
        self.buffer.clear();
        self.line += 1;
        let longest = MOST_LINE as u64 + 1;
        let mut limited = (&mut self.input).take(longest);
        limited.read_until(b'\n', &mut self.buffer).map_err(HistoryError::Read)?;
        if self.buffer.len() as u64 == longest && !self.buffer.ends_with(b"\n") {
            return Err(self.bad(1, format!("it is longer than {MOST_LINE} bytes")));
        }
        Ok(!self.buffer.is_empty())
    }

    fn next_line(&mut self) -> Result<Option<Line>, HistoryError> {
        let mut empty = 0;
        while self.fill()? {
            if self.buffer.iter().all(u8::is_ascii_whitespace) {
                empty += self.buffer.len();
                if empty > MOST_EMPTY {
                    return Err(self.bad(1, "nothing but empty lines".into()));
                }
                continue;
            }
            self.plan_bytes += self.buffer.len();
            match serde_json::from_slice(&self.buffer) {
                Ok(line) => return Ok(Some(line)),
                // Only the last line of a file has no end; one that cannot be read was cut in the middle.
                Err(_) if !self.buffer.ends_with(b"\n") && self.seen != End::default() => {
                    self.missing = Some(format!("its last line, {}, is cut", self.line));
                    return Ok(None);
                }
                Err(error) => {
                    return Err(self.bad(error.column(), without_place(&error.to_string())));
                }
            }
        }
        Ok(None)
    }

    fn bad(&self, column: usize, why: String) -> HistoryError {
        HistoryError::Line { line: self.line, column, why }
    }

    fn next_history(&mut self) -> Result<Option<History>, HistoryError> {
        let mut last = 0;
        while let Some(line) = self.next_line()? {
            match line {
                Line::Header(header) => {
                    if let Some(why) = header.objection().or_else(|| spoken(&header.capabilities)) {
                        return Err(self.bad(1, why));
                    }
                    self.seen.plans += 1;
                    let next = History { header: *header, events: Vec::new(), settled: Vec::new() };
                    self.plan_bytes = self.buffer.len();
                    if let Some(done) = self.header.replace(next) {
                        return Ok(Some(done));
                    }
                    last = 0;
                }
                Line::Event(event) => {
                    self.check_event(&event, last)?;
                    last = event.invoked;
                    self.current()?.events.push(*event);
                    self.seen.events += 1;
                }
                Line::Settled(settled) => {
                    if settled.at <= last {
                        let why =
                            format!("ordinals go up: settled `at` {} after {last}", settled.at);
                        return Err(self.bad(1, why));
                    }
                    last = settled.at;
                    self.current()?.settled.push(settled);
                }
                Line::End(end) => {
                    self.note_end(end);
                    if let Some(done) = self.header.take() {
                        return Ok(Some(done));
                    }
                }
            }
            if self.plan_bytes > MOST_PLAN {
                return Err(self
                    .bad(1, format!("the history of one plan is longer than {MOST_PLAN} bytes")));
            }
        }
        Ok(self.header.take())
    }

    fn note_end(&mut self, end: End) {
        let seen = std::mem::take(&mut self.seen);
        self.interrupted |= end.interrupted;
        self.has_end = true;
        if (end.plans, end.events) != (seen.plans, seen.events) && self.damaged.is_none() {
            self.damaged = Some(format!(
                "its end mark in line {} counts {} plans and {} events; it has {} and {}",
                self.line, end.plans, end.events, seen.plans, seen.events
            ));
        }
    }

    /// Ordinals go up, every operation but one whose fate is unknown returned after it was invoked, and nothing was
    /// asked that nobody can ask.
    fn check_event(&self, event: &Event, last: u64) -> Result<(), HistoryError> {
        let invoked = event.invoked;
        let unanswered = matches!(event.reply, Reply::Unknown(_) | Reply::AdapterError(_));
        let why = match event.returned {
            _ if invoked <= last => format!("ordinals go up: `invoked` {invoked} after {last}"),
            Some(returned) if returned <= invoked => {
                format!("`returned` {returned} is not after `invoked` {invoked}")
            }
            None if !unanswered => "it was answered, and has no `returned`; add it".to_owned(),
            _ => match event.operation.objection() {
                Some(why) => format!("`ask`: {why}"),
                None => return Ok(()),
            },
        };
        Err(self.bad(1, why))
    }

    fn current(&mut self) -> Result<&mut History, HistoryError> {
        let line = self.line;
        let why = "a history begins with a line `{\"header\": …}`".to_owned();
        self.header.as_mut().ok_or(HistoryError::Line { line, column: 1, why })
    }
}

impl<R: BufRead> Iterator for Histories<R> {
    type Item = Result<History, HistoryError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_history().transpose()
    }
}
