//! One shard's file, which anybody may have written, plan by plan: a file of any length needs the memory of its longest
//! plan.

use super::belongs::belongs;
use super::merge::MergeError;
use super::{Done, Ended, Head, Part, SHARD, ShardLine};
use crate::history::{Histories, MOST_PLAN, spoken};
use crate::plan::{Plan, read_plan, without_place};
use pkgsource_model::history::{Capabilities, History};
use std::io::{BufRead, Read as _};

/// A file of one shard.
#[derive(Debug)]
pub(super) struct ShardFile<R> {
    pub(super) name: String,
    pub(super) part: Part,
    pub(super) head: Head,
    /// How it ended, once that was read.
    pub(super) ended: Option<Ended>,
    input: R,
    line: usize,
    started: usize,
    events: usize,
    /// True where the last plan so far was stopped, after which there is none.
    was_stopped: bool,
}

/// One plan of a shard, and what became of it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) nth: usize,
    pub(super) plan: Plan,
    pub(super) text: String,
    pub(super) history: Option<History>,
    pub(super) done: Done,
}

impl<R: BufRead> ShardFile<R> {
    /// Reads the first line.
    pub(super) fn open(name: String, mut input: R) -> Result<Self, MergeError> {
        let mut line = 0;
        let bytes = fill(&mut input, &name, &mut line)?;
        let first = serde_json::from_slice(&bytes);
        let Ok(ShardLine::Shard { part, run: head }) = first else {
            let why = match serde_json::from_slice::<serde_json::Value>(&bytes) {
                Ok(value) if value.get("header").is_some() => {
                    "it is a history; `pkgsource judge` judges those"
                }
                Ok(value) if value.get("saved").is_some() => {
                    "it is what a whole run leaves; a shard is written by `verify --shard K/N --save FILE`"
                }
                _ => "a shard is written by `verify --shard K/N --save FILE`",
            };
            return Err(MergeError::Line { file: name, line, why: why.into() });
        };
        if head.format != SHARD {
            let why = format!("it has the format {}, and this suite reads {SHARD}", head.format);
            return Err(MergeError::Line { file: name, line, why });
        }
        if let Some(why) = objection(&head.capabilities) {
            return Err(MergeError::Line { file: name, line, why });
        }
        let head = *head;
        let (ended, was_stopped) = (None, false);
        Ok(Self { name, part, head, ended, input, line, started: 0, events: 0, was_stopped })
    }

    /// The next plan; none after the last line.
    pub(super) fn next(&mut self) -> Result<Option<Entry>, MergeError> {
        if self.ended.is_some() {
            return Ok(None);
        }
        match self.marked()? {
            ShardLine::Plan { nth, text } => self.entry(nth, text).map(Some),
            ShardLine::Ended(ended) => {
                self.check_end(&ended)?;
                self.ended = Some(ended);
                Ok(None)
            }
            ShardLine::Shard { .. } | ShardLine::Done(_) => {
                Err(self.bad("neither a plan nor the end stands here".into()))
            }
        }
    }

    fn entry(&mut self, nth: usize, text: String) -> Result<Entry, MergeError> {
        if self.was_stopped {
            return Err(self.bad(format!("plan {nth} stands after one that ended the run")));
        }
        let plan =
            read_plan(&text).map_err(|error| self.bad(format!("its plan {nth}: {error}")))?;
        let mut lines = Vec::new();
        let done = loop {
            let line = self.fill()?;
            if line.starts_with(b"{\"done\":") {
                match self.parsed(&line)? {
                    ShardLine::Done(done) => break done,
                    _ => return Err(self.bad("it says nothing of its plan".into())),
                }
            }
            lines.extend_from_slice(&line);
            if lines.len() > MOST_PLAN {
                return Err(
                    self.bad(format!("the history of plan {nth} is longer than {MOST_PLAN} bytes"))
                );
            }
        };
        let mut histories = Histories::new(lines.as_slice());
        let history = histories.next().transpose();
        let history =
            history.map_err(|error| self.bad(format!("the history of plan {nth}: {error}")))?;
        if histories.next().is_some() {
            return Err(self.bad(format!("plan {nth} has two histories")));
        }
        belongs(&self.head, nth, &plan, history.as_ref(), &done).map_err(|why| self.bad(why))?;
        self.was_stopped = done.stopped;
        self.started += 1;
        self.events += history.as_ref().map_or(0, |history| history.events.len());
        Ok(Entry { nth, plan, text, history, done })
    }

    /// Makes sure that the file has what its last line counts, and ends there.
    fn check_end(&mut self, ended: &Ended) -> Result<(), MergeError> {
        if (ended.started, ended.events) != (self.started, self.events) {
            return Err(self.bad(format!(
                "it counts {} plans and {} events, and has {} and {}; something was taken out or put in",
                ended.started, ended.events, self.started, self.events
            )));
        }
        let mut rest = [0];
        match self.input.read(&mut rest) {
            Ok(0) => Ok(()),
            Ok(_) => Err(self.bad("something stands after its last line".into())),
            Err(error) => Err(MergeError::Read { file: self.name.clone(), error }),
        }
    }

    fn marked(&mut self) -> Result<ShardLine, MergeError> {
        let line = self.fill()?;
        self.parsed(&line)
    }

    fn parsed(&self, line: &[u8]) -> Result<ShardLine, MergeError> {
        serde_json::from_slice(line).map_err(|error| self.bad(without_place(&error.to_string())))
    }

    fn fill(&mut self) -> Result<Vec<u8>, MergeError> {
        let line = fill(&mut self.input, &self.name, &mut self.line)?;
        if line.ends_with(b"\n") {
            return Ok(line);
        }
        Err(MergeError::Cut { file: self.name.clone(), part: self.part })
    }

    fn bad(&self, why: String) -> MergeError {
        MergeError::Line { file: self.name.clone(), line: self.line, why }
    }
}

/// Why no adapter that can be run says this of itself, if so.
fn objection(said: &Capabilities) -> Option<String> {
    let why = said.objection().map(|why| format!("`capabilities` {why}"));
    why.or_else(|| spoken(said))
}

/// The next line with its line feed; without one at the end of the file.
fn fill(input: &mut impl BufRead, name: &str, line: &mut usize) -> Result<Vec<u8>, MergeError> {
    *line += 1;
    let mut buffer = Vec::new();
    let read = input.take(MOST_PLAN as u64 + 1).read_until(b'\n', &mut buffer);
    read.map_err(|error| MergeError::Read { file: name.to_owned(), error })?;
    if buffer.len() > MOST_PLAN {
        let why = format!("it is longer than {MOST_PLAN} bytes");
        return Err(MergeError::Line { file: name.to_owned(), line: *line, why });
    }
    Ok(buffer)
}
