//! The serving side of the protocol: any built-in adapter, for whoever asks on the other end of a pipe. It decides
//! nothing; what it cannot read it says.

use super::body::check_bodies;
use super::protocol::{Call, FRAME_BYTES, OpenedFields, PROTOCOL, ReplyLine, Session};
use super::{Adapter, AdapterFault, Opened};
use pkgsource_model::operation::Operation;
use pkgsource_model::reply::{Answer, AnswerFields, Page, Problem, Reply};
use pkgsource_model::words::{Body, Content, FilePath, FileRecord};
use serde::Serialize;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

const BUFFER: usize = 64 * 1024;

/// What a reply's line needs besides the entries of a page, generously.
const ENVELOPE_BYTES: usize = 2048;

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

/// A content read without its page: a built-in adapter always reads everything.
fn whole(operation: Operation<Body>) -> (Operation<Body>, Option<FilePath>) {
    match operation {
        Operation::Content { package, point, after } => {
            (Operation::Content { package, point, after: None }, after)
        }
        other => (other, None),
    }
}

/// As many files after `after` as fit into a line.
fn page_after(files: Content, after: Option<&FilePath>, frame_bytes: usize) -> Page {
    let mut room = frame_bytes.saturating_sub(ENVELOPE_BYTES);
    let mut page = Page::default();
    for (path, record) in files {
        if after.is_some_and(|after| path <= *after) {
            continue;
        }
        let bytes = entry_bytes(&path, record);
        if bytes > room && !page.files.is_empty() {
            page.next = page.files.keys().next_back().cloned();
            return page;
        }
        room = room.saturating_sub(bytes);
        page.files.insert(path, record);
    }
    page
}

/// At most how long an entry is in JSON. A quotation mark takes two bytes there; a path has nothing that takes more.
fn entry_bytes(path: &FilePath, record: FileRecord) -> usize {
    let punctuation = r#"{"path":"","size":,"sha256":""},"#.len();
    punctuation + path.as_str().len() * 2 + record.size.to_string().len() + 64
}

#[cfg(test)]
mod tests {
    use super::super::FaultCause;
    use super::*;
    use pkgsource_model::history::{Capabilities, Tree};
    use pkgsource_model::operation::OperationKind;
    use serde_json::{Value, json};
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::rc::Rc;

    /// Answers every operation with `Done`, a content with its files, and a refresh with a fault.
    struct Canned {
        capabilities: Capabilities,
        files: Content,
        closed: u32,
    }

    impl Canned {
        fn new(files: u32) -> Self {
            let capabilities = json!({
                "protocol": 1, "adapter": {"name": "canned"}, "implementation": {"name": "canned"},
                "classes": ["SMS_Package"], "operations": [], "reads": ["content"]
            });
            let record = super::super::body::record_of(&Body::Text(String::new()));
            let file = |n: u32| (FilePath::new(&format!("f{n:03}")).unwrap(), record);
            let capabilities = serde_json::from_value(capabilities).unwrap();
            Self { capabilities, files: (0..files).map(file).collect(), closed: 0 }
        }
    }

    impl Adapter for Canned {
        fn capabilities(&self) -> &Capabilities {
            &self.capabilities
        }

        fn open(&mut self, plan: &str, _: &Tree, scratch: &Path) -> Result<Opened, AdapterFault> {
            Ok(if plan == "odd" {
                Opened::Unsupported(Problem::new("odd"))
            } else {
                Opened::Ready(Some(scratch.into()))
            })
        }

        fn perform(&mut self, operation: &Operation<Body>) -> Result<Reply<Answer>, AdapterFault> {
            match operation.kind() {
                OperationKind::Content => Ok(Reply::Ok(Answer::Content(Some(Page {
                    files: self.files.clone(),
                    next: None,
                })))),
                OperationKind::Refresh => Err(AdapterFault::new("refresh", FaultCause::NotRunning)),
                _ => Ok(Reply::Ok(Answer::Done)),
            }
        }

        fn close(&mut self) -> Result<(), AdapterFault> {
            self.closed += 1;
            Ok(())
        }
    }

    fn served(adapter: &mut Canned, input: &str) -> (String, io::Result<()>) {
        let mut output = Vec::new();
        let outcome = serve(adapter, input.as_bytes(), &mut output);
        (String::from_utf8(output).unwrap(), outcome)
    }

