//! The end of what a process wrote to standard error. A thread reads all of it, so that the process never waits for us,
//! and keeps little of it. What the lines mean is for people.

use pkgsource_model::words::visible;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The longest part of a line that is kept, in bytes.
const LINE_BYTES: usize = 400;

/// The last lines of a stream, oldest first.
#[derive(Debug)]
pub(super) struct Tail {
    kept: Arc<Mutex<Kept>>,
    done: Receiver<()>,
}

#[derive(Debug)]
struct Kept {
    lines: VecDeque<String>,
    partial: Vec<u8>,
    lines_max: usize,
}

impl Tail {
    /// Reads `stream` to its end on a thread of its own.
    pub(super) fn follow(
        mut stream: impl Read + Send + 'static,
        lines_max: usize,
    ) -> io::Result<Self> {
        let kept =
            Arc::new(Mutex::new(Kept { lines: VecDeque::new(), partial: Vec::new(), lines_max }));
        let (finished, done) = channel();
        let shared = Arc::clone(&kept);
        thread::Builder::new().name("adapter stderr".into()).spawn(move || {
            let mut chunk = [0; 8192];
            while let Ok(length @ 1..) = read(&mut stream, &mut chunk) {
                let bytes = chunk.get(..length).unwrap_or_default();
                shared.lock().unwrap_or_else(PoisonError::into_inner).add(bytes);
            }
            finished.send(()).ok();
        })?;
        Ok(Self { kept, done })
    }

    /// The lines so far, after waiting a little for the stream to end: something outside the process's group may hold
    /// it open for ever.
    pub(super) fn lines(&self, patience: Duration) -> Vec<String> {
        self.done.recv_timeout(patience).ok();
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).all()
    }
}

fn read(stream: &mut impl Read, chunk: &mut [u8]) -> io::Result<usize> {
    loop {
        match stream.read(chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

impl Kept {
    fn add(&mut self, bytes: &[u8]) {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (text, ends) = part.strip_suffix(b"\n").map_or((part, false), |text| (text, true));
            let room = LINE_BYTES.saturating_sub(self.partial.len()).min(text.len());
            self.partial.extend_from_slice(text.get(..room).unwrap_or_default());
            if ends {
                self.end_line();
            }
        }
    }

    fn end_line(&mut self) {
        self.lines.push_back(printable(&self.partial));
        self.partial.clear();
        if self.lines.len() > self.lines_max {
            self.lines.pop_front();
        }
    }

    fn all(&mut self) -> Vec<String> {
        if !self.partial.is_empty() {
            self.end_line();
        }
        self.lines.iter().cloned().collect()
    }
}

/// Text for one line of a report: what a terminal would obey is spelled out.
pub(super) fn printable(bytes: &[u8]) -> String {
    visible(String::from_utf8_lossy(bytes).trim_end()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(text: &'static [u8], lines_max: usize) -> Vec<String> {
        Tail::follow(text, lines_max).unwrap().lines(Duration::from_secs(10))
    }

    #[test]
    fn the_last_lines_are_kept() {
        assert_eq!(tail(b"one\ntwo\nthree\n", 2), ["two", "three"]);
        assert_eq!(tail(b"one\ntwo", 2), ["one", "two"], "the last line need not end");
        assert_eq!(tail(b"", 2), [""; 0]);
    }

    #[test]
    fn a_line_is_cut_and_cannot_command_the_terminal() {
        let long: &'static [u8] = vec![b'x'; 100_000].leak();
        assert_eq!(tail(long, 2), ["x".repeat(LINE_BYTES)]);
        assert_eq!(tail(b"\x1b[2J\xff", 2), ["\\u{1b}[2J\u{fffd}"]);
    }
}
