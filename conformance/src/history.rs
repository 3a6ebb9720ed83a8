//! Histories as files: JSON Lines, a header line before each plan's events. What they mean is the model's business.

use crate::plan::without_place;
use pkgsource_model::history::{Event, History, Line};
use pkgsource_model::reply::Reply;
use std::fmt;
use std::io::{self, BufRead, Write};

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
            Self::Line { line, column, why } => write!(f, "line {line}, column {column}: {why}"),
        }
    }
}

impl std::error::Error for HistoryError {}

/// The histories of a file, one after the other: a file of any length needs the memory of its longest history.
#[derive(Debug)]
pub struct Histories<R> {
    input: R,
    line: usize,
    buffer: String,
    header: Option<History>,
}

impl<R: BufRead> Histories<R> {
    /// Reads histories from `input`.
    pub fn new(input: R) -> Self {
        Self { input, line: 0, buffer: String::new(), header: None }
    }

    fn next_line(&mut self) -> Result<Option<Line>, HistoryError> {
        loop {
            self.buffer.clear();
            self.line += 1;
            if self.input.read_line(&mut self.buffer).map_err(HistoryError::Read)? == 0 {
                return Ok(None);
            }
            if !self.buffer.trim().is_empty() {
                let parsed = serde_json::from_str(&self.buffer);
                return parsed
                    .map(Some)
                    .map_err(|error| self.bad(error.column(), without_place(&error.to_string())));
            }
        }
    }

    fn bad(&self, column: usize, why: String) -> HistoryError {
        HistoryError::Line { line: self.line, column, why }
    }

    fn next_history(&mut self) -> Result<Option<History>, HistoryError> {
        let mut last = 0;
        while let Some(line) = self.next_line()? {
            match line {
                Line::Header(header) => {
                    if header.history != 1 {
                        return Err(self.bad(
                            1,
                            format!("history format {}, and this suite reads 1", header.history),
                        ));
                    }
                    let next = History { header: *header, events: Vec::new(), settled: Vec::new() };
                    if let Some(done) = self.header.replace(next) {
                        return Ok(Some(done));
                    }
                    last = 0;
                }
                Line::Event(event) => {
                    self.check_ordinals(&event, last)?;
                    last = event.invoked;
                    self.current()?.events.push(*event);
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
            }
        }
        Ok(self.header.take())
    }

    /// Ordinals go up, and every operation but one whose fate is unknown returned after it was invoked.
    fn check_ordinals(&self, event: &Event, last: u64) -> Result<(), HistoryError> {
        let invoked = event.invoked;
        let unanswered = matches!(event.reply, Reply::Unknown(_) | Reply::AdapterError(_));
        let why = match event.returned {
            _ if invoked <= last => format!("ordinals go up: `invoked` {invoked} after {last}"),
            Some(returned) if returned <= invoked => {
                format!("`returned` {returned} is not after `invoked` {invoked}")
            }
            None if !unanswered => "it was answered, and has no `returned`; add it".to_owned(),
            _ => return Ok(()),
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

/// Writes a history as lines, events and settled marks in the order of their ordinals.
///
/// # Errors
/// The output cannot be written.
pub fn write_history(history: &History, mut output: impl Write) -> io::Result<()> {
    let mut settled = history.settled.iter().peekable();
    write_line(&mut output, &Line::Header(Box::new(history.header.clone())))?;
    for event in &history.events {
        while let Some(mark) = settled.next_if(|mark| mark.at < event.invoked) {
            write_line(&mut output, &Line::Settled(*mark))?;
        }
        write_line(&mut output, &Line::Event(Box::new(Event::clone(event))))?;
    }
    settled.try_for_each(|mark| write_line(&mut output, &Line::Settled(*mark)))
}

fn write_line(output: &mut impl Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    output.write_all(b"\n")
}