    #[test]
    fn each_request_has_its_reply_and_the_end_of_input_closes() {
        let requests = [
            r#"{"id":1,"op":"fly","to":"the moon"}"#,
            r#"{"id":2,"op":"assign","package":"PKG1","point":"DP1","new":{}}"#,
            r#"{"id":3,"op":"assign","package":"PKG1"}"#,
            r#"{"id":4,"op":"assign","package":"a b","point":"DP1"}"#,
            r#"{"id":5}"#,
            r#"{"id":6,"op":"refresh","package":"PKG1"}"#,
            r#"{"id":7,"op":"add_driver","package":"PKG1","path":"added/a","file":{"base64":"?"}}"#,
            r#"{"id":8,"op":"open","plan":"p","tree":{"sites":[],"points":[]},"scratch":"/s"}"#,
            r#"{"id":9,"op":"open","plan":"odd","tree":{"sites":[],"points":[]},"scratch":"/s"}"#,
            r#"{"id":10,"op":"close","plan":"p"}"#,
            r#"{"id":11,"op":"resume","plan":"p"}"#,
            r#"{"id":12,"op":"hello","protocol":{"min":2,"max":3},"suite":"x","limits":{"frame_bytes":1,"request_ms":1,"refresh_ms":1}}"#,
        ];
        let mut adapter = Canned::new(0);
        let (replies, outcome) = served(&mut adapter, &requests.join("\n"));
        outcome.unwrap();
        assert_eq!(adapter.closed, 2, "once asked for, once at the end");
        insta::assert_snapshot!(replies, @r#"
        {"id":1,"unsupported":{"message":"no operation `fly`"}}
        {"id":2,"ok":{}}
        {"id":3,"adapter_error":{"message":"missing field `point`"}}
        {"id":4,"adapter_error":{"message":"`a b` is not a PackageID: it takes 1 to 8 ASCII letters or digits"}}
        {"id":5,"adapter_error":{"message":"missing member `op`"}}
        {"id":6,"adapter_error":{"message":"adapter fault during `refresh`: the process was stopped after an earlier fault"}}
        {"id":7,"adapter_error":{"message":"a `base64` is not standard base64 with padding: Invalid symbol 63, offset 0."}}
        {"id":8,"ok":{"sources":"/s"}}
        {"id":9,"unsupported":{"message":"odd"}}
        {"id":10,"ok":{}}
        {"id":11,"unsupported":{}}
        {"id":12,"adapter_error":{"message":"only protocol 1 is spoken here"}}
        "#);
    }

    #[test]
    fn a_line_that_cannot_be_answered_ends_the_conversation() {
        for line in ["{\"id\":1", "[]", "{\"op\":\"idle\"}", "hello"] {
            let mut adapter = Canned::new(0);
            let (replies, outcome) =
                served(&mut adapter, &format!("{{\"id\":1,\"op\":\"idle\"}}\n{line}\n"));
            assert_eq!(replies, "{\"id\":1,\"ok\":{}}\n", "what came before is answered");
            let why = outcome.unwrap_err().to_string();
            assert!(why.starts_with("a line is not a request: "), "{why}");
            assert_eq!(adapter.closed, 1);
        }
    }

    #[test]
    fn a_content_that_no_line_can_hold_comes_in_pages() {
        let mut adapter = Canned::new(100);
        let frame_bytes = ENVELOPE_BYTES + 3000;
        let hello = json!({
            "id": 1, "op": "hello", "protocol": {"min": 1, "max": 1}, "suite": "x",
            "limits": {"frame_bytes": frame_bytes, "request_ms": 1, "refresh_ms": 1}
        });
        let mut paths = Vec::new();
        let mut after = Value::Null;
        let mut pages = 0;
        loop {
            let content = json!({"id": 2, "op": "content", "package": "PKG1", "point": "DP1", "after": after});
            let (replies, _) = served(&mut adapter, &format!("{hello}\n{content}\n"));
            let line = replies.lines().nth(1).unwrap();
            assert!(line.len() < frame_bytes);
            let reply: Value = serde_json::from_str(line).unwrap();
            paths.extend(
                reply["ok"]["files"].as_array().unwrap().iter().map(|file| file["path"].clone()),
            );
            pages += 1;
            assert!(pages < 10, "pages without end");
            after = reply["ok"]["next"].clone();
            if after.is_null() {
                break;
            }
            assert_eq!(paths.last(), Some(&after));
        }
        let expected: Vec<Value> = adapter.files.keys().map(|path| json!(path.as_str())).collect();
        assert_eq!((paths, pages), (expected, 4));
    }

    type Written = Rc<RefCell<Vec<u8>>>;

    /// Hands out pieces of input, and before each makes sure that everything asked so far has been answered.
    struct Lockstep {
        pieces: VecDeque<&'static str>,
        asked: usize,
        written: Written,
    }

    impl Read for Lockstep {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let answered = self.written.borrow().split(|byte| *byte == b'\n').count() - 1;
            assert_eq!(answered, self.asked, "a reply is held back while nothing more has come");
            let Some(piece) = self.pieces.pop_front() else { return Ok(0) };
            self.asked += piece.matches('\n').count();
            buffer[..piece.len()].copy_from_slice(piece.as_bytes());
            Ok(piece.len())
        }
    }

    struct Sink(Written);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn replies_are_never_held_back_while_the_other_side_waits() {
        let idle = "{\"id\":1,\"op\":\"idle\"}\n";
        let two_and_a_half =
            "{\"id\":1,\"op\":\"idle\"}\n{\"id\":2,\"op\":\"idle\"}\n{\"id\":3,\"op\":\"i";
        let written = Written::default();
        let pieces = VecDeque::from([idle, idle, two_and_a_half, "dle\"}\n", idle]);
        let input = Lockstep { pieces, asked: 0, written: Rc::clone(&written) };
        serve(&mut Canned::new(0), input, Sink(written)).unwrap();
    }
}
