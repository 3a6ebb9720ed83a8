//! The serving side of the protocol: any built-in adapter, for whoever asks on the other end of a pipe. It decides
//! nothing; what it cannot read it says. How a content is cut into pages is in [`page`](self).

mod page;
#[cfg(test)]
mod tests;

use super::body::check_bodies;
use super::protocol::{Call, FRAME_BYTES, OpenedFields, PROTOCOL, ReplyLine, Session};
use super::{Adapter, AdapterFault, Opened};
use page::{page_after, whole};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, AnswerFields, Problem, Reply};
use pkgsource_model::words::Body;
use serde::Serialize;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

const BUFFER: usize = 64 * 1024;

/// Serves an adapter until the input ends: reads requests, writes replies in the same order, and closes the adapter.
///
/// # Errors
/// A pipe broke, a line has no id that could be answered, or the adapter cannot be closed.
pub fn serve(adapter: &mut dyn Adapter, input: impl Read, output: impl Write) -> io::Result<()> {
    let mut server = Server {
        adapter,
        input: BufReader::with_capacity(BUFFER, input),
        output: BufWriter::with_capacity(BUFFER, output),
        frame_bytes: FRAME_BYTES,
    };
    let outcome = server.serve();
    let closed = server.adapter.close().map_err(io::Error::other);
    outcome.and(server.output.flush()).and(closed)
}

struct Server<'a, I: Read, O: Write> {
    adapter: &'a mut dyn Adapter,
    input: BufReader<I>,
    output: BufWriter<O>,
    /// The longest line that the other side takes.
    frame_bytes: usize,
}

impl<I: Read, O: Write> Server<'_, I, O> {
    fn serve(&mut self) -> io::Result<()> {
        let mut line = Vec::new();
        while self.read_line(&mut line)? {
            let invalid = |why: String| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("a line is not a request: {why}"),
                )
            };
            let text = str::from_utf8(&line).map_err(|error| invalid(error.to_string()))?;
            let (id, call) = Call::read(text).map_err(invalid)?;
            self.answer(id, call)?;
        }
        Ok(())
    }

    /// Reads a line; false at the end of input. Replies are held back only while another request is already here.
    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        line.clear();
        if !self.input.buffer().contains(&b'\n') {
            self.output.flush()?;
        }
        let longest = FRAME_BYTES as u64 + 1;
        let length = (&mut self.input).take(longest).read_until(b'\n', line)?;
        if length as u64 == longest && line.last() != Some(&b'\n') {
            let why = format!("a line is longer than {FRAME_BYTES} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(length > 0)
    }

    fn answer(&mut self, id: u64, call: Call) -> io::Result<()> {
        match call {
            Call::Session(session) => self.answer_session(id, session),
            Call::Operation(operation) => {
                let reply = self.perform(*operation).into_fields();
                self.write(id, reply)
            }
            Call::Unknown(name) => {
                let problem = Problem::new(format!("no operation `{name}`"));
                self.write(id, Reply::<AnswerFields>::Unsupported(problem))
            }
            Call::Malformed(why) => {
                self.write(id, Reply::<AnswerFields>::AdapterError(Problem::new(why)))
            }
        }
    }

    fn answer_session(&mut self, id: u64, session: Session) -> io::Result<()> {
        match session {
            Session::Hello { protocol, .. }
                if !(protocol.min..=protocol.max).contains(&PROTOCOL) =>
            {
                let why = format!("only protocol {PROTOCOL} is spoken here");
                self.write(id, Reply::<AnswerFields>::AdapterError(Problem::new(why)))
            }
            Session::Hello { limits, .. } => {
                self.frame_bytes = limits.frame_bytes.min(FRAME_BYTES);
                let capabilities = self.adapter.capabilities().clone();
                self.write(id, Reply::Ok(capabilities))
            }
            Session::Open { plan, tree, scratch } => {
                let opened = self.adapter.open(&plan, &tree, Path::new(&scratch));
                self.write(id, opened_reply(opened))
            }
            Session::Close { .. } => {
                let closed = self.adapter.close();
                self.write(
                    id,
                    closed.map_or_else(
                        |fault| failed(&fault),
                        |()| Reply::Ok(AnswerFields::default()),
                    ),
                )
            }
            Session::Resume { .. } => {
                self.write(id, Reply::<AnswerFields>::Unsupported(Problem::default()))
            }
        }
    }

    fn perform(&mut self, operation: Operation<Body>) -> Reply<Answer> {
        if let Err(bad) = check_bodies(&operation) {
            return Reply::AdapterError(Problem::new(bad.to_string()));
        }
        let (operation, after) = whole(operation);
        let reply = self.adapter.perform(&operation).unwrap_or_else(|fault| failed(&fault));
        match reply {
            Reply::Ok(Answer::Content(Some(page))) => Reply::Ok(Answer::Content(Some(page_after(
                page.files,
                after.as_ref(),
                self.frame_bytes,
            )))),
            other => other,
        }
    }

    fn write<A: Serialize>(&mut self, id: u64, reply: Reply<A>) -> io::Result<()> {
        serde_json::to_writer(&mut self.output, &ReplyLine { id, reply })?;
        self.output.write_all(b"\n")
    }
}

fn failed<A>(fault: &AdapterFault) -> Reply<A> {
    Reply::AdapterError(Problem::new(fault.to_string()))
}

fn opened_reply(opened: Result<Opened, AdapterFault>) -> Reply<OpenedFields> {
    match opened {
        Ok(Opened::Ready(None)) => Reply::Ok(OpenedFields::default()),
        Ok(Opened::Ready(Some(folder))) => match folder.into_os_string().into_string() {
            Ok(sources) => Reply::Ok(OpenedFields { sources: Some(sources) }),
            Err(_) => Reply::AdapterError(Problem::new(
                "the sources' folder has a name that is not UTF-8",
            )),
        },
        Ok(Opened::Unsupported(problem)) => Reply::Unsupported(problem),
        Err(fault) => failed(&fault),
    }
}
