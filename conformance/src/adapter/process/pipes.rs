//! Lines to and from a process, with a bound on every wait and on every line. Neither end can make the other wait for
//! ever: nothing here blocks except [`Pipes::wait`]. What the lines say is not known here.

use crate::platform::{Pipe, set_nonblocking, wait_ready};
use std::fs::File;
use std::io::{self, PipeReader, Read, Write};
use std::time::{Duration, Instant};

const CHUNK: usize = 64 * 1024;

/// The longest that one wait lasts, however long the time is: between two of them a signal is noticed.
const SLICE: Duration = Duration::from_millis(50);

/// The two pipes of a process, seen from our side, and a third that hangs up when the process has ended.
#[derive(Debug)]
pub(super) struct Pipes {
    input: Option<File>,
    output: File,
    ended: PipeReader,
    unsent: Vec<u8>,
    written: usize,
    received: Vec<u8>,
    line_start: usize,
    searched: usize,
    chunk: Vec<u8>,
    frame_bytes: usize,
}

/// What a wait brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// Bytes moved, perhaps; look again.
    Moved,
    /// The time was up.
    TimedOut,
    /// The process has ended, and all of its output is here.
    Ended,
    /// The process closed its output.
    Closed,
}

/// A line is longer than a line may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Pipes {
    /// Takes the pipes over and makes them non-blocking.
    pub(super) fn new(
        input: Pipe,
        output: Pipe,
        ended: PipeReader,
        frame_bytes: usize,
    ) -> io::Result<Self> {
        set_nonblocking(&input)?;
        set_nonblocking(&output)?;
        Ok(Self {
            input: Some(input.into()),
            output: output.into(),
            ended,
            unsent: Vec::new(),
            written: 0,
            received: Vec::new(),
            line_start: 0,
            searched: 0,
            chunk: vec![0; CHUNK],
            frame_bytes,
        })
    }

    /// Takes a line to be sent by the next [`wait`](Self::wait). `write` is given the place where the line goes.
    pub(super) fn send(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<(), TooLong> {
        if self.written > CHUNK {
            self.unsent.drain(..self.written);
            self.written = 0;
        }
        let start = self.unsent.len();
        write(&mut self.unsent);
        if self.unsent.len() - start >= self.frame_bytes {
            self.unsent.truncate(start);
            return Err(TooLong);
        }
        self.unsent.push(b'\n');
        Ok(())
    }

    /// How many bytes wait to be sent.
    pub(super) fn unsent_bytes(&self) -> usize {
        self.unsent.len() - self.written
    }

    /// How many bytes of a line have come whose end has not.
    pub(super) fn bytes_without_end(&self) -> usize {
        self.received.len() - self.line_start
    }

    /// True when the process closed its input, so that nothing can be sent any more.
    pub(super) fn input_is_lost(&self) -> bool {
        self.input.is_none()
    }

    /// Ends the process's input.
    pub(super) fn close_input(&mut self) {
        self.input = None;
        self.unsent.clear();
        self.written = 0;
    }

    /// The next whole line that has arrived, without its end.
    pub(super) fn next_line(&mut self) -> Result<Option<&[u8]>, TooLong> {
        let start = self.line_start;
        let fresh = self.received.get(self.searched..).unwrap_or_default();
        let end = fresh.iter().position(|byte| *byte == b'\n').map(|at| self.searched + at);
        let length = end.unwrap_or(self.received.len()) - start;
        if length > self.frame_bytes {
            return Err(TooLong);
        }
        let Some(end) = end else {
            self.searched = self.received.len();
            return Ok(None);
        };
        self.line_start = end + 1;
        self.searched = end + 1;
        Ok(self.received.get(start..end))
    }

    /// Sends what can be sent, then waits until something moves or the time is up.
    pub(super) fn wait(&mut self, until: Instant) -> io::Result<Waited> {
        self.write()?;
        let Some(left) = until.checked_duration_since(now()) else { return Ok(Waited::TimedOut) };
        let sending = self.written < self.unsent.len();
        let input = self.input.as_ref().filter(|_| sending);
        let ready = wait_ready(&self.output, &self.ended, input, left.min(SLICE))?;
        if ready.ended {
            // Whoever inherited its pipes may go on answering, and is not asked any more.
            self.close_input();
        }
        match (ready.output, ready.ended) {
            (true, _) => self.read(),
            (false, true) => Ok(Waited::Ended),
            (false, false) if !ready.any && left <= SLICE => Ok(Waited::TimedOut),
            // A wait comes back now and then without anything having moved, so that a signal is noticed.
            (false, false) => Ok(Waited::Moved),
        }
    }

    fn read(&mut self) -> io::Result<Waited> {
        self.forget_taken_lines();
        match self.output.read(&mut self.chunk) {
            Ok(0) => Ok(Waited::Closed),
            Ok(length) => {
                self.received.extend_from_slice(self.chunk.get(..length).unwrap_or_default());
                Ok(Waited::Moved)
            }
            Err(error) if is_temporary(&error) => Ok(Waited::Moved),
            Err(error) => Err(error),
        }
    }

    fn forget_taken_lines(&mut self) {
        self.received.drain(..self.line_start);
        self.searched -= self.line_start;
        self.line_start = 0;
    }

    /// Writes until all is written or the pipe is full. A closed pipe is no error: the process may have said why.
    fn write(&mut self) -> io::Result<()> {
        while let Some(input) = &mut self.input
            && self.written < self.unsent.len()
        {
            match input.write(self.unsent.get(self.written..).unwrap_or_default()) {
                Ok(length) => self.written += length,
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.close_input(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if is_temporary(&error) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        self.unsent.clear();
        self.written = 0;
        Ok(())
    }
}

fn is_temporary(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

/// The machine's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the process adapter bounds how long it waits for another program"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::PipeWriter;
    use std::time::Duration;

    /// Pipes whose other ends the test holds: what reads our input, what writes our output, what says that it ended.
    fn pipes(frame_bytes: usize) -> (Pipes, PipeReader, PipeWriter, PipeWriter) {
        let (their_input, input) = io::pipe().unwrap();
        let (output, their_output) = io::pipe().unwrap();
        let (ended, alive) = io::pipe().unwrap();
        let pipes = Pipes::new(input.into(), output.into(), ended, frame_bytes).unwrap();
        (pipes, their_input, their_output, alive)
    }

    fn soon() -> Instant {
        now() + Duration::from_millis(20)
    }

    #[test]
    fn lines_arrive_whole_however_they_are_cut() {
        let (mut pipes, _input, mut output, _alive) = pipes(100);
        let mut lines = Vec::new();
        for part in ["on", "e\ntwo\nth", "r", "ee\n\n"] {
            output.write_all(part.as_bytes()).unwrap();
            assert_eq!(pipes.wait(soon()).unwrap(), Waited::Moved);
            while let Some(line) = pipes.next_line().unwrap() {
                lines.push(String::from_utf8(line.to_vec()).unwrap());
            }
        }
        assert_eq!(lines, ["one", "two", "three", ""]);
    }

    #[test]
    fn a_line_may_be_as_long_as_the_frame_and_no_longer() {
        let (mut pipes, _input, mut output, _alive) = pipes(4);
        output.write_all(b"four\nfives\n").unwrap();
        pipes.wait(soon()).unwrap();
        assert_eq!(pipes.next_line(), Ok(Some(&b"four"[..])));
        assert_eq!(pipes.next_line(), Err(TooLong));
        let (mut pipes, _input, mut output, _alive) = self::pipes(4);
        output.write_all(b"fives").unwrap();
        pipes.wait(soon()).unwrap();
        assert_eq!(pipes.next_line(), Err(TooLong), "the end of the line need not come");
    }

    #[test]
    fn a_request_may_be_as_long_as_the_frame_with_its_end_and_no_longer() {
        let (mut pipes, ..) = pipes(4);
        assert_eq!(pipes.send(|line| line.extend_from_slice(b"four")), Err(TooLong));
        assert_eq!(pipes.send(|line| line.extend_from_slice(b"the")), Ok(()));
        assert_eq!(pipes.unsent, b"the\n");
    }

    #[test]
    fn a_process_that_does_not_read_costs_the_bound_and_no_more() {
        let (mut pipes, _input, _output, _alive) = pipes(10_000_000);
        pipes.send(|line| line.resize(1_000_000, b'x')).unwrap();
        assert_eq!(pipes.wait(soon()).unwrap(), Waited::TimedOut);
        assert!(pipes.unsent_bytes() > 0);
    }

    #[test]
    fn what_is_asked_after_the_end_is_not_sent_to_whoever_has_the_pipes() {
        let (mut pipes, mut input, mut output, alive) = pipes(100);
        drop(alive);
        output.write_all(b"from a daemon\n").unwrap();
        assert_eq!(pipes.wait(soon()).unwrap(), Waited::Moved);
        pipes.send(|line| line.push(b'x')).unwrap();
        assert_eq!(pipes.wait(soon()).unwrap(), Waited::Ended);
        let mut asked = Vec::new();
        input.read_to_end(&mut asked).unwrap();
        assert!(asked.is_empty(), "{asked:?}");
    }

    #[test]
    fn what_was_said_before_the_end_is_still_heard() {
        let (mut pipes, input, mut output, alive) = pipes(100);
        output.write_all(b"last words\n").unwrap();
        drop((input, alive));
        pipes.send(|line| line.push(b'x')).unwrap();
        assert_eq!(pipes.wait(soon()).unwrap(), Waited::Moved);
        assert!(pipes.input_is_lost());
        assert_eq!(pipes.next_line(), Ok(Some(&b"last words"[..])));
        assert_eq!(
            pipes.wait(soon()).unwrap(),
            Waited::Ended,
            "though something else holds the output open"
        );
        drop(output);
        assert_eq!(pipes.wait(soon()).unwrap(), Waited::Closed);
    }
}
