//! Conversations with a canned adapter: what is answered to what, in which order, and when.

use super::super::body::record_of;
use super::super::{Adapter, AdapterFault, FaultCause, Opened};
use super::page::ENVELOPE_BYTES;
use super::serve;
use pkgsource_model::history::{Capabilities, Tree};
use pkgsource_model::operation::{Operation, OperationKind};
use pkgsource_model::reply::{Answer, Page, Problem, Reply};
use pkgsource_model::words::{Body, Content, FilePath};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::path::Path;
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
        let record = record_of(&Body::Text(String::new()));
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
            OperationKind::Content => {
                Ok(Reply::Ok(Answer::Content(Some(Page { files: self.files.clone(), next: None }))))
            }
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
        let content =
            json!({"id": 2, "op": "content", "package": "PKG1", "point": "DP1", "after": after});
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
