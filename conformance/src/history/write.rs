//! Histories into a file, line by line as things happen: a run that is killed leaves every whole line that it wrote.

use pkgsource_model::history::{End, Event, Header, History, Line, Settled};
use std::fs::File;
use std::io::{self, Write};

/// A file of histories that is written as the run goes. After an error nothing more is written, and what is there ends
/// with a whole line.
#[derive(Debug)]
pub struct HistoryFile {
    file: File,
    /// Bytes of whole lines.
    length: u64,
    count: End,
    buffer: Vec<u8>,
    failed: Option<io::Error>,
}

impl HistoryFile {
    /// Begins in an empty file.
    #[must_use]
    pub fn new(file: File) -> Self {
        Self { file, length: 0, count: End::default(), buffer: Vec::new(), failed: None }
    }

    pub(crate) fn header(&mut self, header: &Header) {
        self.count.plans += 1;
        self.line(&Line::Header(Box::new(header.clone())));
    }

    pub(crate) fn event(&mut self, event: &Event) {
        self.count.events += 1;
        self.line(&Line::Event(Box::new(event.clone())));
    }

    pub(crate) fn settled(&mut self, settled: Settled) {
        self.line(&Line::Settled(settled));
    }

    /// Writes the end mark. The run did all that was asked of it, or was interrupted.
    ///
    /// # Errors
    /// This or an earlier line could not be written.
    pub fn end(mut self, interrupted: bool) -> io::Result<()> {
        self.count.interrupted = interrupted;
        let end = Line::End(self.count);
        self.line(&end);
        match self.failed {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn line(&mut self, line: &Line) {
        if self.failed.is_some() {
            return;
        }
        self.buffer.clear();
        let written =
            write_line(&mut self.buffer, line).and_then(|()| self.file.write_all(&self.buffer));
        match written {
            Ok(()) => self.length += self.buffer.len() as u64,
            Err(error) => {
                // Half a line would be a damaged file; a file without its end mark is an honest one.
                self.file.set_len(self.length).ok();
                self.failed = Some(error);
            }
        }
    }
}

/// Writes a history as lines, events and settled marks in the order of their ordinals. The end mark is another line.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Histories, Whole};
    use std::io::Read as _;

    #[test]
    fn a_full_disk_is_told_at_the_end() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut file = HistoryFile::new(full);
        file.settled(Settled { at: 1, by: pkgsource_model::history::SettledBy::Idle });
        assert_eq!(file.end(false).unwrap_err().kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn a_run_without_plans_leaves_a_whole_file() {
        let path = tempfile::NamedTempFile::new().unwrap();
        HistoryFile::new(path.reopen().unwrap()).end(true).unwrap();
        let mut text = String::new();
        path.reopen().unwrap().read_to_string(&mut text).unwrap();
        let mut histories = Histories::new(text.as_bytes());
        assert!(histories.next().is_none());
        assert_eq!((histories.has_end(), histories.whole()), (true, Whole::Interrupted));
    }
}
